"""Publications as offices print them, added by the command alone: every observation against its truth.

Each case is a file, the options with which a person settles what `add` asks, and what must come out:
measure, area, region, sector, sex, period, unit, value in base units, status.
"""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.etl.desks import RECEIPT, setting, text


def workbook(path: Path, rows: list[list], merged: tuple[str, ...] = (), title: str = "1") -> Path:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(path)
    return path


def kazakhstan(folder):
    """Regions down, years across, in Russian; a unit line, marks explained below, a provisional year."""
    path = workbook(folder / "культура_2024.xlsx", [
        ["Объем услуг в области культуры по регионам"], ["млн тенге"], [],
        [None, 2022, 2023, "2024*"],
        ["Республика Казахстан", 1234567.8, 1300000, 1400000.5],
        ["Область Абай", "x", 120.5, 130], ["Акмолинская", 210.1, 220, "-"],
        ["г. Алматы", 400000, 410000, 420000], ["г. Шымкент", 10, 11, 12], [],
        ["* Предварительные данные."],
        ["x – данные конфиденциальны."], ["«-» – явление отсутствует."],
    ])  # fmt: skip
    says = [*setting("measure=turnover", "sector=culture"), "--mark", "x=suppressed", "--mark=-=nil"]
    rows = [("turnover", "KAZ", region, "culture", "_T", year, "KZT", value, status)
            for region, values in {
                "_T": ((1234567.8e6, "A"), (1300000e6, "A"), (1400000.5e6, "P")),
                "KZ-10": ((None, "Q"), (120.5e6, "A"), (130e6, "P")),
                "KZ-11": ((210.1e6, "A"), (220e6, "A"), (None, "N")),
                "KZ-75": ((400000e6, "A"), (410000e6, "A"), (420000e6, "P")),
                "KZ-79": ((10e6, "A"), (11e6, "A"), (12e6, "P")),
            }.items() for year, (value, status) in zip(("2022", "2023", "2024"), values, strict=True)]  # fmt: skip
    return path, says, rows


def azerbaijan(folder):
    """A header of two rows: years above, both sexes below; the unit in brackets of the title."""
    path = workbook(folder / "002_8.xlsx", [
        ["Mədəniyyət sahəsində məşğul olanların sayı (min nəfər)"], [],
        [None, 2021, None, 2022, None], [None, "Kişilər", "Qadınlar", "Kişilər", "Qadınlar"],
        ["Azərbaycan Respublikası", 31.5, 40.25, 32, 41], ["Bakı şəhəri", 10, 12.5, 10.5, 13],
    ], ("B3:C3", "D3:E3"))  # fmt: skip
    rows = [("employment", "AZE", region, "culture", sex, year, "PS", value, "A")
            for region, values in {"_T": (31500, 40250, 32000, 41000), "AZ-BA": (10000, 12500, 10500, 13000)}.items()
            for (year, sex), value in zip(
                (("2021", "M"), ("2021", "F"), ("2022", "M"), ("2022", "F")), values, strict=True)]  # fmt: skip
    return path, setting("measure=employment", "sector=culture"), rows


