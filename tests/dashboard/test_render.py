"""What leaves: the figures of the answer and of no file, faults as sentences, and nothing of a stranger's."""

import io
import json
import re
import subprocess
import sys
from datetime import date
from itertools import pairwise
from urllib.parse import quote, unquote

import pytest
from lxml import etree
from pptx import Presentation

from dashboard import site
from dashboard.pages import country
from dashboard.plots import lettered
from dashboard.render import deck as decks
from dashboard.render import paper, pictures, serve, sheet
from dashboard.render.answered import Answers, viewed
from dashboard.render.deck import MOST_SLIDES, BadRequest, read
from dashboard.render.powerpoint import _bare
from dashboard.wording import wording
from exports.pictures.browser import NoBrowser, Refused, Stopped
from exports.pictures.painter import Painter, _haloed, framed
from indicators.answer import answer
from indicators.language import languages
from indicators.query import Query
from tests.conftest import ROOT, needs_browser
from tests.dashboard.test_pages import nodes, text

LINE = "/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD"
MAP = "/explore?indicator=exports_services&chart=map&currency=USD"
FIGURE = "/?area=KAZ&indicator=gdp_share&passport=KAZ-056"
TWO = f"{LINE}&chart=scatter&second=gdp_share"


def slide(kind="chart", address=LINE, **more):
    return {"kind": kind, "address": address, "unit": "", "title": f"A {kind}", "annotation": "", "notes": "",
            **more}  # fmt: skip


def deck(*slides, **more):
    return {"format": "cei-deck", "version": 1, "name": "My deck", "language": "en", "ratio": "16:9",
            "dark": False, "slides": list(slides or [slide()]), **more}  # fmt: skip


@pytest.fixture(scope="module")
def client(releases, catalogue):
    return site.build(releases, catalogue).server.test_client()


def take(client, what, kind="pptx", lang="", template=None):
    form = {"deck": (io.BytesIO(json.dumps(what).encode()), "deck.json")}
    if template is not None:
        form["template"] = (io.BytesIO(template), "ours.pptx")
    return client.post(f"/present/taken?format={kind}&lang={lang}", data=form)


def texts(page):
    return "\n".join(s.text_frame.text for s in page.shapes if s.has_text_frame)


def test_powerpoint_has_native_charts_with_the_figures_of_the_answer(client, store, catalogue):
    response = take(client, deck(slide(notes="Say this"), slide("table"), slide("kpi", FIGURE),
                                 slide("text", annotation="Words"), slide(address=TWO)))  # fmt: skip
    assert response.status_code == 200, response.get_json()
    pages = Presentation(io.BytesIO(response.data)).slides
    made = answer(Query("exports_services_per_head", ("KAZ", "AZE", "UZB"), currency="USD"), store, catalogue)
    chart = next(s.chart for s in pages[0].shapes if s.has_chart)
    drawn = {
        p.name: dict(zip(chart.plots[0].categories, p.values, strict=True)) for p in chart.plots[0].series
    }
    stated = [r for r in made.headlines.to_dicts() if r["ref_area"] == "KAZ" and r["low"] is not None]
    assert drawn["Kazakhstan"] == {str(r["year"]): r["value"] for r in stated}
    assert pages[0].notes_slide.notes_text_frame.text.startswith("Say this")
    assert f"release={store.release.id}" in texts(pages[0])
    assert any(s.has_table for s in pages[1].shapes)
    assert "over 0.68" in texts(pages[2])
    assert "0.686" not in texts(pages[2])
    assert "Words" in texts(pages[3])
    assert any(s.has_chart for s in pages[4].shapes)


def test_a_form_that_cannot_be_drawn_is_not_swapped_silently_in_a_file(client):
    address = "/explore?indicator=value_added&areas=KAZ,UZB&currency=USD&chart=treemap"
    page = Presentation(io.BytesIO(take(client, deck(slide(address=address))).data)).slides[0]
    assert any(s.has_chart for s in page.shapes)
    assert "Treemap of sectors cannot be drawn" in texts(page)


def test_the_figures_in_a_file_are_not_read(client):
    forged = slide(
        content={"title": "Forged", "cells": [["k", "Kazakhstan", "999", ""]], "figure": {"data": []}}
    )
    honest, said = take(client, deck(slide())), take(client, deck(forged))
    assert said.status_code == 200
    assert said.data == honest.data


