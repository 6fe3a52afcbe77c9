"""One slide on its ground: heading, remark, body, key, foot and the square that leads to its page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from struct import pack
from typing import Any
from xml.sax.saxutils import escape
from zlib import compress, crc32

import segno
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt

from exports.slides import look
from exports.slides.spec import Picture
from exports.slides.template import BODIES, FEET, TITLES, Ground

MARGIN, SQUARE = int(Inches(0.5)), int(Inches(0.8))
TITLE_TOP, TITLE_TALL = int(Inches(0.3)), int(Inches(0.8))
LINE = int(Inches(0.36))
FOOT_TALL = int(Inches(0.85))
LETTER = 0.6
"""Width of a letter as a part of its size: rather too wide, for a reader may lack the letters meant."""
MOST_LINES = 4
"""Of a subtitle, a remark and the key; what is longer is cut, and whole in the notes."""
SCALE, BORDER = 5, 2
"""Dots of a module of the square, and modules of its margin."""
MASK = 2
"""Of the square: any of eight can be read, and to try them all takes longer than a chart."""
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension of a picture that PowerPoint 2016 and later read (ECMA-376 extension, MS-ODRAWXML)."""

_SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Said:
    """The words around a body.

    Attributes:
        title, subtitle, annotation: from the top.
        key: marks in words and what is not shown, over the foot.
        foot: lines of source, release and address.
        link: the full address of its page, or nothing.
        notes: of the speaker.
        link_says: what the square is called.
    """

    title: str
    subtitle: str
    annotation: str
    key: Sequence[str]
    foot: Sequence[str]
    link: str
    notes: str
    link_says: str


