"""Many figures: read in parts, kept in files, with the same outcome as few."""

import base64
import hashlib
import time
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl import kept
from etl.collect import in_turn
from etl.draft import Draft
from etl.kept import Figures, Keeper, files_of, in_order
from etl.readers.cells import BadFile
from etl.readers.inspect import read
from etl.readers.parts import parts
from etl.steps.amounts import read_amounts
from etl.steps.check import duplicates
from etl.steps.identify import figure_ids
from indicators.concepts.observation import KEY, SCHEMA

HEADER = "area,year,note,value\n"


def rows(count: int) -> list[str]:
    """Rows with quoted delimiters, quotes and line breaks, blank lines and marks among the figures."""
    odd = ['"a, b"', '"said ""so"""', '"two\nlines"', "", '"\n"']
    return [
        f"A{at:05},20{at % 25:02},{odd[at % 5]},{':' if at % 11 == 0 else at / 8}\n" for at in range(count)
    ]


def cells(publications) -> pl.DataFrame:
    return pl.concat([table.cells for made in publications for table in made.tables], how="diagonal")


@pytest.mark.parametrize("size", [300, 1000, 7777])
def test_a_file_in_parts_has_the_cells_and_places_of_the_whole(tmp_path, size):
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + "".join(rows(1000)), "utf-8", newline="")
    whole = cells([read(path, "csv")])
    made = list(parts(path, "csv", size))
    assert len(made) > 3
    assert cells(made).equals(whole)


def test_notes_below_a_table_stay_out_of_it_in_parts_too(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + "".join(rows(1000)) + "\nNote: provisional\n", "utf-8", newline="")
    made = list(parts(path, "csv", 2000))
    assert cells(made).equals(cells([read(path, "csv")]))
    assert [note for part in made for table in part.tables for note in table.notes] == ["Note: provisional"]


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_of_order_and_line_ends_change_nothing(tmp_path, start, end):
    path = tmp_path / "figures.csv"
    text = start + (HEADER + "".join(f"A{n},2020,,{n}\n" for n in range(900))).replace("\n", end)
    path.write_bytes(text.encode())
    assert cells(parts(path, "csv", 500)).equals(cells([read(path, "csv")]))


def test_sdmx_csv_in_parts_is_the_whole(tmp_path):
    path = tmp_path / "data.csv"
    lines = [f"A:B(1.0),A,C{n // 20},{2000 + n % 20},{n}.5,{'E' if n % 7 else ''}\n" for n in range(2000)]
    path.write_text("DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n" + "".join(lines), "utf-8")
    assert cells(parts(path, "sdmx-csv-1.0", 4000)).equals(cells([read(path, "sdmx-csv-1.0")]))


def test_a_fault_in_a_later_part_is_named_by_its_row_in_the_file(tmp_path):
    path = tmp_path / "figures.csv"
    lines = [f"A{n},2020,,{n}\n" for n in range(1000)]
    lines[900] = "A900,2020\n"
    path.write_text(HEADER + "".join(lines), "utf-8")
    with pytest.raises(BadFile) as whole:
        read(path, "csv")
    with pytest.raises(BadFile) as in_parts:
        list(parts(path, "csv", 1500))
    assert in_parts.value.place == whole.value.place == "row 902"


def test_the_decimal_sign_of_the_first_part_holds_for_all(tmp_path):
    """1.234 after decimal commas is one thousand, though a part of such numbers alone would leave it open."""
    path = tmp_path / "figures.csv"
    lines = [f"A{n};2020;{n},25\n" for n in range(500)] + [f"B{n};2020;{n + 1}.234\n" for n in range(500)]
    path.write_text("area;year;value\n" + "".join(lines), "utf-8")
    made = cells(parts(path, "csv", 1500))
    assert made.equals(cells([read(path, "csv")]))
    assert made.row(by_predicate=pl.col("area") == "B0", named=True)["_value"] == 1234


# --------------------------------------------------------------------------- kept in files


def observations(count: int, start: int = 0) -> pl.DataFrame:
    at = pl.int_range(start, start + count)
    frame = pl.select(at.alias("n")).with_columns(
        figure_id=pl.format("F{}", pl.col("n") * 7919 % 100_003), reported_at=pl.format("a.csv, row {}", "n"),
        measure=pl.lit("gva"), ref_area=pl.lit("KAZ"), sector=pl.lit("_T"), time_period=pl.lit("2020"),
        source=pl.lit("a"), vintage=pl.lit("2020"),
    )  # fmt: skip
    lacking = [pl.lit(None).alias(name) for name in SCHEMA if name not in frame.columns]
    return frame.with_columns(lacking).select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())


