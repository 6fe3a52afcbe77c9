"""Decks in a real browser: made from pages, ordered, saved, reopened, and shown when the server is gone."""

import json
import re
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.serving import serving

CHART = "/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD"
SMALLEST_TYPE = """() => {
  const stage = document.querySelector(".show-stage"), scale = stage.getBoundingClientRect().width / stage.offsetWidth;
  const texts = [...document.querySelectorAll(".slide.on, .slide.on *")].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length);
  return Math.min(...texts.map(e => parseFloat(getComputedStyle(e).fontSize) * scale));
}"""


@pytest.fixture(scope="module")
def stoppable(processed):
    """A server of one's own, to be stopped."""
    with serving(processed) as (server, own):
        yield server, own


@pytest.fixture
def presenter(chromium, address):
    """A page of a reader who has no deck yet; faults in its console fail the test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=address)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda e: wrong.append(str(e)))
    yield page
    context.close()
    assert wrong == []


def add(page, path, which=0):
    page.goto(path)
    page.locator("button.add-slide").nth(which).click()
    expect(page.locator("#toast a")).to_be_visible()


def decks(page):
    page.goto("/present")
    expect(page.locator(".decks.drawn")).to_be_attached()
    return page.locator(".deck-slides > li")


def titles(page):
    return page.locator(".deck-slides .slide-title").all_text_contents()


def saved(page):
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save to a file").click()
    return json.loads(waiting.value.path().read_text("utf-8")), waiting.value.suggested_filename


def reopen(page, deck):
    raw = deck if isinstance(deck, str) else json.dumps(deck)
    page.locator("input[type=file][accept*=json]").set_input_files(
        {"name": "my.deck.json", "mimeType": "application/json", "buffer": raw.encode()}
    )


def make_deck(page):
    add(page, CHART)
    add(page, CHART, 1)
    add(page, "/?area=KAZ")
    expect(decks(page)).to_have_count(3)


def test_a_deck_is_made_ordered_by_keyboard_saved_and_shown_without_a_server(chromium, stoppable):
    server, address = stoppable
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, base_url=address)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda e: wrong.append(str(e)))
    make_deck(page)
    before = titles(page)
    page.get_by_role("button", name=re.compile("^Move up: Kazakhstan")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".deck-status")).to_contain_text("is now slide 2 of 3")
    page.keyboard.press("Alt+ArrowUp")
    after = [before[2], before[0], before[1]]
    assert titles(page) == after
    page.locator(".deck-slides li").first.get_by_label("Speaker notes").fill("Begin slowly")
    page.locator(".deck-slides li").first.get_by_label("Title").fill("Қазақстан")
    page.keyboard.press("Tab")
    deck, name = saved(page)
    assert name == "My-deck.deck.json"
    assert [s["title"] for s in deck["slides"]] == ["Қазақстан", *before[:2]]
    expect(page.locator(".deck-ready")).to_contain_text("Ready without the server")

    server.send_signal(signal.SIGKILL)
    server.wait(10)
    page.goto("/present")
    expect(page.locator(".deck-offline")).to_contain_text("The server cannot be reached")
    expect(page.locator(".deck-offline")).to_contain_text(deck["releases"][0])
    page.get_by_role("button", name="Delete the deck").click()
    expect(page.locator(".deck-slides .empty")).to_be_visible()
    reopen(page, deck)
    expect(page.locator(".deck-slides > li")).to_have_count(3)
    page.get_by_role("button", name="Present the deck").click()
    expect(page.locator(".show.drawn")).to_be_attached()
    expect(page.locator(".slide.on .slide-title")).to_have_text("Қазақстан")
    page.keyboard.press("PageDown")
    expect(page.locator(".slide.on .main-svg").first).to_be_visible()
    expect(page.locator(".slide.on .annotation").first).to_contain_text(re.compile(r"\d"))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".slide.on table")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".slide.on footer")).to_contain_text("Source: UNCTAD")
    expect(page.locator(".slide.on footer")).to_contain_text(deck["releases"][0])
    page.keyboard.press("Escape")
    expect(page.locator(".show")).to_have_count(0)
    context.close()
    assert wrong == []


@pytest.mark.parametrize("shape", ["16:9", "4:3"])
def test_no_type_of_a_slide_is_under_24_pixels_and_nothing_leaves_the_stage(presenter, shape):
    page = presenter
    make_deck(page)
    page.get_by_label("Shape").select_option(shape)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.get_by_role("button", name="Present the deck").click()
    expect(page.locator(".show.drawn")).to_be_attached()
    for _ in range(3):
        assert page.evaluate(SMALLEST_TYPE) >= 24
        assert page.evaluate("""() => { const s = document.querySelector(".slide.on");
            return s.scrollWidth <= s.clientWidth && s.scrollHeight <= s.clientHeight; }""")
        page.keyboard.press("PageDown")


def test_the_show_obeys_keyboard_and_clicker_in_any_layout(presenter):
    page = presenter
    make_deck(page)
    page.locator(".deck-slides li").first.get_by_label("Speaker notes").fill("Say hello")
    page.locator(".deck-thumb").nth(1).click()
    place = page.locator(".slide.on .slide-place")
    expect(place).to_have_text("2 / 3")
    for key, wanted in [("PageUp", "1"), (" ", "2"), ("End", "3"), ("ArrowRight", "3"), ("Home", "1")]:
        page.keyboard.press(key)
        expect(place).to_have_text(f"{wanted} / 3")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(place).to_have_text("3 / 3")
    page.keyboard.press("Home")
    page.keyboard.press("KeyB")
    expect(page.locator(".show-black")).to_be_visible()
    page.keyboard.press("KeyB")
    expect(page.locator(".show-black")).to_be_hidden()
    page.keyboard.press("KeyS")
    expect(page.locator(".show-notes")).to_contain_text("Say hello")
    with page.expect_popup() as popup:
        page.keyboard.press("KeyN")
    expect(popup.value.locator("body")).to_contain_text("Say hello")
    popup.value.keyboard.press("PageDown")
    expect(place).to_have_text("2 / 3")
    expect(popup.value.locator("body")).to_contain_text("No notes")
    page.keyboard.press("Escape")
    expect(page.locator(".deck-thumb").nth(1)).to_be_focused()


def test_what_was_deleted_comes_back(presenter):
    page = presenter
    make_deck(page)
    before = titles(page)
    page.get_by_role("button", name=re.compile("^Delete: ")).nth(1).click()
    expect(page.locator(".deck-slides > li")).to_have_count(2)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".deck-slides > li")).to_have_count(3)
    assert titles(page) == before
    page.reload()
    expect(page.locator(".deck-slides > li")).to_have_count(3)


def test_a_newer_release_is_shown_beside_the_old_and_never_taken_silently(presenter):
    page = presenter
    add(page, CHART, 1)
    decks(page)
    deck, _ = saved(page)
    content = deck["slides"][0]["content"]
    number = content["cells"][-1][2]
    content["cells"][-1][2:] = ["US$0.01", "0.01 0.01 0.01 exact A"]
    content["release"] = "0123456789ab"
    reopen(page, deck)
    page.get_by_role("button", name="Compare with the newest release").click()
    expect(page.locator(".deck-differences")).to_contain_text(f"US$0.01 → {number}")
    page.get_by_role("button", name="Keep the slides as they are").click()
    assert saved(page)[0]["slides"][0]["content"]["release"] == "0123456789ab"
    page.get_by_role("button", name="Compare with the newest release").click()
    page.get_by_role("button", name="Take over the newest").click()
    assert saved(page)[0]["slides"][0]["content"]["release"] != "0123456789ab"


def spoilt(deck, path, value):
    """A copy of a deck with another value at a path."""
    made = json.loads(json.dumps(deck))
    *way, last = path
    inner = made
    for step in way:
        inner = inner[step]
    inner[last] = value
    return made


CONTENT = ("slides", 0, "content")
HOSTILE = [
    ((*CONTENT, "figure", "layout", "images"), [{"source": "https://evil.example/x.png"}]),
    ((*CONTENT, "figure", "data", 0, "type"), "scattermapbox"),
    ((*CONTENT, "figure", "data", 0, "name"), "<a href='javascript:alert(1)'>x</a>"),
    ((*CONTENT, "figure", "data", 0, "name"), "<img src=x onerror=alert(1)>"),
    ((*CONTENT, "figure", "data", 0, "text"), {"__proto__": {"polluted": 1}}),
    ((*CONTENT, "address"), "//evil.example/explore"),
    ((*CONTENT, "address"), "javascript:alert(1)"),
    ((*CONTENT, "key"), [{"glyph": "https://evil.example/x.svg", "says": "x"}]),
    ((*CONTENT, "release"), "../../etc"),
    ((*CONTENT, "html"), "<b>x</b>"),
    (("slides", 0, "title"), "x" * 1000),
    (("slides", 0, "kind"), "script"),
    (("version",), 2),
    (("format",), "other"),
    (("slides",), [{}] * 301),
    (("language",), "xx"),
]


def test_a_hostile_file_opens_nothing_and_text_stays_text(presenter):
    page = presenter
    add(page, CHART)
    decks(page)
    deck, _ = saved(page)
    asked = []
    page.on("request", lambda r: asked.append(r.url) if "evil" in r.url else None)
    page.on("dialog", lambda d: asked.append(d.message))
    files = [spoilt(deck, path, value) for path, value in HOSTILE]
    proto = json.dumps(deck).replace('"layout": {', '"layout": {"__proto__": {"polluted": 1}, ', 1)
    for raw in [*files, proto, "", "[", "null", "[]", "{}", json.dumps(deck)[:-20]]:
        page.evaluate("document.querySelector('.deck-report').replaceChildren()")
        reopen(page, raw)
        expect(page.locator(".deck-report [role=alert]")).to_contain_text("nothing was changed")
        expect(page.locator(".deck-slides > li")).to_have_count(1)
    script = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    reopen(page, spoilt(deck, ("slides", 0, "title"), script))
    expect(page.locator(".deck-slides .slide-title")).to_have_text(script)
    assert page.evaluate("({}).polluted") is None
    assert asked == []


def test_the_deck_fits_a_telephone_in_russian_and_its_slides_change_their_language(presenter):
    page = presenter
    add(page, CHART, 1)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/present?lang=ru")
    expect(page.get_by_role("heading", level=1)).to_have_text("Презентации")
    page.get_by_label("Язык слайдов").select_option("kk")
    expect(page.locator(".deck-slides .slide tbody th").first).to_have_text("Қазақстан")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_deck_prints_one_slide_a_page(presenter):
    page = presenter
    make_deck(page)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 3
