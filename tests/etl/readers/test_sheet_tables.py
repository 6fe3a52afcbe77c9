"""Layouts of statistical offices, drawn small: what the reader makes of each, the same for XLSX and ODS."""

from pathlib import Path

import pytest

from etl.readers import workbook
from etl.readers.cells import BadFile, Table
from etl.readers.sheet_words import decimal_sign, is_period, label, mark_of, numeral
from tests.etl.readers.sheet_making import Value, ods, sheet_xml, xlsx, xlsx_parts, zipped


def tables(tmp_path: Path, rows: list[list[Value]], merges: tuple[str, ...] = (), **more: str) -> list[Table]:
    return list(workbook.read(xlsx(tmp_path / "t.xlsx", rows, merges, **more), "xlsx").tables)


def grid(table: Table) -> list[tuple[object, ...]]:
    """Key and number, else mark, of every cell."""
    return [(*row[: len(table.dimensions)], row[-7] if row[-7] is not None else row[-5])
            for row in table.cells.select([d.id for d in table.dimensions] + list(table.cells.columns[len(table.dimensions):len(table.dimensions) + 7])).iter_rows()]  # fmt: skip


def test_merged_headers_spread_and_units_stand_in_a_line_above(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["Число театров", None, None, None, None],
        [None, None, None, None, "единиц"],
        ["Регион", 2020, None, 2021, None],
        [None, "город", "село", "город", "село"],
        ["А", 1, 2, 3, 4],
        ["Абай", 5, 6.5, "..", "х"],
        ["Алматы", 7, 8, 9, "1 234,5"],
        ["* предварительные данные"],
    ]
    merges = ("A3:A4", "B3:C3", "D3:E3")
    spans = {(3, 1): (2, 1), (3, 2): (1, 2), (3, 4): (1, 2)}
    [one] = tables(tmp_path, rows, merges)
    [other] = workbook.read(ods(tmp_path / "t.ods", rows, spans), "ods").tables
    assert one.cells.equals(other.cells)
    assert [(d.id, d.role, list(d.codes)) for d in one.dimensions] == [
        ("Регион", None, ["Абай", "Алматы"]), ("time", "time", ["2020", "2021"]), ("column", None, ["город", "село"]),
    ]  # fmt: skip
    assert grid(one)[:4] == [("Абай", "2020", "город", 5), ("Абай", "2020", "село", 6.5),
                             ("Абай", "2021", "город", ".."), ("Абай", "2021", "село", "х")]  # fmt: skip
    assert grid(one)[-1] == ("Алматы", "2021", "село", 1234.5)
    assert one.title is not None
    assert one.title.startswith("Число театров")
    assert one.notes == ("* предварительные данные",)


def test_groups_without_merged_cells_spread_to_the_right(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Region", "Men", None, "Women", None], [None, 2020, 2021, 2020, 2021],
                               ["North", 1.5, 2.5, 3.5, 4.5], ["South", 5.5, 6.5, 7.5, 8.5]]  # fmt: skip
    [table] = tables(tmp_path, rows)
    assert grid(table)[2] == ("North", "Women", "2020", 3.5)


def test_lines_across_the_body_are_sections(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Year", "Theatres", "Museums"], ["Almaty", None, None], [2020, 11, 12], [2021, 13, 14],
                               ["Astana", None, None], [2020, 21, 22], [2021, 23, 24]]  # fmt: skip
    [table] = tables(tmp_path, rows, ("A2:C2", "A5:C5"))
    assert [d.id for d in table.dimensions] == ["section", "Year", "column"]
    assert grid(table)[4] == ("Astana", "2020", "Theatres", 21)


def test_a_label_without_figures_stays_a_row(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Item", 2020, 2021], ["Total", 30.5, 31.5], ["of which:", None, None],
                               ["  men", 10.5, 11.5], ["  women", 20, 20]]  # fmt: skip
    [table] = tables(tmp_path, rows)
    assert list(table.dimensions[0].codes) == ["Total", "of which:", "men", "women"]
    assert ("of which:", "2020", "") in grid(table)


