"""Series: claims that may share a line, in the colours of their areas."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.marks import Row, ends, upper
from dashboard.scales import Scale
from dashboard.wording import Wording

Key = tuple[str, ...]
KEY = ("ref_area", "sector", "counterpart_area", "freq")
"""What the claims that may share a line have in common, beside their unit."""


@dataclass(frozen=True)
class Series:
    """Claims that may share a line: one area, sector, partner, unit and length of period."""

    area: str
    name: str
    headlines: tuple[Row, ...]
    rivals: tuple[Row, ...]
    colour: str


def series(words: Wording, rows: Sequence[Row], areas: Sequence[str]) -> list[Series]:
    """The rows of one unit as series, in the order of `areas`, then of their names.

    A series is called after its area; after its sector too where there are several, and after that
    alone where there is one area.
    """
    found = _keyed(rows)
    return [
        _series(key, found[key], name, theme.colour(place)) for key, name, place in named(words, found, areas)
    ]


def unnamed(rows: Sequence[Row]) -> list[Series]:
    """The rows of one unit as series without names and colours, for what asks only what there is."""
    return [_series(key, own) for key, own in _keyed(rows).items()]


def _series(key: Key, rows: Sequence[Row], name: str = "", colour: str = "") -> Series:
    ordered = sorted(rows, key=lambda r: (r["period_end"], r["figure_id"]))
    first = tuple(r for r in ordered if r["is_headline"])
    return Series(key[0], name, first, tuple(r for r in ordered if not r["is_headline"]), colour)


def _keyed(rows: Sequence[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[k] for k in KEY), []).append(row)
    return found


def named(
    words: Wording, keys: Collection[Key], areas: Sequence[str], most: int | None = None
) -> list[tuple[Key, str, int]]:
    """The series of these keys by the names of their areas, each with its name and its area's place by code.

    The place tells the colour, which is the same in every language.

    Args:
        words: the language of the names.
        keys: values of KEY, one a series.
        areas: those that come first, in their order.
        most: so many of them, the first; None = all.
    """
    others = sorted({k[0] for k in keys} - set(areas))
    by_name = sorted(others, key=lambda area: words.language.order(words.label("area", area)))
    rank = {area: at for at, area in enumerate([*areas, *by_name])}
    place = {area: at for at, area in enumerate([*areas, *others])}
    alike = Counter(key[:2] for key in keys)
    tells = _telling(keys)
    made = []
    for key in sorted(keys, key=lambda key: (rank[key[0]], key))[:most]:
        name = " · ".join(words.label(kind, key[at]) for kind, at in tells)
        if alike[key[:2]] > 1:
            name += f" ({words.series_of(key[2], key[3])})"
        made.append((key, name, place[key[0]]))
    return made


def _telling(keys: Collection[Key]) -> list[tuple[str, int]]:
    """Codelist and place in the key of what tells these areas and sectors apart."""
    areas, sectors = ({key[at] for key in keys} for at in (0, 1))
    if len(sectors) == 1:
        return [("area", 0)]
    return [("sector", 1)] if len(areas) == 1 else [("area", 0), ("sector", 1)]


def span(found: Sequence[Series], axis: Scale) -> tuple[float, float]:
    """From zero, or below it where figures are, to a little above the highest."""
    reach = [axis.of(e) for s in found for r in (*s.headlines, *s.rivals) for e in (*ends(r), upper(r))]
    low, high = min(0.0, *reach), max(*reach, 0.0)
    return low * 1.06, high * 1.08 or 1.0
