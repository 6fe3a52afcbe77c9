"""A presenter leaves: with PowerPoint that opens, with a file that needs no network, with a picture."""

import re

from playwright.sync_api import expect
from pptx import Presentation

from tests.browser.test_present import CHART, add, decks, presenter  # noqa: F401  a fixture


def test_a_deck_leaves_as_powerpoint_and_a_wrong_template_is_told(presenter, tmp_path):  # noqa: F811
    page = presenter
    add(page, CHART)
    expect(decks(page)).to_have_count(1)
    page.get_by_label(re.compile("^Template of your ministry")).set_input_files(
        {"name": "a.pptx", "mimeType": "application/zip", "buffer": b"MZ"}
    )
    button = page.get_by_role("button", name="Download as PowerPoint")
    button.click()
    expect(page.get_by_role("alert").filter(has_text="No file was made")).to_contain_text("without macros")
    page.get_by_label(re.compile("^Template of your ministry")).set_input_files([])
    with page.expect_download() as waiting:
        button.press("Enter")
    assert waiting.value.suggested_filename == "My-deck.pptx"
    waiting.value.save_as(tmp_path / "a.pptx")
    slides = Presentation(tmp_path / "a.pptx").slides
    assert len(slides) == 1
    assert slides[0].shapes.title.text == page.locator(".slide-title").inner_text()
    assert any(shape.has_chart for shape in slides[0].shapes)
    expect(page.locator(".take-status")).to_contain_text("My-deck.pptx")
    expect(button).to_be_focused()


def test_the_one_file_opens_with_the_network_off(presenter, chromium, tmp_path):  # noqa: F811
    page = presenter
    add(page, CHART)
    expect(decks(page)).to_have_count(1)
    title = page.locator(".slide-title").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download as one offline file").click()
    path = tmp_path / "deck.html"
    waiting.value.save_as(path)
    context = chromium.new_context(offline=True)
    away, asked, wrong = context.new_page(), [], []
    away.on("request", lambda r: asked.append(r.url))
    away.on("pageerror", lambda e: wrong.append(str(e)))
    away.goto(path.as_uri())
    expect(away.locator(".show.drawn")).to_be_attached()
    expect(away.locator(".slide.on .slide-title")).to_have_text(title)
    expect(away.locator(".slide.on .scatterlayer .point").first).to_be_visible()
    assert [u for u in asked if not u.startswith(("data:", path.as_uri()))] == []
    assert wrong == []
    context.close()


def test_a_chart_is_saved_as_a_picture(presenter):  # noqa: F811
    page = presenter
    page.goto(CHART)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^Save the chart as a drawing")).click()
    assert waiting.value.suggested_filename.endswith(".svg")
    assert b"UNCTAD" in waiting.value.path().read_bytes()
