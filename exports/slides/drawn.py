"""What a chart draws: the rows of a Table in one unit, as lines, bars, pairs or points. Computes nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import polars as pl

from exports.jsonstat import CLAIM
from exports.slides.said import Row, Scale, numbers, scale
from exports.table import Table
from indicators.language import Language

MOST_LINES, MOST_BARS, MOST_PAIRS = 8, 20, 14
"""What can be told apart on a slide; the notes name what is left out."""
MOST_NAMED = 6
"""So many areas are named in a sentence about what is not shown."""
ENOUGH = 2
"""A year is full where it has more than one figure in so many of the fullest year."""
SHOWN = ("figure_id", "ref_area", "ref_area_label", "counterpart_area", "sector", "sector_label", "sex",
         "freq", "time_period", "year", "period_start", "period_end", "period_basis", "value", "low", "high",
         "open_end", "hedge", "unit_measure", "unit_label", "obs_status", "obs_status_label", "obs_comment",
         "reported_value", "publisher", "published_on", "carried_from")  # fmt: skip
"""The columns of a Table that a slide says something of."""
KEY = ("ref_area", "sector", "counterpart_area", "sex", "freq")
"""What tells series apart; beside it stands the place of a claim among those of one moment."""
CLAIMS = "claim"
_NUMBERS = pl.col("value", "low", "high")
UNSURE = "U"
NONE = ("_T", "_X", "_Z", None)


@dataclass(frozen=True)
class Series:
    """Headlines that may share a line, by time.

    Attributes:
        name: what tells it from the others.
        area: code of its area.
        rows: its headlines.
    """

    name: str
    area: str
    rows: tuple[Row, ...]

    def in_year(self, year: int) -> Row | None:
        """The headline of a year, the last of several."""
        return next((r for r in reversed(self.rows) if r["year"] == year), None)


@dataclass(frozen=True)
class Drawn:
    """The figures of one chart.

    Attributes:
        scale: how its numbers are written.
        series: in the order of the question.
        left: sentences about what the chart does not show.
    """

    scale: Scale
    series: tuple[Series, ...]
    left: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """All its rows."""
        return [r for s in self.series for r in s.rows]

    @property
    def language(self) -> Language:
        """Of its words."""
        return self.scale.language


def drawn(table: Table, unit: str = "") -> Drawn | None:
    """The headlines that can be drawn, in one unit; None where there is none.

    They have a number and a year and are not of low reliability, as on the page.
    """
    language = table.language
    headlines = _headlines(table)
    can = [r for r in headlines if r["year"] is not None and r["obs_status"] != UNSURE]
    units = Counter(r["unit_measure"] for r in can)
    chosen = unit or next(iter(sorted(units, key=lambda u: (-units[u], u))), "")
    rows = _numbered([r for r in can if r["unit_measure"] == chosen])
    if not rows:
        return None
    left = []
    others = [language.label("unit", u) for u in units if u != chosen]
    if others:
        left.append(language.text("Not shown, for their unit is another: {units}.", units=", ".join(others)))
    unsure = sum(r["obs_status"] == UNSURE for r in headlines)
    if unsure:
        left.append(language.text("Not shown, for they are of low reliability: {n}.", n=unsure))
    there = {r["ref_area"] for r in rows}
    absent = [a for a in table.query.areas if a not in there]
    if absent:
        named = [language.label("area", a) for a in absent]
        left.append(language.text("No figure: {areas}.", areas=few(language, named)))
    axis = scale(language, rows, chosen, table.answer.indicator.decimals)
    return Drawn(axis, tuple(_series(table, rows)), tuple(left))


def few(language: Language, names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    said, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return language.text("{few} and {n} more", few=said, n=more) if more > 0 else said


def _headlines(table: Table) -> list[Row]:
    """The headlines with a number, by time; columns become lists, which is quicker than rows."""
    can = pl.col("is_headline") & pl.any_horizontal(_NUMBERS.is_not_null())
    shown = table.frame.select(*SHOWN, "is_headline").filter(can)
    shown = shown.sort("period_end", "figure_id", maintain_order=True)
    columns = (shown[name].to_list() for name in SHOWN)
    return [dict(zip(SHOWN, values, strict=True)) for values in zip(*columns, strict=True)]


def _numbered(rows: list[Row]) -> list[Row]:
    """With CLAIMS: where no claim is chosen, those of one moment are as many series, by their ids."""
    counts: Counter[tuple[Any, ...]] = Counter()
    key = itemgetter(*KEY)
    for row in rows:
        place = (key(row), row["year"] if row["freq"] == "A" else row["period_end"])
        counts[place] += 1
        row[CLAIMS] = counts[place]
    return rows


def _series(table: Table, rows: Sequence[Row]) -> list[Series]:
    """None hides another: each claim of one moment stands in a series of its own."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    own = itemgetter(*KEY, CLAIMS)
    for row in rows:
        found.setdefault(own(row), []).append(row)
    asked = {area: place for place, area in enumerate(table.query.areas)}
    ordered = sorted(found, key=lambda k: (asked.get(str(k[0]), len(asked)), tuple(map(str, k))))
    names = _names(table.language, ordered)
    return [Series(names[k], str(k[0]), tuple(found[k])) for k in ordered]


