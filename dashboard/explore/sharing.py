"""What a reader takes along: an address that follows the newest release, or one that stays with this."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.aria import link, named
from dashboard.explore import asking
from dashboard.route import View
from indicators.store import Store


def sharing(view: View, store: Store) -> Component:
    """Two addresses of this answer to copy; without a script they are links to it."""
    words = view.words
    whole = asking.completed(view)
    rolling = replace(whole, release="").with_passport(None)
    frozen = replace(whole, release=store.release.id).with_passport(None)
    copied = words.text("Copied")
    ways = [
        (rolling, words.text("Copy link"), words.text("Its figures follow the newest release.")),
        (frozen, words.text("Copy frozen link"), words.text("Its figures stay those of this release.")),
    ]
    items = [
        html.Li(link([html.Span(says), html.Span(copied, className="copied")], address, "copy-link", title))
        for address, says, title in ways
    ]
    said = html.Span("", className="copy-said", role="status")
    return html.Div([html.Ul(items), said], className="sharing", **named(words.text("Take along")))