def turkey(folder):
    """Bilingual headers over columns, each with its own unit; a dash that a note explains."""
    path = workbook(folder / "sinema.xlsx", [
        ["Sinema istatistikleri, 2021-2023 / Cinema statistics, 2021-2023"], [],
        ["Yıl\nYear", "Seyirci sayısı (Bin kişi)\nAttendance (Thousand persons)", "Film sayısı\nNumber of films",
         "Hasılat (Milyon TL)\nBox office (Million TL)"],
        [2021, 12504.5, 300, 250.1], [2022, 36200, 370, "-"], [2023, 31500.25, "412", 3100.75], [],
        ["- Bilgi yoktur. / Information is not available."],
    ])  # fmt: skip
    columns = openpyxl.load_workbook(path).active[3]
    seats, films, box = [" ".join(c.value.split()) for c in columns[1:]]
    says = [*setting("ref_area=TUR", "sector=film"), "--mark=-=not_available",
            "--each", f"unit:{seats}=measure:attendance,unit_measure:VISIT,unit_mult:3",
            "--each", f"unit:{films}=measure:films_released,unit_measure:FILM,unit_mult:0",
            "--each", f"unit:{box}=measure:box_office"]  # fmt: skip
    rows = [(measure, "TUR", "_T", "film", "_T", year, unit, value, "A" if value is not None else "O")
            for measure, unit, values in (("attendance", "VISIT", (12504500, 36200000, 31500250)),
                                          ("films_released", "FILM", (300, 370, 412)),
                                          ("box_office", "TRY", (250.1e6, None, 3100.75e6)))
            for year, value in zip(("2021", "2022", "2023"), values, strict=True)]  # fmt: skip
    return path, says, rows


def wide_csv(folder):
    """Semicolons, decimal commas, no-break spaces between thousands, flags on the years; old names of countries."""
    path = text(folder / "exports.csv", (
        "Country;2019;2020*;2021 (p)\nKirghizia;1\u00a0234,5;2,25;-3,5\nMoldavia;10,5;…;12\n"
        "Czech Republic;1\u00a0000\u00a0000,75;0;7\nSwaziland;1;2;3\nMacedonia, FYR;4;5;6\n"
        "Germany (until 1990 former territory of the FRG);9;8;7\nAll countries;1;1;1\n"
    ))  # fmt: skip
    says = [*setting("measure=exports_growth", "unit_measure=PT", "unit_mult=0", "sector=_T"),
            "--map", "Country:?=aside", "--flag", "*=D"]  # fmt: skip
    values = {"KGZ": (1234.5, 2.25, -3.5), "MDA": (10.5, None, 12), "CZE": (1000000.75, 0, 7),
              "SWZ": (1, 2, 3), "MKD": (4, 5, 6), "DEU": (9, 8, 7)}  # fmt: skip
    rows = [("exports_growth", area, "_T", "_T", "_T", year, "PT", value,
             "O" if value is None else status)
            for area, given in values.items()
            for year, status, value in zip(("2019", "2020", "2021"), "ADP", given, strict=True)]  # fmt: skip
    return path, says, rows


def quarters(folder):
    """Year and quarter in two columns, a unit on each row, cp1251."""
    path = text(folder / "uslugi.csv", (
        "Год;Квартал;Страна;Единица измерения;Значение\n"
        "2023;1;Киргизия;млн сомов;1,5\n2023;2;Киргизия;млн сомов;2,5\n"
        "2023;1;Республика Казахстан;млрд тенге;3,25\n2023;2;Республика Казахстан;млрд тенге;н/д\n"
    ), "cp1251")  # fmt: skip
    says = [*setting("measure=turnover", "sector=creative_services"),
            "--map", "Единица измерения:млн сомов=KGS"]  # fmt: skip
    rows = [("turnover", "KGZ", "_T", "creative_services", "_T", "2023-Q1", "KGS", 1.5e6, "A"),
            ("turnover", "KGZ", "_T", "creative_services", "_T", "2023-Q2", "KGS", 2.5e6, "A"),
            ("turnover", "KAZ", "_T", "creative_services", "_T", "2023-Q1", "KZT", 3.25e9, "A"),
            ("turnover", "KAZ", "_T", "creative_services", "_T", "2023-Q2", "KZT", None, "O")]  # fmt: skip
    return path, says, rows


