"""The pack opened from a file in a browser without a network: it shows, and it asks for nothing."""

import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pytest

from dashboard.present.content import slide
from dashboard.present.spoken import spoken
from dashboard.wording import wording
from exports.offline.pack import Viewer, pack
from exports.slides.spec import BadDeck
from exports.table import LOCALE, table
from indicators.answer import answer
from indicators.language import speak
from indicators.query import Query
from tests.browser.install import find

ASSETS = Path(__file__).parents[3] / "dashboard" / "assets"
PARTS = ("base", "file", "slide", "show")
AREAS = ("KAZ", "UZB", "AZE")
EVIL = '</script><script>window.hit = 1</script><img src="https://tracker.example/a.png">'
OPENED = """
import json, sys
from playwright.sync_api import sync_playwright
flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]
with sync_playwright() as driver:
    page = driver.chromium.launch(executable_path=sys.argv[1], args=flags).new_context(offline=True).new_page()
    asked, wrong = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: wrong.append(m.text))
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto("file://" + sys.argv[2])
    page.wait_for_selector(".show.drawn", timeout=60_000)
    shown = page.inner_text(".slide.on")
    marks = page.locator(".slide.on .scatterlayer .point").count()
    page.keyboard.press("End")
    lands = page.locator(".slide.on .choroplethlayer path").count()
    page.keyboard.press("Escape")
    loaded = "[...document.fonts].some(f => f.status === 'loaded')"
    said = [page.evaluate("window.hit || 0"), page.evaluate(loaded)]
    refused = page.evaluate("fetch('https://tracker.example/').then(() => 'sent', () => 'refused')")
    print(json.dumps({"asked": [u for u in asked if not u.startswith("data:")], "wrong": wrong[:3], "shown": shown,
                      "marks": marks, "lands": lands, "said": said, "refused": refused,
                      "under": page.inner_text("#pack")[:400]}))
"""


@cache
def viewer(release):
    plotly = Path(find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"
    return Viewer(
        scripts=[(ASSETS / f"present-{part}.js").read_text("utf-8") for part in PARTS],
        styles=[(ASSETS / name).read_text("utf-8") for name in ("style.css", "present.css")],
        plotly=plotly.read_text("utf-8"),
        told=spoken(wording("kk"), release),
        geometry={"world_110m": (ASSETS / "topojson" / "world_110m.json").read_text("utf-8")},
    )


CHROMIUM = find()
"""Looked for once, before a test of the same process drives a browser."""


@pytest.fixture(scope="module")
def tables(store, catalogue):
    asked = (
        Query("exports_services", AREAS, lang="kk"),
        Query("exports_services", currency="USD", since=2024, lang="kk"),
    )
    return [table(answer(q, store, catalogue), store, catalogue) for q in asked]


@pytest.fixture(scope="module")
def deck(releases, catalogue):
    addresses = (
        "/explore?indicator=exports_services&areas=KAZ,UZB,AZE&lang=kk",
        "/explore?indicator=exports_services&chart=map&currency=USD&lang=kk",
    )
    slides = []
    for address in addresses:
        content = slide(releases, catalogue, address, "chart", "", date(2026, 11, 22))
        slides.append({
            "id": "0", "kind": "chart", "address": content["address"], "unit": content["unit"],
            "title": content["title"], "annotation": EVIL, "notes": "", "content": content,
        })  # fmt: skip
    return {
        "format": "cei-deck", "version": 1, "name": f"Топтама {EVIL}", "language": "kk", "ratio": "16:9",
        "dark": False, "created": "2026-11-22T00:00:00Z", "saved": "2026-11-22T00:00:00Z", "releases": [],
        "slides": slides,
    }  # fmt: skip


@pytest.fixture(scope="module")
def page(deck, tables, store):
    return pack(json.dumps(deck).encode(), tables, viewer(store.release.id))


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
def test_it_opens_from_a_file_without_a_network_and_asks_for_nothing(page, tables, tmp_path):
    path = tmp_path / "pack.html"
    path.write_bytes(page)
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(CHROMIUM), str(path)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    assert seen["asked"] == [f"file://{path}"]
    assert [w for w in seen["wrong"] if "tracker" not in w] == []
    assert tables[0].title in seen["shown"]
    assert EVIL in seen["shown"]  # as text
    assert seen["marks"] >= tables[0].frame.filter("is_headline").height
    assert seen["lands"] > 50
    assert seen["said"] == [0, True]
    assert seen["refused"] == "refused"
    assert "Мәндер және олардың паспорттары" in seen["under"]


def test_every_claim_stands_in_it_with_what_was_printed(page, tables):
    said = page.decode()
    rows = [
        [unescape(re.sub("<[^>]+>", "", c)) for c in re.findall("<td.*?</td>", row)]
        for row in said.split("<tr>")
    ]
    by_id = {next((c for c in reversed(r) if c in ids), ""): r for ids in [_ids(tables)] for r in rows}
    language = speak("kk", LOCALE)
    for found in tables:
        for row in found.frame.iter_rows(named=True):
            shown = by_id[row["figure_id"]]
            assert row["ref_area_label"] in shown
            assert (row["reported_value"] or "") in shown
            assert row["reported_at"] in shown
            if row["value"] is not None:
                assert language.number(row["value"]) in shown


def _ids(tables):
    return {i for t in tables for i in t.frame["figure_id"]}


def test_it_holds_no_address_that_loads_and_is_the_same_twice(page, deck, tables, store):
    head = page[: page.index(b"<script")].decode()
    assert not re.search(
        r"""<(?:link|img|iframe)|@import|url\((?!["']?(?:data:|#))|@font-face\{[^}]*https?:""", head
    )
    assert "default-src 'none'" in unescape(head)
    assert "connect-src" not in head
    assert pack(json.dumps(deck).encode(), tables, viewer(store.release.id)) == page
    assert b"[en]" not in page[page.index(b'<main id="pack"') : page.index(b'id="pack-deck"')]
    assert len(page) < 4_000_000


def test_what_is_no_deck_is_refused(deck, tables, store):
    seen = viewer(store.release.id)
    for body, says in (
        (b"{", "no deck"),
        (b"[" * 100_000, "no deck"),
        (json.dumps(deck | {"format": "other"}).encode(), "cei-deck"),
        (json.dumps(deck | {"language": "xx"}).encode(), "'xx'"),
        (json.dumps(deck | {"slides": deck["slides"][:1]}).encode(), "1 slides and 2 tables"),
    ):
        with pytest.raises(BadDeck, match=says):
            pack(body, tables, seen)
