"""A fence around a part of a page: where one cannot be made, it says so, and the others stand."""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from uuid import uuid4

from dash.development.base_component import Component

from dashboard import kept, panels
from dashboard.route import View
from indicators.concepts.release import UnknownRelease
from indicators.holdings import UnknownFigure
from indicators.query import BadQuery

log = logging.getLogger(__name__)
ASKED_WRONGLY = (BadQuery, UnknownFigure, UnknownRelease)
"""What is wrong with the address, and so with the whole page."""
Given = ParamSpec("Given")
Made = TypeVar("Made")


def part(
    view: View, make: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Made | Component:
    """What `make` makes of the arguments; where it fails by a fault of ours, a panel that says so.

    Raises:
        BadQuery, UnknownFigure, UnknownRelease: the address is at fault, not this part.
    """
    try:
        return make(*args, **kwargs)
    except ASKED_WRONGLY:
        raise
    except Exception:
        return panels.part_failed(noted("part"), view.words)


def noted(what: str) -> str:
    """Write the fault that is being handled into the log; the reference by which it is found there."""
    reference = uuid4().hex[:8]
    log.exception("%s fault %s", what, reference)
    kept.passing()
    return reference
