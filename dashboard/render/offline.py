"""A deck as one file that opens without a network: the show of the site, its figures and their passports."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from dashboard.parts import library
from dashboard.present.spoken import spoken
from dashboard.render.answered import Answers, Shown, each
from dashboard.render.deck import FORMAT, VERSION, Deck, Wanted
from dashboard.render.pictures import WORLD
from dashboard.wording import Wording, wording
from exports.offline import pack

ASSETS = Path(__file__).parents[1] / "assets"
SCRIPTS = ("present-base.js", "present-file.js", "present-slide.js", "present-show.js")
"""What the show is made of, in its order."""
STYLES = ("style.css", "present.css")


def html(deck: Deck, answers: Answers, words: Wording) -> bytes:
    """The page.

    Raises:
        BadRequest: a slide asks for what there is not.
    """

    def made(wanted: Wanted) -> tuple[object, Shown | None]:
        return answers.content(wanted, deck.language), answers.shown(wanted, deck.language)

    found = each(deck, words, made)
    today = datetime.combine(answers.today, datetime.min.time(), UTC).isoformat()
    slides = [
        {"id": str(at), **asdict(wanted), "content": content}
        for at, (wanted, (content, _)) in enumerate(zip(deck.slides, found, strict=True))
    ]
    tables = [shown.table if shown else None for _, shown in found]
    file = {
        "format": FORMAT, "version": VERSION, "name": deck.name, "language": deck.language,
        "ratio": deck.ratio, "dark": deck.dark, "created": today, "saved": today,
        "releases": sorted({t.release for t in tables if t}), "slides": slides,
    }  # fmt: skip
    written = json.dumps(file, ensure_ascii=False).encode()
    return pack.pack(written, tables, viewer(deck.language))


@cache
def viewer(language: str) -> pack.Viewer:
    """The show, with its words in a language."""
    return pack.Viewer(
        scripts=[(ASSETS / name).read_text("utf-8") for name in SCRIPTS],
        styles=[(ASSETS / name).read_text("utf-8") for name in STYLES],
        plotly=library("plotly.js").read_text("utf-8"),
        told=spoken(wording(language), ""),
        geometry={WORLD.stem: WORLD.read_text("utf-8")},
    )
