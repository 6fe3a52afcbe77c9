"""A mapping of a published file to our codes, proposed from what a reader made of it.

Pure: it takes what `inspect` found (plain data) and what a person has said, and gives an entry of
`published` in source.yaml. Nothing uncertain is taken as certain: it stands there as `?`, or as `?KAZ`
where a code is near, and each is a question with the option that settles it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape
from typing import Any

from etl.match import Unit, fold, match, unit, units_in
from etl.meanings import flag_meaning, flags_of, mark_meaning, mark_said, note_on
from etl.propose_period import composed, is_time, period_flags, shifted, whole_period
from etl.questions import questions
from etl.settle import Said, settled
from etl.steps.mapping import OPEN
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import AMOUNT, TOTAL

LISTS = {"ref_area": "area", "region": "region", "sex": "sex", "measure": "measure", "sector": "sector"}
"""Our column → its code list, in the order in which they are tried on a dimension."""
ENOUGH = 0.6
"""Part of the codes of a dimension that must have a name of ours."""
NEEDED = ("ref_area", "measure", "unit_measure", "unit_mult", "period", "sector")
"""What must be said of every figure; the rest has defaults (steps/reshape.py)."""
UNIT_ATTRIBUTES = {
    "unit_mult": ("UNIT_MULT", "UNIT_MULTIPLIER", "SCALE"), "unit_measure": ("UNIT_MEASURE", "UNIT"),
}  # fmt: skip
SEX_NAMES = ("sex", "gender", "пол", "жынысы", "жыныс", "cins", "cinsi", "cinsiyet", "sexo", "jinsi", "sexe")
FREQUENCY = ("freq", "frequency", "time format")
"""A dimension that periods say again."""
POWER_NAMES = ("unit mult", "scale", "multiplier", "power", "powercode", "unit multiplier")
Dimension = Mapping[str, Any]


@dataclass
class Proposal:
    """An entry of `published`, and what is not settled.

    Attributes:
        entry: as source.yaml takes it; what is open begins with "?".
        questions: what a person must decide, in full sentences with the option; none = ready to build.
        placed: our column → "from dimension: n codes certain, m near".
    """

    entry: dict[str, Any]
    questions: list[str] = field(default_factory=list)
    placed: dict[str, str] = field(default_factory=dict)


def propose(part: Mapping[str, Any], table: Mapping[str, Any], said: Said | None = None) -> Proposal:
    """A mapping for one table of a file.

    Args:
        part: of the `files` of `readers.inspect.inspected`.
        table: one of its tables.
        said: what a person has said already.
    """
    said = said or Said()
    entry: dict[str, Any] = {"files": part["name"], "format": part["format"]}
    if len(part["tables"]) > 1:
        entry["tables"] = table["name"]
    made = Proposal(entry | {k: {} for k in ("where", "without", "columns", "each", "set", "marks", "flags")})
    dimensions = _chosen(made, table, said)
    left = [d for d in dimensions if not _place(made, d, said)]
    left = _periods(made, table, dimensions, left, said)
    _areas(made, said)
    _units(made, table, dimensions, said)
    for dimension in left:
        _other(made, dimension, said)
    _statuses(made, table)
    if table.get("decimals", 0) > AMOUNT.scale:
        made.entry["decimals"] = AMOUNT.scale
    _needed(made, table, said)
    made.entry = settled(made.entry, said)
    made.questions = questions(made.entry, table)
    return made


def _chosen(made: Proposal, table: Mapping[str, Any], said: Said) -> list[Dimension]:
    """The dimensions with the codes that a person has left in them."""
    found: list[Dimension] = []
    for dimension in table["dimensions"]:
        name, codes = dimension["id"], dimension["codes"]
        taken, left = [[c for c in kind.get(name, ()) if c in codes] for kind in (said.where, said.without)]
        if name in said.where:
            made.entry["where"][name] = taken
        if left:
            made.entry["without"][name] = left
        kept = {c: label for c, label in codes.items() if (not taken or c in taken) and c not in left}
        found.append({**dimension, "codes": kept})
    return found


def _place(made: Proposal, dimension: Dimension, said: Said) -> bool:
    """Find our column for one dimension; False where there is none."""
    name, codes = dimension["id"], dimension["codes"]
    columns = made.entry["columns"]
    if fold(name) in FREQUENCY:
        return True
    told = [ours for ours, of in said.columns.items() if of == name]
    if any(" + " in of and name in of.split(" + ") for of in said.columns.values()):
        return True
    if "period" in told or (not told and "period" not in {**columns, **said.set} and is_time(dimension)):
        columns["period"] = {"from": name}
        made.placed["period"] = f"from {name}: {len(codes)} periods"
        return True
    if told:
        for ours in told:
            _translate(made, ours, dimension, {c: match(LISTS[ours], c, label) for c, label in codes.items()}
                       if ours in LISTS else dict.fromkeys(codes))  # fmt: skip
        return True
    free = [c for c in LISTS if c not in columns and c not in said.set and c not in said.columns]
    found = _best(dimension, free)
    if found:
        _translate(made, found, dimension, {c: match(LISTS[found], c, label) for c, label in codes.items()})
        return True
    return _unit_dimension(made, dimension, said) or _power_dimension(made, dimension, said)


def _best(dimension: Dimension, columns: Sequence[str]) -> str | None:
    """The column whose list knows most of the codes, None below ENOUGH.

    A total alone is no sex; a dimension of countries or of regions may hold the other's total.
    """
    codes, tried = dimension["codes"], []
    for column in columns:
        found = {
            c: m.code for c, label in codes.items() if (m := match(LISTS[column], c, label)) and m.certain
        }
        if (
            column == "sex"
            and not {"M", "F"} <= set(found.values())
            and fold(dimension["id"]) not in SEX_NAMES
        ):
            continue
        more = 0
        if column == "region" and found:
            more = sum(c not in found and bool(_country(c, label)) for c, label in codes.items())
        tried.append(((len(found) + more) / max(len(codes), 1), column))
    best = max(tried, key=lambda t: t[0], default=None)
    return best[1] if best and best[0] >= ENOUGH else None


def _country(code: str, label: str | None) -> str | None:
    found = match("area", code, label)
    return found.code if found and found.certain else None


def _translate(made: Proposal, ours: str, dimension: Dimension, found: Mapping[str, Any]) -> None:
    """The labels of a dimension in our codes; near ones and unknown ones stay open."""
    codes = {c: (m.code if m.certain else OPEN + m.code) if m else OPEN for c, m in found.items()}
    if ours == "region":
        inside = {codelist("region")[c]["area"] for c in codes.values() if not c.startswith(OPEN)}
        whole = {c: a for c, label in dimension["codes"].items() if (a := _country(c, label)) in inside}
        codes |= {c: TOTAL for c in whole if codes[c].startswith(OPEN)}
        if len(inside) == 1:
            made.entry["set"].setdefault("ref_area", next(iter(inside)))
    made.entry["columns"][ours] = {"from": dimension["id"], "map": codes}
    sure = sum(not c.startswith(OPEN) for c in codes.values())
    near = sum(c.startswith(OPEN) and len(c) > 1 for c in codes.values())
    made.placed[ours] = f"from {dimension['id']}: {sure} codes certain, {near} near"


def _periods(
    made: Proposal,
    table: Mapping[str, Any],
    dimensions: Sequence[Dimension],
    left: list[Dimension],
    said: Said,
) -> list[Dimension]:
    """A period of two dimensions, or of the name of the table; returns the dimensions still without place."""
    columns = made.entry["columns"]
    if "period" in said.columns and " + " in said.columns["period"]:
        wanted = [d for d in dimensions if d["id"] in said.columns["period"].split(" + ")]
        columns["period"] = composed(*wanted[:2]) or {"from": [d["id"] for d in wanted]}
    elif "period" not in said.set and "period" not in said.columns:
        years = [d for d in dimensions if not columns.get("period") or d["id"] == columns["period"]["from"]]
        pairs = [(y, d, says) for y in years for d in left if d is not y and (says := composed(y, d))]
        if pairs:
            year, part, says = pairs[0]
            columns["period"] = says
            made.placed["period"] = f"from {year['id']} and {part['id']}"
            left = [d for d in left if d is not part and d is not year]
    if "period" in columns:
        begins = said.year_begins
        if begins:
            columns["period"]["year_begins"] = begins
        elif shifted(dimensions, columns["period"]):
            columns["period"]["year_begins"] = OPEN
    elif "period" not in said.set and (whole := whole_period(table)):
        made.entry["set"]["period"] = whole
    return left


def _areas(made: Proposal, said: Said) -> None:
    """What was said of the area stands before what follows from it."""
    made.entry["set"] |= {k: v for k, v in said.set.items() if k == "ref_area"}


def _known_areas(made: Proposal) -> list[str]:
    placed = made.entry["columns"].get("ref_area", {}).get("map", {}).values()
    lone = made.entry["set"].get("ref_area")
    return sorted({*([lone] if lone else []), *(c for c in placed if not c.startswith(OPEN))})


def _unit_dimension(made: Proposal, dimension: Dimension, said: Said) -> bool:
    """A dimension all of whose codes are units."""
    if {"unit_measure", "unit_mult"} <= {*made.entry["columns"], *said.set}:
        return False
    areas = _known_areas(made) or [a for a in [said.set.get("ref_area")] if a]
    read = {c: unit(label or c, areas) or unit(c, areas) for c, label in dimension["codes"].items()}
    known = [found for found in read.values() if found and found.code]
    named = dimension["role"] == "unit" or fold(dimension["id"]).startswith("unit")
    several = any(found is None and units_in(label or c) for (c, label), found in
                  zip(dimension["codes"].items(), read.values(), strict=True))  # fmt: skip
    told = any(place.startswith(f"{dimension['id']}:") for place in said.each)
    if not known or told or several or (not named and len(known) < ENOUGH * len(read)):
        return False
    for ours in ("unit_measure", "unit_mult"):
        if ours not in said.set:
            labels = {c: _open_unit(found)[ours] for c, found in read.items()}
            made.entry["columns"][ours] = {"from": dimension["id"], "map": labels}
    made.placed["unit_measure"] = f"from {dimension['id']}: {len(known)} units"
    return True


def _open_unit(found: Unit | None) -> dict[str, str]:
    """Unit and power of ten as an entry says them, with question marks where they are not certain."""
    if found is None:
        return {"unit_measure": OPEN, "unit_mult": OPEN}
    mark = "" if found.certain else OPEN
    bare = OPEN if not found.code else mark + found.code
    return {
        "unit_measure": bare,
        "unit_mult": str(found.power) if found.certain or not found.code else f"{OPEN}{found.power}",
    }


def _power_dimension(made: Proposal, dimension: Dimension, said: Said) -> bool:
    """A dimension of powers of ten: UNIT_MULT, or "Scale" with Billions and Units."""
    if fold(dimension["id"]) not in POWER_NAMES or "unit_mult" in {*made.entry["columns"], *said.set}:
        return False
    made.entry["columns"]["unit_mult"] = {"from": dimension["id"], "map": _powers(dimension["codes"])}
    made.placed["unit_mult"] = f"from {dimension['id']}"
    return True


def _powers(codes: Mapping[str, str | None] | Sequence[str]) -> dict[str, str]:
    read = {c: unit(c) for c in codes}
    return {c: c if c.isdecimal() else str(u.power) if (u := read[c]) and not u.code else OPEN for c in codes}


def _units(made: Proposal, table: Mapping[str, Any], dimensions: Sequence[Dimension], said: Said) -> None:
    """Unit and power of ten of a whole table: of its attributes, of its unit line, of its title."""
    columns, fixed = made.entry["columns"], made.entry["set"]
    _attributes(made, table, said)
    if {"unit_measure", "unit_mult"} <= {*columns, *said.set}:
        return
    areas = _known_areas(made)
    told = _told_unit(table, dimensions, areas)
    if told is None:
        return
    found, guard, text = told
    for ours, code in _open_unit(found).items():
        if ours not in columns:
            fixed.setdefault(ours, code)
            made.placed[ours] = f"the file says {text!r}"
    made.entry["expect"] = guard


def _attributes(made: Proposal, table: Mapping[str, Any], said: Said) -> None:
    """Attributes of SDMX that say the power of ten and the unit of each cell or of all."""
    for ours, names in UNIT_ATTRIBUTES.items():
        cells = table.get("attributed", {})
        name = next((n for n in names if n in cells or n in table["attributes"]), None)
        if name is None or ours in {*made.entry["columns"], *said.set}:
            continue
        codes = dict.fromkeys(
            [*cells.get(name, ()), *([table["attributes"][name]] if name in table["attributes"] else ())]
        )
        told = _powers(codes) if ours == "unit_mult" else {c: _open_unit(unit(c))[ours] for c in codes}
        made.entry["columns"][ours] = {"from": f"@{name}", "map": told}
        made.placed[ours] = f"from the attribute {name}"


def _told_unit(
    table: Mapping[str, Any], dimensions: Sequence[Dimension], areas: Sequence[str]
) -> tuple[Unit, dict[str, str], str] | None:
    """The unit of a whole table, what guards it in the next edition, and its words; None where not one."""
    whole = {k: v for k, v in table["attributes"].items() if v in table["units"]}
    read = {text: found for text in table["units"] if (found := _lone_unit(text, areas))}
    if table["units"]:
        if len(read) != len(table["units"]) or len(set(read.values())) != 1:
            return None
        text, found = next(iter(read.items()))
        return found, {f"@{k}": escape(v) for k, v in whole.items()}, text
    named = {"_title": table["title"] or "", "_table": table["name"]}
    named |= {f"@{k}": v for k, v in table["attributes"].items() if k.startswith(("heading", "preamble"))}
    lone = {d["id"]: next(iter(d["codes"].items())) for d in dimensions if len(d["codes"]) == 1}
    named = {name: label or code for name, (code, label) in lone.items()} | named
    for place, text in named.items():
        units = units_in(text, areas)
        if units:
            sure = units[0][0] if len(units) == 1 else units[0][0]._replace(certain=False)
            return sure, {} if place in lone else {place: f"*{escape(units[0][1])}*"}, units[0][1]
    return None


def _lone_unit(text: str, areas: Sequence[str]) -> Unit | None:
    found = unit(text, areas)
    return found or next((u for u, _ in units_in(text, areas)), None)


def _other(made: Proposal, dimension: Dimension, said: Said) -> None:
    """A dimension without a column of ours: its labels say measure and unit, or one code of it is taken."""
    name, codes = dimension["id"], dimension["codes"]
    if len(codes) < 2 or name in made.entry["where"]:
        return
    given = {**made.entry["columns"], **said.set}
    open_columns = [c for c in ("measure", "unit_measure", "unit_mult") if c not in given]
    told = name in {place.partition(":")[0] for place in said.each}
    measures = dimension["role"] == "measure" or name.startswith(("_measure", "column")) or _telling(codes)
    if (measures and "measure" in open_columns and not made.entry["each"]) or told:
        areas = _known_areas(made)
        made.entry["each"][name] = {
            c: _label(label or c, open_columns, areas, made) for c, label in codes.items()
        }
        for ours in open_columns:
            made.entry["set"].pop(ours, None)
        made.placed["measure"] = f"each of {len(codes)} labels of {name}"
    else:
        made.entry["where"][name] = [OPEN]


def _telling(codes: Mapping[str, str | None]) -> bool:
    """Whether most labels name a unit or a measure of ours."""
    told = [c for c, label in codes.items() if units_in(label or c) or match("measure", c, label)]
    return len(told) >= ENOUGH * len(codes)


def _label(label: str, columns: Sequence[str], areas: Sequence[str], made: Proposal) -> dict[str, str]:
    """What one label of an indicator says; what it does not say is open."""
    said = dict.fromkeys(columns, OPEN)
    found = match("measure", label)
    if "measure" in columns and found:
        said["measure"] = found.code if found.certain else OPEN + found.code
    units = units_in(label, areas)
    lone = {k: v for k, v in made.entry["set"].items() if k in ("unit_measure", "unit_mult")}
    if units:
        said |= {ours: code for ours, code in _open_unit(units[0][0]).items() if ours in columns}
    elif lone:
        said |= {ours: code for ours, code in lone.items() if ours in columns}
    return said


def _statuses(made: Proposal, table: Mapping[str, Any]) -> None:
    """Marks and flags: known everywhere, explained by a note, or open."""
    for mark in table["missing"]:
        note, meaning = note_on(mark, table["notes"]) if mark else None, mark_meaning(mark)
        told = mark_said(note) if note else None
        made.entry["marks"][mark] = dict(meaning) if meaning else OPEN + (told or "")
    known, origin = flags_of(table_format(made), table.get("attributed", {}))
    if origin:
        made.entry["flags_from"] = origin
    seen = {flag for text in table["flags"] for flag in text.split()}
    seen |= period_flags(table["dimensions"], made.entry["columns"].get("period", {}))
    if table_format(made).startswith("sdmx") and seen:
        seen |= {f for f in known if f.isupper()}
    for flag in sorted(seen):
        meaning = flag_meaning(flag, known, note_on(flag, table["notes"]))
        made.entry["flags"][flag] = OPEN if meaning is None else dict(meaning)


def table_format(made: Proposal) -> str:
    """The format of the file."""
    return str(made.entry["format"])


def _needed(made: Proposal, table: Mapping[str, Any], said: Said) -> None:
    """What nothing in the file says stays open, with the nearest where there is one."""
    each = {c for labels in made.entry["each"].values() for told in labels.values() for c in told}
    fixed = made.entry["set"]
    there = {*made.entry["columns"], *fixed, *each, *said.set}
    for column in (c for c in NEEDED if c not in there):
        fixed[column] = OPEN
    measure = said.set.get("measure") or fixed.get("measure", "")
    allowed = codelist("measure")[measure]["units"].split("|") if measure in codelist("measure") else []
    if len(allowed) == 1 and allowed != ["currency"] and fixed.get("unit_measure") == OPEN:
        fixed["unit_measure"] = OPEN + allowed[0]
    if fixed.get("unit_measure", "").strip(OPEN) in ("PT", "PT_GDP", "IX") and fixed.get("unit_mult") == OPEN:
        fixed["unit_mult"] = "?0"
