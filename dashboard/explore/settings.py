"""The controls of Explore: the common ones in view, the rest in a part that opens and says what is set."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import controls
from dashboard.aria import link, named
from dashboard.explore import asking, options, wishes
from dashboard.explore.answering import Found
from dashboard.explore.options import Option
from dashboard.forms import FORMS
from dashboard.route import View
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.choices import Choices
from indicators.store import Store
from indicators.transform import BASED
from indicators.workings import DEFLATOR_MEASURE

FURTHER = (
    "transform", "base", "per", "prices", "members", "coverage", "rule", "carry", "rounding", "as_of",
    "sex", "partner",
)  # fmt: skip
"""Fields whose controls stand in the part that opens; what is set of them is shown as chips."""


def settings(view: View, store: Store, catalogue: Catalogue, found: Found) -> Component:
    """All controls of a page."""
    words = view.words
    held = options.held(store, found.indicator)
    more = [c for c in _further(words, store, held, found) if c is not None]
    title = words.text("More choices")
    further = html.Details([html.Summary(title), html.Div(more, className="controls")], className="more")
    return html.Section(
        [
            html.Div(_what(words, store, catalogue, found), className="controls"),
            html.Div([*_which(words, held, found), further], className="controls second"),
            chips(view, found),
        ],
        className="settings",
        **named(words.text("What is asked")),
    )


def _what(words: Wording, store: Store, catalogue: Catalogue, found: Found) -> list[Component]:
    """The indicator, those beside it, and the areas."""
    asked, query = found.asked, found.asked.query
    every = options.indicators(words, store, catalogue, query)
    shown = [_one(words, "indicator", words.text("Indicator"), every, query.indicator, search=True)]
    if FORMS[asked.form].second:
        none: list[Option] = [{"label": words.text("none"), "value": wishes.NONE}]
        titles = {"second": words.text("Upright"), "size": words.text("Size of marks")}
        for name, title in titles.items():
            value = getattr(asked, name) or wishes.NONE
            shown.append(_one(words, name, title, [*none, *every], value, usual=wishes.NONE, search=True))
    areas = options.areas(words, store, found.indicator, query)
    title, empty = words.text(wishes.TITLES["areas"]), words.text("Every country and group with a figure")
    return [*shown, controls.some_of(words, "areas", title, areas, query.areas, empty)]


def _which(words: Wording, held: Choices, found: Found) -> list[Component]:
    """Sector, currency and years."""
    query, indicator = found.asked.query, found.indicator
    shown: list[Component] = []
    if len(indicator.sectors) > 1:
        usual = found.sectors[0] if found.sectors else indicator.sectors[0]
        listed = options.sectors(words, indicator, held, query, found.sector)
        shown.append(_field(words, "sector", listed, found.sector, usual=usual, search=True))
    if indicator.is_money:
        shown.append(_field(words, "currency", options.money(words, indicator), query.currency, search=True))
    years = options.years(held, query.since, query.until)
    first = [y for y in years if query.until is None or y <= query.until]
    last = [y for y in years if query.since is None or y >= query.since]
    shown.append(_year(words, "since", first, query.since, words.text("first")))
    shown.append(_year(words, "until", last, query.until, words.text("last")))
    return shown


def _further(words: Wording, store: Store, held: Choices, found: Found) -> list[Component | None]:
    """The controls of FURTHER; one that has nothing to choose from is left out, unless something is set."""
    query, indicator = found.asked.query, found.indicator
    years = options.years(held, query.base)
    deflated = options.years(options.of_measure(store, DEFLATOR_MEASURE), query.prices)
    return [
        _field(words, "transform", options.transforms(words, query), query.transform, usual="level"),
        _listed(words, "base", years, query.base) if query.transform in BASED else None,
        _field(words, "per", options.per(words, indicator), query.per),
        _listed(words, "prices", deflated, query.prices) if indicator.is_money else None,
        _listed(words, "members", (), query.members),
        _listed(words, "coverage", options.PARTS, query.coverage) if query.members else None,
        _field(words, "rule", options.rules(words, query), query.rule, usual="official_first"),
        _field(words, "carry", options.carried(words), str(query.carry), usual="0"),
        _listed(words, "rounding", (), query.rounding),
        _listed(words, "as_of", held.days["day"].to_list(), query.as_of),
        *_people(words, held, found),
    ]


def _people(words: Wording, held: Choices, found: Found) -> list[Component | None]:
    """Sex and partner, where there are several."""
    query = found.asked.query
    sexes = {*held.by("sex"), "_T", query.sex}
    partners = sorted({*held.by("counterpart_area"), query.partner or "_Z"})
    listed = [options.option(words, "sex", s) for s in ("_T", "F", "M") if s in sexes]
    several = len(partners) > 1 or query.partner
    return [
        _field(words, "sex", listed, query.sex, usual="_T") if len(listed) > 1 else None,
        _listed(words, "partner", partners, query.partner) if several else None,
    ]


def _listed(words: Wording, field: str, codes: Sequence[object], value: object) -> Component:
    """A field that may be None: its own values, and `codes`; what is set is among them in any case."""
    offered = options.plain(words, field, codes)
    if value is not None and str(value) not in {o["value"] for o in offered}:
        offered.append(options.option(words, field, value))
    return _field(words, field, offered, None if value is None else str(value))


def _field(
    words: Wording,
    field: str,
    offered: list[Option],
    value: str | None,
    *,
    usual: str = wishes.NONE,
    search: bool = False,
) -> Component:
    usual = "as_reported" if field == "currency" else usual
    title = words.text(wishes.TITLES[field])
    return _one(words, field, title, offered, value or wishes.NONE, usual=usual, search=search)


def _one(
    words: Wording,
    name: str,
    title: str,
    offered: list[Option],
    value: str,
    *,
    usual: str | None = None,
    search: bool = False,
) -> Component:
    return controls.one_of(words, name, title, offered, value, usual=usual, search=search)


def _year(words: Wording, name: str, years: Sequence[int], value: int | None, empty: str) -> Component:
    offered: list[Option] = [{"label": str(y), "value": str(y)} for y in years]
    title = words.text(wishes.TITLES[name])
    return controls.optional(words, name, title, offered, str(value) if value else None, empty)


def chips(view: View, found: Found) -> Component | None:
    """What is set of the fields that are not in view; each a link that takes it back."""
    words, query = view.words, found.asked.query
    usual = type(query)(query.indicator)
    listed = []
    for field in FURTHER:
        value = getattr(query, field)
        if value != getattr(usual, field):
            said = f"{words.text(wishes.TITLES[field])}: {wishes.says(words, field, value)}"
            away = link(
                [said, html.Span("×", className="cross")],
                asking.changed(view, **{field: None}),
                "chip stay",
                words.text("Take back: {what}", what=said),
            )
            listed.append(html.Li(away))
    if not listed:
        return None
    return html.Ul(listed, className="set-besides", **named(words.text("Set besides")))
