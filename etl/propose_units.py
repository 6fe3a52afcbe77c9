"""Unit and power of ten in a proposal: of a dimension, of attributes, of the unit line or title of a table.

A power of ten that the file says on its own (UNIT_MULT, "Scale") holds before one that is read from the
words of a unit: "US dollars" beside "Billions" is 9, not 0. Where both say one, and not the same, it is open.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from glob import escape
from typing import Any

from etl.match import Unit, fold, unit, units_in
from etl.proposal import Dimension, Proposal, spoken
from etl.readers.cells import ATTRIBUTE
from etl.readers.percents import SHOWN_AS, WHOLE
from etl.settle import Said
from etl.steps.mapping import ASIDE, OPEN, names
from etl.steps.shown import FRACTIONS, IN_HUNDREDTHS
from indicators.concepts.codelist import codelist

MOST = 0.6
"""Part of the codes of a dimension that must be units, where its name does not say that they are."""
MULTIPLIER = "multiplier"
"""Of a unit in JSON-stat: the power of ten, none where it is not said."""
ATTRIBUTES = {
    "unit_mult": ("UNIT_MULT", "UNIT_MULTIPLIER", "SCALE", "POWERCODE", MULTIPLIER),
    "unit_measure": ("UNIT_MEASURE", "UNIT"),
}  # fmt: skip
POWER_NAMES = (
    "unit mult", "scale", "multiplier", "power", "powercode", "unit multiplier", "scalar factor", "magnitude",
)  # fmt: skip
FORMAT = SHOWN_AS.removeprefix(ATTRIBUTE)
"""The attribute in which a workbook says what its formats write."""
MOST_LABELS = 500
"""Labels of a dimension that are compared with the unit of the whole table."""
MOST_UNITS = 300
"""Codes of a dimension that may be units although its name does not say so; three thousand are counties."""
MOST_SCALES = 9
"""Codes that a dimension of words of scale has at most."""
RATES = ("PT", "PT_GDP", "PP", "IX", "RATIO", "RANK", "TIMES")
"""Units that no power of ten goes with."""
UNIT_NAMES = (
    "currency",
    "currencies",
    "валюта",
    "valyuta",
    "moneda",
    "moeda",
    "monnaie",
    "währung",
    "para birimi",
)
"""A dimension of units, beside those that begin with "unit"."""
_RATE = re.compile(
    r"(?i)%|percent|per cent|\bshare\b|\bgrowth\b|\bchange\b|\bindex\b|"
    r"процент|\bдол[яи]\b|удельн|темп|индекс|"
    r"пайыз|үлес|faiz|xüsusi çəki|yüzde|\boran|\bpayı?\b|foiz|ulush|пайыздык|porcentaje|participación|part en"
)
"""Words of a label that is not counted in the unit of the figures around it."""
CURRENCIES = {fold(code) for code in codelist("unit").of_kind("currency")}
DENOMINATOR = "denom"
"""In the name of a dimension: what a rate is a price of, and not the unit that it is counted in."""


def powers(made: Proposal, table: Mapping[str, Any], dimensions: Sequence[Dimension], said: Said) -> None:
    """The power of ten where a dimension or an attribute says nothing else; before any unit is read."""
    of = next((d for d in dimensions if fold(d["id"]) in POWER_NAMES or _scales(d["codes"])), None)
    if of is None or "unit_mult" in {*said.columns, *spoken(said)}:
        _attribute(made, table, said, "unit_mult")
        return
    made.entry["columns"]["unit_mult"] = {"from": of["id"], "map": _powers(of["codes"])}
    made.placed["unit_mult"] = f"from {of['id']}"


def unit_dimension(made: Proposal, dimension: Dimension, said: Said) -> bool:
    """Place a dimension all of whose codes are units; False where it is none."""
    name, given = fold(dimension["id"]), spoken(said)
    if {"unit_measure", "unit_mult"} <= {*made.entry["columns"], *given} or DENOMINATOR in name:
        return False
    named = _is_named(dimension)
    if "unit_measure" in made.entry["columns"] or (not named and len(dimension["codes"]) > MOST_UNITS):
        return False
    areas = made.areas() or [a for a in [said.set.get("ref_area")] if a]
    read = {c: unit(label or c, areas) or unit(c, areas) for c, label in dimension["codes"].items()}
    known = [found for found in read.values() if found and found.code]
    several = any(found is None and units_in(label or c) for (c, label), found in
                  zip(dimension["codes"].items(), read.values(), strict=True))  # fmt: skip
    told = any(place.startswith(f"{dimension['id']}:") for place in said.each)
    if not known or told or several or (not named and len(known) < MOST * len(read)):
        return False
    if not named and len(read) == 1 and _by_chance(dimension["codes"]):
        return False
    agree(made, (found.power for found in known))
    for ours in ("unit_measure", "unit_mult"):
        if ours not in {*made.entry["columns"], *given}:
            labels = {c: open_unit(found)[ours] for c, found in read.items()}
            made.entry["columns"][ours] = {"from": dimension["id"], "map": labels}
    made.placed["unit_measure"] = f"from {dimension['id']}: {len(known)} units"
    return True


def _is_named(dimension: Dimension) -> bool:
    """Whether the name or the role of a dimension says that it holds units."""
    name = fold(dimension["id"])
    return dimension["role"] == "unit" or name.startswith("unit") or name in UNIT_NAMES


def _by_chance(codes: Mapping[str, str | None]) -> bool:
    """Whether three letters without a label are all that is known: INR may be interest rates."""
    return all(label in (None, "", code) and fold(code) in CURRENCIES for code, label in codes.items())


def agree(made: Proposal, read: Iterable[int]) -> None:
    """Open the power of ten that a dimension or an attribute says, where words of units say another."""
    says = made.entry["columns"].get("unit_mult")
    of_words = {str(power) for power in read}
    if says and of_words - {"0"} and {*says["map"].values()} != of_words:
        says["map"] = {c: OPEN + power.removeprefix(OPEN) for c, power in says["map"].items()}


def open_unit(found: Unit | None, *, whole: bool = True) -> dict[str, str]:
    """Unit and power of ten as an entry says them, with question marks where they are not certain.

    A power of ten without a unit is certain only where nothing else was said: "thousand", but not
    "attendance, thousand", which may hold for one column of several.
    """
    if found is None:
        return {"unit_measure": OPEN, "unit_mult": OPEN}
    bare = OPEN + found.code if not (found.certain and found.code) else found.code
    sure = found.certain or (whole and not found.code)
    return {"unit_measure": bare, "unit_mult": str(found.power) if sure else f"{OPEN}{found.power}"}


def _scales(codes: Mapping[str, str | None]) -> bool:
    """Whether all codes are words of scale, with one at least that is more than "units"."""
    read = [unit(c) for c in codes] if len(codes) <= MOST_SCALES else []
    return any(u and u.power for u in read) and all(u and not u.code for u in read)


def _powers(codes: Mapping[str, str | None] | Sequence[str]) -> dict[str, str]:
    read = {c: unit(c) for c in codes}
    return {c: c if c.isdecimal() else str(u.power) if (u := read[c]) and not u.code else OPEN for c in codes}


def table_unit(made: Proposal, table: Mapping[str, Any], dimensions: Sequence[Dimension], said: Said) -> None:
    """Unit and power of ten of a whole table: of its attributes, of its unit line, of its title."""
    columns, fixed = made.entry["columns"], made.entry["set"]
    _attribute(made, table, said, "unit_measure")
    if {"unit_measure", "unit_mult"} <= {*columns, *spoken(said)}:
        return
    told = _told_unit(table, dimensions, made.areas())
    if told is None:
        _formatted(made, table, said)
        return
    found, guard, text = told
    agree(made, [found.power])
    whole = unit(text, made.areas()) is not None
    if _contradicted(made, table, dimensions, found, said):
        found, whole = found._replace(certain=False), False
    for ours, code in open_unit(found, whole=whole).items():
        if ours not in columns:
            fixed.setdefault(ours, code)
            made.placed[ours] = f"the file says {text!r}"
    made.entry["expect"] = guard


def _formatted(made: Proposal, table: Mapping[str, Any], said: Said) -> None:
    """Unit and power of ten of what the formats of cells write beside their numbers: 1 500 ₸.

    Only where all that they write are units. A number whose format writes nothing may count something else:
    it is a question.
    """
    written = [code for code in table.get("attributed", {}).get(FORMAT, ()) if code]
    read = {code: unit(code, made.areas()) for code in written}
    known = [found for found in read.values() if found and found.code]
    if not known or len(known) < len(read):
        return
    for ours in ("unit_measure", "unit_mult"):
        if ours not in {*made.entry["columns"], *made.entry["set"], *spoken(said)}:
            codes = {code: open_unit(found)[ours] for code, found in read.items()}
            bare = {"": OPEN} if FORMAT in table.get("bare", ()) else {}
            _take(made, ours, FORMAT, codes | bare)
            made.placed[ours] = f"the cells show {', '.join(written)}"


def _contradicted(
    made: Proposal, table: Mapping[str, Any], dimensions: Sequence[Dimension], found: Unit, said: Said
) -> bool:
    """Whether a label that is left, or the head of a lone column, names another unit than the whole table."""
    last = (table["title"] or "").rpartition(" / ")[2]
    if found.code not in RATES and (_RATE.search(last) and not units_in(last, made.areas())):
        return True
    of_figures = {"sector", "measure"}
    placed = {origin for ours, says in made.entry["columns"].items() if ours not in of_figures
              for origin in names(says)}  # fmt: skip
    for dimension in dimensions:
        labels = dimension["codes"] if dimension["id"] not in placed else {}
        aside = {c for c in labels if said.map.get(f"{dimension['id']}:{c}") == ASIDE}
        for code, label in [pair for pair in labels.items() if pair[0] not in aside][:MOST_LABELS]:
            if found.code not in RATES and _RATE.search(label or code):
                return True
            if any(
                _differs(own, found, label or code) for own, _ in units_in(label or code, made.areas())[:1]
            ):
                return True
    return False


def _differs(own: Unit, found: Unit, label: str) -> bool:
    """Whether the unit in a label is another; a bare "Film" is a sector as often as a unit."""
    money = codelist("unit").of_kind("currency")
    said = own.power or own.code in (*money, *RATES) or re.search(r"[,(\[;:]", label)
    other = bool(own.code and found.code) and own.code != found.code
    return bool(said) and (other or own.power != found.power)


def _attribute(made: Proposal, table: Mapping[str, Any], said: Said, ours: str) -> None:
    """An attribute of SDMX that says the power of ten, or the unit, of each cell or of all."""
    cells = table.get("attributed", {})
    name = next((n for n in ATTRIBUTES[ours] if n in cells or n in table["attributes"]), None)
    if name is None or ours in {*made.entry["columns"], *spoken(said)}:
        return
    codes = dict.fromkeys(
        [*cells.get(name, ()), *([table["attributes"][name]] if name in table["attributes"] else ())]
    )
    bare = {"": OPEN} if name in table.get("bare", ()) and name not in table["attributes"] else {}
    if ours == "unit_mult":
        none = dict.fromkeys(bare, "0" if name == MULTIPLIER else f"{OPEN}0")
        _take(made, ours, name, _powers(codes) | none)
        return
    read = {c: unit(c) for c in codes}
    _take(made, ours, name, {c: open_unit(found)[ours] for c, found in read.items()} | bare)
    found = [u.power for u in read.values() if u]
    agree(made, found)
    if any(found) and "unit_mult" not in {*made.entry["columns"], *spoken(said)}:
        _take(made, "unit_mult", name, {c: open_unit(u)["unit_mult"] for c, u in read.items()} | bare)


def _take(made: Proposal, ours: str, name: str, codes: dict[str, str]) -> None:
    made.entry["columns"][ours] = {"from": f"@{name}", "map": codes}
    made.placed[ours] = f"from the attribute {name}"


def _told_unit(
    table: Mapping[str, Any], dimensions: Sequence[Dimension], areas: Sequence[str]
) -> tuple[Unit, dict[str, str], str] | None:
    """The unit of a whole table, what guards it in the next edition, and its words; None where not one."""
    whole = {k: v for k, v in table["attributes"].items() if v in table["units"]}
    read = {text: found for text in table["units"] if (found := _lone_unit(text, areas))}
    if table["units"]:
        own = [said for d in dimensions for c, said in table.get("units_of", {}).get(d["id"], {}).items()
               if c in d["codes"]]  # fmt: skip
        if own and None in own:
            return None
        if own:
            read = {text: found for text, found in read.items() if text in own}
        if len(read) != len({*own} or table["units"]) or len(set(read.values())) != 1:
            return None
        text, found = next(iter(read.items()))
        return found, {f"@{k}": escape(v) for k, v in whole.items()}, text
    named = {"_title": table["title"] or "", "_table": table["name"]}
    named |= {f"@{k}": v for k, v in table["attributes"].items() if k.startswith(("heading", "preamble"))}
    lone = {d["id"]: next(iter(d["codes"].items())) for d in dimensions
            if len(d["codes"]) == 1 and (_is_named(d) or not _by_chance(d["codes"]))}  # fmt: skip
    named = {name: label or code for name, (code, label) in lone.items()} | named
    for place, text in named.items():
        units = units_in(text, areas)
        if units:
            sure = units[0][0] if len(units) == 1 else units[0][0]._replace(certain=False)
            return sure, {} if place in lone else {place: f"*{escape(units[0][1])}*"}, units[0][1]
    return None


def label_unit(label: str, own: str | None, made: Proposal) -> dict[str, str]:
    """Unit and power of ten of one label of several: what it says itself, or what the table says.

    The unit of a whole table is no more than near where it counts things: under "(visitors, thousand)"
    stand museums too. Nor is a label that names its unit without a power, where the table has one.
    """
    areas, fixed = made.areas(), made.entry["set"]
    lone = {ours: fixed[ours] for ours in ("unit_measure", "unit_mult") if ours in fixed}
    units = units_in(own or label, areas)
    found = (unit(own, areas) if own else None) or (units[0][0] if units else None)
    money = codelist("unit").of_kind("currency")
    if found is None:
        counted = lone.get("unit_measure", OPEN) not in (*money, *RATES) or bool(_RATE.search(label))
        return {ours: OPEN + code.removeprefix(OPEN) for ours, code in lone.items()} if counted else lone
    said, power = open_unit(found), lone.get("unit_mult", "0").removeprefix(OPEN)
    if not own and not found.power and power not in ("", "0") and found.code not in RATES:
        said["unit_mult"] = OPEN + power
    return said


def shown_in_percent(made: Proposal, percents: Mapping[str, Sequence[str]]) -> None:
    """Two as the power of ten of what a workbook keeps as 0.05 and shows as 5 %.

    Args:
        made: with the units that words tell.
        percents: of `readers.inspect.inspected`.
    """
    whole, columns = WHOLE in percents, made.entry["columns"]
    for dimension, labels in made.entry["each"].items():
        for label in labels if whole else percents.get(dimension, ()):
            if isinstance(labels.get(label), dict):
                labels[label] = _of_percent(labels[label])
    says = columns.get("unit_measure", {})
    of = says.get("from")
    if "map" in says and columns.get("unit_mult", {}).get("from") == of:
        for label in says["map"] if whole else percents.get(str(of), ()):
            pair = {ours: columns[ours]["map"].get(label, OPEN) for ours in ("unit_measure", "unit_mult")}
            for ours, code in _of_percent(pair).items():
                columns[ours]["map"][label] = code
    if whole:
        made.entry["set"] = _of_percent(made.entry["set"])


def _of_percent(said: dict[str, str]) -> dict[str, str]:
    """Unit and power of ten of a number that is shown in per cent; another unit than a share is open."""
    if not {"unit_measure", "unit_mult"} <= {*said}:
        return said
    unit = said["unit_measure"].removeprefix(OPEN)
    if unit in FRACTIONS:
        return said
    if unit in IN_HUNDREDTHS:
        return {**said, "unit_mult": "2"}
    return {**said, "unit_measure": f"{OPEN}PT", "unit_mult": f"{OPEN}2"}


def _lone_unit(text: str, areas: Sequence[str]) -> Unit | None:
    found = unit(text, areas)
    return found or next((u for u, _ in units_in(text, areas)), None)
