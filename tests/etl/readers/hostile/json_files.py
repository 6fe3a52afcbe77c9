"""SDMX-JSON, JSON-stat and the JSON of agencies."""

import json
from pathlib import Path

from tests.etl.readers.hostile import case, simple

STAT: dict[str, object] = {
    "version": "2.0", "class": "dataset", "id": ["geo", "time"], "size": [2, 2], "value": [1, 2, 3, 4],
    "dimension": {"geo": {"category": {"index": ["a", "b"]}}, "time": {"category": {"index": ["2020", "2021"]}}},
}  # fmt: skip


def stat(**changes: object) -> str:
    return json.dumps(STAT | changes)


def sdmx(key: str = "0:0", value: str = "[5]", more: str = "") -> str:
    values = [{"id": "A"}, {"id": "B"}]
    parts = [{"id": "GEO", "values": values}, {"id": "TIME_PERIOD", "values": values}]
    structure = json.dumps({"dimensions": {"observation": parts}, "attributes": {}})
    return f'{{"header": {{}}, "structure": {structure}, "dataSets": [{{"observations": {{"{key}": {value}{more}}}}}]}}'


simple("JSON-stat", "t.json", stat(), "", 10)
simple("JSON-stat with NaN", "t.json", stat().replace("[1, 2, 3, 4]", "[1, NaN, 3, 4]"), "NaN")
simple(
    "JSON-stat with Infinity", "t.json", stat().replace("[1, 2, 3, 4]", "[1, -Infinity, 3, 4]"), "Infinity"
)
simple("JSON-stat with 1e999", "t.json", stat().replace("[1, 2, 3, 4]", "[1, 1e999, 3, 4]"), "1e999")
simple("JSON-stat with NaN as text", "t.json", stat(value=["NaN", 2, 3, 4]), "", 9)
simple("JSON-stat of truth values", "t.json", stat(value=[True, 2, 3, 4]), "truth value")
simple("JSON-stat with inf as text", "t.json", stat(value=["inf", 2, 3, 4]), "inf")
simple("JSON-stat with too few values", "t.json", stat(value=[1, 2, 3]), "3 values.*4")
simple("JSON-stat of 1e12 cells", "t.json", stat(size=[1_000_000, 1_000_000]), "2 categories.*1,?000,?000")
simple("JSON-stat of 1e12 cells that has its categories", "t.json", json.dumps({
    "version": "2.0", "class": "dataset", "id": list("abcd"), "size": [1000] * 4, "value": {"999999999999": 1, "5": 2},
    "dimension": {d: {"category": {"index": [str(i) for i in range(1000)]}} for d in "abcd"}}), "", 3)  # fmt: skip
simple("JSON-stat with a position out of range", "t.json", stat(value={"0": 1, "9": 2}), "9")
simple("JSON-stat with a negative size", "t.json", stat(size=[-2, -2]), "whole number|number")
simple("JSON-stat with a category twice", "t.json", stat(dimension={
    "geo": {"category": {"index": ["a", "a"]}}, "time": {"category": {"index": ["2020", "2021"]}}}), "geo")  # fmt: skip
simple(
    "JSON with a key twice", "t.json", stat().replace('"class"', '"value": [9, 9, 9, 9], "class"'), "twice"
)
simple(
    "JSON whose beginning is no text",
    "t.json",
    b"{\x81\x81".decode("cp037", "replace").encode("utf-16-le")[:3],
    "",
)
simple("only marks of byte order", "t.json", b"\xff\xfe\xff\xfe", "no text|empty|divides")
simple("JSON cut off", "t.json", stat()[:-20], "broken JSON|cut off")
simple("JSON with NUL", "t.json", stat().replace("2020", "20\\u000020"), "")
simple("JSON with a raw NUL", "t.json", stat().replace("2020", "20\x0020"), "")
simple("JSON with a lone surrogate", "t.json", stat().replace("2020", "\\ud800"), "surrogate|letter")
simple("JSON in utf-16", "t.json", stat().encode("utf-16"), "", 10)
simple("JSON with a mark", "t.json", b"\xef\xbb\xbf" + stat().encode(), "", 10)
simple("JSON with rubbish behind", "t.json", stat() + "]]]", "broken JSON")
simple("JSON that is null", "t.json", "[null]", "")
simple("JSON that is an empty object", "t.json", "{}", "")
simple("JSON nested 100,000 deep", "t.json", "[" * 100_000 + "]" * 100_000, "nested|deep|recursion")
simple(
    "JSON objects nested 50,000 deep",
    "t.json",
    '{"a":' * 50_000 + "1" + "}" * 50_000,
    "nested|deep|recursion",
)
simple("JSON-stat nested 900 deep in its extension", "t.json",
       stat().replace('"version"', '"extension": ' + '{"a":' * 900 + "1" + "}" * 900 + ', "version"'), "")  # fmt: skip