def test_a_slide_keeps_the_release_of_its_address(client, store):
    response = take(client, deck(slide(address=f"{LINE}&release={'0' * 12}")))
    assert response.status_code == 400
    assert "0" * 12 in response.get_json()["faults"][0]


@pytest.mark.parametrize("code", languages())
def test_every_fault_of_every_slide_is_told_at_once(client, code):
    wrong = deck(slide(address="/explore?indicator=nix"), slide(address="/country"), slide("kpi", LINE))
    said = take(client, wrong, lang=code).get_json()["faults"]
    words = wording(code)
    for number in (1, 2, 3):
        start = words.text("Slide {n}: {fault}", n=number, fault="")
        assert any(fault.startswith(start.strip()) for fault in said), said


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"{", "no deck"),
        (b"[" * 100_000, "no deck"),
        (b"\xff\xfe", "no deck"),
        (b"[]", "another kind"),
        (b'{"format": "cei-deck", "slides": {}}', "another kind"),
        (json.dumps(deck(version=2)), "newer version"),
        (json.dumps(deck(slides=[])), "no slide"),
        (json.dumps(deck(*[slide()] * (MOST_SLIDES + 1))), f"at most {MOST_SLIDES}"),
        (json.dumps(deck(name="")), "deck.name"),
        (json.dumps(deck(language="xx")), "deck.language"),
        (json.dumps(deck(language=["en"])), "deck.language"),
        (json.dumps(deck(ratio="1:1")), "deck.ratio"),
        (json.dumps(deck(7)), "slides[0]"),
        (json.dumps(deck(slide("film"))), "slides[0].kind"),
        (json.dumps(deck(slide(title="\x0b"))), "slides[0].title"),
        (json.dumps(deck(slide(notes="\ud800"))), "slides[0].notes"),
        (json.dumps(deck(slide(annotation="a" * 2_001))), "slides[0].annotation"),
        (json.dumps(deck(slide(address="//elsewhere.example/"))), "slides[0].address"),
        (json.dumps(deck(slide(address=7))), "slides[0].address"),
    ],
)
def test_what_is_no_deck_is_refused_with_its_place(raw, says):
    with pytest.raises(BadRequest) as caught:
        read(raw if isinstance(raw, bytes) else raw.encode(), wording("en"))
    assert says in " ".join(caught.value.faults)


def test_a_deck_larger_than_any_is_not_read(client, monkeypatch):
    monkeypatch.setattr(decks, "LARGEST", 100)
    assert take(client, deck()).get_json()["faults"] == ["It is larger than any deck."]
    monkeypatch.setattr(serve, "LARGEST", -serve.LARGEST_TEMPLATE - serve.ROOM + 10)
    assert take(client, deck()).get_json()["faults"] == ["It is larger than any deck."]


def test_a_ministrys_template_is_used_and_a_hostile_one_refused(client):
    theirs = Presentation()
    theirs.slide_width = theirs.slide_width // 2
    kept = io.BytesIO()
    theirs.save(kept)
    response = take(client, deck(), template=kept.getvalue())
    assert Presentation(io.BytesIO(response.data)).slide_width == theirs.slide_width
    refused = take(client, deck(), template=b"MZ\x90", lang="ru")
    assert refused.status_code == 400
    assert refused.get_json()["faults"][0].startswith("Шаблон не использован.")


@pytest.mark.parametrize("name", ['../../etc/"x"\r\nSet-Cookie: a=b', "Қазақстан 2026", "   ", "CON"])
def test_the_name_of_a_file_is_safe_anywhere(client, name):
    header = take(client, deck(slide("text"), name=name)).headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=\"[\w-]+\.pptx\"; filename\*=UTF-8''[\w%-]+\.pptx", header)
    assert re.fullmatch(r"[\w-]+\.pptx", unquote(header.partition("''")[2]))


def test_a_format_that_there_is_not_is_named(client):
    response = take(client, deck(), "doc")
    assert (response.status_code, response.get_json()["faults"]) == (
        400, ["format=doc: expected one of pptx, pdf, html."]
    )  # fmt: skip