def test_many_figures_are_kept_in_files_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 1000)
    monkeypatch.setattr(kept, "PART", 300)
    keeper = Keeper("a", tmp_path)
    for start in range(0, 2500, 250):
        keeper.take(observations(250, start))
    figures = keeper.figures()
    assert [p.name for p in figures.files] == [f"a-{n:04}.parquet" for n in range(1, 6)]
    assert figures.height == 2500
    assert figures.lazy().collect().sort(KEY).equals(observations(2500).sort(KEY))
    assert all(pl.read_parquet(p)["figure_id"].is_sorted() for p in figures.files)


def test_few_figures_stay_in_memory_and_in_one_order(tmp_path):
    keeper = Keeper("a", tmp_path)
    for start in (500, 0):
        keeper.take(observations(500, start))
    assert not keeper.figures().files
    assert keeper.figures().frame.equals(observations(1000).sort(KEY))


def test_the_files_of_a_source_are_not_those_of_one_with_a_longer_name(tmp_path):
    names = ["a.parquet", "a-0001.parquet", "a-0002.parquet", "a_b.parquet", "a-b.parquet", "ab.parquet"]
    assert [p.name for p in files_of("a", [tmp_path / n for n in names])] == [
        "a-0001.parquet", "a-0002.parquet", "a.parquet",
    ]  # fmt: skip


def test_one_key_in_two_parts_is_seen():
    twice = pl.concat([observations(1000), observations(1, 3)])
    assert duplicates(Figures(observations(1000)).lazy()) == []
    said = duplicates(Figures(twice).lazy())
    assert [(fault.file, fault.row) for fault in said] == [("a.csv", 3), ("a.csv", 3)]


# ------------------------------------------------------------------- whole columns, cell by cell


@given(st.lists(st.text(max_size=40), min_size=1, max_size=20))
@settings(max_examples=30, deadline=None)
def test_ids_are_the_first_fifty_bits_of_a_sha256_in_base_32(names):
    expected = [base64.b32encode(hashlib.sha256(n.encode()).digest()[:7]).decode()[:10] for n in names]
    assert figure_ids(pl.Series(names)).to_list() == expected


NUMBERS = st.from_regex(r"\A-?[0-9]{1,25}(\.[0-9]{1,16})?\Z")


@given(st.lists(st.tuples(NUMBERS, st.integers(-12, 12)), min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
@example([("0.1", -11), ("2", -12)])  # two numbers, and no power for which digits alone tell
def test_a_column_of_amounts_is_read_as_each_cell_would_be_by_hand(cells):
    frame = pl.DataFrame(
        {
            "file": "f.csv", "row": list(range(2, len(cells) + 2)),
            "value": [text for text, _ in cells], "unit_mult": [str(power) for _, power in cells],
        }
    )  # fmt: skip
    read = read_amounts(Draft(frame, "a 2025"), value="value", marks={"": {"value": "required"}})
    faulty = {fault.row for fault in read.faults}
    for number, (text, power), row in zip(frame["row"], cells, read.frame.rows(named=True), strict=True):
        exact = Decimal(f"{text}e{power}")
        digits = f"{exact.copy_abs():f}".partition(".")
        held = len(digits[0].lstrip("0")) <= 28 and len(digits[2].rstrip("0")) <= 10
        assert (number in faulty) is not held
        assert row["obs_value"] == (exact if held else None)
        assert row["obs_low"] == row["obs_high"] == (float(exact) if held else None)


KEYS = st.fixed_dictionaries({column: st.sampled_from(["A", "B", "Bb", "a", "_T", "ş"]) for column in KEY})


@given(st.lists(KEYS, max_size=40))
@settings(max_examples=60, deadline=None)
def test_figures_are_in_the_order_of_their_keys(keys):
    lacking = [pl.lit(None).alias(name) for name in SCHEMA if name not in KEY]
    frame = pl.DataFrame(keys, schema=dict.fromkeys(KEY, pl.String)).with_columns(lacking)
    frame = frame.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    assert in_order(frame).equals(frame.sort(KEY))


def test_drafts_are_worked_on_side_by_side_and_given_back_in_turn():
    begun: list[int] = []

    def work(item: int) -> int:
        time.sleep(0.02 if item % 2 else 0.001)
        return item * item

    def items():
        for item in range(12):
            begun.append(item)
            yield item

    for done, square in enumerate(in_turn(items(), work)):
        assert square == done * done
        assert len(begun) <= done + 4  # memory: nothing is fetched far ahead


def test_a_failure_at_one_draft_is_raised():
    with pytest.raises(ZeroDivisionError):
        list(in_turn([1, 0, 2], lambda item: 1 // item))
