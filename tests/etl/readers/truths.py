"""Truths of the INDEX.md files of ../shared/formats, to hold a reader against."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from etl.readers.cells import ATTRIBUTE, MARK, TEXT, VALUE, BadFile, Publication, Table
from tests.conftest import SHARED

FORMATS = SHARED / "formats"
NUMBERS = re.compile(
    r"(?P<cells>\d+) (?:values|observations): (?P<numeric>\d+) numeric, (?P<missing>\d+) missing\s*(?P<marks>\{[^}]*\})?;"
    r" sum (?P<sum>\S+), min (?P<min>\S+), max (?P<max>[^\s;]+)"
)
CUBE = re.compile(
    r"= (?P<cells>\d+) cells, value \w+ of (?P<given>\d+); (?P<numeric>\d+) numeric, (?P<missing>\d+) missing or text,"
    r" sum (?P<sum>\S+), min (?P<min>\S+), max (?P<max>\S+)"
)
KEYED = re.compile(
    r"(\d+) data rows, (?P<numeric>\d+) numbers, (?P<missing>\d+) missing marks, sum (?P<sum>[\d.e+]+)"
)
SAMPLE = re.compile(r"- sample: `(?P<key>.*?)` → \*\*(?P<value>.*?)\*\*(?: \((?P<attributes>[^)]*)\))?")


@dataclass
class Truth:
    """What an index says of one file: a block of lines per data set, each with numbers and samples."""

    path: Path
    text: str
    tables: list[dict[str, str]] = field(default_factory=list)
    samples: list[list[re.Match[str]]] = field(default_factory=list)


def truths(folder: str) -> list[Truth]:
    """Files of a folder with their truths."""
    index = FORMATS / folder / "INDEX.md"
    if not index.exists():
        return []
    return [_truth(FORMATS / folder, part) for part in index.read_text(encoding="utf-8").split("\n### ")[1:]]


def params(*folders: str, without: tuple[str, ...] = ()) -> list[object]:
    """Parameters of a test: one truth each."""
    found = [t for folder in folders for t in truths(folder) if t.path.name not in without]
    return [pytest.param(t, id=t.path.name) for t in found] or [
        pytest.param(None, marks=pytest.mark.skip("no ../shared"))
    ]


def _truth(folder: Path, part: str) -> Truth:
    """The truth of one file."""
    truth = Truth(folder / part.split("\n", 1)[0].strip(), part)
    for line in part.splitlines():
        found = (
            (KEYED.search(line) if "KEYS [" in line else None) or CUBE.search(line) or NUMBERS.search(line)
        )
        if found and not line.lstrip().startswith(("- sdmx1", "- pysdmx")):
            truth.tables.append({k: v for k, v in found.groupdict().items() if v})
            truth.samples.append([])
        elif (sample := SAMPLE.search(line)) and truth.samples:
            truth.samples[-1].append(sample)
    return truth


def check(truth: Truth, publication: Publication, *, keys: bool = True) -> None:
    """Every number and every sample of a truth is obtained."""
    assert len(publication.tables) == len(truth.tables), publication.remarks
    for table, wanted, samples in zip(publication.tables, truth.tables, truth.samples, strict=True):
        _numbers(table, wanted)
        for sample in samples if keys else ():
            _sample(table, sample)


def _numbers(table: Table, wanted: dict[str, str]) -> None:
    values = table.cells[VALUE]
    assert values.count() == int(wanted["numeric"])
    assert values.null_count() == int(wanted["missing"])
    if "cells" in wanted and wanted.get("given") != "0":
        assert table.cells.height == int(wanted["cells"])
    if wanted["sum"] != "none":
        assert f"{values.sum():.10g}" == f"{float(wanted['sum']):.10g}"
    for least in ("min", "max"):
        if wanted.get(least, "none") != "none":
            assert f"{getattr(values, least)():.10g}" == f"{float(wanted[least]):.10g}"
    if wanted.get("marks"):
        marks = dict(re.findall(r"'\"(.*?)\"': (\d+)", wanted["marks"]))
        counted = dict(table.cells[MARK].drop_nulls().value_counts().iter_rows())
        assert counted == {k: int(v) for k, v in marks.items()}


def key_of(table: Table, text: str) -> Iterator[tuple[str, str]]:
    """Columns and values of "A=x, B=y, z"; a value may hold ", "."""
    names = [*(d.id for d in table.dimensions), *(c[1:] for c in table.cells.columns if c[0] == ATTRIBUTE)]
    starts = sorted(
        (m.start(), n) for n in names for m in re.finditer(rf"(?:^|(?<=, )){re.escape(n)}=", text)
    )
    for i, (at, name) in enumerate(starts):
        end = starts[i + 1][0] - 2 if i + 1 < len(starts) else len(text)
        yield name, text[at + len(name) + 1 : end]


def _sample(table: Table, sample: re.Match[str]) -> None:
    found = table.cells
    labels = {d.id: d.codes for d in table.dimensions}
    pairs = list(key_of(table, sample["key"]))
    assert pairs
    for name, value in pairs:
        codes = [c for c, label in labels.get(name, {}).items() if value in (c, label)] or [value]
        column = name if name in labels else ATTRIBUTE + name
        found = found.filter(found[column].is_in(codes))
    assert found.height >= 1, sample["key"]
    if sample["value"] == "(empty)":
        assert found[VALUE].null_count() == found.height
    elif re.fullmatch(r"-?[\d.]+(?:e[+-]?\d+)?", sample["value"]):
        assert float(sample["value"]) in found[VALUE].to_list()
    else:
        assert sample["value"] in found[TEXT].to_list()
    for name, value in re.findall(r"(\w+)=([^,]+)", sample["attributes"] or ""):
        assert value in found[ATTRIBUTE + name].to_list()


def in_words(fault: BadFile) -> None:
    """A fault says what is there, what would be right and what to do."""
    assert fault.seen
    assert fault.expected
    assert fault.fix
