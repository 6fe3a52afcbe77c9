"""What a person says of a proposal, on the command line or behind a page: parsed, and put into the entry.

An option names a dimension as the file does, and a label behind a colon: --map 'Region:г. Алматы=KZ-75'.
The label `?` stands for every label of the dimension that is still open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from etl.meanings import CL_OBS_STATUS, MEANINGS
from etl.steps.mapping import ASIDE, OPEN, WHOLE, names
from indicators.concepts.codelist import codelist

ALL_OPEN = "?"
Entry = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What a person says; every part may be empty.

    Attributes:
        set: our column → what holds for every cell.
        columns: our column → dimension, or dimensions joined by " + ".
        map: "dimension:label" → our code, or aside.
        each: "dimension:label" → {our column: code}.
        where: dimension → codes that are taken.
        without: dimension → codes that are left aside.
        marks: mark → a key of meanings.MEANINGS, or a code of obs_status.
        flags: flag → a code of obs_status, "forecast", "confidential", a key of MEANINGS, or words.
        accept: dimensions of which all proposed codes are right.
        year_begins: the month in which 2023/24 begins.
        counts: what the number of 2023-1 counts: quarter, half or month.
        dates: what dates of the first or the last of a month stand for, a key of printed_periods.DATES.
        decimal: what the sign of 1.234 is, where no number tells: point or comma is the decimal sign.
    """

    set: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    map: Mapping[str, str] = field(default_factory=dict)
    each: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    without: Mapping[str, Sequence[str]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    accept: Sequence[str] = ()
    year_begins: int | None = None
    counts: str | None = None
    dates: str | None = None
    decimal: str | None = None


def said_of(
    options: Mapping[str, Sequence[str]],
    year_begins: int | None = None,
    counts: str | None = None,
    decimal: str | None = None,
    dates: str | None = None,
) -> Said:
    """What options say, each as "NAME=VALUE".

    Raises:
        ValueError: an option without "=", all of them at once.
    """
    faults = [
        f"--{name} {text!r}: expected NAME=VALUE"
        for name, given in options.items() if name != "accept" for text in given if "=" not in text
    ]  # fmt: skip
    if faults:
        raise ValueError("; ".join(faults))
    pairs: dict[str, list[tuple[str, str]]] = {
        name: [_pair(t) for t in given] for name, given in options.items() if name != "accept"
    }
    each: dict[str, dict[str, str]] = {}
    for label, said in pairs.get("each", ()):
        each.setdefault(label, {}).update(_said_of_label(said))
    return Said(
        set=dict(pairs.get("set", ())), columns=dict(pairs.get("column", ())), map=dict(pairs.get("map", ())),
        each=each, where=_listed(pairs.get("where", ())), without=_listed(pairs.get("without", ())),
        marks=dict(pairs.get("mark", ())), flags=dict(pairs.get("flag", ())),
        accept=tuple(options.get("accept", ())), year_begins=year_begins, counts=counts,
        decimal=decimal, dates=dates,
    )  # fmt: skip


def _said_of_label(text: str) -> dict[str, str]:
    parts = (part.partition(":") for part in text.split(","))
    return {ours: code for ours, colon, code in parts if colon}


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.rpartition("=")
    return name, value


def _listed(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, code in pairs:
        found.setdefault(name, []).append(code)
    return found


def astray(said: Said, tables: Sequence[Mapping[str, Any]]) -> list[str]:
    """What was said of dimensions, labels, marks or flags that no table has: a slip of the pen."""
    known: dict[str, set[str]] = {"_table": {t["name"] for t in tables}, "_title": set(), "_sheet": set()}
    for table in tables:
        for dimension in table["dimensions"]:
            known.setdefault(dimension["id"], set()).update(dimension["codes"])
        for name, codes in table.get("attributed", {}).items():
            known.setdefault("@" + name, set()).update(
                [*codes, *([""] if name in table.get("bare", ()) else [])]
            )
    there = ", ".join(list(known)[3:][:20]) or "none"
    lost = [
        f"{name!r} is no dimension; there is {there}"
        for name in (*said.where, *said.without, *said.accept, *_of_columns(said))
        if name not in known
    ]  # fmt: skip
    for place in (*said.map, *said.each):
        found = split(place, known)
        if found is None:
            lost.append(f"{place!r} names no dimension; expected DIMENSION:LABEL, and there is {there}")
        elif found[1] != ALL_OPEN and known[found[0]] and found[1] not in known[found[0]]:
            lost.append(f"{found[0]} has no label {found[1]!r}")
    for kind, codes in (("where", said.where), ("without", said.without)):
        lost += [f"--{kind}: {d} has no code {c!r}" for d, cs in codes.items() for c in cs
                 if known.get(d) and c not in known[d]]  # fmt: skip
    marks = {mark for table in tables for mark in table["missing"]}
    lost += [f"no value is missing by the mark {mark!r}" for mark in said.marks if mark not in marks]
    if said.decimal and not any(table.get("unsure") for table in tables):
        lost.append(f"--decimal {said.decimal}: no number leaves it open")
    return lost


def idle(said: Said, entries: Sequence[Entry]) -> list[str]:
    """What was said of labels and flags in vain, because no entry has a place for it.

    Args:
        said: what a person says, of dimensions and labels that there are.
        entries: as settled.
    """
    lost = [fault for place, code in said.map.items() if (fault := _idle_map(place, code, entries))]
    lost += [fault for place in said.each if (fault := _idle_each(place, entries))]
    flags = {flag for entry in entries for flag in entry.get("flags", {})}
    there = ", ".join(sorted(flags)) or "none"
    unknown = [flag for flag in said.flags if flag not in flags]
    return lost + [f"--flag: no value has the flag {flag!r}; there is {there}" for flag in unknown]


def _idle_map(place: str, code: str, entries: Sequence[Entry]) -> str:
    """Why --map does nothing for a label; "" where it does."""
    hints: list[str] = []
    for entry in entries:
        found = split(place, dict.fromkeys((*_dimensions(entry), *WHOLE)))
        if found and (_is_mapped(entry, *found, code) or _is_put_aside(entry, *found, code)):
            return ""
        hints += _instead(entry, *found, code) if found else []
    why = hints[0] if hints else "the dimension is not used; --column COLUMN=DIMENSION makes a column of it"
    return f"--map '{place}={code}' does nothing: {why}"


def _is_mapped(entry: Entry, dimension: str, label: str, code: str) -> bool:
    """Whether a column takes our code for a label; of several dimensions, none is looked for alone."""
    return any(
        (code == ASIDE or code.isdecimal() == (ours == "unit_mult"))
        and (label == ALL_OPEN or label in says["map"] or len(names(says)) > 1)
        for ours, says in entry.get("columns", {}).items() if "map" in says and dimension in names(says)
    )  # fmt: skip


def _is_put_aside(entry: Entry, dimension: str, label: str, code: str) -> bool:
    each = entry.get("each", {}).get(dimension, {})
    return code == ASIDE and bool(each) and (label == ALL_OPEN or label in each)


def _instead(entry: Entry, dimension: str, label: str, code: str) -> Iterator[str]:
    """What to say of a label instead of --map."""
    for ours, says in entry.get("columns", {}).items():
        if dimension in names(says) and "map" in says:
            yield f"{code} is no {ours}, which {dimension} says"
        elif dimension in names(says):
            aside = f"--without '{dimension}={label}' leaves it aside"
            yield f"{dimension} is the {ours}, read as it stands; {aside}"
    if dimension in entry.get("each", {}):
        yield f"say what the label means: --each '{dimension}:{label}=measure:{code}'"
    if dimension in entry.get("where", {}):
        column = f"--column COLUMN='{dimension}' makes a column of it"
        yield f"--where '{dimension}={label}' takes one code of it, {column}"


def _idle_each(place: str, entries: Sequence[Entry]) -> str:
    """Why --each does nothing for a label; "" where it does."""
    for entry in entries:
        each = entry.get("each", {})
        found = split(place, dict.fromkeys(each))
        if found and (found[1] == ALL_OPEN or found[1] in each[found[0]]):
            return ""
    return f"--each '{place}=…' does nothing: the dimension has one code, or is not used; use --set"


def split(place: str, known: Mapping[str, object]) -> tuple[str, str] | None:
    """A text such as Region:Astana in two, at the longest dimension that there is."""
    fits = [name for name in known if place.startswith(name + ":")]
    if not fits:
        return None
    name = max(fits, key=len)
    return name, place[len(name) + 1 :]


def settled(entry: Entry, said: Said) -> Entry:
    """The entry with what a person said in place of what was open; nothing is checked here."""
    columns = {ours: dict(says) for ours, says in entry.get("columns", {}).items() if ours not in said.set}
    for ours, says in columns.items():
        if "map" in says:
            says["map"] = _mapped(ours, names(says), says["map"], said)
    each = _all_each(entry, said)
    marks = {m: _mark(said.marks[m]) if m in said.marks else now for m, now in entry.get("marks", {}).items()}
    flags = {f: _flag(said.flags[f]) if f in said.flags else now for f, now in entry.get("flags", {}).items()}
    labels = [told for codes in each.values() for told in codes.values() if isinstance(told, Mapping)]
    fixed = entry.get("set", {})
    open_still = {**fixed, **_power_opened(fixed, said.set), **said.set}
    fixed = {c: v for c, v in open_still.items()
             if not (str(v).startswith(OPEN) and labels and all(c in told for told in labels))}  # fmt: skip
    made = {**entry, "columns": columns, "each": each, "set": fixed, "marks": marks, "flags": flags}
    return {key: value for key, value in made.items() if value not in ({}, [])}


def _all_each(entry: Entry, said: Said) -> dict[str, dict[str, object]]:
    """What each label says, with labels of which only a person spoke."""
    each = {d: dict(labels) for d, labels in entry.get("each", {}).items()}
    known = dict.fromkeys((*_dimensions(entry), *WHOLE))
    for place, given in said.each.items():
        found = split(place, known)
        if found and found[1] != ALL_OPEN and found[1] not in each.setdefault(found[0], {}):
            each[found[0]][found[1]] = dict(given)
    return {
        d: {label: _each(d, label, now, said) for label, now in labels.items()} for d, labels in each.items()
    }


def _of_columns(said: Said) -> list[str]:
    return [name for origin in said.columns.values() for name in origin.split(" + ")]


def _dimensions(entry: Entry) -> set[str]:
    found = {name for says in entry.get("columns", {}).values() for name in names(says)}
    return found | set(entry.get("each", {})) | set(entry.get("where", {})) | set(entry.get("without", {}))


def _mapped(ours: str, dimensions: Sequence[str], labels: Mapping[str, str], said: Said) -> dict[str, str]:
    """Labels → codes: what was said of one label, of all that are open, or by accepting proposals.

    One label may be a unit and a power of ten: a number is the power, a word the unit.
    """
    made, told = (
        {},
        {p: c for p, c in said.map.items() if c == ASIDE or c.isdecimal() == (ours == "unit_mult")},
    )
    for label, code in labels.items():
        still = str(code).startswith(OPEN)
        given = next((told[f"{d}:{label}"] for d in dimensions if f"{d}:{label}" in told), None)
        if given is None and still and len(str(code)) > 1 and set(dimensions) & set(said.accept):
            given = str(code).removeprefix(OPEN)
        if given is None and still:
            given = next((told[f"{d}:{ALL_OPEN}"] for d in dimensions if f"{d}:{ALL_OPEN}" in told), None)
        made[label] = code if given is None else given
    return made


def _each(dimension: str, label: str, now: object, said: Said) -> object:
    """What one label says, with what a person said of it, or of all labels that are open."""
    if said.map.get(f"{dimension}:{label}") == ASIDE:
        return ASIDE
    if not isinstance(now, Mapping):
        return said.each.get(f"{dimension}:{label}", now)
    made = {ours: code for ours, code in now.items() if ours not in said.set}
    made |= _power_opened(now, {**said.set, **said.each.get(f"{dimension}:{label}", {})})
    made |= said.each.get(f"{dimension}:{label}", {})
    if dimension in said.accept:
        made = {o: c.removeprefix(OPEN) if isinstance(c, str) and len(c) > 1 else c for o, c in made.items()}
    unsaid = not made or any(str(code).startswith(OPEN) for code in made.values())
    if unsaid and said.map.get(f"{dimension}:{ALL_OPEN}") == ASIDE:
        return ASIDE
    rest = said.each.get(f"{dimension}:{ALL_OPEN}", {}) if unsaid else {}
    return made | {o: c for o, c in rest.items() if str(made.get(o, OPEN)).startswith(OPEN)}


def _power_opened(proposed: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, str]:
    """The power of ten as a question, where a person says another unit than the one whose power it is."""
    unit, power = (str(proposed.get(ours, "")).removeprefix(OPEN) for ours in ("unit_measure", "unit_mult"))
    other = "unit_measure" in told and unit not in ("", told["unit_measure"])
    return {"unit_mult": OPEN + power} if other and "unit_mult" not in told and power not in ("", "0") else {}


def _mark(said: str) -> object:
    """The meaning of a mark; an unknown word stays for the check to name."""
    if said in codelist("obs_status"):
        return {"value": "absent", "obs_status": said}
    return dict(MEANINGS[said]) if said in MEANINGS else said


def _flag(said: str) -> object:
    if said in codelist("obs_status"):
        absent = bool(codelist("obs_status")[said]["absent"])
        return {"absent": said} if absent else {"obs_status": said}
    if said == "confidential":
        return {"conf_status": "N", "absent": "Q"}
    if said in MEANINGS:
        meaning = MEANINGS[said]
        kept = {key: meaning[key] for key in ("conf_status", "low", "high") if key in meaning}
        return {"absent": meaning["obs_status"], **kept}
    if said in CL_OBS_STATUS:  # of SDMX, where we have another word for it: F is a forecast
        return dict(CL_OBS_STATUS[said])
    return {"kind": said} if said in codelist("kind") else {"says": said}
