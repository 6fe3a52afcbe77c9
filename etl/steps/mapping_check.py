"""Whether `published` in source.yaml is in order: everything that is not, at once, before a file is read."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from etl.errors import Fault
from etl.readers.companion import WRITTEN
from etl.readers.guard import SIGNS
from etl.source import Source
from etl.steps.label_tables import faults as table_faults
from etl.steps.mapping import ASIDE, OPEN, names, open_places, setup_fault, texts
from etl.steps.printed_periods import COUNTS, DATES
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import NOT_APPLICABLE, NOT_STATED, TOTAL

KEYS: dict[str, type | tuple[type, ...]] = {
    "files": str, "structure": str, "inside": str, "format": str, "tables": (str, list), "where": dict,
    "without": dict, "columns": dict, "each": dict, "set": dict, "marks": dict, "flags": dict,
    "flags_from": str, "expect": dict, "decimals": int, "decimal": str,
}  # fmt: skip
LISTS: dict[str, str | None] = {
    "measure": "measure", "ref_area": "area", "region": "region", "counterpart_area": "area",
    "sector": "sector", "sex": "sex", "unit_measure": "unit", "unit_mult": None, "base_per": None,
    "kind": "kind", "period": None, "period_basis": "period_basis",
}  # fmt: skip
"""Our columns that a mapping may give → their code list."""
NEEDED = ("measure", "ref_area", "period", "unit_measure", "unit_mult")
OF_COLUMN = (
    "from", "pattern", "as", "map", "table", "during", "codes", "by", "year_begins", "counts", "dates",
)  # fmt: skip
OF_MARK = ("value", "obs_status", "conf_status", "low", "high", "says")
OF_FLAG = ("obs_status", "conf_status", "says", "kind", "absent", "low", "high")
STATUSES = {"obs_status": "obs_status", "conf_status": "conf_status", "kind": "kind", "absent": "obs_status"}
GENERIC = {TOTAL, NOT_APPLICABLE, NOT_STATED}
POWERS = range(-12, 25)


def faults(source: Source) -> list[Fault]:
    """What is wrong with the entries of a source; each names its key."""
    entries = source.facts.get("published")
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        return [
            setup_fault(source.id, "published is no list of entries", "expected - files: …", _fix(source))
        ]
    return [
        setup_fault(source.id, f"published[{number}].{seen}", expected, _fix(source))
        for number, entry in enumerate(entries, 1)
        for seen, expected in entry_faults(entry, source)
    ]


def _fix(source: Source) -> str:
    return f"Mend etl/sources/{source.id}/source.yaml; etl/steps/published.py says what each key means."


def entry_faults(entry: Mapping[str, Any], source: Source | None = None) -> Iterator[tuple[str, str]]:
    """What is wrong with one entry: the key with what stands there, and what was expected.

    Args:
        entry: of `published`.
        source: for its label tables; None leaves them unlooked at.
    """
    wrong = list(_shape(entry))
    yield from wrong
    if wrong:
        return
    for place in open_places(entry):
        yield f"{place} is still open", "expected a code of ours, or `aside`"
    for ours, says in entry.get("columns", {}).items():
        yield from _column(ours, says, source)
    for dimension, labels in entry.get("each", {}).items():
        yield from _each(dimension, labels, entry.get("set", {}))
    for ours, code in entry.get("set", {}).items():
        yield from _code(f"set.{ours}", ours, code)
    for key, known in (("marks", OF_MARK), ("flags", OF_FLAG)):
        for sign, meaning in entry.get(key, {}).items():
            yield from _meaning(f"{key}.{sign}", meaning, known)
    yield from _decimal(entry)
    yield from table_faults(entry, source)
    yield from _together(entry)


def _decimal(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A sign that is none, or that the format itself says."""
    said, format = entry.get("decimal"), entry.get("format", "csv")
    if said and not said.startswith(OPEN) and said not in SIGNS:
        yield f"decimal is {said!r}", f"expected {' or '.join(SIGNS)}"
    if said and format not in WRITTEN:
        yield (
            f"decimal stands beside the format {format}",
            "expected it where numbers are texts",
        )


