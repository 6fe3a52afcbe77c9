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
REQUIRED = {
    "id", "name", "question", "theme", "formula", "numerator", "sectors", "freqs", "unit",
    "decimals", "polarity", "caveats", "method", "basis",
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
    fields: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    faults = [f"{path.name}: lacks {name!r}" for name in sorted(REQUIRED - set(fields))]
    if faults:
        return None, faults
    given = fields.get("denominator", [])
    indicator = Indicator(
        id=fields["id"], name=fields["name"], question=fields["question"], theme=fields["theme"],
        formula=fields["formula"], numerator=Term(**fields["numerator"]),
        denominators=tuple(Term(**term) for term in given), sectors=tuple(fields["sectors"]),
        freqs=tuple(fields["freqs"]), unit=fields["unit"], decimals=fields["decimals"],
        polarity=fields["polarity"], caveats=tuple(fields["caveats"]), method=fields["method"],
        basis=fields["basis"], fields=fields,
    )  # fmt: skip
    return indicator, [f"{path.name}: {fault}" for fault in _faults(indicator, path.stem)]


def _faults(indicator: Indicator, stem: str) -> Iterator[str]:
    if indicator.id != stem:
        yield f"id {indicator.id!r} is not the file's name"
    for name, allowed in (("theme", THEMES), ("formula", FORMULAS), ("polarity", POLARITIES)):
        if (given := getattr(indicator, name)) not in allowed:
            yield f"{name} {given!r} is none of {', '.join(allowed)}"
    if (indicator.formula == AS_REPORTED) == bool(indicator.denominators):
        yield "a denominator belongs to a share or a figure per head, and only there"
    codes = {
        "measure": [term.measure for term in (indicator.numerator, *indicator.denominators)],
        "sector": indicator.sectors,
        "freq": indicator.freqs,
        "unit": [indicator.unit] if indicator.unit not in UNITS_BY_ROW else [],
    }
    for name, given in codes.items():
        yield from (f"{name} {c!r} is not in {name}.csv" for c in given if c not in codelist(name))