class Failing(Painter):
    def __init__(self, fault):
        super().__init__()
        self.fault = fault

    def svg(self, drawing):
        raise self.fault

    png = svg


@pytest.mark.parametrize(
    ("fault", "status"), [(NoBrowser("none"), 503), (Stopped("late"), 504), (Refused("no"), 500)]
)
def test_a_picture_that_cannot_be_is_a_sentence(client, monkeypatch, fault, status):
    monkeypatch.setattr(pictures, "painter", lambda: Failing(fault))
    response = client.get(f"/picture?address={quote(LINE)}&format=png")
    assert response.status_code == status
    assert all(said[0].isupper() and said.endswith(".") for said in response.get_json()["faults"])
    if status == 503:  # PowerPoint says so in the notes, and goes on
        page = Presentation(io.BytesIO(take(client, deck(slide(address=MAP))).data)).slides[0]
        assert "a table of its figures stands for it" in page.notes_slide.notes_text_frame.text


def test_who_is_not_served_in_time_is_told_when_to_come_again(client, monkeypatch):
    monkeypatch.setattr(serve, "PATIENCE", 0.01)
    for _ in range(serve.AT_ONCE):
        serve._TURNS.acquire()
    try:
        response = take(client, deck())
    finally:
        for _ in range(serve.AT_ONCE):
            serve._TURNS.release()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert take(client, deck(slide("text"))).status_code == 200


def test_what_no_page_has_is_no_picture(client):
    response = client.get("/picture?address=/explore?indicator=nix&format=gif&size=9")
    assert len(response.get_json()["faults"]) == 2
    assert client.get("/picture?address=/country").status_code == 400
    assert client.get(f"/picture?address=/explore?{'a' * 5_000}").status_code == 400


@needs_browser
def test_a_picture_carries_its_words_in_the_language_of_its_page(client, store):
    response = client.get(f"/picture?address={quote(TWO + '&lang=ru')}&format=svg")
    assert response.mimetype == "image/svg+xml"
    said = response.data.decode()
    for word in ("Источник: ", "UNCTAD", store.release.id, "Доля в экономике"):
        assert word in said
    assert ".." not in re.sub(r"<style>.*?</style>|<text[^>]*>", "", said)
    assert client.get(f"/picture?address={quote(LINE)}&format=png").data.startswith(b"\x89PNG")


class Framed(Painter):
    """Words around no chart: what stands beside one needs no browser."""

    def svg(self, drawing):
        return framed(f'<svg width="{drawing.width}"></svg>', drawing).encode()


def test_a_picture_says_what_its_marks_mean_and_what_it_leaves_out(client, monkeypatch):
    monkeypatch.setattr(pictures, "painter", Framed)
    many = "KAZ,UZB,AZE,ARM,GEO,KGZ,TUR,RUS,DEU,FRA,ITA"
    asked = f"/explore?indicator=exports_services&areas={many}&chart=bar&lang=bg"
    said = client.get(f"/picture?address={quote(asked)}&format=svg").get_data(as_text=True)
    assert "8 от 10" in said
    assert "Италия" in said
    assert "2010–" not in said  # bars are of the newest year only
    asked = "/explore?indicator=museum_attendance"
    said = client.get(f"/picture?address={quote(asked)}&format=svg").get_data(as_text=True)
    assert "a lower bound: the figure is this or more" in said
    assert said.count('<g transform="translate(') >= 3
    asked = "/explore?indicator=value_added&areas=ABW&lang=ru"
    said = client.get(f"/picture?address={quote(asked)}&format=svg").get_json()["faults"]
    assert said == ["Данных по этому запросу нет"]


@needs_browser
def test_a_pdf_has_a_page_for_every_slide_with_its_words(client):
    slides = [slide(), slide("table"), slide("kpi", FIGURE), slide("text", annotation="<b>Words</b>")]
    response = take(client, deck(*slides, name="<script>"), "pdf")
    assert response.status_code == 200, response.get_json()
    assert response.data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", response.data)) == len(slides)