class Page:
    """A slide being made, and the box that is left for its body."""

    def __init__(self, ground: Ground, said: Said) -> None:
        self.ground, self.said = ground, said
        self.slide = ground.deck.slides.add_slide(ground.layout)
        self.name = printable(", ".join(s for s in (said.title, said.subtitle) if s))
        self._media = len(ground.deck.slides)
        top = self._headed()
        bottom = self._footed()
        self.body: Box = (MARGIN, top, ground.size[0] - 2 * MARGIN, bottom - top)
        self.slide.notes_slide.notes_text_frame.text = printable(said.notes)

    def _headed(self) -> int:
        """Write title, subtitle and remark; where the body begins."""
        title = self.slide.shapes.title or self._titled()
        wide = self.ground.size[0]
        if self.ground.own:
            title.text_frame.margin_left = title.text_frame.margin_right = 0
        if self.ground.own or None in (title.left, title.top, title.width, title.height):
            title.left, title.top, title.width, title.height = (
                Emu(v) for v in (MARGIN, TITLE_TOP, wide - 2 * MARGIN, TITLE_TALL)
            )
        for other in list(self.slide.placeholders):
            if other.placeholder_format.type not in TITLES:
                other._element.getparent().remove(other._element)
        _write(title.text_frame, [self.said.title], _fitting(self.said.title, wide), look.INK, bold=True,
               plain=not self.ground.own)  # fmt: skip
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE if self.ground.own else None
        at = int(title.top + title.height)
        for text, size, ink in (
            (self.said.subtitle, look.SUBTITLE, look.QUIET),
            (self.said.annotation, look.SUBTITLE, look.INK),
        ):
            if text:
                written = cut(text, MOST_LINES, wide, size)
                tall = LINE * _lines(written, wide, size)
                self.text((MARGIN, at, wide - 2 * MARGIN, tall), [written], size, ink)
                at += tall
        return max(at, self._body_of_layout()[0])

    def _titled(self) -> Any:
        """A title on a layout that has none: a holder, so that outlines and screen readers find it."""
        tree = self.slide.shapes._spTree
        tree.append(parse_xml(
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{self.slide.shapes._next_shape_id}" name="Title"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>'
            "<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        ))  # fmt: skip
        return self.slide.shapes.title

    def _body_of_layout(self) -> tuple[int, int]:
        """Where a template's own body begins, and where its feet begin; ours end at the edge."""
        if self.ground.own:
            return 0, self.ground.size[1]
        kinds = [(p.placeholder_format.type, p) for p in self.ground.layout.placeholders]
        feet = [int(p.top) for kind, p in kinds if kind in FEET and p.top is not None]
        ends = [int(p.top + p.height) for kind, p in kinds if kind in BODIES and p.height is not None]
        bottom = self.ground.size[1]
        low = [f for f in feet if f > bottom * 0.7] or [e for e in ends if e > bottom * 0.7]
        return 0, min(low, default=int(bottom * 0.95))

    def _footed(self) -> int:
        """Write key, foot and the square; where the body ends."""
        wide, _ = self.ground.size
        bottom = self._body_of_layout()[1] - int(Inches(0.1))
        top = bottom - FOOT_TALL
        square = bool(self.said.link) and self.said.link.startswith(("https://", "http://"))
        across = wide - 2 * MARGIN - (SQUARE + int(Inches(0.15)) if square else 0)
        self.text((MARGIN, top, across, FOOT_TALL), self.said.foot, look.FOOT, look.QUIET)
        if square:
            self._square(wide - MARGIN - SQUARE, top)
        if self.said.key:
            text = cut(" · ".join(self.said.key), MOST_LINES, wide, look.FOOT)
            tall = int(Inches(0.22)) * _lines(text, wide, look.FOOT) + int(Inches(0.08))
            top -= tall
            self.text((MARGIN, top, wide - 2 * MARGIN, tall), [text], look.FOOT, look.INK)
        return top - int(Inches(0.05))

    def _square(self, left: int, top: int) -> None:
        target = BytesIO(_square_of(self.said.link))
        picture = self.slide.shapes.add_picture(target, Emu(left), Emu(top), Emu(SQUARE), Emu(SQUARE))
        _described(picture, self.said.link_says)
        picture.click_action.hyperlink.address = self.said.link

    def text(
        self, box: Box, lines: Sequence[str], size: Any, ink: str, *, bold: bool = False, middle: bool = False
    ) -> None:
        """A box of text."""
        shapes = self.slide.shapes
        number = shapes._next_shape_id
        left, top, width, height = (int(v) for v in box)
        written = _paragraphs(lines, size, ink, bold=bold, middle=middle)
        shapes._spTree.append(parse_xml(
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="TextBox {number - 1}"/>'
            '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
            f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>'
            '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
            f'anchor="{"ctr" if middle else "t"}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{written}'
            "</p:txBody></p:sp>"
        ))  # fmt: skip

    def chart(self, kind: Any, data: Any) -> Any:
        """A native chart over the whole body."""
        frame = self.slide.shapes.add_chart(kind, *(Emu(v) for v in self.body), data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", self.name)
        return frame.chart

    def picture(self, drawing: Picture, box: Box) -> None:
        """A drawing as large as the box allows; its vectors too, for programs that read them."""
        shape = self.slide.shapes.add_picture(BytesIO(drawing.png), Emu(box[0]), Emu(box[1]))
        ratio = min(box[2] / shape.width, box[3] / shape.height)
        shape.width, shape.height = Emu(int(shape.width * ratio)), Emu(int(shape.height * ratio))
        _described(shape, self.name)
        if drawing.svg:
            self._vectors(shape, drawing.svg)

    def _vectors(self, shape: Any, svg: bytes) -> None:
        part = self.slide.part
        uri = PackURI(f"/ppt/media/drawing{self._media}.svg")
        held = part.relate_to(Part(uri, "image/svg+xml", part.package, svg), RELATIONSHIP_TYPE.IMAGE)
        blip = shape._element.find(".//{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
        blip.append(parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            f'<a:ext uri="{SVG_USE}"><asvg:svgBlip xmlns:asvg="{SVG}" r:embed="{held}"/></a:ext></a:extLst>'
        ))  # fmt: skip


def _paragraphs(lines: Sequence[str], size: Any, ink: str, *, bold: bool, middle: bool) -> str:
    """Paragraphs as XML, for python-pptx takes eight times as long to put them together."""
    letters = (
        f'<a:rPr sz="{int(size.centipoints)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{ink}"/>'
        "</a:solidFill></a:rPr>"
    )
    place = f'<a:pPr algn="{"ctr" if middle else "l"}"/>'
    return "".join(
        f"<a:p>{place}" + (f"<a:r>{letters}<a:t>{escape(one)}</a:t></a:r>" if one else "") + "</a:p>"
        for line in (lines or [""])
        for one in printable(line).split("\n")
    )


@lru_cache(maxsize=256)
def _square_of(link: str) -> bytes:
    """The square that a telephone reads, as a picture of one bit a dot."""
    edge = "1" * BORDER * SCALE
    rows = [
        edge + "".join(("0" if module else "1") * SCALE for module in row) + edge
        for row in segno.make_qr(link, error="m", mask=MASK).matrix
    ]
    side = len(rows[0])
    quiet = ["1" * side] * BORDER * SCALE
    dots = [*quiet, *(row for row in rows for _ in range(SCALE)), *quiet]
    wide = -(-side // 8)
    packed = (int(row.ljust(wide * 8, "1"), 2).to_bytes(wide, "big") for row in dots)
    content = compress(b"".join(b"\0" + row for row in packed))
    head = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", content), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(body)) + kind + body + pack(">I", crc32(kind + body)) for kind, body in chunks
    )


def _described(shape: Any, says: str) -> None:
    shape._element.nvPicPr.cNvPr.set("descr", says)


def _write(
    frame: Any, lines: Sequence[str], size: Any, ink: str, *, bold: bool = False, plain: bool = False
) -> None:
    """Paragraphs of text; `plain` leaves the letters to the template."""
    frame.text = "\n".join(printable(line) for line in lines)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = size
            if not plain:
                run.font.bold = bold
                run.font.color.rgb = look.colour(ink)
        if not plain:
            paragraph.alignment = PP_ALIGN.LEFT


def printable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def _fitting(text: str, wide: int) -> Any:
    """A size in which a title stands in its box."""
    room = wide / Inches(13.333)
    return next((Pt(size) for size, most in ((28, 50), (20, 140)) if len(text) <= most * room), Pt(14))


def cut(text: str, most: int, wide: int, size: Any) -> str:
    """The text as far as it fits in so many lines; the notes hold the whole."""
    if _lines(text, wide, size) <= most:
        return text
    return text[: most * _letters(wide, size) - 2].rsplit(" ", 1)[0] + " …"


def _letters(wide: int, size: Any) -> int:
    """Letters in a line, rather one too few."""
    return int((wide - 2 * MARGIN) / (int(size) * LETTER))


def _lines(text: str, wide: int, size: Any) -> int:
    """Lines that a text will need, rather one too many."""
    return max(1, -(-len(text) // _letters(wide, size)))
