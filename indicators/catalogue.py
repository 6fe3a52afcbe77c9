"""The catalogue: all definitions, loaded once and cross-checked against the code lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED, FORMULAS, Indicator, Term

FOLDER = Path(__file__).parent / "definitions"
POLARITIES = ("more", "less", "none")
UNITS_BY_ROW = ("currency", "measure")
"""Units that are not one code: the currency asked for, and the unit each figure was reported in."""
THEMES = ("Economy", "Work and enterprises", "Trade", "Audience", "Production")
KINDS = {
    "id": "text", "order": "count", "name": "text", "question": "text", "theme": "text", "formula": "text",
    "numerator": "term", "denominator": "terms", "sectors": "texts", "freqs": "texts", "unit": "text",
    "decimals": "count", "polarity": "text", "caveats": "texts", "method": "text", "basis": "count",
}  # fmt: skip
"""The fields of a definition and what each must be."""
TERM = {"measure": str, "sector": str, "same_source": bool}
"""The fields of a term and what each must be."""
OPTIONAL = {"denominator"}
_SAID = {
    "text": "words", "count": "a whole number from 0", "texts": "a list of at least one",
    "term": "a term with a measure, as {measure: gva, sector: _T, same_source: true}",
    "terms": "a list of terms",
}  # fmt: skip


class BadDefinition(ValueError):
    """A definition that contradicts the code lists or itself; names the file and all its faults."""


class UnknownIndicator(LookupError):
    """An indicator that is not in the catalogue; says the nearest one that is."""


@dataclass(frozen=True)
class Catalogue:
    """All indicators, in the order of their themes."""

    indicators: Mapping[str, Indicator]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators.values())

    def __getitem__(self, indicator_id: str) -> Indicator:
        try:
            return self.indicators[indicator_id]
        except KeyError:
            near = get_close_matches(indicator_id, list(self.indicators), n=1, cutoff=0.5)
            hint = f"; the nearest known is {near[0]!r}" if near else ""
            raise UnknownIndicator(f"{indicator_id!r} is no indicator{hint}") from None


def load(folder: Path = FOLDER) -> Catalogue:
    """Read and check every definition.

    Raises:
        BadDefinition: what is wrong, all of it, file by file.
    """
    read = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    wrong = [fault for _, faults in read for fault in faults]
    if wrong:
        raise BadDefinition("\n".join(wrong))
    found = [indicator for indicator, _ in read if indicator]
    ordered = sorted(found, key=lambda i: (THEMES.index(i.theme), i.fields.get("order", 99), i.id))
    return Catalogue({i.id: i for i in ordered})


def _read(path: Path) -> tuple[Indicator | None, list[str]]:
    """One definition, and what is wrong with it; none where its fields cannot be read at all."""
    try:
        fields = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as fault:
        return None, [f"{path.name}: is no YAML ({' '.join(str(fault).split())})"]
    if not isinstance(fields, dict):
        return None, [f"{path.name}: expected fields, as in the other definitions"]
    faults = list(_shape(fields))
    if faults:
        return None, [f"{path.name}: {fault}" for fault in faults]
    indicator = Indicator(
        id=fields["id"], name=fields["name"], question=fields["question"], theme=fields["theme"],
        formula=fields["formula"], numerator=Term(**fields["numerator"]),
        denominators=tuple(Term(**term) for term in fields.get("denominator", [])),
        sectors=tuple(fields["sectors"]), freqs=tuple(fields["freqs"]), unit=fields["unit"],
        decimals=fields["decimals"], polarity=fields["polarity"], caveats=tuple(fields["caveats"]),
        method=fields["method"], basis=fields["basis"], fields=fields,
    )  # fmt: skip
    return indicator, [f"{path.name}: {fault}" for fault in _faults(indicator, path.stem)]


def _shape(fields: Mapping[str, Any]) -> Iterator[str]:
    """Fields that are missing, unknown or of another kind than they must be."""
    yield from (f"lacks {name!r}" for name in sorted(KINDS.keys() - fields.keys() - OPTIONAL))
    for name, given in fields.items():
        if name not in KINDS:
            near = get_close_matches(str(name), KINDS, n=1)
            yield f"{name!r} is no field" + (f"; the nearest known is {near[0]!r}" if near else "")
        elif not _is(given, KINDS[name]):
            yield f"{name} is {given!r}; expected {_SAID[KINDS[name]]}"


def _is(given: Any, kind: str) -> bool:
    if kind == "count":
        return isinstance(given, int) and not isinstance(given, bool) and given >= 0
    if kind == "texts":
        return isinstance(given, list) and bool(given) and all(isinstance(g, str) for g in given)
    if kind == "terms":
        return isinstance(given, list) and all(_is(g, "term") for g in given)
    if kind == "term":
        return isinstance(given, dict) and "measure" in given and all(
            isinstance(value, TERM.get(key, ())) for key, value in given.items()
        )  # fmt: skip
    return isinstance(given, str) and bool(given)


def _faults(indicator: Indicator, stem: str) -> Iterator[str]:
    if indicator.id != stem:
        yield f"id {indicator.id!r} is not the file's name"
    for name, allowed in (("theme", THEMES), ("formula", FORMULAS), ("polarity", POLARITIES)):
        if (given := getattr(indicator, name)) not in allowed:
            yield f"{name} {given!r} is none of {', '.join(allowed)}"
    if (indicator.formula == AS_REPORTED) == bool(indicator.denominators):
        yield "a denominator belongs to a share or a figure per head, and only there"
    terms = (indicator.numerator, *indicator.denominators)
    codes = {
        "measure": [term.measure for term in terms],
        "sector": [*indicator.sectors, *(term.sector for term in terms if term.sector)],
        "freq": indicator.freqs,
        "unit": [indicator.unit] if indicator.unit not in UNITS_BY_ROW else [],
    }
    for name, given in codes.items():
        yield from (f"{name} {c!r} is not in {name}.csv" for c in given if c not in codelist(name))