@pytest.mark.parametrize("language", ["en", "kk"])
def test_the_sheets_of_a_country_hold_every_figure_of_its_page_and_ask_nobody(store, catalogue, language):
    """Read apart from the components that they were made of; links lead to the site, nothing is fetched."""
    view = viewed(f"/country?area=KAZ&lang={language}")
    made = etree.HTML(sheet.page(view, store, catalogue, "https://site.example"))
    drawn = [n for n in nodes(country.content(store, catalogue, view)) if type(n).__name__ == "Link"]
    assert {f"https://site.example{n.href}" for n in drawn} <= {a.get("href") for a in made.iter("a")}
    said = re.sub(r"\s+", "", "".join(made.find(".//main").itertext()))
    assert all(re.sub(r"\s+", "", text(n)) in said for n in drawn)
    assert made.get("lang") == language
    assert store.release.id in "".join(made.find(".//style").itertext())
    assert not list(made.iter("script", "link", "iframe", "img", "input"))
    assert not re.search(r"url\((?!['\"]?data:)", made.find(".//style").text)


def test_what_is_no_page_of_a_country_is_no_sheet(client):
    for address in (LINE, "/country?area=XXX", "/nothing", "//evil.example", "/country?colour=red"):
        response = client.get(f"/sheet?address={quote(address)}")
        assert response.status_code == 400, address
        assert response.json["faults"]
    assert client.get("/sheet?address=/country&release=1").status_code == 400


@needs_browser
def test_a_country_is_saved_as_a_pdf_under_its_name(client, store):
    response = client.get(f"/sheet?address={quote('/country?area=KGZ&lang=ru')}")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert response.data.startswith(b"%PDF-")
    assert f"country-KGZ-{store.release.id}.pdf" in response.headers["Content-Disposition"]


def test_names_at_the_ends_of_lines_stand_apart_on_paper():
    layout = {
        "yaxis": {"range": [0, 10]},
        "annotations": [{"xref": "paper", "x": 1, "y": y, "showarrow": False} for y in (5, 5.01, 9)],
    }
    paper._apart(layout, 640)
    places = sorted(a["y"] * 64 + a["yshift"] for a in layout["annotations"])
    title = {"xref": "paper", "yref": "paper", "x": 1, "y": 0, "showarrow": False, "yshift": -52}
    paper._apart({**layout, "annotations": [title]}, 640)
    assert title["yshift"] == -52, "the title of an axis is no name of a line"
    assert all(b - a >= paper.LINE - 1 for a, b in pairwise(places))


def test_starting_the_site_loads_none_of_it():
    script = (
        "import sys, app; heavy = {'pptx', 'segno', 'exports.pictures.painter', 'exports.offline.pack'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_usual_question_is_written_out():
    assert "indicator" in viewed("/explore").parameters


def test_a_map_on_a_slide_names_its_largest_figures_and_none_covers_another(releases, catalogue):
    answers = Answers(releases, catalogue, date(2026, 11, 22))
    shown = answers.panel(viewed("/explore?indicator=exports_services&chart=map"), "")
    made = _bare(pictures.drawing(answers, shown), shown)
    names = made.figure["data"][-1]
    assert 5 < len(names["text"]) <= lettered.MOST
    largest = max(shown.found.rows, key=lambda r: (r["year"] == shown.panel.year, r["value"] or 0))
    assert any(shown.panel.scale.cell(largest) in text for text in names["text"])
    assert len(names["text"]) == len(names["textposition"]) == len(names["lon"])
    assert (made.notes, made.width) == ("", 640)


def test_texts_of_a_map_are_written_on_a_pale_edge():
    layer = '<g class="trace scattergeo" style=""><g><text style="fill: red">A</text></g></g>'
    other = '<text style="fill: red">B</text>'
    made = _haloed(layer + other)
    assert made.count(">A<") == 2
    assert made.count(">B<") == made.count("stroke-width: 3px") == 1


def test_a_heatmap_on_a_slide_has_the_rows_that_can_be_read_there(releases, catalogue):
    answers = Answers(releases, catalogue, date(2026, 11, 22))
    shown = answers.panel(viewed("/explore?indicator=films_national&chart=heatmap"), "")
    made = _bare(pictures.drawing(answers, shown), shown)
    low, high = made.figure["layout"]["yaxis"]["range"]
    assert abs(high - low) == 12
    assert made.height < 600 < (shown.panel.figure["layout"]["height"])
    assert "range" not in shown.panel.figure["layout"]["yaxis"]  # the page keeps all of its rows
