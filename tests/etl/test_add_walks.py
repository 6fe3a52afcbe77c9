"""Publications walked as a stranger walks them: what was lost, guessed or asked wrongly on the way.

Each test is one stumble of a walk from `inspect` to a release, in a small file with the same odd feature.
"""

import json
import zipfile

import pytest

from etl.__main__ import main
from etl.add import looked_at, page
from etl.match import unit
from etl.propose import propose
from etl.propose_period import composed
from etl.readers import inspect
from etl.readers.cells import BadFile
from etl.settle import said_of
from tests.etl.desks import RECEIPT, setting, text
from tests.etl.readers.test_companion import SPECIFIC, put, structure_ml
from tests.etl.test_added_publications import workbook


def proposed(path, **said):
    """The entry that is proposed for the one table of a file, and its questions."""
    part = inspect.inspected(path, 5)["files"][0]
    made = propose(part, part["tables"][0], said_of(said))
    return made.entry, made.questions


def table_of(path):
    return inspect.inspected(path, 500)["files"][0]["tables"][0]


@pytest.mark.parametrize("last", ["2023 г.*", "2023 г. (предв.)", "2023*", "2023 г.", "2023†", "2023 год"])
def test_a_year_that_bears_a_word_and_a_mark_is_a_column_of_figures_like_its_neighbours(tmp_path, last):
    path = text(tmp_path / "t.csv", f"Страна;2021 г.;2022 г.;{last}\nКазахстан;1,5;2,5;3,5\nГрузия;4;5;6\n", "cp1251"
                if "†" not in last else "utf-8")  # fmt: skip
    assert table_of(path)["cells"] == 6


def test_the_t_and_m_of_theatres_and_museums_make_no_months():
    def dimension(name, *codes):
        return {"id": name, "role": None, "codes": dict.fromkeys(codes)}

    years = dimension("год", "2021", "2022")
    assert composed(years, dimension("вид", "T", "M")) is None
    assert composed(years, dimension("Açıklama", "", "g")) is None
    assert composed(years, dimension("period", "M1", "M2")) == {"from": ["год", "period"]}


def test_il_is_a_province_where_it_holds_no_year(tmp_path):
    for values, role in ((("Ankara", "Ağrı"), None), (("2022", "2023"), "time")):
        rows = "".join(f"{v};{at},5\n" for at, v in enumerate(values))
        path = text(tmp_path / "t.csv", f"İl;Değer\n{rows}")
        assert [d["role"] for d in table_of(path)["dimensions"]] == [role]


def test_the_total_of_ages_is_no_sector(tmp_path):
    path = text(tmp_path / "t.csv", "country,age,time,value\nKZ,_T,2021,1\nKZ,_T,2022,2\n")
    entry, _ = proposed(path)
    assert "sector" not in entry["columns"]
    assert entry["set"]["sector"] == "?"