def fiscal(folder):
    """Years from July to June, thousands with commas, a star that a note explains."""
    path = text(folder / "pakistan.csv", (
        "Indicator,2021-22,2022-23,2023-24 (P)\n"
        '"Screens, number",75,78,80*\n"Box office, million rupees","1,234.5","2,000","2,500.25"\n'
        "* Estimate of the ministry.\n"
    ))  # fmt: skip
    says = [*setting("ref_area=PAK", "sector=film"), "--year-begins", "7",
            "--each", "Indicator:Screens, number=measure:screens,unit_measure:SCREEN,unit_mult:0",
            "--each", "Indicator:Box office, million rupees=measure:box_office,unit_measure:PKR,unit_mult:6",
            "--flag", "P=P"]  # fmt: skip
    spans = ("2021-07-01/P12M", "2022-07-01/P12M", "2023-07-01/P12M")
    rows = [("screens", "PAK", "_T", "film", "_T", p, "SCREEN", v, s)
            for p, v, s in zip(spans, (75, 78, 80), "AAE", strict=True)]  # fmt: skip
    rows += [("box_office", "PAK", "_T", "film", "_T", p, "PKR", v, s)
             for p, v, s in zip(spans, (1234.5e6, 2000e6, 2500.25e6), "AAP", strict=True)]  # fmt: skip
    return path, says, rows


def brazil(folder):
    """Portuguese months in words and a decimal comma."""
    path = text(folder / "receita.csv", (
        "Mês;Receita de bilheteria (R$ milhões)\njaneiro 2024;1.234,5\nfevereiro 2024;987,25\nmarço 2024;x\n"
    ))  # fmt: skip
    says = [*setting("ref_area=BRA", "sector=film", "measure=box_office", "unit_measure=BRL", "unit_mult=6"),
            "--mark", "x=suppressed"]  # fmt: skip
    rows = [("box_office", "BRA", "_T", "film", "_T", p, "BRL", v, s) for p, v, s in
            (("2024-01", 1234.5e6, "A"), ("2024-02", 987.25e6, "A"), ("2024-03", None, "Q"))]  # fmt: skip
    return path, says, rows


def px(folder):
    """PX in Russian with a unit, regions by code, and two kinds of missing."""
    path = text(folder / "trud.px", (
        'CHARSET="ANSI";\nAXIS-VERSION="2013";\nCODEPAGE="utf-8";\nLANGUAGE="ru";\nMATRIX="T1";\nDECIMALS=1;\n'
        'SUBJECT-CODE="T";\nSUBJECT-AREA="Труд";\nTITLE="Занятые в культуре";\nCONTENTS="Занятые в культуре";\n'
        'UNITS="тыс. человек";\nSTUB="пол";\nHEADING="год";\nVALUES("пол")="Мужчины","Женщины","Всего";\n'
        'VALUES("год")="2021","2022";\nTIMEVAL("год")=TLIST(A1),"2021","2022";\n'
        'DATA=\n10.5 11\n12.5 ".."\n23 "...";\n'
    ))  # fmt: skip
    rows = [("employment", "KAZ", "_T", "culture", sex, year, "PS", value, "A" if value else "O")
            for sex, values in {"M": (10500, 11000), "F": (12500, None), "_T": (23000, None)}.items()
            for year, value in zip(("2021", "2022"), values, strict=True)]  # fmt: skip
    return path, setting("ref_area=KAZ", "measure=employment", "sector=culture"), rows