def _shape(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Keys that are none, and values of another kind than their key asks for."""
    for key, value in entry.items():
        if key not in KEYS:
            yield f"{key} is no key", f"expected one of {', '.join(KEYS)}{_near(str(key), list(KEYS))}"
        elif not isinstance(value, KEYS[key]) or isinstance(value, bool):
            yield f"{key} is {value!r}", "expected " + _kind(KEYS[key])
    if "files" not in entry:
        yield "files is not there", "expected the names of the files, such as nama_*.tsv"
    for key in ("columns", "each", "set", "marks", "flags", "where", "without"):
        part = entry.get(key)
        yield from _labels(key, part) if isinstance(part, dict) else ()
    for key in ("columns", "each"):
        part = entry.get(key)
        for name, says in part.items() if isinstance(part, dict) else ():
            if not isinstance(says, dict):
                yield f"{key}.{name} is {says!r}", "expected keys and values"
            else:
                yield from _labels(f"{key}.{name}", says)
                inner = says.get("map", {}) if key == "columns" else {}
                if not isinstance(inner, dict):
                    yield f"columns.{name}.map is {inner!r}", "expected labels and codes"
                else:
                    yield from _labels(f"columns.{name}.map", inner)


def _kind(kinds: type | tuple[type, ...]) -> str:
    said = {str: "a text", dict: "keys and values", int: "a whole number", list: "a list"}
    return " or ".join(said[k] for k in (kinds if isinstance(kinds, tuple) else (kinds,)))


def _labels(place: str, part: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """Labels that YAML has read as something else: NO is false, 1.10 is 1.1, ~ is nothing."""
    for key, value in part.items():
        if isinstance(key, bool | float) or key is None:
            yield f"{place}.{key} was no text to YAML", 'expected quotation marks: "NO", "1.10"'
        if value is None or isinstance(value, bool):
            yield f"{place}.{key} is {value!r}", "expected a code, in quotation marks where YAML mistakes it"
    if len({str(key) for key in part}) < len(part):
        yield f"{place} has a label twice", "expected each once, in quotation marks"


def _column(ours: str, says: Mapping[str, Any], source: Source | None) -> Iterator[tuple[str, str]]:
    place = f"columns.{ours}"
    if ours not in LISTS:
        yield f"{place} is no column of ours", f"expected one of {', '.join(LISTS)}{_near(ours, list(LISTS))}"
        return
    for key in says:
        if key not in OF_COLUMN:
            yield f"{place}.{key} is no key", f"expected one of {', '.join(OF_COLUMN)}{_near(key, OF_COLUMN)}"
    if not names(says) or not all(names(says)):
        yield f"{place}.from is not there", "expected a dimension, an @ATTRIBUTE, _table, _title or _sheet"
    several = [key for key in ("map", "table", "codes") if key in says]
    if len(several) > 1:
        yield f"{place} has {' and '.join(several)}", "expected one of them"
    if "as" in says and "pattern" not in says:
        yield f"{place}.as stands without a pattern", "expected `pattern` beside it"
    if "pattern" in says:
        yield from _pattern(place, says)
    yield from _translated(place, ours, says, source)
    yield from _of_periods(place, ours, says)


def _of_periods(place: str, ours: str, says: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What only a column of periods may say."""
    begins = says.get("year_begins")
    if begins is not None and (ours != "period" or begins not in range(1, 13)):
        yield f"{place}.year_begins is {begins!r}", "expected a month, 1 to 12, beside columns.period.from"
    for key, known in (("counts", COUNTS), ("dates", DATES)):
        told = says.get(key)
        if told is not None and (ours != "period" or told not in known):
            yield f"{place}.{key} is {told!r}", f"expected {', '.join(known)}, beside columns.period.from"


def _pattern(place: str, says: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        pl.Series(["a"]).str.replace(str(says["pattern"]), "")
        if "as" not in says and pl.Series(["a"]).str.extract(str(says["pattern"]), 1).is_empty():
            return
    except PolarsError as wrong:
        yield f"{place}.pattern cannot be read", f"expected a regular expression with a group: {wrong}"


def _translated(
    place: str, ours: str, says: Mapping[str, Any], source: Source | None
) -> Iterator[tuple[str, str]]:
    if "codes" in says and says["codes"] != LISTS[ours]:
        yield f"{place}.codes is {says['codes']!r}", f"expected {LISTS[ours] or 'no code list here'}"
    for label, code in says.get("map", {}).items():
        if code != ASIDE:
            yield from _code(f"{place}.map.{label}", ours, code)
    if source is not None and "table" in says:
        name = str(says["table"]).removesuffix(".csv")
        try:
            table = source.table(name)
        except (OSError, IndexError, UnicodeDecodeError, StopIteration) as wrong:
            yield (
                f"{place}.table {name}.csv cannot be read",
                f"expected two columns beside source.yaml: {wrong}",
            )
            return
        for label, code in table.items():
            yield from _code(f"{name}.csv: {label}", ours, code)


def _each(dimension: str, labels: Mapping[Any, Any], fixed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Labels must give the same columns, unless `set` says what holds where one is silent."""
    told = {str(label): said for label, said in labels.items() if isinstance(said, dict)}
    for label, said in labels.items():
        if not isinstance(said, dict) and said != ASIDE and not str(said).startswith(OPEN):
            yield f"each.{dimension}.{label} is {said!r}", "expected columns and codes, or `aside`"
    given = {ours for said in told.values() for ours in said} - {"base_per"}  # not every measure has one
    for label, said in told.items():
        for ours in sorted(given - set(said) - set(fixed)):
            yield (
                f"each.{dimension}.{label} does not say the {ours}",
                "expected it, as beside the other labels",
            )
        for ours, code in said.items():
            yield from _code(f"each.{dimension}.{label}.{ours}", ours, code)


def _code(place: str, ours: str, code: object) -> Iterator[tuple[str, str]]:
    """A value that cannot stand in our column."""
    if str(code).startswith(OPEN):
        return
    if ours not in LISTS:
        yield (
            f"{place}: {ours} is no column of ours",
            f"expected one of {', '.join(LISTS)}{_near(ours, list(LISTS))}",
        )
    elif ours == "unit_mult":
        whole = str(code).removeprefix("-").isdecimal() and int(str(code)) in POWERS
        if not whole:
            yield f"{place} is {code!r}", "expected a power of ten: 3 for thousands, 6 for millions"
    elif (listed := LISTS[ours]) and str(code) not in GENERIC and str(code) not in codelist(listed):
        near = codelist(listed).nearest(str(code))
        said = f"; nearest is {near} ({codelist(listed).label(near)})" if near else ""
        yield f"{place} is {code!r}", f"expected a code of indicators/codelists/{listed}.csv{said}"


def _meaning(place: str, meaning: object, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not isinstance(meaning, dict):
        if meaning != ASIDE and not str(meaning).startswith(OPEN):
            yield f"{place} is {meaning!r}", "expected a meaning such as {value: absent, obs_status: O}"
        return
    for key, said in meaning.items():
        if key not in known:
            yield f"{place}.{key} is no key", f"expected one of {', '.join(known)}{_near(str(key), known)}"
        elif key in STATUSES and said not in codelist(STATUSES[key]):
            listed = codelist(STATUSES[key])
            yield f"{place}.{key} is {said!r}", f"expected one of {', '.join(listed)}"
        elif key == "value" and said not in ("required", "absent", "optional"):
            yield f"{place}.value is {said!r}", "expected required, absent or optional"


def _together(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What two keys say against each other, and what none of them says."""
    columns, fixed = set(entry.get("columns", {})), set(entry.get("set", {}))
    each: dict[str, set[str]] = {
        str(d): {c for said in labels.values() if isinstance(said, dict) for c in said}
        for d, labels in entry.get("each", {}).items()
    }
    for ours in sorted(columns & fixed):
        yield f"{ours} stands in columns and in set", "expected it once"
    given = list[str]()
    for dimension, told in each.items():
        for ours in sorted(told & (columns | set(given))):
            yield f"{ours} stands in each.{dimension} and elsewhere", "expected it once"
        given += told
    for dimension, codes in entry.get("where", {}).items():
        both = set(texts(codes)) & set(texts(entry.get("without", {}).get(dimension, [])))
        for code in sorted(both):
            yield f"where and without both have {dimension}: {code}", "expected it in one of them"
    for ours in (c for c in NEEDED if c not in columns | fixed | set(given)):
        yield f"nothing says the {ours}", f"expected {ours} in columns, each or set"


def _near(word: str, known: list[str] | tuple[str, ...]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; nearest is {close[0]}" if close else ""
