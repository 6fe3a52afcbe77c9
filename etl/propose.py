"""A mapping of a published file to our codes, proposed from what a reader made of it.

Pure: it takes what `inspect` found (plain data) and what a person has said, and gives an entry of
`published` in source.yaml. Nothing uncertain is taken as certain: it stands there as `?`, or as `?KAZ`
where a code is near, and each is a question with the option that settles it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from etl.match import fold, match, named, units_in
from etl.meanings import MEANINGS, STATUS, flag_meaning, flags_of, mark_meaning, marks_said, note_on, notes_on
from etl.proposal import Dimension, Proposal
from etl.propose_period import (
    FREQUENCY,
    composed,
    counts,
    dates,
    is_time,
    period_flags,
    shifted,
    timely,
    under,
    whole_period,
)
from etl.propose_units import (
    MOST_UNITS,
    agree,
    label_unit,
    powers,
    shown_in_percent,
    table_unit,
    unit_dimension,
)
from etl.questions import questions
from etl.readers.cells import ACTION, REMOVE
from etl.settle import Said, settled
from etl.steps.mapping import OPEN, names
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import AMOUNT, OBSERVED, TOTAL

LISTS = {"ref_area": "area", "region": "region", "sex": "sex", "measure": "measure", "sector": "sector"}
"""Our column → its code list, in the order in which they are tried on a dimension."""
ENOUGH = 0.6
"""Part of the codes of a dimension that must have a name of ours."""
NEEDED = ("ref_area", "measure", "unit_measure", "unit_mult", "period", "sector")
"""What must be said of every figure; the rest has defaults (steps/reshape.py)."""
SEX_NAMES = ("sex", "gender", "пол", "жынысы", "жыныс", "cins", "cinsi", "cinsiyet", "sexo", "jinsi", "sexe")
AREA_NAMES = ("geo", "geo area", "ref area", "country", "country code", "reporter", "страна", "pays", "país")
"""A dimension of areas, although most of its codes may be regions or groups that we have no code for."""
TOTAL_NAMES = {
    "sex": SEX_NAMES, "region": ("region", "регион"), "sector": ("sector", "activity", "industry", "сектор"),
}  # fmt: skip
"""What a dimension must be called whose only code of ours is a total: the total of ages is no sector."""


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
    _removed(made, table, said)
    powers(made, table, dimensions, said)
    left = [d for d in dimensions if not _place(made, d, said)]
    left = _periods(made, table, dimensions, left, said)
    _areas(made, said)
    table_unit(made, table, dimensions, said)
    for dimension in left:
        _other(made, table, dimension, said)
    _more(made, dimensions, said)
    _statuses(made, table)
    if table.get("unsure"):
        made.entry["decimal"] = said.decimal or OPEN
    if table.get("decimals", 0) > AMOUNT.scale:
        made.entry["decimals"] = AMOUNT.scale
    _needed(made, table, said)
    shown_in_percent(made, table.get("percents", {}))
    made.entry = settled(made.entry, said)
    if bases(made.entry):
        made.entry = settled(made.entry, said)
    made.questions = questions(made.entry, table)
    return made


def _chosen(made: Proposal, table: Mapping[str, Any], said: Said) -> list[Dimension]:
    """The dimensions with the codes that a person has left in them."""
    found: list[Dimension] = []
    flags = {flag for text in table["flags"] for flag in text.split()}
    for dimension in table["dimensions"]:
        name, codes = dimension["id"], dimension["codes"]
        taken, left = [[c for c in kind.get(name, ()) if c in codes] for kind in (said.where, said.without)]
        if name in said.where:
            made.entry["where"][name] = taken
        if left:
            made.entry["without"][name] = left
        kept = {c: label for c, label in codes.items() if (not taken or c in taken) and c not in left}
        found.append(timely({**dimension, "codes": kept}, flags))
    return found


def _removed(made: Proposal, table: Mapping[str, Any], said: Said) -> None:
    """Rows of SDMX-CSV that are to be removed: open until a person leaves them aside."""
    actions = table.get("attributed", {}).get(ACTION.removeprefix("@"), ())
    if gone := [code for code in actions if code.casefold() in REMOVE]:
        made.entry["without"][ACTION] = [*said.without.get(ACTION, [OPEN])]
        made.placed["(rows)"] = f"some are to be removed: ACTION {', '.join(gone)}"


def _place(made: Proposal, dimension: Dimension, said: Said) -> bool:
    """Find our column for one dimension; False where there is none."""
    name, codes = dimension["id"], dimension["codes"]
    columns = made.entry["columns"]
    if fold(name) in FREQUENCY or columns.get("unit_mult", {}).get("from") == name:
        return True
    told = [ours for ours, of in said.columns.items() if of in under(dimension)]
    if any(" + " in of and under(dimension) & {*of.split(" + ")} for of in said.columns.values()):
        return True
    if "period" in told or (not told and "period" not in {**columns, **said.set} and is_time(dimension)):
        what = said.counts or counts(dimension)
        columns["period"] = {"from": name} | ({"counts": what} if what else {})
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
    return unit_dimension(made, dimension, said)


def _best(dimension: Dimension, columns: Sequence[str]) -> str | None:
    """The column whose list knows most of the codes, None below ENOUGH but for a dimension called "geo".

    A total alone is no sex; a dimension of countries or of regions may hold the other's total.
    """
    codes, tried = dimension["codes"], []
    for column in columns:
        found = {
            c: m.code for c, label in codes.items() if (m := named(LISTS[column], c, label)) and m.certain
        }
        if (
            column == "sex"
            and not {"M", "F"} <= set(found.values())
            and fold(dimension["id"]) not in SEX_NAMES
        ):
            continue
        if set(found.values()) == {TOTAL} and fold(dimension["id"]) not in TOTAL_NAMES.get(column, ()):
            continue
        more = 0
        if column == "region" and found:
            more = sum(c not in found and bool(_country(c, label)) for c, label in codes.items())
        tried.append(((len(found) + more) / max(len(codes), 1), column))
    best = max(tried, key=lambda t: t[0], default=None)
    if best and best[0] >= ENOUGH:
        return best[1]
    called = fold(dimension["id"]) in AREA_NAMES and any(c == "ref_area" and part for part, c in tried)
    return "ref_area" if called else None


def _country(code: str, label: str | None) -> str | None:
    found = named("area", code, label)
    return found.code if found and found.certain else None


def _translate(made: Proposal, ours: str, dimension: Dimension, found: Mapping[str, Any]) -> None:
    """The labels of a dimension in our codes; near ones and unknown ones stay open."""
    codes = {c: (m.code if m.certain else OPEN + m.code) if m else OPEN for c, m in found.items()}
    if ours == "region":
        inside = {codelist("region")[c]["area"] for c in codes.values() if not c.startswith(OPEN)}
        whole = {c: a for c, label in dimension["codes"].items() if (a := _country(c, label)) in inside}
        codes |= {c: TOTAL for c in whole if codes[c].startswith(OPEN)}
        codes |= _cities_among_regions(codes)
        if len(inside) == 1:
            made.entry["set"].setdefault("ref_area", next(iter(inside)))
    made.entry["columns"][ours] = {"from": dimension["id"], "map": codes}
    sure = sum(not c.startswith(OPEN) for c in codes.values())
    near = sum(c.startswith(OPEN) and len(c) > 1 for c in codes.values())
    made.placed[ours] = f"from {dimension['id']}: {sure} codes certain, {near} near"


def _cities_among_regions(codes: Mapping[str, str]) -> dict[str, str]:
    """Cities of our own code, open where regions stand beside them: Ankara is a province, too."""
    placed = {c: code for c, code in codes.items() if code != TOTAL and not code.startswith(OPEN)}
    cities = {c for c, code in placed.items() if "_" in code}
    return {c: OPEN + placed[c] for c in cities} if len(cities) < len(placed) else {}


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
        wanted = [d for d in dimensions if under(d) & {*said.columns["period"].split(" + ")}]
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
        of = [d for d in dimensions if d["id"] == columns["period"]["from"]]
        if what := said.dates or (dates(of[0], dimensions) if of else None):
            columns["period"]["dates"] = what
    elif "period" not in said.set and (whole := whole_period(table)):
        made.entry["set"]["period"] = whole
    return left


def _areas(made: Proposal, said: Said) -> None:
    """What was said of the area stands before what follows from it."""
    made.entry["set"] |= {k: v for k, v in said.set.items() if k == "ref_area"}


def _other(made: Proposal, table: Mapping[str, Any], dimension: Dimension, said: Said) -> None:
    """A dimension without a column of ours: its labels say measure and unit, or one code of it is taken."""
    name, codes = dimension["id"], dimension["codes"]
    if len(codes) < 2 or name in made.entry["where"]:
        return
    again = name in table.get("echoes", ()) or _is_twin(made, dimension, table.get("twins", {}).get(name))
    if again and not any(p.startswith(f"{name}:") for p in said.each):
        made.placed[f"({name})"] = "says again what the others say; left out"
        return
    given = {*made.entry["columns"], *said.set}
    open_columns = [c for c in ("measure", "unit_measure", "unit_mult") if c not in given]
    told = name in {place.partition(":")[0] for place in said.each}
    measures = dimension["role"] == "measure" or name.startswith(("_measure", "column")) or _telling(codes)
    if (measures and "measure" in open_columns and not made.entry["each"]) or told:
        areas, own = made.areas(), table.get("units_of", {}).get(name, {})
        made.entry["each"][name] = {
            c: _label(label or c, own.get(c), open_columns, made) for c, label in codes.items()
        }
        agree(made, (u.power for c, label in codes.items() for u, _ in units_in(label or c, areas)[:1]))
        for ours in open_columns:
            made.entry["set"].pop(ours, None)
        made.placed["measure"] = f"each of {len(codes)} labels of {name}"
    else:
        made.entry["where"][name] = [OPEN]


def _more(made: Proposal, dimensions: Sequence[Dimension], said: Said) -> None:
    """Room for what a person says of some labels of a dimension that has its column: 2027 is a forecast."""
    placed = {origin for says in made.entry["columns"].values() for origin in names(says)}
    for dimension in dimensions:
        of = [told for place, told in said.each.items() if place.startswith(f"{dimension['id']}:")]
        if of and dimension["id"] in placed:
            made.entry["each"].setdefault(dimension["id"], {c: {} for c in dimension["codes"]})
        if any("kind" in told for told in of):
            made.entry["set"].setdefault("kind", OBSERVED)


def _is_twin(made: Proposal, dimension: Dimension, of: str | None) -> bool:
    """Whether a dimension has the same areas, regions or the like in other words as the one it goes with."""
    ours = next((c for c, says in made.entry["columns"].items() if of in names(says) and c in LISTS), None)
    if ours is None:
        return False
    placed = {*made.entry["columns"][ours]["map"].values()}
    read = [named(LISTS[ours], c, label) for c, label in dimension["codes"].items()]
    found = {match.code for match in read if match and match.certain}
    return found <= placed and len(found) >= ENOUGH * len(read)


def _telling(codes: Mapping[str, str | None]) -> bool:
    """Whether most labels name a unit or a measure of ours, or one names a power of ten.

    Of very many none does: the MN of a county is no million.
    """
    if len(codes) > MOST_UNITS:
        return False
    if any(u.power for c, label in codes.items() for u, _ in units_in(label or c)[:1]):
        return True
    told = [c for c, label in codes.items() if units_in(label or c) or match("measure", c, label)]
    return len(told) >= ENOUGH * len(codes)


def _label(label: str, own: str | None, columns: Sequence[str], made: Proposal) -> dict[str, str]:
    """What one label of an indicator says, with its own unit where the file names one; the rest is open."""
    said = dict.fromkeys(columns, OPEN)
    found = match("measure", label)
    if "measure" in columns and found:
        said["measure"] = found.code if found.certain else OPEN + found.code
    units = label_unit(label, own, made)
    said |= {ours: code for ours, code in units.items() if ours in columns}
    return said


def _statuses(made: Proposal, table: Mapping[str, Any]) -> None:
    """Marks and flags: known everywhere, explained by a note, or open."""
    for mark in table["missing"]:
        told, meaning = marks_said(notes_on(mark, table["notes"]) if mark else ()), mark_meaning(mark)
        near = told[0] if len(told) == 1 else ""  # two notes that contradict each other propose nothing
        denied = len(told) > 1 or (near and meaning != MEANINGS[near])
        made.entry["marks"][mark] = dict(meaning) if meaning and not denied else OPEN + near
    known, origin = flags_of(table_format(made), table.get("attributed", {}))
    if origin:
        made.entry["flags_from"] = origin
    if table_format(made).startswith("sdmx-csv"):  # without the column every figure would be a normal one
        there = {f"@{name}": "*" for name in STATUS if name in table.get("attributed", {})}
        made.entry["expect"] = made.entry.get("expect", {}) | there
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


def bases(entry: dict[str, Any]) -> bool:
    """Open the base period of every measure that has one, an index or constant prices; whether there was one.

    The shape has no such figure without it (steps/check.py).
    """
    listed, fixed, columns = codelist("measure"), entry.get("set", {}), entry.get("columns", {})
    if "base_per" in {*fixed, *columns}:
        return False
    based = {code for code, row in listed.rows.items() if row["has_base"]}
    told = [t for labels in entry.get("each", {}).values() for t in labels.values() if isinstance(t, dict)]
    lacking = [t for t in told if t.get("measure") in based and "base_per" not in t]
    for label in lacking:
        label["base_per"] = OPEN
    whole = {fixed.get("measure"), *columns.get("measure", {}).get("map", {}).values()} & based
    if whole:
        entry.setdefault("set", {})["base_per"] = OPEN
    return bool(lacking or whole)