def json_stat(folder):
    """JSON-stat 2 with statuses and a category of units."""
    data = {
        "version": "2.0", "class": "dataset", "label": "Museums and visits", "id": ["concept", "geo", "time"],
        "size": [2, 2, 2], "role": {"time": ["time"], "geo": ["geo"], "metric": ["concept"]},
        "dimension": {
            "concept": {"category": {"index": ["MUS", "VIS"], "label": {"MUS": "Museums", "VIS": "Visits"},
                                     "unit": {"MUS": {"base": "number"}, "VIS": {"base": "thousand visits"}}}},
            "geo": {"category": {"index": ["KZ", "UZ"], "label": {"KZ": "Kazakhstan", "UZ": "Uzbekistan"}}},
            "time": {"category": {"index": ["2022", "2023"]}},
        },
        "value": [270, 271, 150, 152, 5000.5, 5100, None, 4200], "status": {"5": "e", "6": ":"},
    }  # fmt: skip
    path = text(folder / "museums.json", json.dumps(data))
    says = [*setting("sector=museums"), "--each", "concept:MUS=measure:institutions,unit_measure:INSTITUTION,unit_mult:0",
            "--each", "concept:VIS=measure:attendance,unit_measure:VISIT,unit_mult:3"]  # fmt: skip
    values = {("institutions", "INSTITUTION", "KAZ"): ((270, "A"), (271, "A")),
              ("institutions", "INSTITUTION", "UZB"): ((150, "A"), (152, "A")),
              ("attendance", "VISIT", "KAZ"): ((5000500, "A"), (5100000, "E")),
              ("attendance", "VISIT", "UZB"): ((None, "O"), (4200000, "A"))}  # fmt: skip
    rows = [(m, a, "_T", "museums", "_T", year, u, v, s) for (m, u, a), given in values.items()
            for year, (v, s) in zip(("2022", "2023"), given, strict=True)]  # fmt: skip
    return path, says, rows


def sdmx_csv(folder):
    """SDMX-CSV with UNIT_MULT on the rows, statuses and confidentiality that share a letter."""
    path = text(folder / "gva.csv", (
        "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS,CONF_STATUS\n"
        "X:GVA(1.0),A,KZ,2021,10.5,KZT,9,A,F\nX:GVA(1.0),A,KZ,2022,11.5,KZT,9,P,F\n"
        "X:GVA(1.0),A,AZ,2021,700,AZN,6,E,F\nX:GVA(1.0),A,AZ,2022,,AZN,6,Q,N\n"
    ))  # fmt: skip
    rows = [("gva", "KAZ", "_T", "creative_industries", "_T", "2021", "KZT", 10.5e9, "A"),
            ("gva", "KAZ", "_T", "creative_industries", "_T", "2022", "KZT", 11.5e9, "P"),
            ("gva", "AZE", "_T", "creative_industries", "_T", "2021", "AZN", 700e6, "E"),
            ("gva", "AZE", "_T", "creative_industries", "_T", "2022", "AZN", None, "Q")]  # fmt: skip
    return path, setting("measure=gva", "sector=creative_industries"), rows


def sheets_of_years(folder):
    """A sheet for every year, the same table in each; a total and a line of per head that nobody wants."""
    book = openpyxl.Workbook()
    for year, shift in ((2022, 0), (2023, 100)):
        sheet = book.active if year == 2022 else book.create_sheet()
        sheet.title = str(year)
        for row in (["Spending on culture, million USD, current prices"], [], ["Country", "Spending", "Per head, USD"],
                    ["Georgia", 50.5 + shift, 13], ["Armenia", 20 + shift, 7], ["Total", 70.5 + shift, 10]):  # fmt: skip
            sheet.append(row)
    path = folder / "spending_2022-2023.xlsx"
    book.save(path)
    says = [*setting("measure=culture_expenditure", "sector=culture"), "--where", "column=Spending", "--map",
            "Country:?=aside"]  # fmt: skip
    rows = [("culture_expenditure", area, "_T", "culture", "_T", year, "USD", (value + shift) * 1e6, "A")
            for year, shift in (("2022", 0), ("2023", 100)) for area, value in (("GEO", 50.5), ("ARM", 20))]  # fmt: skip
    return path, says, rows


CASES = [
    kazakhstan,
    azerbaijan,
    turkey,
    wide_csv,
    quarters,
    fiscal,
    brazil,
    px,
    json_stat,
    sdmx_csv,
    sheets_of_years,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_publication_becomes_the_observations_that_it_prints(case, desk, tmp_path, capsys):
    path, says, rows = case(tmp_path)
    code = desk.add(path, *says, *RECEIPT, "--write", "a_source")
    said = capsys.readouterr()
    assert code == 0, said.out + said.err
    assert sorted(desk.built(), key=str) == sorted(rows, key=str)
