"""A mapping of a published file to our codes, proposed from what a reader made of it.

Pure: it takes what `inspect` found (plain data) and gives an entry of `published` in source.yaml, with
what a person must still decide. Nothing uncertain is taken as certain: a near name is a question.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from etl.match import fold, match, unit
from indicators.concepts.codelist import codelist
from indicators.concepts.period import UnreadablePeriod, parse

LISTS = {"ref_area": "area", "sex": "sex", "measure": "measure", "sector": "sector"}
"""Our column → its code list, in the order in which they are tried on a dimension."""
ENOUGH = 0.6
"""Part of the codes of a dimension that must have a name of ours."""
ABSENT = {"value": "absent", "obs_status": "O", "says": "Not available"}
SECRET = {"value": "absent", "obs_status": "Q", "conf_status": "N", "says": "Suppressed"}
MARKS: dict[str, dict[str, str]] = {
    **dict.fromkeys((":", "..", "...", "n/a", "N/A", "NA", "NaN", "n.a.", "x"), ABSENT), "": ABSENT,
    **dict.fromkeys(("(D)", "c", ": c", "C"), SECRET),
}  # fmt: skip
FLAGS = {
    "b": {"obs_status": "B"}, "e": {"obs_status": "E"}, "p": {"obs_status": "P"}, "s": {"obs_status": "E"},
    "d": {"obs_status": "D"}, "i": {"obs_status": "E"}, "r": {"says": "Revised"}, "A": {"obs_status": "A"},
    "f": {"says": "Forecast"}, "u": {"says": "Low reliability"}, "c": {"conf_status": "N"},
    "B": {"obs_status": "B"}, "E": {"obs_status": "E"}, "P": {"obs_status": "P"}, "(p)": {"obs_status": "P"},
    "F": {"conf_status": "F"}, "+": {"says": "National estimation"}, "‡": {"obs_status": "E"},
}  # fmt: skip
"""Flags that mean the same at Eurostat, UIS and in SDMX; any other is a question."""
NEEDED = ("ref_area", "measure", "unit_measure", "unit_mult", "period", "sector")
"""What must be said of every figure; the rest has defaults (steps/reshape.py)."""


@dataclass
class Proposal:
    """An entry of `published`, and what is not settled.

    Attributes:
        entry: files, format, tables, where, columns, set, marks and flags, as source.yaml takes them.
        questions: what a person must decide, in full sentences; none = ready to build.
        placed: our column → "from dimension: n codes certain, m near".
    """

    entry: dict[str, Any]
    questions: list[str] = field(default_factory=list)
    placed: dict[str, str] = field(default_factory=dict)


def propose(part: Mapping[str, Any], table: Mapping[str, Any]) -> Proposal:
    """A mapping for one table of a file.

    Args:
        part: of the `files` of `readers.inspect.inspected`.
        table: one of its tables.
    """
    entry: dict[str, Any] = {"files": part["name"], "format": part["format"]}
    if len(part["tables"]) > 1:
        entry["tables"] = table["name"]
    made = Proposal(entry | {"where": {}, "columns": {}, "set": {}, "marks": {}, "flags": {}})
    for dimension in table["dimensions"]:
        _place(made, dimension)
    _units(made, table)
    _statuses(made, table)
    _lacking(made, table)
    made.entry = {k: v for k, v in made.entry.items() if v}
    return made


def _place(made: Proposal, dimension: Mapping[str, Any]) -> None:
    """Find our column for one dimension."""
    codes: Mapping[str, str | None] = dimension["codes"]
    if _is_time(dimension):
        made.entry["columns"]["period"] = {"from": dimension["id"]}
        made.placed["period"] = f"from {dimension['id']}: {len(codes)} periods"
        odd = [c for c in codes if not _period(c)]
        if odd:
            made.questions.append(f"{dimension['id']}: {', '.join(odd[:8])} are no periods that can be read.")
        return
    found = _best(codes, [c for c in LISTS if c not in made.entry["columns"]])
    if found:
        column, labels, near = found
        made.entry["columns"][column] = {"from": dimension["id"], "map": labels}
        made.placed[column] = f"from {dimension['id']}: {len(labels)} codes certain, {len(near)} near"
        _ask(made, dimension, column, labels, near)
    elif _unit_dimension(made, dimension):
        return
    elif len(codes) > 1:
        shown = ", ".join(f"{c} ({label})" if label else c for c, label in list(codes.items())[:6])
        made.questions.append(
            f"{dimension['id']}: none of our columns; take one code of it under `where`, or map it under "
            f"`columns`. It has {len(codes)}: {shown}."
        )


def _is_time(dimension: Mapping[str, Any]) -> bool:
    codes = list(dimension["codes"])
    named = dimension["role"] == "time" or fold(dimension["id"]) in ("time", "time period", "year", "period")
    readable = sum(_period(c) is not None for c in codes)
    mostly = readable >= 0.9 * len(codes) and (named or len(codes) > 1)
    return bool(codes) and (mostly or (named and readable > 0))


def _period(text: str) -> str | None:
    try:
        return parse(text).time_period
    except UnreadablePeriod:
        return None


def _best(
    codes: Mapping[str, str | None], columns: Sequence[str]
) -> tuple[str, dict[str, str], dict[str, str]] | None:
    """The column whose list knows most of the codes: certain ones, and near ones; None below ENOUGH."""
    tried = []
    for column in columns:
        found = {c: match(LISTS[column], c, label) for c, label in codes.items()}
        certain = {c: m.code for c, m in found.items() if m and m.certain}
        near = {c: m.code for c, m in found.items() if m and not m.certain}
        tried.append((len(certain) / max(len(codes), 1), column, certain, near))
    best = max(tried, key=lambda t: t[0], default=None)
    return best[1:] if best and best[0] >= ENOUGH else None


def _ask(
    made: Proposal,
    dimension: Mapping[str, Any],
    column: str,
    labels: Mapping[str, str],
    near: Mapping[str, str],
) -> None:
    """What a person must look at: near names, and codes without any."""
    listed, theirs = codelist(LISTS[column]), dimension["codes"]
    for code, ours in near.items():
        named = f"{code} ({theirs[code]})" if theirs[code] else code
        made.questions.append(f"{dimension['id']} {named}: is it {ours} ({listed.label(ours)})?")
    unknown = [c for c in theirs if c not in labels and c not in near]
    if unknown:
        shown = ", ".join(f"{c} ({theirs[c]})" if theirs[c] else c for c in unknown[:8])
        said = f"{len(unknown)} codes have no name of ours in {LISTS[column]}.csv"
        made.questions.append(f"{dimension['id']}: {said}: {shown}. Map them, or name them under `without`.")


def _unit_dimension(made: Proposal, dimension: Mapping[str, Any]) -> bool:
    """A dimension all of whose codes are units."""
    read = {c: unit(label or c) or unit(c) for c, label in dimension["codes"].items()}
    known = {c: found for c, found in read.items() if found}
    if not known or len(known) < ENOUGH * len(read) or "unit_measure" in made.entry["columns"]:
        return False
    units, powers = ({c: str(found[i]) for c, found in known.items()} for i in (0, 1))
    made.entry["columns"]["unit_measure"] = {"from": dimension["id"], "map": units}
    made.entry["columns"]["unit_mult"] = {"from": dimension["id"], "map": powers}
    made.placed["unit_measure"] = f"from {dimension['id']}: {len(known)} units"
    for code, (ours, _, certain) in known.items():
        if not certain:
            theirs = dimension["codes"][code] or code
            made.questions.append(f"{dimension['id']} {code} ({theirs}): is it {ours}?")
    if len(known) < len(read):
        strange = ", ".join(c for c in read if c not in known)
        made.questions.append(f"{dimension['id']}: {strange} are no units of ours.")
    return True


def _units(made: Proposal, table: Mapping[str, Any]) -> None:
    if "unit_measure" in made.entry["columns"]:
        return
    read = {text: unit(text) for text in table["units"]}
    if len(read) == 1 and (found := next(iter(read.values()))):
        made.entry["set"] |= {"unit_measure": found[0], "unit_mult": str(found[1])}
        made.placed["unit_measure"] = f"{next(iter(read))!r} is {found[0]}, times ten to the {found[1]}"
        if not found[2]:
            made.questions.append(f"The unit {next(iter(read))!r}: is it {found[0]}?")


def _statuses(made: Proposal, table: Mapping[str, Any]) -> None:
    for mark, cells in table["missing"].items():
        if mark in MARKS:
            made.entry["marks"][mark] = MARKS[mark]
        else:
            made.questions.append(f"The mark {mark!r} stands in place of {cells} values: what does it say?")
    flags = {flag for text in table["flags"] for flag in text.split()}
    for flag in sorted(flags):
        if flag in FLAGS:
            made.entry["flags"][flag] = FLAGS[flag]
        else:
            made.questions.append(f"The flag {flag!r}: what does it say of a value?")


def _lacking(made: Proposal, table: Mapping[str, Any]) -> None:
    there = set(made.entry["columns"]) | set(made.entry["set"])
    hints = dict(_hints(table))
    for column in (c for c in NEEDED if c not in there):
        said = f"Nothing in the file says the {column}: give it under `set`."
        made.questions.append(said + (f" {hints[column]}" if column in hints else ""))


def _hints(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What may help to decide: measures that the title is like, units in words that we do not know."""
    title = fold(f"{table['title'] or ''} {table['name']}")
    labels = {fold(row["label_en"]): code for code, row in codelist("measure").rows.items()}
    inside = [code for label, code in labels.items() if re.search(rf"\b{re.escape(label)}\b", title)]
    near = inside or [labels[c] for c in get_close_matches(title, labels, n=1, cutoff=0.5)]
    if near:
        yield "measure", f"The title is like {near[0]}."
    if table["units"]:
        yield "unit_measure", f"The file says {', '.join(table['units'][:4])}."
    yield "sector", "Without one the whole economy is meant (_T)."
