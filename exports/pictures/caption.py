"""The words that travel inside a picture: title, source, release and licence of its figures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from exports.pictures.painter import WIDTH, Drawing
from exports.slides import foot
from exports.table import Table
from indicators.language import Language


def captioned(
    table: Table,
    figure: Mapping[str, Any],
    taken: date,
    *,
    title: str = "",
    subtitle: str = "",
    config: Mapping[str, Any] | None = None,
    width: int = WIDTH,
) -> Drawing:
    """A chart of the figures of a table, with their words in its language.

    Args:
        table: whose headlines the chart shows.
        figure: the chart of the page, data and layout.
        taken: the day on which the figures were taken.
        title: instead of the name of the indicator.
        subtitle: the unit, and what else stands under the title on the page.
        config: of Plotly, with the formats of the language.
        width: in pixels.
    """
    language, rows = table.language, table.frame.filter("is_headline").select(_SAID).to_dicts()
    said = [foot.source(language, rows), foot.origin(language, table.release, taken)]
    return Drawing(
        figure=figure,
        title=title or table.title,
        subtitle=subtitle,
        source=foot.sentences(*said),
        licence=licence(language, table),
        config=config or {},
        width=width,
        language=language.code,
    )


def licence(language: Language, table: Table) -> str:
    """Under which terms the publishers let their figures be used, as they say it."""
    stated = [
        str(row) for row in table.publications["licence"].drop_nulls().unique(maintain_order=True) if row
    ]
    if not stated:
        return language.text("Licence: not stated by the publisher")
    return language.text("Licence: {licences}", licences="; ".join(stated))


_SAID = ("publisher", "published_on")