def _names(language: Language, keys: Sequence[tuple[Any, ...]]) -> Mapping[tuple[Any, ...], str]:
    """Area; its sector too where there are several, and that alone where there is one area; then the rest."""
    areas, sectors, partners, sexes, lengths = ({k[at] for k in keys} for at in range(5))
    named = {}
    for key in keys:
        area, sector, partner, sex, freq, claim = key
        parts = [language.label("area", str(area))] * (len(areas) > 1 or len(sectors) == 1)
        parts += [language.label("sector", str(sector))] * (len(sectors) > 1)
        parts += [language.label("area", str(partner))] * (partner not in NONE and len(partners) > 1)
        parts += [language.label("sex", str(sex))] * (sex not in NONE and len(sexes) > 1)
        parts += [language.label("freq", str(freq)).split(":")[0]] * (len(lengths) > 1 and freq != "A")
        parts += [f"{language.text(CLAIM)} {claim}"] * (claim > 1)
        named[key] = " · ".join(parts)
    return named


def lines(found: Drawn, most: int = MOST_LINES) -> Drawn:
    """As many series as can be told apart, those with the largest newest figure."""
    if len(found.series) <= most:
        return found
    kept = sorted(found.series, key=lambda s: -numbers(s.rows[-1])[-1])[:most]
    return _with(found, [s for s in found.series if s in kept], len(found.series))


def largest_first(found: Drawn) -> Drawn:
    """The same, its series by their newest figures."""
    ordered = sorted(found.series, key=lambda s: (-s.rows[-1]["year"], -numbers(s.rows[-1])[-1], s.name))
    return Drawn(found.scale, tuple(ordered), found.left)


def newest(found: Drawn) -> Drawn:
    """The newest figure of each series, the largest first."""
    return _ranked(found, [Series(s.name, s.area, s.rows[-1:]) for s in found.series])


def of_year(found: Drawn, year: int | None) -> Drawn:
    """The figures of one year, the largest first."""
    shown = year if year is not None else fullest(Counter(r["year"] for r in found.rows))
    kept = [(s, s.in_year(shown)) for s in found.series]
    return _ranked(found, [Series(s.name, s.area, (r,)) for s, r in kept if r])


def _ranked(found: Drawn, kept: Sequence[Series]) -> Drawn:
    ordered = sorted(kept, key=lambda s: (-numbers(s.rows[0])[-1], s.name))
    return _with(found, ordered[:MOST_BARS], len(kept))


def _with(found: Drawn, kept: Sequence[Series], of: int) -> Drawn:
    left = list(found.left)
    if len(kept) < of:
        left.append(found.language.text("{shown} of {all} shown, the largest.", shown=len(kept), all=of))
    return Drawn(found.scale, tuple(kept), tuple(left))


def fullest(counts: Mapping[int, int]) -> int:
    """The newest year with at least half as many figures as the fullest; 0 where there is none."""
    most = max(counts.values(), default=0)
    return max((year for year, n in counts.items() if n * ENOUGH >= most), default=0)


def pairs(found: Drawn, since: int | None, year: int | None) -> Drawn:
    """Two stated figures of each series, of the earlier and of the later year; none without two years."""
    counts = Counter(r["year"] for r in found.rows if stated(r))
    last = year if year is not None else fullest({y: n for y, n in counts.items() if y != min(counts)})
    before = {-y: n for y, n in counts.items() if y < last}
    first = since if since is not None else -fullest(before)
    both = [(s, s.in_year(first), s.in_year(last)) for s in found.series]
    kept = [Series(s.name, s.area, (a, b)) for s, a, b in both if a and b and stated(a) and stated(b)]
    kept.sort(key=lambda s: (-numbers(s.rows[1])[-1], s.name))
    alone = [s.name for s in found.series if s.name not in {k.name for k in kept}]
    left = found.left
    if alone:
        left += (
            found.language.text("Without a figure in both years: {areas}.", areas=few(found.language, alone)),
        )
    return _with(Drawn(found.scale, found.series, left), kept[:MOST_PAIRS], len(kept))


def stated(row: Row) -> bool:
    """Whether the source says of which year the figure is."""
    return bool(row["period_basis"] != "publication")


def points(x: Drawn, y: Drawn, year: int | None) -> list[tuple[Row, Row]]:
    """Two figures of each area in one year: across and upright."""
    across, upright = _by_area(x), _by_area(y)
    counts = Counter(
        r["year"] for a, s in across.items() if a in upright for r in s.rows
        if stated(r) and (own := upright[a].in_year(r["year"])) and stated(own)
    )  # fmt: skip
    shown = year if year is not None else fullest(counts)
    both = [(s.in_year(shown), upright[a].in_year(shown)) for a, s in across.items() if a in upright]
    return [(a, b) for a, b in both if a and b and stated(a) and stated(b)]


def contested(x: Drawn, y: Drawn, shown: Sequence[tuple[Row, Row]]) -> list[str]:
    """Names of the areas of which there is another figure of the year that is shown."""
    counts = Counter((s.area, r["year"]) for part in (x, y) for s in part.series for r in s.rows)
    return [a["ref_area_label"] for a, _ in shown if counts[a["ref_area"], a["year"]] > len((x, y))]


def _by_area(found: Drawn) -> dict[str, Series]:
    """One series an area: that of calendar years where there is one."""
    chosen: dict[str, Series] = {}
    for one in found.series:
        if one.area not in chosen or chosen[one.area].rows[0]["freq"] != "A":
            chosen[one.area] = one
    return chosen