def test_tables_side_by_side_and_stacked(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["Exports", None, None, None, "Imports", None, None],
        ["Good", 2020, 2021, None, "Good", 2020, 2021],
        ["Books", 1.5, 2, None, "Books", 5.5, 6],
        ["Films", 3, 4, None, "Films", 7, 8],
        [None],
        ["Employment"],
        ["Sector", "Men", "Women"],
        ["Books", 10, 20],
        ["Films", 30, 40],
        ["Source: office"],
    ]  # fmt: skip
    found = tables(tmp_path, rows)
    assert [t.title for t in found] == ["Exports", "Employment", "Imports"]
    assert [t.cells["_value"].sum() for t in found] == [10.5, 100, 26.5]
    assert found[1].notes == ("Source: office",)


def test_a_flat_list_keeps_its_texts_as_attributes(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Country", "Year", "Value", "Note"], ["KZ", 2020, 5.5, "estimated"],
                               ["KZ", 2021, 6.5, None], ["UZ", 2020, 7.5, "final"], ["UZ", 2021, None, "late"]]  # fmt: skip
    [table] = tables(tmp_path, rows)
    assert [d.id for d in table.dimensions] == ["Country", "Year", "column"]
    assert table.dimensions[1].role == "time"
    assert table.cells["@Note"].to_list() == ["estimated", None, "final", "late"]
    assert table.cells["_mark"].to_list() == [None, None, None, ""]


def test_letters_beside_figures_are_their_flags(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["TIME", 2020, None, 2021, None], ["Belgium", 1.5, "b", 2.5, None],
                               ["Bulgaria", 3.5, None, 4.5, "p"]]  # fmt: skip
    [table] = tables(tmp_path, rows)
    assert table.cells["_flags"].to_list() == ["b", None, None, "p"]
    assert table.cells["_value"].to_list() == [1.5, 2.5, 3.5, 4.5]


def test_labels_repeated_on_the_right_are_no_figures(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["Göstərici", 2020, 2021, "Indicator"],
        ["Kitab", 10, 11, "Books"],
        ["Film", 12, 13, "Films"],
    ]
    [table] = tables(tmp_path, rows)
    assert table.cells["@Indicator"].unique(maintain_order=True).to_list() == ["Books", "Films"]
    assert table.cells["_value"].to_list() == [10, 11, 12, 13]


def test_per_cent_is_said_and_not_multiplied(tmp_path: Path) -> None:
    [table] = tables(tmp_path, [["Item", "Share"], ["a", 0.125], ["b", 0.875]], style='s="1"')
    assert table.cells["_value"].to_list() == [0.125, 0.875]
    assert table.cells["@number_format"].to_list() == ["%", "%"]


def test_repeated_labels_get_the_number_of_their_row(tmp_path: Path) -> None:
    [table] = tables(tmp_path, [["Item", "A", "B"], ["other", 1.5, 2], ["other", 3, 4]])
    assert [d.id for d in table.dimensions] == ["Item", "sheet_row", "column"]
    assert table.cells.select("Item", "sheet_row", "column").is_duplicated().any() is False


def test_figures_that_look_like_years_or_counts_stay_figures(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["Country", "Code", "Year", "Value"]]
    rows += [
        [f"Land {i}", f"L{i}", 2000 + i, value] for i, value in enumerate([1950, 2001, 1999.5, 2010, 12])
    ]
    [table] = tables(tmp_path, rows)
    assert table.cells["_value"].to_list() == [1950, 2001, 1999.5, 2010, 12]
    [counts] = tables(tmp_path, [["Size", "one", "two", "three"], ["all", 5, 6, 7], ["B", 1, 2, 3]])
    assert counts.cells["_value"].to_list() == [5, 6, 7, 1, 2, 3]
    [sizes] = tables(tmp_path, [["Household", 1, 2, 3], ["all", 50, 60, 70], ["some", 10, 20, 30]])
    assert sizes.cells["_value"].sum() == 240


