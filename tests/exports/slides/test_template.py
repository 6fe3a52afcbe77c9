"""A ministry's own template: used as it is where it is harmless, refused with a reason where it is not."""

import struct
import tracemalloc
import zipfile
import zlib
from datetime import date
from io import BytesIO

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from exports.slides.deck import pptx
from exports.slides.spec import Deck, Slide
from exports.slides.template import LARGEST, BadTemplate, ground

DECK = Deck("A deck", (Slide("text", title="Title", annotation="Words"),), "en", date(2026, 11, 22))


def template(*, kind=None, extra=(), replaced=(), slides=1):
    """A template of our own making, with parts put in or changed."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(11), Inches(8)
    for _ in range(slides):
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "A slide of theirs"
    first = BytesIO()
    made.save(first)
    target = BytesIO()
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            for name, before, after in replaced:
                body = body.replace(before, after) if part.filename == name else body
            if kind and part.filename == "[Content_Types].xml":
                body = body.replace(b"presentation.main+xml", kind)
            new.writestr(part.filename, body)
        for name, body in extra:
            new.writestr(name, body)
    return target.getvalue()


def test_its_size_and_masters_are_kept_and_its_slides_left_out():
    body = pptx(DECK, template(slides=2))
    made, archive = Presentation(BytesIO(body)), zipfile.ZipFile(BytesIO(body))
    assert (made.slide_width, made.slide_height) == (Inches(11), Inches(8))
    assert [s.shapes.title.text_frame.text for s in made.slides] == ["Title"]
    assert b"A slide of theirs" not in b"".join(archive.read(name) for name in archive.namelist())


def test_a_potx_is_a_template():
    assert pptx(DECK, template(kind=b"template.main+xml"))


RELATIONS = "ppt/_rels/presentation.xml.rels"
OUTSIDE = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    b'Target="https://tracker.example/a.png" TargetMode="External"/></Relationships>'
)
HOSTILE = {
    "no archive": (b"not a zip", "no .pptx"),
    "cut off": (template()[:9_000], "no .pptx"),
    "too large": (b"0" * (LARGEST + 1), "at most"),
    "a bomb": (template(extra=[("ppt/media/a.bin", b"0" * 101_000_000)]), "at most"),
    "many parts": (template(extra=[(f"ppt/a{n}.txt", b"") for n in range(2_100)]), "at most"),
    "macros": (template(extra=[("ppt/vbaProject.bin", b"x")]), "macros"),
    "a .pptm": (template(kind=b"macroEnabled.main+xml"), "pptm"),
    "a program": (template(extra=[("ppt/embeddings/oleObject1.bin", b"x")]), "program"),
    "a path": (template(extra=[("../../etc/passwd", b"x")]), "outside itself"),
    "a link": (template(replaced=[(RELATIONS, b"</Relationships>", OUTSIDE)]), "elsewhere"),
    "an entity": (
        template(replaced=[("ppt/presentation.xml", b"<p:presentation", b"<!DOCTYPE a><p:presentation")]),
        "document type",
    ),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_template_is_refused_with_a_reason(name):
    body, says = HOSTILE[name]
    with pytest.raises(BadTemplate, match=says):
        ground("16:9", body)


def plain(size=None, without="", after=lambda archive: None):
    """A template of python-pptx's own, of another size or without a part."""
    deck = Presentation()
    if size:
        deck.slide_width, deck.slide_height = size
    first, target = BytesIO(), BytesIO()
    deck.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not without or without not in name:
                new.writestr(name, old.read(name))
        after(new)
    return target.getvalue()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: plain(without="slideMaster1.xml"), "does not open"),
        (lambda: plain((Inches(2), Inches(1))), r"2\.0 by 1\.0 inches"),
    ],
)
def test_a_template_without_its_master_or_too_small_is_refused_with_the_reason(made, said):
    with pytest.raises(BadTemplate, match=said):
        ground("16:9", made())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_there_twice_is_refused():
    with pytest.raises(BadTemplate, match="twice"):
        ground("16:9", plain(after=lambda archive: archive.writestr("ppt/presentation.xml", b"<x/>")))


def test_a_part_that_unpacks_to_more_than_it_says_is_not_unpacked():
    size = 60_000_000
    lying = bytearray(plain(after=lambda archive: archive.writestr("ppt/media/large.png", b"\0" * size)))
    at = lying.rfind(b"PK\1\2")
    struct.pack_into("<I", lying, at + 24, 1_000)
    struct.pack_into("<I", lying, at + 16, zlib.crc32(b"\0" * 1_000))
    tracemalloc.start()
    assert ground("16:9", bytes(lying)).deck is not None
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < size / 2


def test_a_title_that_no_layout_places_stands_where_ours_does():
    bare = [
        (f"ppt/slide{kind}.xml", before, after)
        for kind in ("Masters/slideMaster1", *(f"Layouts/slideLayout{n}" for n in range(1, 12)))
        for before, after in ((b"<a:xfrm>", b"<!--"), (b"</a:xfrm>", b"-->"))
    ]
    slide = Presentation(BytesIO(pptx(DECK, template(replaced=bare)))).slides[0]
    assert slide.shapes.title.text_frame.text == "Title"
    assert slide.shapes.title.height > 0


def untitled():
    """A template whose layouts and master have no place for a title, as designers of letterheads make them."""
    deck = Presentation()
    for holder in (*deck.slide_masters, *deck.slide_layouts):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
                shape._element.getparent().remove(shape._element)
    target = BytesIO()
    deck.save(target)
    return target.getvalue()


def test_a_template_without_any_title_gets_a_title_that_an_outline_and_a_screen_reader_find():
    made = Presentation(BytesIO(pptx(DECK, untitled())))
    title = made.slides[0].shapes.title
    assert title.text_frame.text == "Title"
    assert title.placeholder_format.type == PP_PLACEHOLDER.TITLE
    assert 0 < title.left < title.left + title.width < made.slide_width
    words = [s for s in made.slides[0].shapes if s.has_text_frame and s.text_frame.text == "Words"]
    assert words[0].top >= title.top + title.height
    assert len({shape.shape_id for shape in made.slides[0].shapes}) == len(made.slides[0].shapes)


def test_of_layouts_with_and_without_a_title_one_with_a_title_is_taken():
    assert ground("16:9", template()).layout.name == "Title Only"
    deck, target = Presentation(), BytesIO()
    for layout in list(deck.slide_layouts):
        deck.slide_layouts.remove(layout)
    deck.save(target)
    with pytest.raises(BadTemplate, match="no layout"):
        ground("16:9", target.getvalue())
