"""A deck as a PDF: the slides of the show, one a page, on white; charts as vectors."""

from base64 import b64encode
from collections.abc import Sequence
from copy import deepcopy
from html import escape
from typing import Any

from dashboard import theme
from dashboard.present.content import Content
from dashboard.present.large import GROWTH
from dashboard.render import pictures
from dashboard.render.answered import Answers, each
from dashboard.render.deck import Deck, Wanted
from dashboard.render.offline import ASSETS
from dashboard.wording import Wording, wording
from exports import fonts
from exports.pictures import printed
from exports.pictures.painter import EDGE, Drawing, Painter

STAGE = {"16:9": (1920, 1080), "4:3": (1440, 1080)}
BESIDE, TALL, STRETCH = 144, 640, 3.4
"""Pixels left and right of a chart; its usual height; how much taller than on its page it may be."""
CROWDED, TALLEST = 1_400, 4_000
"""Pixels from which on a chart keeps its own height and is made smaller as a whole; and at most so many."""
LINE = 36
"""Pixels between two names at the ends of lines."""


def pdf(deck: Deck, answers: Answers, words: Wording) -> bytes:
    """The deck as a PDF.

    Args:
        deck: what the reader has.
        answers: where its slides are answered from.
        words: of the faults.

    Raises:
        BadRequest: a slide asks for what there is not.
        NoBrowser, Stopped, Refused: as exports.pictures.browser says them.
    """
    contents = each(deck, words, lambda wanted: answers.content(wanted, deck.language))
    painter, width = pictures.painter(), STAGE[deck.ratio][0]
    pages = [
        _page(deck, wanted, content, _body(painter, content, width) if content else "", f"{n}")
        for n, (wanted, content) in enumerate(zip(deck.slides, contents, strict=True), 1)
    ]
    size = f"{width}px {STAGE[deck.ratio][1]}px"
    style = (ASSETS / "present.css").read_text("utf-8")
    page = (
        f'<!doctype html><html lang="{deck.language}"><head><meta charset="utf-8">'
        f"<title>{escape(deck.name)}</title><style>{fonts.css()}{style}"
        f"@page {{ size: {size}; margin: 0; }}{_LOOK}</style></head><body>{''.join(pages)}</body></html>"
    )
    return printed.settled(painter.browser.printed(page))


def _page(deck: Deck, wanted: Wanted, content: Content | None, body: str, number: str) -> str:
    """A slide, built as assets/present-slide.js builds it."""
    width, height = STAGE[deck.ratio]
    head = [f'<h2 class="slide-title">{escape(wanted.title)}</h2>']
    if content and content["subtitle"]:
        head.append(f'<p class="slide-subtitle">{escape(content["subtitle"])}</p>')
    if wanted.annotation:
        head.append(f'<p class="slide-says">{escape(wanted.annotation)}</p>')
    under, foot = [], []
    if content:
        dated = f", {content['dated']}" if content["dated"] else ""
        foot = [content["source"] + dated, content["origin"]]
        if content["left"]:
            under.append(f'<p class="slide-left">{escape(" · ".join(content["left"]))}</p>')
        under.append(_key(content["key"]))
    said = "".join(f"<p>{escape(line)}</p>" for line in foot)
    return (
        f'<div class="slide slide-{wanted.kind}" style="width:{width}px;height:{height}px">'
        f"<header>{''.join(head)}</header>{body}{''.join(under)}"
        f'<footer><div>{said}</div><p class="slide-place">{number}</p></footer></div>'
    )


def _key(entries: Sequence[Content]) -> str:
    items = [
        "<li>"
        + (f'<img src="{escape(e["glyph"])}" alt="">' if e["glyph"] else "")
        + f"<span>{escape(e['says'])}</span></li>"
        for e in entries
    ]
    return f'<ul class="slide-key">{"".join(items)}</ul>' if items else ""


def _body(painter: Painter, content: Content, width: int) -> str:
    if content["kind"] == "table":
        inside = _table(content["table"])
    elif content["kind"] == "kpi":
        inside = _figure(content["kpi"])
    else:
        svg = painter.svg(_drawing(content, width - BESIDE))
        address = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
        inside = f'<img class="chart" alt="{escape(content["name"])}" src="{address}">'
    return f'<div class="slide-body">{inside}</div>'


def _drawing(content: Content, width: int) -> Drawing:
    """The chart alone: its words stand around it on the slide."""
    figure = deepcopy(content["figure"])
    stated = content.get("height")
    height = min(TALL, round(stated * STRETCH)) if stated else TALL
    if stated and GROWTH * stated > CROWDED:  # many lines: small on the page, and not one over the other
        height = min(TALLEST, GROWTH * stated)
    margin = figure["layout"]["margin"]
    for side in ("l", "r"):
        margin[side] = min(margin.get(side, 0), width // 3)
    _apart(figure["layout"], height - margin.get("t", 0) - margin.get("b", 0))
    config = theme.config(wording(content["language"]).language)
    return Drawing(figure, "", "", config=config, width=width, height=height, language=content["language"])


def _apart(layout: dict[str, Any], pixels: int) -> None:
    """Names at the ends of lines, moved apart for the height that the paper has; as the show does it."""
    span = layout.get("yaxis", {}).get("range")
    ends = [
        a for a in layout.get("annotations", ())
        if a.get("xref") == "paper" and a.get("x") == 1 and a.get("yref") != "paper"
        and a.get("showarrow") is False and isinstance(a.get("y"), int | float)
    ]  # fmt: skip
    if not span or not ends:
        return
    floor = 0.0
    for place, end in sorted(
        (((a["y"] - span[0]) / (span[1] - span[0]) * pixels, a) for a in ends), key=lambda p: p[0]
    ):
        to = max(place, floor)
        end["yshift"] = round(to - place)
        floor = to + LINE


def _table(said: Content) -> str:
    head = "".join(f'<th scope="col">{escape(c)}</th>' for c in said["columns"])
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(c)}</td>" for c in rest)}</tr>'
        for first, *rest in said["rows"]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _figure(said: Content) -> str:
    before = f"<small>{escape(said['before'])} </small>" if said["before"] else ""
    after = f"<small> {escape(said['after'])}</small>" if said["after"] else ""
    facts = [said["when"], said["change"], said["hedge"], said["rivals"]]
    items = "".join(f"<li>{escape(f)}</li>" for f in facts if f)
    return (
        f'<div class="slide-figure"><p class="slide-number">{before}<span>{escape(said["number"])}</span>'
        f"{after}</p><ul>{items}</ul></div>"
    )


_LOOK = f"""
html, body, p, h2, ul {{ margin: 0; padding: 0; list-style: none; }}
body {{ font-family: "{fonts.FAMILY}", "Segoe UI", "Noto Sans", sans-serif; }}
.slide {{ break-after: page; }}
.slide:last-child {{ break-after: auto; }}
.slide .chart {{ width: calc(100% + {2 * EDGE}px); height: 100%; margin: 0 -{EDGE}px; object-fit: contain; }}
"""