@pytest.mark.parametrize(
    ("rows", "place"),
    [([["Age", "Men", "Women"], ["0-4", 1, 2], ["5-9", 3, 4], [45000, 5, 6], ["15+", 7, 8]], "A4"),
     ([["Item", "Men", "Women"], ["a", 1, 2], ["b", 45000, 4], ["c", 5, 6]], "B3")])  # fmt: skip
def test_a_date_that_a_spreadsheet_program_made_stops(
    tmp_path: Path, rows: list[list[Value]], place: str
) -> None:
    path = xlsx(tmp_path / "t.xlsx", rows)
    dated = sheet_xml(rows).replace(f'<c r="{place}" >', f'<c r="{place}" s="2">')
    zipped(path, xlsx_parts(dated))
    with pytest.raises(BadFile) as stopped:
        workbook.read(path, "xlsx")
    assert stopped.value.place == f"sheet T, cell {place}"
    assert "2023-03-15" in stopped.value.seen


@pytest.mark.parametrize(
    ("text", "decimal", "number", "flags"),
    [("1 234,5", ",", 1234.5, ""), ("3 102", None, 3102, ""), ("12,3*", ",", 12.3, "*"), ("12.3 b", ".", 12.3, "b"),
     ("–5", None, -5, ""), ("−1,5", ",", -1.5, ""), ("1,234", ".", 1234, ""), ("1.234.567,8", ",", 1234567.8, ""),
     ("12,3 1)", ",", 12.3, "1"), ("45 (p)", None, 45, "p"), ("1’234.5", ".", 1234.5, "")])  # fmt: skip
def test_numbers_written_as_text(text: str, decimal: str | None, number: float, flags: str) -> None:
    read = numeral(text, decimal)
    assert read is not None
    assert (read.number, read.flags) == (number, flags)


@pytest.mark.parametrize(
    "text", ["1,234", "12a4", "1,23,4", "0207 211 2380", "5-9", "", "1.2.3", "24.03.2025"]
)
def test_what_may_mean_two_numbers_is_none(text: str) -> None:
    assert numeral(text, None) is None


def test_the_decimal_sign_is_proved_by_the_table() -> None:
    assert decimal_sign(["1,234", "271"]) == "."
    assert decimal_sign(["1,234"]) is None
    assert decimal_sign(["12,5", "1,234"]) == ","
    assert decimal_sign(["1,234.5"]) == "."


@pytest.mark.parametrize(
    "text", [":", "..", "...", "…", "-", "–", "x", "х", "(D)", "n/a", "[c]", "нет данных", "NaN"]
)
def test_marks_of_absence(text: str) -> None:
    assert mark_of(text) == (text, "")


@pytest.mark.parametrize("text", ["2016 (p)", "I квартал 2015", "2015-cı il", "2016 жыл", "январь", "Q1", "2015 Q1",
    "24.03.2025 — ...", "2015/16", "2021-M01", "2024-М01", "May 2020", "1 çeyrek 2020", "Январь-июнь 2020 г.", "IV rüb",
    "2020 година", "März 2020", "enero de 2020", "2-тоқсан 2021"])  # fmt: skip
def test_periods_in_many_languages(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize("text", ["Total", "% change 2015 - 2016", "I", "3", "9+", "Kişi 2015", "Marchand"])
def test_what_is_no_period(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize(
    ("text", "code", "flags"),
    [("Total 1)", "Total", "1"), ("2016 (p)", "2016", "p"), ("Australia1", "Australia", "1"), ("CO2", "CO2", ""),
     ("Total¹", "Total", "1"), ("China, Macao2,3", "China, Macao", "2 3"), ("EU (from 2020)", "EU (from 2020)", ""),
     ("Spain*", "Spain", "*"), ("Household (H)", "Household (H)", "")])  # fmt: skip
def test_footnote_marks_leave_labels(text: str, code: str, flags: str) -> None:
    assert label(text, frozenset("123")) == (code, flags)
