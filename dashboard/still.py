"""Still parts of a page: drawn as one component, however many numbers they hold.

The Dash renderer does work for every component whenever a component appears, so that a page of 2,000
elements takes ten seconds to draw (measured with 4.4.1). A page is written with the usual
components; `fold` then hands every part without a control or a chart to assets/still.js as one
tree, which React draws in milliseconds. Text stays text there: no HTML is ever made of strings.

What is sent is `plain`: dicts and lists alone, which orjson writes as they are. With a component among
them it cannot, and the whole page, its figures and its rows are walked through in Python first, which
took as long as a third of the answer.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from dash.development.base_component import Component

from dashboard.scripted import Scripted


class Still(Scripted):
    """A tree of plain elements.

    Attributes:
        tree: components of `dash.html`, dcc.Link, text, None, or a list of these.
    """

    def __init__(self, tree: Any = None) -> None:
        super().__init__(tree=tree)


class Live(Scripted):
    """A place whose content follows the address; `live` says what it is given.

    Attributes:
        id: of the callback that fills it.
        tree: what is shown.
    """

    def __init__(self, id: str, tree: Any) -> None:
        super().__init__(id=id, tree=tree)


def live(parts: Any, address: list[str] | None = None, stays: str = "") -> dict[str, Any]:
    """What `Live` shows.

    Args:
        parts: components.
        address: path and query that they answer; what answers an address that was left is not drawn.
        stays: name of what is changed in place; what has another name, or none, is made anew.
    """
    return {"address": address, "stays": stays, "parts": plain(fold(parts))}


def fold(part: Any) -> Any:
    """The same page with each run of still parts as one component."""
    lives, folded = _folded(part)
    if lives:
        return folded
    if not isinstance(part, list | tuple):
        return Still(part)
    there = [one for one in part if one is not None]
    return [Still(there)] if there else []


def _folded(part: Any) -> tuple[bool, Any]:
    """Whether a part is or holds a component that the Dash renderer must know; it, folded where it does."""
    if part is None or isinstance(part, str):
        return False, part
    if isinstance(part, list | tuple):
        return _fold_all(part)
    if _is_live(part):
        return True, part
    if not isinstance(part, Component):
        return False, part
    lives, inside = _folded(getattr(part, "children", None))
    if lives:
        part.children = inside
    return lives, part


def _fold_all(parts: Sequence[Any]) -> tuple[bool, Any]:
    each = [_folded(part) for part in parts]
    if not any(lives for lives, _ in each):
        return False, parts
    folded: list[Any] = []
    for lives, run in groupby(each, key=itemgetter(0)):
        there = [one for _, one in run if one is not None]
        folded += there if lives or not there else [Still(there)]
    return True, folded


def _is_live(part: Any) -> bool:
    """Whether it is a component of our own scripts, which are all live but for Still itself."""
    return getattr(part, "_namespace", "") == Still._namespace and not isinstance(part, Still)


def plain(part: Any) -> Any:
    """A part of a page as it is sent: its components as dicts, their data as they are.

    Args:
        part: components, text, None, or lists of these.
    """
    if part is None or isinstance(part, str):
        return part
    if isinstance(part, list | tuple):
        return [plain(p) for p in part]
    if not isinstance(part, Component):
        return part
    names: Any = part._prop_names
    props = {k: v for k, v in part.__dict__.items() if k in names or k.startswith(_WILDCARDS)}
    for inner in _INNER:
        if inner in props:
            props[inner] = plain(props[inner])
    return {"props": props, "type": part._type, "namespace": part._namespace}


_INNER = ("children", "tree")
"""Properties that hold further components."""
_WILDCARDS = ("data-", "aria-")
