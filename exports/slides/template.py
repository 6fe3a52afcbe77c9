"""The deck on which slides are put: our own of either shape, or a ministry's, which is not trusted.

Of a template its masters, layouts and theme are taken; its slides are left out. It is refused before it
is opened where it is larger than a template needs to be, holds programs, or would fetch from elsewhere.
"""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu, Inches

LARGEST, LARGEST_INSIDE, MOST_PARTS = 20_000_000, 100_000_000, 2_000
LEAST = (5, 3)
"""Inches of the smallest slide on which a chart can be read."""
WIDE, NARROW = (Inches(13.333), Inches(7.5)), (Inches(10), Inches(7.5))
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
FEET = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER)
BODIES = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
_PROGRAM = re.compile(
    r"vbaproject|activex|/embeddings/.*\.(bin|exe|vbs|js)$|\.(exe|dll|vbs|js|bat|scr)$", re.I
)
_OUTSIDE = re.compile(rb'<Relationship\b[^>]*TargetMode\s*=\s*["\']External["\'][^>]*>', re.I)
_HYPERLINK = re.compile(rb'Type\s*=\s*["\'][^"\']*/hyperlink["\']', re.I)
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
MAIN = b"presentationml.presentation.main+xml"
TEMPLATE = b"presentationml.template.main+xml"


class BadTemplate(ValueError):
    """A template that is not used; says what was seen, what was expected and what to do."""


@dataclass(frozen=True)
class Ground:
    """Where slides are put.

    Attributes:
        deck: of python-pptx, without slides.
        layout: of every slide.
        own: whether it is our own, whose title we place.
    """

    deck: Any
    layout: Any
    own: bool

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in EMU."""
        return int(self.deck.slide_width), int(self.deck.slide_height)


def ground(ratio: str, template: bytes | None = None) -> Ground:
    """An empty deck.

    Args:
        ratio: "16:9" or "4:3", of our own.
        template: a ministry's .pptx or .potx, or None.

    Raises:
        BadTemplate: it is not used.
    """
    if template is None:
        return _own(ratio)
    try:
        return _theirs(Presentation(BytesIO(_safe(template))))
    except BadTemplate:
        raise
    except Exception as fault:  # what a library trips over is a fault of the file, wherever it shows
        raise BadTemplate(
            f"the template does not open as PowerPoint's ({fault}): save it anew as .pptx"
        ) from None


def _theirs(deck: Any) -> Ground:
    wide, tall = (round(v / Inches(1), 1) for v in (deck.slide_width, deck.slide_height))
    if wide < LEAST[0] or tall < LEAST[1]:
        raise BadTemplate(
            f"slides of the template measure {wide} by {tall} inches: at least {LEAST[0]} by {LEAST[1]}"
        )
    _emptied(deck)
    layouts = [layout for master in deck.slide_masters for layout in master.slide_layouts]
    if not layouts:
        raise BadTemplate("the template has no layout: add one in its slide master, and save it as .pptx")
    return Ground(deck, min(layouts, key=_fit), own=False)


def _own(ratio: str) -> Ground:
    deck = Presentation()
    width, height = WIDE if ratio == "16:9" else NARROW
    stretch = width / deck.slide_width
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    for holder in (*deck.slide_masters, *deck.slide_layouts):
        for shape in holder.shapes:
            if shape.element.find(".//{*}xfrm") is not None:
                shape.left, shape.width = Emu(int(shape.left * stretch)), Emu(int(shape.width * stretch))
    return Ground(deck, next(la for la in deck.slide_layouts if la.name == "Title Only"), own=True)


def _of(layout: Any, kinds: tuple[Any, ...]) -> list[Any]:
    return [p for p in layout.placeholders if p.placeholder_format.type in kinds]


def _fit(layout: Any) -> tuple[int, int]:
    """How well a layout serves a chart: a plain title, any title, none; with as little else as can be."""
    titles = [p.placeholder_format.type for p in _of(layout, TITLES)]
    others = [p for p in layout.placeholders if p.placeholder_format.type not in (*TITLES, *FEET)]
    return 0 if PP_PLACEHOLDER.TITLE in titles else 1 if titles else 2, len(others)


def _emptied(deck: Any) -> None:
    """The deck without its slides; their parts go with the last reference to them."""
    listed = deck.slides._sldIdLst
    for entry in list(listed):
        deck.part.drop_rel(entry.rId)
        listed.remove(entry)
    for sections in deck.part._element.xpath('.//*[local-name()="sectionLst"]'):
        extension = sections.getparent()
        extension.getparent().remove(extension)


def _safe(template: bytes) -> bytes:
    """The template, proven harmless; a .potx as a .pptx."""
    if len(template) > LARGEST:
        raise BadTemplate(
            f"the template has {len(template):,} bytes: at most {LARGEST:,}; make its pictures smaller"
        )
    try:
        archive = zipfile.ZipFile(BytesIO(template))
        parts = archive.infolist()
        _measured(parts)
        bodies = {part.filename: _inside(archive, part) for part in parts}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as fault:
        raise BadTemplate(f"the template is no .pptx, or it is cut off or locked ({fault})") from None
    _quiet({name: body for name, body in bodies.items() if name.lower().endswith((".xml", ".rels"))})
    kinds = bodies.get("[Content_Types].xml", b"")
    if MAIN in kinds or TEMPLATE in kinds:
        return _packed(bodies | {"[Content_Types].xml": kinds.replace(TEMPLATE, MAIN)})
    raise BadTemplate(
        "the template is no presentation without programs: save it as .pptx or .potx, not .pptm"
    )


def _measured(parts: list[zipfile.ZipInfo]) -> None:
    inside = sum(p.file_size for p in parts)
    if len(parts) > MOST_PARTS or inside > LARGEST_INSIDE:
        raise BadTemplate(
            f"the template holds {len(parts):,} parts of {inside:,} bytes: at most {MOST_PARTS:,} of "
            f"{LARGEST_INSIDE:,}; take its pictures and slides out"
        )
    if len({p.filename.lower() for p in parts}) < len(parts):
        raise BadTemplate("the template holds a part twice: save it anew in PowerPoint")
    for part in parts:
        name = part.filename
        if ".." in name.split("/") or name.startswith("/") or "\\" in name:
            raise BadTemplate(f"the template has a part outside itself: {name[:80]}")
        if _PROGRAM.search(name):
            raise BadTemplate(f"the template holds a program ({name[:80]}): save it as .pptx without macros")


def _quiet(texts: dict[str, bytes]) -> None:
    for name, text in texts.items():
        if _DOCTYPE.search(text) or b"\x00" in text[:200]:
            raise BadTemplate(
                f"{name[:80]} in the template declares a document type: save it anew in PowerPoint"
            )
        outside = [r for r in _OUTSIDE.findall(text) if not _HYPERLINK.search(r)]
        if outside:
            raise BadTemplate(
                f"{name[:80]} in the template fetches from elsewhere: embed its pictures, then save it"
            )


def _inside(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, and no more of it than the archive says it has: what unpacks to more is never unpacked."""
    with archive.open(part) as file:
        return file.read(part.file_size + 1)


def _packed(bodies: dict[str, bytes]) -> bytes:
    """An archive of what was read, so that nobody unpacks the one that was sent again."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name, body in bodies.items():
            new.writestr(name, body)
    return target.getvalue()
