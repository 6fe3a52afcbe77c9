"""The figures of an area: by theme and measure, of its parts, and those in doubt."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import fence, figures
from dashboard.country.aims import table
from dashboard.country.parts import Row, newest_first, section, show_all, title
from dashboard.route import View
from indicators.catalogue import THEMES, Catalogue
from indicators.extracts import PARTS, Account
from indicators.language import message

ALSO, CONTEXT = message("Also reported"), message("The whole economy, for comparison")
FIRST_ROWS = 8
"""Rows shown of each measure; all of them stand on a page of its own."""
REGION_ROWS = 20
"""The same of regions: the states of one country can have 45,000 figures of one measure."""
DOUBTFUL_ROWS = 20
OF_SECTORS_TOO = "trade_turnover"
"""A measure of the whole economy that is a subject here and no context."""


def themes(view: View, catalogue: Catalogue, rows: Sequence[Row], held: Account) -> list[html.Section]:
    """The figures of the whole area by theme; inside, by measure, the newest first."""
    theme_of = {i.numerator.measure: i.theme for i in reversed(list(catalogue))}
    by_theme: dict[str, dict[str, list[Row]]] = {}
    for row in _plain(rows, whole=True):
        context = row["sector"] == "_T" and row["measure"] != OF_SECTORS_TOO
        theme = CONTEXT if context else theme_of.get(row["measure"], ALSO)
        by_theme.setdefault(theme, {}).setdefault(row["measure"], []).append(row)
    made, words = [], view.words
    for theme in (t for t in (*THEMES, ALSO, CONTEXT) if t in by_theme):
        measures: list[Component] = [
            fence.part(view, _measure, view, m, of_m, held, theme) for m, of_m in by_theme[theme].items()
        ]
        if theme == CONTEXT:
            summary = " · ".join(words.label("measure", m) for m in by_theme[theme])
            measures = [html.Details([html.Summary(summary), *measures])]
        made.append(section(theme.split(" ")[0].lower(), words.text(theme), *measures))
    return made


def _plain(rows: Sequence[Row], *, whole: bool) -> list[Row]:
    return [r for r in rows if r["obs_status"] != "U" and (r["region"] == "_T") == whole]


def _measure(view: View, measure: str, rows: Sequence[Row], held: Account, theme: str) -> html.Section:
    """The first rows of a measure, and the way to the rest; the theme says of which part of it they are."""
    shown = newest_first(rows)[:FIRST_ROWS]
    of = {"measure": measure, "whole": True, "doubtful": False}
    if measure != OF_SECTORS_TOO:
        of["economy"] = theme == CONTEXT
    n = held.claims(**of)
    filters = {"region": "_T"} | ({"sector": "_T"} if theme == CONTEXT else {})
    more = html.P(show_all(view, measure, n, **filters)) if n > len(shown) else None
    listed = html.Div(figures.listed(view, shown), className="scroll")
    return html.Section([title(view.words, measure), listed, more], className="measure")


def regions(view: View, rows: Sequence[Row], held: Account) -> html.Section | None:
    """Parts of the country, in each measure and period the largest first, the first of many."""
    parts = _plain(rows, whole=False)
    if not parts:
        return None
    made: list[Component] = []
    for measure in dict.fromkeys(r["measure"] for r in parts):
        own = sorted((r for r in parts if r["measure"] == measure), key=_largest_first)[:REGION_ROWS]
        n = held.claims(measure=measure, whole=False, doubtful=False)
        listed = html.Div(figures.listed(view, own), className="scroll")
        more = html.P(show_all(view, measure, n, region=PARTS)) if n > len(own) else None
        made.append(html.Section([title(view.words, measure), listed, more], className="measure"))
    return section("regions", view.words.text("Regions and cities"), *made)


def _largest_first(row: Row) -> tuple[object, ...]:
    end = row["period_end"]
    return row["sector"] == "_T", row["sector"], -end.toordinal() if end else 0, -(row["value"] or 0)


def flagged(view: View, rows: Sequence[Row], held: Account) -> html.Section | None:
    """Values that cannot be: kept as printed, apart from the others."""
    doubtful = [r for r in rows if r["obs_status"] == "U"]
    if not doubtful:
        return None
    words, n = view.words, held.claims(doubtful=True)
    why = words.text(
        "Impossible as printed, or of low reliability. Kept as the source has them; "
        "no chart and no headline uses them."
    )
    shown = newest_first(doubtful)[:DOUBTFUL_ROWS]
    measures = dict.fromkeys(r["measure"] for r in doubtful) if n > len(shown) else {}
    more = [
        html.Li([f"{words.label('measure', m)}: ", show_all(view, m, held.claims(measure=m))])
        for m in measures
    ]
    return section(
        "flagged", words.text("In doubt"), html.P(why, className="quiet"),
        table(view, shown, words.text("Period")), html.Ul(more) if more else None,
    )  # fmt: skip
