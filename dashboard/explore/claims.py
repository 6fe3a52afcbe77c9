"""Every figure of an answer, one claim a row, in a grid that sorts, filters, pins and selects."""

from dash.development.base_component import Component

from dashboard import figures
from dashboard.explore.answering import Found
from dashboard.route import View


def all_figures(view: View, found: Found) -> list[Component]:
    """The grid."""
    return [figures.listed(view, found.answer.frame.to_dicts())]