def test_figures_that_become_no_cells_are_named_by_inspect_and_by_add(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country,2021,2022,Change\nKazakhstan,1.5,2.5,1.0\nGeorgia,4,5,1.1\n")
    said = "column Change: its figures are no cells"
    assert any(said in remark for remark in inspect.inspected(path)["files"][0]["remarks"])
    assert desk.add(path) == 0
    assert said in capsys.readouterr().out


def museums(folder):
    """Museums beside their visitors, and one unit line over both."""
    return workbook(folder / "museums.xlsx", [
        ["Museums and visitors"], ["(visitors, thousand)"], [], ["Year", "Museums", "Visitors"],
        [2021, 238, 510.4], [2022, 241, 1204.9],
    ])  # fmt: skip


def test_a_unit_line_that_counts_one_thing_is_certain_for_no_column_of_several(tmp_path):
    entry, questions = proposed(museums(tmp_path))
    said = entry["each"]["column"]
    assert said["Museums"]["unit_measure"] == "?VISIT"
    assert said["Museums"]["unit_mult"] == "?3"
    assert said["Visitors"]["unit_mult"] == "?3", "the line says thousand"
    assert any("unit_mult" in question for question in questions)


def test_a_unit_of_money_over_columns_stays_certain_for_those_that_name_none(tmp_path):
    path = workbook(tmp_path / "t.xlsx", [
        ["Culture"], ["million tenge"], [], ["Year", "Turnover", "Sales of art"], [2021, 1, 2], [2022, 3, 4],
    ])  # fmt: skip
    entry, _ = proposed(path)
    said = entry["each"]["column"]["Sales of art"]
    assert (said["unit_measure"], said["unit_mult"]) == ("KZT", "6")


def test_a_power_of_ten_is_asked_again_where_a_person_says_another_unit(tmp_path):
    path = text(
        tmp_path / "t.csv", "Spending, million tenge\nCountry;2021;2022\nKazakhstan;1.5;2.5\nGeorgia;4;5\n"
    )
    entry, _ = proposed(path)
    assert (entry["set"]["unit_measure"], entry["set"]["unit_mult"]) == ("KZT", "6")
    entry, questions = proposed(path, set=["unit_measure=PS"])
    assert entry["set"]["unit_mult"] == "?6"
    assert any("unit_mult" in q for q in questions)
    entry, _ = proposed(
        museums(tmp_path), each=["column:Museums=unit_measure:INSTITUTION,measure:institutions"]
    )
    assert entry["each"]["column"]["Museums"]["unit_mult"] == "?3"


def employed(folder, units):
    """JSON-stat with a unit for some of its categories."""
    data = {
        "version": "2.0", "class": "dataset", "label": "Población", "id": ["Variables", "time"], "size": [2, 2],
        "role": {"time": ["time"], "metric": ["Variables"]},
        "dimension": {"time": {"category": {"index": ["2022", "2023"]}},
                      "Variables": {"category": {"index": ["Población", "Ocupados"], "unit": units}}},
        "value": [477.8, 478, 240.1, 241],
    }  # fmt: skip
    return text(folder / "t.json", json.dumps(data))


def test_a_category_without_a_unit_does_not_take_that_of_its_neighbours(tmp_path):
    path = employed(tmp_path, {"Ocupados": {"label": "Miles de personas"}, "Población": {"decimals": 1}})
    entry, _ = proposed(path)
    said = entry["each"]["Variables"]
    assert (said["Ocupados"]["unit_measure"], said["Ocupados"]["unit_mult"]) == ("PS", "3")
    assert said["Población"]["unit_mult"].startswith("?")
    entry, _ = proposed(path, where=["Variables=Ocupados"])
    assert (entry["set"]["unit_measure"], entry["set"]["unit_mult"]) == ("PS", "3"), (
        "of the code that is taken"
    )
    entry, _ = proposed(path, where=["Variables=Población"])
    assert entry["set"]["unit_measure"] == "?"


def test_each_category_has_the_unit_that_its_file_gives_it(tmp_path):
    path = employed(
        tmp_path, {"Ocupados": {"base": "thousand persons"}, "Población": {"base": "million persons"}}
    )
    entry, _ = proposed(path)
    assert {label: said["unit_mult"] for label, said in entry["each"]["Variables"].items()} == {
        "Población": "6", "Ocupados": "3",
    }  # fmt: skip


def canada(folder):
    """A table of Statistics Canada: one power of ten to a row, numbers of series, a second file of words."""
    head = "REF_DATE,GEO,DGUID,Indicators,UOM,UOM_ID,SCALAR_FACTOR,SCALAR_ID,VECTOR,COORDINATE,VALUE,STATUS"
    rows = [f"{year},{geo},2016A{geo[0]},{said},v{vector}{geo[0]}1,1.{vector}.{at},{at + vector},{'x' * (at == vector)}"
            for year in (2021, 2022) for at, geo in enumerate(("Canada", "Mexico"), 1)
            for vector, said in ((1, "GDP,Dollars,81,thousands,3"), (2, "Jobs,Number of jobs,190,units,0"))]  # fmt: skip
    with zipfile.ZipFile(folder / "36100452-eng.zip", "w") as archive:
        archive.writestr("36100452.csv", "\ufeff" + "\n".join([head, *rows]) + "\n")
        archive.writestr(
            "36100452_MetaData.csv", '"Cube Title","Product Id"\n"Provincial culture","36100452"\n'
        )
    return folder / "36100452-eng.zip"


def test_a_power_of_ten_in_a_column_of_its_own_is_taken_and_numbers_of_series_are_not_asked(tmp_path):
    added = looked_at(canada(tmp_path), said_of({"flag": ["x=suppressed"]}), seconds=60)
    ((name, made),) = added.proposals
    assert name == "36100452"
    assert "36100452_MetaData: without a number" in page(added)
    assert made.entry["columns"]["unit_mult"] == {
        "from": "SCALAR_FACTOR",
        "map": {"thousands": "3", "units": "0"},
    }
    assert made.entry["columns"]["unit_measure"]["map"]["190"] == "JOB"
    assert "where" not in made.entry, "VECTOR, COORDINATE and SCALAR_ID say nothing of their own"
    assert made.entry["flags"]["x"] == {"absent": "Q", "conf_status": "N"}


def test_words_of_scale_are_a_power_of_ten_whatever_their_column_is_called(tmp_path):
    path = text(
        tmp_path / "t.csv", "Страна;Год;Множитель;Значение\nКазахстан;2021;тысяч;5\nГрузия;2021;млн;6\n"
    )
    entry, _ = proposed(path)
    assert entry["columns"]["unit_mult"]["map"] == {"тысяч": "3", "млн": "6"}


@pytest.mark.parametrize(("rows", "kept"), [
    ("A1;2020;1\nA2;2021;2\nA3;2020;3\n", []),  # a code to a row, and no other dimension than the time
    ("A1;x;2020;1\nA2;y;2020;2\nA1;x;2021;3\n", ["code"]),
    ("A1;x;2020;1\nA2;x;2020;2\nA1;y;2021;3\n", []),
])  # fmt: skip
def test_only_what_goes_one_to_one_with_another_is_an_echo(tmp_path, rows, kept):
    head = "code;what;year;value\n" if rows.count(";") == 9 else "code;year;value\n"
    assert table_of(text(tmp_path / "t.csv", head + rows))["echoes"] == kept


def test_the_unit_of_a_table_is_open_where_a_label_names_another(tmp_path):
    words = """MATRIX="m";TITLE="Museums";UNITS="vahid";STUB="what";HEADING="year";
VALUES("what")="Muzeylər, vahid","Gələnlər, min nəfər";VALUES("year")="2021","2022";DATA=243 244 510.4 1204.9;"""
    path = text(tmp_path / "t.px", words)
    entry, _ = proposed(path)
    assert entry["each"]["what"]["Gələnlər, min nəfər"]["unit_mult"] == "3"
    assert entry["each"]["what"]["Muzeylər, vahid"]["unit_mult"] == "?0"
    entry, questions = proposed(path, where=["what=Gələnlər, min nəfər"], set=["unit_measure=PS"])
    assert entry["set"]["unit_mult"] == "?0"
    assert any("unit_mult" in q for q in questions)


PX_YEARS = """CODEPAGE="{page}";LANGUAGE="ru";MATRIX="m";TITLE="Зрители";UNITS="тыс. человек";STUB="пол";HEADING="Годы";
VALUES("пол")="женщины","мужчины";VALUES("Годы")="2022","2023*";CODES("Годы")={codes};DATA=10.5 20.25 "..." 6;"""


@pytest.mark.parametrize("codes", ['"0","1"', '"2022","2023"'])
def test_years_that_only_labels_tell_and_their_marks_are_read_from_the_labels(tmp_path, codes):
    path = text(tmp_path / "t.px", PX_YEARS.format(page="windows-1251", codes=codes), "cp1251")
    entry, questions = proposed(path)
    assert entry["columns"]["period"] == {"from": "label of Годы"}
    assert entry["flags"]["*"] == "?"
    assert any("flag '*'" in q for q in questions)


def test_labels_of_years_that_say_no_more_than_their_codes_are_left(tmp_path):
    path = text(tmp_path / "t.px", PX_YEARS.format(page="windows-1251", codes='"2022","2023"').replace("2023*", "2023"),
                "cp1251")  # fmt: skip
    assert proposed(path)[0]["columns"]["period"] == {"from": "Годы"}


def test_a_codepage_that_nobody_knows_is_named(tmp_path):
    path = text(tmp_path / "t.px", PX_YEARS.format(page="windows-9999", codes='"0","1"'), "cp1251")
    (remark,) = inspect.inspected(path)["files"][0]["remarks"]
    assert remark == "CODEPAGE 'windows-9999' is not known; read as cp1251"


def test_footnotes_below_a_blank_line_are_no_ragged_rows(tmp_path):
    head, rows = (
        "Country,Year,Item,Value,Value Footnotes\n",
        "Kazakhstan,2020,Museums,234,1\nBolivia,2020,Museums,33,\n",
    )
    table = table_of(text(tmp_path / "t.csv", head + rows + "\nfootnoteSeqID,Footnote\n1,Provisional.\n2,\n"))
    assert (table["cells"], table["sum"]) == (2, 267)
    assert "1 Provisional." in table["notes"]
    with pytest.raises(BadFile, match="2 fields"):
        table_of(text(tmp_path / "cut.csv", head + rows + "Kaza,20\n"))


@pytest.mark.parametrize("named", ["Zeit", "Rok", "Berichtsjahr"])
def test_a_column_of_years_is_no_figure_whatever_it_is_called(tmp_path, named):
    path = text(tmp_path / "t.csv", f"Land;{named};Umsatz;Betriebe\nA;2021;5;7\nA;2022;6;8\nB;2021;7;9\n")
    assert [d["id"] for d in table_of(path)["dimensions"]] == ["Land", named, "_measure"]


def test_figures_near_two_thousand_stay_figures(tmp_path):
    path = text(tmp_path / "t.csv", "Land;Betriebe;Museen\nA;2021;1\nB;1980;2\nC;2044;7\n")
    assert table_of(path)["cells"] == 6


def test_each_of_two_tables_of_a_sheet_has_the_year_of_its_own_line(tmp_path):
    head, row = ["Sector", "England", "UK"], ["Film", 10, 12]
    path = workbook(tmp_path / "t.xlsx", [
        ["Table 1: Filled jobs (thousands), 2023 and 2024"], ["Source: survey"], ["Table 1a: 2023"], head, row,
        ["Music", 3, 4], ["Table 1b: 2024"], head, row, ["Music", 5, 6],
    ])  # fmt: skip
    part = inspect.inspected(path, 5)["files"][0]
    made = [propose(part, table) for table in part["tables"]]
    assert [m.entry["set"]["period"] for m in made] == ["?2023", "?2024"]
    assert any("--each '_table:1 (2)=period:2024'" in q for q in made[1].questions)
    assert "Filled jobs (thousands)" in part["tables"][0]["title"]


def test_a_unit_above_a_delimited_table_is_one_in_every_language(tmp_path):
    path = text(
        tmp_path / "t.csv",
        "Kültür\n|Ölçü birimi:|Bin kişi|\n\n||2022|2023|\nErkek||365|390|\nKadın||232|252|\n",
    )
    entry, _ = proposed(path)
    assert (entry["set"]["unit_measure"], entry["set"]["unit_mult"]) == ("PS", "3")


def test_a_structure_is_kept_beside_its_data_and_serves_every_build_and_the_next_edition(
    desk, tmp_path, capsys
):
    data, structure = put(tmp_path, **{"data.xml": SPECIFIC, "structure.xml": structure_ml()})
    says = ["--structure", str(structure), "--where", "BAND=1", "--column", "sector=BAND",
            "--map", "BAND:1=culture",
            *setting("measure=institutions", "unit_measure=INSTITUTION", "unit_mult=0"), *RECEIPT]  # fmt: skip
    assert desk.add(data, *says, "--write", "with_names") == 0, capsys.readouterr()
    assert "raw/with_names/2026-05-01/structure.xml" in desk.files()
    assert [(row[1], row[3], row[7]) for row in desk.built()] == [
        ("FRA", "culture", 3.5),
        ("KAZ", "culture", 1.5),
    ]
    data.write_text(SPECIFIC.replace('"2020"', '"2021"'), "utf-8")
    assert desk.add(data, "--to", "with_names", "--published-on", "2027-05-01") == 0, capsys.readouterr()
    assert "raw/with_names/2027-05-01/structure.xml" in desk.files()
    assert {row[5] for row in desk.built()} == {"2020", "2021"}
    vintage = desk.folder / "raw" / "with_names" / "2027-05-01"
    (vintage / "structure.xml").unlink()
    receipt = (vintage / "receipt.yaml").read_text("utf-8").partition("- file: structure.xml")[0]
    (vintage / "receipt.yaml").write_text(receipt, "utf-8")
    assert main(["--data", str(desk.folder), "check"]) != 0
    assert "no file named structure.xml" in capsys.readouterr().err


def test_a_scale_that_is_said_twice_counts_once():
    assert unit("THS_PER: Thousand persons") == ("PS", 3, False)
    assert unit("млн тысяч тенге") == ("KZT", 9, True)


BOTH = """DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:CULT(1.0),12/06/25 11:00:00,A: Annual,THS_PER: Thousand persons,KZ: Kazakhstan,2023,123.4,p: provisional
ESTAT:CULT(1.0),12/06/25 11:00:00,A: Annual,THS_PER: Thousand persons,EL: Greece,2023,70.1,
"""


def test_codes_with_names_under_a_header_of_ids_are_parted(tmp_path):
    table = table_of(text(tmp_path / "t.csv", BOTH))
    codes = {d["id"]: d["codes"] for d in table["dimensions"]}
    assert codes["unit"] == {"THS_PER": "Thousand persons"}
    assert codes["geo"] == {"KZ": "Kazakhstan", "EL": "Greece"}
    assert table["flags"] == {"p": 1}
    entry, _ = proposed(tmp_path / "t.csv")
    assert entry["columns"]["unit_mult"]["map"] == {"THS_PER": "3"}
    mixed = table_of(text(tmp_path / "m.csv", BOTH.replace("EL: Greece", "EL")))
    assert {d["id"]: [*d["codes"]] for d in mixed["dimensions"]}["geo"] == ["KZ: Kazakhstan", "EL"]


def test_a_lone_column_beside_years_keeps_its_head_and_not_the_unit_of_the_years(tmp_path):
    path = workbook(tmp_path / "t.xlsx", [
        ["GVA (£ million) of sectors"], ["One table."], ["Sector", 2022, 2023, "Percentage change 2022 to 2023"],
        ["Film", 10.5, 12.5, 19], ["Music", 3, 4, 33.3],
    ])  # fmt: skip
    part = inspect.inspected(path, 5)["files"][0]
    years, change = part["tables"]
    assert change["title"].endswith(" / Percentage change 2022 to 2023")
    assert propose(part, years).entry["set"]["unit_mult"] == "6"
    assert propose(part, change).entry["set"]["unit_mult"] == "?6"


def test_the_unit_of_a_table_is_open_where_a_row_is_a_percentage(tmp_path):
    rows = "GVA, £ million\nSector;2022;2023\nDesign;10;12\n{};5;6\n"
    says = {"column": ["sector=Sector"], "map": ["Sector:Percentage of UK=aside"]}
    path = text(tmp_path / "t.csv", rows.format("Percentage of UK"))
    assert proposed(path)[0]["set"]["unit_mult"] == "?6"
    assert proposed(path, column=["sector=Sector"])[0]["set"]["unit_mult"] == "?6"
    assert proposed(path, **says)[0]["set"]["unit_mult"] == "6"
    assert proposed(text(tmp_path / "t.csv", rows.format("Music")))[0]["set"]["unit_mult"] == "6"


def test_a_numbered_title_over_the_second_table_is_no_footnote_of_the_first(tmp_path):
    head, row = [None, 2022, 2023], ["Астана қаласы", 30, 31]
    path = workbook(tmp_path / "t.xlsx", [
        ["1. Кітапханалар саны"], [], head, row, ["Абай облысы", 5, 6], ["1. С учетом филиалов"], [],
        ["2. Оқырмандар, мың адам"], [], head, row, ["Абай облысы", 5, 6], ["2. Note"],
    ])  # fmt: skip
    first, second = inspect.inspected(path, 5)["files"][0]["tables"]
    assert (first["title"], first["notes"]) == ("1. Кітапханалар саны", ["1. С учетом филиалов"])
    assert (second["title"], second["notes"]) == ("2. Оқырмандар, мың адам", ["2. Note"])


def test_a_point_between_thousands_is_none_of_decimals_in_a_release(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Yıl\tİl\tSeyirci (bin)\n2022\tİstanbul\t3.500,5\n2022\tAnkara\t1.200\n")
    says = setting("measure=attendance", "unit_measure=VISIT", "unit_mult=3", "sector=performing_arts")
    assert desk.add(path, *says) == 0
    assert "İl Ankara: is it TR_001 (Ankara)?" in capsys.readouterr().out  # the city, or its province?
    assert desk.add(path, *says, "--accept", "İl", *RECEIPT, "--write", "with_points") == 0, (
        capsys.readouterr()
    )
    assert {row[2]: row[7] for row in desk.built()} == {"TR-34": 3500500, "TR_001": 1200000}


@pytest.mark.parametrize(("words", "encoding"), [
    ("Год;Посещения, тыс.;Доля, %", "cp1251"), ("Год;Музеи", "cp1251"), ("Yıl;Müze sayısı;Ölçü birimi", "cp1254"),
    ("Année;Musées;Fréquentation à Évian", "cp1252"), ("Jahr;Bühnen;Größe;Äste", "cp1252"),
])  # fmt: skip
def test_a_few_words_are_enough_to_tell_a_code_page(tmp_path, words, encoding):
    columns = words.split(";")
    row = ";".join(str(2021 + n) for n in range(len(columns)))
    table = table_of(text(tmp_path / "t.csv", f"{words}\n{row}\n{row.replace('2021', '2022')}\n", encoding))
    assert {c for d in table["dimensions"] for c in (d["id"], *d["codes"])} >= {columns[0]}
