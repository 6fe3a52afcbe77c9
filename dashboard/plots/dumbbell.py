"""Two years of each area: a hollow mark for the earlier, an arrowhead for the later one.

The join has the colour of its area where the figures decide that it rose or fell. It is grey where their
intervals meet, or where the series breaks between the two years, and a sentence says so.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard import theme
from dashboard.bars import SHORT, axis_of_names, left_of
from dashboard.marks import Row, ends, hover, upper, whiskered
from dashboard.panel import Extras, Figure, Panel, Sheet, Trace, keyed
from dashboard.plots.years import fullest, in_year, years_of
from dashboard.scales import Scale
from dashboard.series import Series
from dashboard.wording import shortened
from indicators.direction import FALLEN, RISEN, comparable, direction
from indicators.language import NBSP

LARGE, SMALL = 44, 28
FEW = 14
EDGE = 0.02
"""Part of the axis left of zero, for the half of a mark that stands there."""
UNSTATED = "publication"


@dataclass(frozen=True)
class Pair:
    """Two figures of one series.

    Attributes:
        one: the series.
        first, last: its headlines of the two years.
        way: RISEN, FALLEN, SAME; None where that is not decided.
    """

    one: Series
    first: Row
    last: Row
    way: int | None

    @property
    def colour(self) -> str:
        """Of the join."""
        return theme.UNDECIDED if self.way is None else theme.ACCENT


def panels(sheets_: Sequence[Sheet], extras: Extras) -> list[Panel]:
    """The charts of two years, by unit; a unit without two comparable years has none."""
    return [panel for sheet in sheets_ if (panel := _panel(sheet, extras))]


def able(found: Sequence[Series]) -> bool:
    """Whether the figures of a unit have two comparable years, and so a chart."""
    years = spans(found)
    return years is not None and bool(_pairs(found, years))


def spans(
    found: Sequence[Series], since: int | None = None, year: int | None = None
) -> tuple[int, int] | None:
    """The two years: those asked for, else the first and the last that most areas have."""
    counts = Counter(r["year"] for s in found for r in _dated(s))
    if len(counts) < 2 and (since is None or year is None):
        return None
    last = year if year is not None else fullest({y: n for y, n in counts.items() if y != min(counts)})
    before = {-y: n for y, n in counts.items() if y < last}
    if since is None and not before:
        return None
    return (since if since is not None else -fullest(before)), last


def _dated(one: Series) -> list[Row]:
    return [r for r in one.headlines if r["period_basis"] != UNSTATED]


def _panel(sheet: Sheet, extras: Extras) -> Panel | None:
    years = spans(sheet.found, extras.since, extras.year)
    pairs = _pairs(sheet.found, years) if years else []
    if not years or not pairs:
        return None
    kinds = ["earlier", "later", *(["about"] if any(whiskered(r) for r in _rows(pairs)) else [])]
    kinds += ["undecided"] if any(p.way is None for p in pairs) else []
    alone = [s.name for s in sheet.found if s.name not in {p.one.name for p in pairs}]
    return Panel(
        sheet.unit,
        sheet.axis,
        _figure(sheet, pairs),
        keyed(kinds),
        _notes(sheet, alone, years),
        years[1],
        years[0],
        years_of(sheet),
    )


def _pairs(found: Sequence[Series], years: tuple[int, int]) -> list[Pair]:
    """The series with a stated figure in both years, the largest in the later year last."""
    made = []
    for one in found:
        ends_ = [in_year(one, year) for year in years]
        first, last = ends_
        if not first or not last or UNSTATED in (first["period_basis"], last["period_basis"]):
            continue
        between = [r for r in one.headlines if years[0] <= r["year"] <= years[1]]
        way = direction((first["low"], first["high"]), (last["low"], last["high"]))
        made.append(Pair(one, first, last, way if comparable(between) else None))
    return sorted(made, key=lambda p: (ends(p.last)[-1], p.one.name))


def _rows(pairs: Sequence[Pair]) -> list[Row]:
    return [row for p in pairs for row in (p.first, p.last)]


def _notes(sheet: Sheet, alone: Sequence[str], years: tuple[int, int]) -> tuple[str, ...]:
    words = sheet.words
    said = [words.text("{first} and {last} compared.", first=years[0], last=years[1])]
    if alone:
        named = ", ".join(alone)
        said.append(words.text("Without a figure in both years: {areas}.", areas=named))
    return tuple(said)


def _figure(sheet: Sheet, pairs: Sequence[Pair]) -> Figure:
    axis, places = sheet.axis, list(range(len(pairs)))
    numbers = [axis.of(end) for row in _rows(pairs) for end in (*ends(row), upper(row))]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    names = [p.one.name for p in pairs]
    traces = [_joins(axis, pairs), *_spreads(axis, pairs)]
    traces += [_marks(sheet, pairs, first=True), _marks(sheet, pairs, first=False), _changes(sheet, pairs)]
    height = 56 + (LARGE if len(pairs) <= FEW else SMALL) * len(pairs)
    layout = theme.layout(sheet.words.language, height=height, left=left_of(names), right=16)
    layout["xaxis"] |= {"range": [low * 1.1 - high * EDGE, high * 1.35 or 1.0], "showgrid": True, "nticks": 6}
    layout["xaxis"] |= {"gridcolor": theme.HAIRLINE, "tickformat": f",.{axis.decimals}~f"}
    layout["yaxis"] |= {"showgrid": True, "range": [-0.6, len(pairs) - 0.4], "tickfont": {"color": theme.INK}}
    layout["yaxis"] |= axis_of_names(places, names)
    short = [shortened(n, SHORT) for n in names]
    narrow = {
        "yaxis": {**layout["yaxis"], **axis_of_names(places, short)},
        "xaxis": {**layout["xaxis"], "nticks": 4, "range": [low * 1.1 - high * EDGE, high * 1.7 or 1.0]},
        "margin": {**layout["margin"], "l": left_of(short)},
    }
    return {"data": traces, "layout": layout, "narrow": {"layout": narrow}}


def _joins(axis: Scale, pairs: Sequence[Pair]) -> Trace:
    """The joins, as one trace of bars: from the nearer ends of the two figures."""
    low = [min(axis.of(_at(p.first)), axis.of(_at(p.last))) for p in pairs]
    high = [max(axis.of(_at(p.first)), axis.of(_at(p.last))) for p in pairs]
    return {
        "type": "bar",
        "orientation": "h",
        "name": "joins",
        "hoverinfo": "skip",
        "y": list(range(len(pairs))),
        "base": low,
        "x": [b - a for a, b in zip(low, high, strict=True)],
        "width": 0.1,
        "marker": {"color": [p.colour for p in pairs], "opacity": 0.75},
    }


def _at(row: Row) -> float:
    """Where the mark of a figure stands: its value; of a range or a bound without one, a known end."""
    return ends(row)[0]


def _spreads(axis: Scale, pairs: Sequence[Pair]) -> list[Trace]:
    """The interval of each hedged figure, thin above (earlier) or below (later) its join."""
    made = []
    for shift, name in ((0.18, "first"), (-0.18, "last")):
        kept = [(getattr(p, name), y) for y, p in enumerate(pairs)]
        wide = [(r, y) for r, y in kept if whiskered(r) or (r["value"] is None and len(ends(r)) == 2)]
        made.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": f"spread of {name}",
                "hoverinfo": "skip",
                "y": [y + shift for _, y in wide],
                "base": [axis.of(r["low"]) for r, _ in wide],
                "x": [axis.of(r["high"] - r["low"]) for r, _ in wide],
                "width": 0.05,
                "marker": {"color": theme.QUIET},
            }
        )
    return made


def _marks(sheet: Sheet, pairs: Sequence[Pair], *, first: bool) -> Trace:
    rows = [p.first if first else p.last for p in pairs]
    colours = [p.colour for p in pairs]
    heads = {RISEN: "triangle-right", FALLEN: "triangle-left"}
    shapes = ["circle" if first else heads.get(p.way or 0, "circle") for p in pairs]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "earlier" if first else "later",
        "x": [sheet.axis.of(_at(r)) for r in rows],
        "y": list(range(len(pairs))),
        "customdata": [r["figure_id"] for r in rows],
        "text": [hover(sheet.words, r, p.one.name, sheet.decimals) for r, p in zip(rows, pairs, strict=True)],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "symbol": shapes,
            "size": 11 if first else 15,
            "color": [theme.PAPER] * len(pairs) if first else colours,
            "line": {"width": 2 if first else 0, "color": colours},
        },
    }


def _changes(sheet: Sheet, pairs: Sequence[Pair]) -> Trace:
    """Both figures in words, right of the pair."""
    axis = sheet.axis
    return {
        "type": "scatter",
        "mode": "text",
        "name": "numbers",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "x": [max(axis.of(upper(r)) for r in (p.first, p.last)) for p in pairs],
        "y": list(range(len(pairs))),
        "text": [_said(axis, p) for p in pairs],
        "textposition": "middle right",
        "textfont": {"color": theme.INK, "size": theme.SMALL_SIZE},
    }


def _said(axis: Scale, pair: Pair) -> str:
    early, late = escape(axis.cell(pair.first)), escape(axis.cell(pair.last))
    return f"{NBSP * 7}<span style='color:{theme.QUIET}'>{early} →</span> {late}"
