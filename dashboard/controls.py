"""Controls write the address (site.write in assets/site.js); the address makes the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.choice import Choice
from dashboard.wording import Wording
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.store import Store

USUAL = {"currency": "as_reported", "chart": "line", "sex": "_T"}
"""What is usual is left out of the address."""
FORGETS = dict.fromkeys(("area", "sector", "region", "from", "to"), "page")
"""A control → the parameter that means nothing once it has changed: a filter starts a long list anew."""

Options = Sequence[Mapping[str, Any]]


def one_of(
    words: Wording,
    name: str,
    title: str,
    options: Options,
    value: str | None,
    *,
    search: bool = False,
    usual: str | None = None,
) -> Choice:
    """A list to choose one from; with `search`, one long enough to be searched; `usual` stays unwritten."""
    return _control("search" if search else "list", words, name, title, options, value, usual=usual)


def optional(
    words: Wording, name: str, title: str, options: Options, value: str | None, placeholder: str
) -> Choice:
    """A list to choose one from, or none."""
    return _control("list", words, name, title, options, value, clearable=True, placeholder=placeholder)


def some_of(
    words: Wording, name: str, title: str, options: Options, values: Sequence[str], placeholder: str
) -> Choice:
    """A list to choose several from."""
    return _control("search", words, name, title, options, list(values), multi=True, placeholder=placeholder)


def switch(name: str, title: str, options: Options, value: str) -> Choice:
    """Two or three choices side by side."""
    return Choice(_id(name), "switch", name=name, title=title, options=list(options), value=value)


def line(name: str, title: str, value: str, placeholder: str) -> Choice:
    """A line of text; it counts when it is left or entered."""
    return Choice(_id(name), "line", name=name, title=title, value=value, placeholder=placeholder)


def _control(
    kind: str,
    words: Wording,
    name: str,
    title: str,
    options: Options,
    value: Any,
    *,
    usual: str | None = None,
    **more: Any,
) -> Choice:
    says = {
        "search": words.text("Search"),
        "none": words.text("Nothing found"),
        "remove": words.text("Remove {name}"),
    }
    control = _id(name, usual)
    return Choice(
        control, kind, name=name, title=title, options=list(options), value=value, words=says, **more
    )


def _id(name: str, usual: str | None = None) -> dict[str, str]:
    """The id says all that the address needs to know of a control."""
    stays_out = USUAL.get(name, "") if usual is None else usual
    return {"control": name, "usual": stays_out, "forgets": FORGETS.get(name, "")}


def area_options(
    words: Wording, store: Store, kinds: Sequence[str] = ("country", "group", "former", "set")
) -> list[dict[str, str]]:
    """Areas with figures, groups first, then by name."""
    held = set(store.ask("coverage")["ref_area"].to_list())
    rows = [(code, codelist("area")[code]["kind"]) for code in held]
    named = [(kind != "group", words.label("area", code), code) for code, kind in rows if kind in kinds]
    ordered = sorted(named, key=lambda n: (n[0], words.language.order(n[1]), n[2]))
    return [{"label": name, "value": code} for _, name, code in ordered]


def indicator_options(words: Wording, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Indicators under their themes; one is found by its theme, its question and its English name too."""
    return [
        {
            "label": words.text(i.name),
            "value": i.id,
            "group": words.text(i.theme),
            "search": f"{words.text(i.theme)} {words.text(i.question)} {i.name}",
        }
        for i in catalogue
    ]
