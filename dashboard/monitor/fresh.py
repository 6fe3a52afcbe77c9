"""How fresh a figure is, in words: published, next expected, overdue; and from what that is read."""

from dash import html
from dash.development.base_component import Component

from dashboard.wording import Wording
from indicators.freshness import Basis, Due, Freshness
from indicators.language import ended


def line(words: Wording, fresh: Freshness) -> list[Component | str]:
    """Published and next expected, as one line of a card."""
    published = (
        words.text("Published {day}", day=words.day(fresh.published))
        if fresh.published
        else words.text("Publication not dated")
    )
    return [published, " · ", due(words, fresh)]


def due(words: Wording, fresh: Freshness) -> Component:
    """Whether the next figure should be there."""
    if fresh.next is None:
        return html.Span(words.text("next not known"))
    month = words.language.month(fresh.next)
    if fresh.due == Due.OVERDUE:
        return html.Span(words.text("overdue since {month}", month=month), className="late")
    if fresh.due == Due.AWAITED:
        return html.Span(words.text("awaited since {month}", month=month), className="late")
    return html.Span(words.text("next expected {month}", month=month))


def reasons(words: Wording, fresh: Freshness, known: str) -> list[str]:
    """Sentences: when we had it, and why the next one is expected then.

    Args:
        words: of the reader.
        fresh: of the figure.
        known: the newest day of which the release knows anything, written out.
    """
    said = [ended(words.text("Retrieved {day}.", day=words.day(fresh.retrieved)).removesuffix("."))]
    if fresh.basis == Basis.PUBLISHED:
        said.append(
            words.plural(
                "Its publisher has stated it every {n} day so far (median): the next is counted from that.",
                "Its publisher has stated it every {n} days so far (median): the next is counted from that.",
                fresh.gap or 0,
            )
        )
    elif fresh.basis == Basis.PERIODS:
        said.append(
            words.plural(
                "It has a figure for every {n} day (median): the next is counted from its publication.",
                "It has a figure for every {n} days (median): the next is counted from its publication.",
                fresh.gap or 0,
            )
        )
    else:
        said.append(words.text("Its publisher shows no rhythm or gives no dates: the next day is not known."))
    if fresh.due == Due.AWAITED:
        said.append(words.text("This release knows nothing after {day}; a newer one may hold it.", day=known))
    return said
