"""Readers of what exports/ writes, none of which uses it: bytes → one dict a claim.

Every reader gives the fields of its format as plain values: numbers as float, flags as bool, nothing as
None, text as text. What a number in a file means is settled here by the format's own definition.
"""

import csv
import json
import warnings
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import product
from math import isnan

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyreadstat
import sdmx
from lxml import etree
from pysdmx.io import read_sdmx
from python_calamine import load_workbook

TEXTS = (
    "indicator", "ref_area", "counterpart_area", "sector", "sex", "freq", "time_period", "open_end", "hedge",
    "unit_measure", "obs_status", "kind", "figure_id", "source", "vintage", "release", "target_status",
    "target_figure_id", "compared_period", "origin", "title", "publisher",
)  # fmt: skip
NUMBERS = (
    "value", "low", "high", "year", "rivals", "target_value", "target_low", "target_high", "rate", "rate_to",
    "deflator", "denominator", "carried_from", "coverage",
)  # fmt: skip
FIELDS = (*TEXTS, *NUMBERS, "is_headline")
OF_SDMX = {"value": "OBS_VALUE", "low": "OBS_LOW", "high": "OBS_HIGH"}
_RFC_4180 = """all_varchar=true, header=true, delim=',', quote='"', escape='"'"""
"""Said, not guessed: of one row with a text in single quotes a guess is wrong."""
COLUMNS = 60
"""Least columns of a sheet of figures; other sheets of a workbook have fewer."""


def plain(name, value):
    """A field as a plain value."""
    if value is None or value == "" or (isinstance(value, float) and isnan(value)) or value is pd.NaT:
        return None
    if name == "is_headline":
        return value if isinstance(value, bool) else str(value).lower() in ("true", "1", "1.0")
    if name in NUMBERS:
        return float(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def claims(rows, fields=FIELDS):
    """Rows with these fields alone."""
    return [{name: plain(name, row.get(name)) for name in fields} for row in rows]


# Tables


def strict_csv(content, _language, _folder):
    return claims(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def strict_csv_by_duckdb(content, _language, folder):
    (folder / "t.csv").write_bytes(content)
    read = duckdb.sql(f"from read_csv('{folder}/t.csv', {_RFC_4180})")
    return claims(dict(zip(read.columns, row, strict=True)) for row in read.fetchall())


def excel_csv(content, language, _folder, names):
    """As Excel takes it in the reader's language: by place, for the headings are translated."""
    assert content.startswith(b"\xef\xbb\xbf")
    comma = language != "en"
    lines = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";" if comma else ",")
    next(lines)
    rows = [dict(zip(names, line, strict=True)) for line in lines]
    for row in rows:
        for name in NUMBERS:
            assert not comma or "." not in row[name], row[name]
            row[name] = row[name].replace(",", ".")
    return claims(rows)


def xlsx_by_openpyxl(content, _language, _folder, names):
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book]
    return _of_sheets(sheets, names)


def xlsx_by_calamine(content, _language, _folder, names):
    book = load_workbook(BytesIO(content))
    return _of_sheets([book.get_sheet_by_name(n).to_python() for n in book.sheet_names], names)


def _of_sheets(sheets, names):
    figures = [sheet for sheet in sheets if len(sheet[0]) >= COLUMNS]
    rows = [dict(zip(names, row, strict=True)) for sheet in figures for row in sheet[1:]]
    return claims(row for row in rows if row["indicator"])  # a table without rows has an empty one


def parquet_by_duckdb(content, _language, folder):
    (folder / "t.parquet").write_bytes(content)
    read = duckdb.sql(f"from '{folder}/t.parquet'")
    return claims(dict(zip(read.columns, row, strict=True)) for row in read.fetchall())


def arrow_by_pyarrow(content, _language, _folder):
    return claims(pa.ipc.open_file(BytesIO(content)).read_all().to_pylist())


def stata_by_pandas(content, _language, _folder):
    return claims(pd.read_stata(BytesIO(content), convert_categoricals=False).to_dict("records"))


def stata_by_readstat(content, _language, folder):
    (folder / "t.dta").write_bytes(content)
    read, _ = pyreadstat.read_dta(str(folder / "t.dta"))
    return claims(read.to_dict("records"))


