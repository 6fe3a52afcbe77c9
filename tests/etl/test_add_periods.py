"""Cubes whose year and quarter are two dimensions, told by their labels alone: one period of the two."""

import json

import pytest

from tests.etl.desks import RECEIPT, setting, text

SAYS = [*setting("ref_area=KAZ", "measure=turnover", "sector=film", "unit_measure=KZT", "unit_mult=6"), *RECEIPT,
        "--write", "a_source"]  # fmt: skip
EXPECTED = {("2021-Q1", 1e6), ("2021-Q2", 2e6), ("2022-Q1", 3e6), ("2022-Q2", 4e6)}


def px(folder, parts, years=("2021", "2022"), name="Бөлік"):
    quoted = ",".join(f'"{p}"' for p in parts)
    coded = ",".join(f'"c{i}"' for i in range(len(parts)))
    return text(folder / "t.px", (
        'CHARSET="ANSI";\nAXIS-VERSION="2013";\nCODEPAGE="utf-8";\nLANGUAGE="kk";\nMATRIX="T1";\nDECIMALS=0;\n'
        'SUBJECT-CODE="T";\nSUBJECT-AREA="T";\nTITLE="T";\nCONTENTS="T";\nUNITS="млн тенге";\n'
        f'STUB="Жыл";\nHEADING="{name}";\nVALUES("Жыл")={",".join(chr(34) + y + chr(34) for y in years)};\n'
        f'CODES("Жыл")="0","1";\nVALUES("{name}")={quoted};\nCODES("{name}")={coded};\n'
        "DATA=\n1 2\n3 4\n;\n"))  # fmt: skip


def cube(folder):
    quarters = {"index": ["a", "b"], "label": {"a": "Quarter 1", "b": "Quarter 2"}}
    years = {"index": ["y0", "y1"], "label": {"y0": "2021", "y1": "2022"}}
    data = {"version": "2.0", "class": "dataset", "label": "T", "id": ["year", "part"], "size": [2, 2],
            "dimension": {"year": {"category": years}, "part": {"category": quarters}},
            "value": [1, 2, 3, 4]}  # fmt: skip
    return text(folder / "t.json", json.dumps(data))


def sdmx_csv(folder):
    head = "STRUCTURE;STRUCTURE_ID;ACTION;YEAR: Year;PART: Part;OBS_VALUE: Value\n".replace(";", ",")
    rows = [(y, q) for y in ("Y1: 2021", "Y2: 2022") for q in ("01: I quarter", "02: II quarter")]
    body = "".join(f"dataflow,X:Y(1.0): T,I,{y},{q},{i}\n" for i, (y, q) in enumerate(rows, 1))
    return text(folder / "t.csv", head + body)


MADE = {
    "px, Roman": lambda folder: px(folder, ("I квартал", "II квартал")),
    "px, Kazakh": lambda folder: px(folder, ("1 тоқсан", "2 тоқсан")),
    "px, letters": lambda folder: px(folder, ("Q1", "Q2")),
    "px, bare numbers under a telling name": lambda folder: px(folder, ("1", "2"), name="Тоқсан"),
    "json-stat": cube,
    "sdmx-csv": sdmx_csv,
}


@pytest.mark.parametrize("kind", MADE)
def test_year_and_quarter_told_by_labels_are_one_period(desk, tmp_path, capsys, kind):
    assert desk.add(MADE[kind](tmp_path), *SAYS) == 0, capsys.readouterr()
    assert {(row[5], row[7]) for row in desk.built()} == EXPECTED


@pytest.mark.parametrize("parts", [("1", "2"), ("Театры", "Музеи"), ("T", "M"), ("Ауыл", "Қала")])
def test_labels_that_are_no_parts_of_a_year_stay_a_dimension_of_their_own(desk, tmp_path, capsys, parts):
    assert desk.add(px(tmp_path, parts), *SAYS) == 2
    assert "Бөлік: none of our columns" in capsys.readouterr().out