simple("SDMX-JSON", "t.json", sdmx(), "", 5)
simple("SDMX-JSON with a key out of range", "t.json", sdmx("0:7"), "7")
simple("SDMX-JSON with a huge key", "t.json", sdmx("0:" + "9" * 4000), "999")
simple("SDMX-JSON with a negative key", "t.json", sdmx("0:-1"), "-1")
simple("SDMX-JSON with a short key", "t.json", sdmx("0"), "key|parts")
simple("SDMX-JSON with a key twice", "t.json", sdmx(more=', "0:0": [6]'), "twice")
simple("SDMX-JSON with one key spelt in two ways", "t.json", sdmx(more=', "0:00": [6]'), "twice|00")
simple("SDMX-JSON with NaN", "t.json", sdmx(value="[NaN]"), "NaN")
simple("SDMX-JSON with an endless number", "t.json", sdmx(value="[1e400]"), "1e400")
simple("SDMX-JSON with a list for a value", "t.json", sdmx(value="[[5]]"), "list")
simple("SDMX-JSON without structure", "t.json", '{"dataSets": [{"observations": {"0": [1]}}]}', "structure")

WB = '[{"page":1,"pages":1,"per_page":50,"total":1,"lastupdated":"2025"},[{"indicator":{"id":"N","value":"GDP"},"country":{"id":"KZ","value":"K"},"countryiso3code":"KAZ","date":"2020","value":%s,"unit":"","obs_status":"","decimal":0}]]'
simple("World Bank JSON", "t.json", WB % "5", "", 5)
simple("World Bank JSON with NaN", "t.json", WB % "NaN", "NaN")
simple("World Bank JSON with an endless number", "t.json", WB % "1e999", "1e999|number")
simple(
    "World Bank JSON with an error",
    "t.json",
    '[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]',
    "not valid|message|records",
)
simple("records with NaN", "t.json", '[{"area":"a","value":NaN},{"area":"b","value":1}]', "NaN|JSON")
simple(
    "records with a key twice",
    "t.json",
    '[{"area":"a","area":"b","value":1},{"area":"b","value":1}]',
    "twice",
)
simple("records of many shapes", "t.json", json.dumps([{f"f{i}": 1} for i in range(3000)]), "")


@case("t.json", "fields|columns")
def records_of_a_million_fields(path: Path) -> None:
    path.write_text(json.dumps([{f"f{i}": i for i in range(1_000_000)}]))


@case("t.json", "values|categories|memory", heavy=True)
def json_stat_of_5_million_numbers(path: Path) -> None:
    path.write_text(stat(value=[1.5] * 5_000_000))


@case("t.json", "records|object|element|memory|numbers", heavy=True)
def json_of_5_million_numbers(path: Path) -> None:
    path.write_text("[" + ",".join(map(str, range(5_000_000))) + "]")


@case("t.json", "list|memory|values|records|element", heavy=True)
def json_of_10_million_empty_lists(path: Path) -> None:
    path.write_text("[" + "[]," * 10_000_000 + "[]]")


@case("t.json", "", heavy=True, total=1000 * sum(range(1000)))
def json_stat_of_a_million_honest_cells(path: Path) -> None:
    index = [f"c{i}" for i in range(1000)]
    dimension = {d: {"category": {"index": index}} for d in ("geo", "time")}
    path.write_text(stat(size=[1000, 1000], value=[*range(1000)] * 1000, dimension=dimension))


@case("t.json", "", heavy=True, total=300 * sum(range(1000)))
def sdmx_json_of_300000_honest_cells(path: Path) -> None:
    values = [{"id": f"c{i}"} for i in range(1000)]
    parts = [{"id": "GEO", "values": values[:300]}, {"id": "TIME_PERIOD", "values": values}]
    observations = {f"{r}:{c}": [c] for r in range(300) for c in range(1000)}
    path.write_text(json.dumps({"structure": {"dimensions": {"observation": parts}, "attributes": {}},
                                "dataSets": [{"observations": observations}]}))  # fmt: skip


@case("t.json", "text|letters|long|MB", heavy=True)
def json_with_a_text_of_50_MB(path: Path) -> None:
    path.write_text(stat().replace('"a"', '"' + "x" * 50_000_000 + '"'))
