"""Of a group: who belongs to it, and the way to compare them."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.route import View
from indicators.convert import USD
from indicators.groups import Membership, former_members, members
from indicators.language import message
from indicators.query import Query

ROLES = (message("associate"), message("observer"), message("participant"))
"""Roles of group_member.csv besides member."""


def membership(view: View, area: str) -> list[Component]:
    """Of a group: who belongs to it, and the way to compare them."""
    now, words = members(area), view.words
    if not now:
        return []
    ordered = sorted(now, key=lambda m: words.language.order(words.label("area", m.area)))
    items = [
        html.Li([dcc.Link(words.label("area", m.area), href=view.links.monitor(m.area)), _role(view, m)])
        for m in ordered
    ]
    left = ", ".join(_former(view, m) for m in former_members(area))
    compared = view.links.explore(Query("exports_services", tuple(m.area for m in now), currency=USD))
    no_sum = words.text("What stands above is claimed of the group itself; it is no sum over its members.")
    return [
        html.Section(
            [
                html.H2(words.text("Members ({n})", n=len(now))),
                html.P(no_sum, className="quiet"),
                html.P(dcc.Link(words.text("Compare the members"), href=compared, className="action")),
                html.Ul(items, className="members"),
                html.P(words.text("Formerly: {areas}", areas=left), className="quiet") if left else None,
            ],
            className="theme",
        )
    ]


def _former(view: View, one: Membership) -> str:
    until = view.words.text("until {day}", day=view.words.day(one.until))
    return f"{view.words.label('area', one.area)} ({until})"


def _role(view: View, one: Membership) -> str:
    return "" if one.role == "member" else f" ({view.words.text(one.role)})"