def json_stat(content, _language, _folder):
    """A cube in row-major order: the last dimension runs fastest."""
    cube = json.loads(content)
    codes = [cube["dimension"][name]["category"]["index"] for name in cube["id"]]
    found = []
    beside = cube["extension"].get("observation", {})
    for place, key in enumerate(product(*codes)):
        said = beside.get(str(place))
        if said is None:
            assert str(place) not in cube["value"]
            continue
        at = dict(zip(cube["id"], key, strict=True))
        whole = {name: cube["extension"][name] for name in ("release", "kind")}
        row = {**said, **at, **whole, "value": cube["value"].get(str(place))}
        row["indicator"], _, unit = at["indicator"].partition(".")
        assert unit in ("", said.get("unit_measure"))
        row["obs_status"] = cube.get("status", {}).get(str(place))
        assert at["claim"].startswith("H") == said["is_headline"]
        found.append(row)
    return claims(found)


def api_json(content, _language, _folder):
    said = json.loads(content)
    assert said["total"] == len(said["data"])
    return claims(said["data"])


# SDMX


def _of_sdmx(rows):
    rows = list(rows)
    assert all(str(row["UNIT_MULT"]) == "0" for row in rows)
    named = [{name: row.get(OF_SDMX.get(name, name.upper())) for name in FIELDS} for row in rows]
    for row, said in zip(rows, named, strict=True):
        assert (row["CLAIM"] == "H" or row["CLAIM"].startswith("A")) == plain(
            "is_headline", said["is_headline"]
        )
    return claims(named)


def sdmx_csv(content, _language, _folder):
    return _of_sdmx(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def sdmx_by_pysdmx(content, _language, _folder):
    (data,) = read_sdmx(BytesIO(content), validate=False).data
    return _of_sdmx(data.data.to_dict("records"))


def sdmx_by_sdmx1(content, _language, _folder):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        message = sdmx.read_sdmx(BytesIO(content))
    return _of_sdmx(
        {k: v.value for k, v in o.key.values.items()}
        | {k: v.value for k, v in o.attrib.items()}
        | ({"OBS_VALUE": o.value} if o.value is not None else {})
        for data in message.data
        for o in data.obs
    )


def sdmx_specific_by_lxml(content, _language, _folder):
    tree = etree.fromstring(content)
    series = list(tree.iter("{*}Series", "Series"))
    flat = [dict(o.attrib) for o in tree.iter("{*}Obs", "Obs") if not series]
    return _of_sdmx(flat + [{**s.attrib, **o.attrib} for s in series for o in s])


def sdmx_generic_by_lxml(content, _language, _folder):
    space = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic}"
    rows = []
    for series in etree.fromstring(content).iter(f"{space}Series"):
        key = {v.get("id"): v.get("value") for v in series.find(f"{space}SeriesKey")}
        for o in series.iter(f"{space}Obs"):
            row = {**key, "TIME_PERIOD": o.find(f"{space}ObsDimension").get("value")}
            value = o.find(f"{space}ObsValue")
            row |= {} if value is None else {"OBS_VALUE": value.get("value")}
            row |= {v.get("id"): v.get("value") for v in o.find(f"{space}Attributes")}
            rows.append(row)
    return _of_sdmx(rows)


def sdmx_json(content, _language, _folder):
    """SDMX-JSON 2.0 by its field guide: places in keys and arrays stand for listed values."""
    message = json.loads(content)["data"]
    structure = message["structures"][0]
    rows = []
    for data in message["dataSets"]:
        series = data.get("series") or {"": data}
        for key, one in series.items():
            at = _listed(structure["dimensions"]["series"], key)
            for place, said in one.get("observations", {}).items():
                row = at | _listed(structure["dimensions"]["observation"], place)
                measures = structure["measures"]["observation"]
                own = [*measures, *structure["attributes"]["observation"]]
                assert len(said) <= len(own)
                for part, value in zip(own, said, strict=False):
                    listed = part.get("values")
                    if value is not None:
                        row[part["id"]] = _value(listed[value]) if listed else value
                rows.append(row)
    return _of_sdmx(rows)


def _listed(parts, key):
    places = [int(place) for place in key.split(":")] if key else []
    return {part["id"]: _value(part["values"][at]) for part, at in zip(parts, places, strict=True)}


def _value(listed):
    return listed["id"] if "id" in listed else listed["value"]
