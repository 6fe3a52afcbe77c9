"""By keyboard: the way to the content, the order, focus that is seen, targets that can be hit, Escape."""

import pytest
from playwright.sync_api import expect

from tests.browser.judged import PASSPORT, addresses
from tests.browser.looking import passport, settled

STEPS = 40
AT = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  const style = getComputedStyle(at.closest('.field, .switch label') || at);
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 1), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  const covered = over && over.closest('.site-head') && !at.closest('.site-head');
  return {what: at.tagName + '.' + at.className + ' ' + (at.innerText || at.id || '').slice(0, 40), body: at === document.body,
    marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none', covered: Boolean(covered), top: box.top + scrollY};
}"""
MEASURE = """() => {
  /* A link within a sentence or a cell of text is as high as its line, which the rule allows. */
  function inText(e) {
    const words = e.parentElement && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    return getComputedStyle(e).display === 'inline' && Boolean(words);
  }
  function hit(e) { return e.getBoundingClientRect(); }
  /* Small is allowed where a circle of 24 px around it touches no other target (WCAG 2.5.8). */
  function crowded(e, box) {
    const cx = box.left + box.width / 2, cy = box.top + box.height / 2;
    return targets.some(o => {
      if (o === e || o.contains(e) || e.contains(o)) { return false; }
      const b = o.getBoundingClientRect();
      if (!b.width) { return false; }
      const small = b.width < 24 || b.height < 24;
      const dx = Math.max(b.left - cx, 0, cx - b.right), dy = Math.max(b.top - cy, 0, cy - b.bottom);
      const ox = b.left + b.width / 2 - cx, oy = b.top + b.height / 2 - cy;
      return Math.hypot(dx, dy) < 11.5 || (small && Math.hypot(ox, oy) < 23.5);
    });
  }
  const targets = [...document.querySelectorAll('a[href], button, select, input, summary, [role=option], [role=tab]')]
    .filter(e => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}))
    .filter(e => !(e.matches('input[type=radio], input[type=checkbox]') && e.closest('label')) && !inText(e));
  return targets.map(e => [e, hit(e)])
    .filter(([e, box]) => box.width > 0 && (box.width < 23.5 || box.height < 23.5) && crowded(e, box))
    .map(([e, box]) => e.tagName + '.' + e.className + ' ' + (e.innerText || '').slice(0, 30) + ' '
      + Math.round(box.width) + '×' + Math.round(box.height));
}"""


@pytest.mark.parametrize("path", addresses())
def test_the_focus_is_seen_goes_downwards_and_hides_under_nothing(page, path):
    page.goto(path)
    settled(page)
    seen = []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        if at["body"]:
            break
        seen.append(at)
    assert len(seen) > 3
    assert "skip" in seen[0]["what"]
    assert [at["what"] for at in seen if not at["marked"]] == []
    assert [at["what"] for at in seen if at["covered"]] == []


def test_the_first_stop_leads_to_the_content(page):
    page.goto("/?area=KAZ")
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main#page")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#page') !== null")


@pytest.mark.parametrize("path", [*addresses(), f"/?area=KAZ&{PASSPORT}"])
def test_targets_can_be_hit(page, path):
    page.goto(path)
    settled(page)
    assert page.evaluate(MEASURE) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(200)
    assert page.evaluate(MEASURE) == []


def test_escape_closes_what_is_open_and_the_focus_returns(page):
    page.goto("/?area=KAZ")
    settled(page)
    number = page.locator("#page a.to-passport").first
    number.focus()
    page.keyboard.press("Enter")
    passport(page)
    page.keyboard.press("Escape")
    expect(number).to_be_focused()
    summary = page.locator(".languages summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".languages ul")).to_be_visible()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()


def test_a_list_is_searched_and_chosen_from_by_keyboard(page):
    page.goto("/explore?indicator=value_added&areas=KAZ&currency=USD")
    settled(page)
    field = page.get_by_role("combobox", name="Countries and groups")
    field.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("uzbek")
    expect(page.get_by_role("option", name="Uzbekistan")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.wait_for_url("**areas=KAZ,UZB**")
    expect(page.locator("table.years")).to_contain_text("Uzbekistan")
    expect(field).to_be_focused()
    page.keyboard.press("Backspace")
    page.wait_for_url(lambda address: "UZB" not in address)


CUT = """() => [...document.querySelectorAll('#page *, #head *')].filter(e => e.checkVisibility() && e.children.length === 0
    && e.textContent.trim() && !e.closest('svg, .skip, .heard, .unseen, .publisher, [hidden], option'))
  .filter(e => { const s = getComputedStyle(e);
    return s.overflow !== 'visible' && s.display !== 'inline' && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2); })
  .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30))"""
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"


@pytest.mark.parametrize("path", addresses())
def test_text_twice_as_large_or_spaced_apart_is_not_cut(page, path):
    """At 200 per cent a screen of 1280 is 640 wide; with the spacing of WCAG 1.4.12 nothing is cut either."""
    page.set_viewport_size({"width": 640, "height": 512})
    page.goto(path)
    settled(page)
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.evaluate(CUT) == []
    page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }",
        SPACED,
    )
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.evaluate(CUT) == []


def test_nothing_moves_for_those_who_asked_for_rest(page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/?area=KAZ&{PASSPORT}")
    passport(page)
    moving = page.evaluate(
        "document.getAnimations().filter(a => a.playState === 'running').map(a => a.animationName || a.transitionProperty)"
    )
    assert moving == []


def focused(page, at):
    return page.evaluate("at => document.activeElement.matches(at)", at)


def tab_to(page, at, most=40):
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page, at):
            return
    raise AssertionError(f"no way to {at} by Tab")


def test_the_focus_stays_where_something_goes_away(page):
    """The last area, the last change that could be undone, the menu of languages, the button of more rows."""
    page.goto("/explore?indicator=exports_services_per_head&areas=KAZ&currency=USD")
    settled(page)
    page.locator(".control-areas .chips button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#control-areas")).to_be_focused()
    expect(page.locator(".more-rows")).to_be_visible()
    page.locator(".more-rows").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".more-rows")).to_have_count(0)
    expect(page.locator(".tables .scroll").first).to_be_focused()
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main#page")).to_be_focused()
    page.locator(".languages summary").focus()
    page.keyboard.press("Enter")
    tab_to(page, ".languages li[lang=tr] a", 6)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    expect(page.locator(".languages summary")).to_be_focused()


def test_what_is_added_to_a_deck_is_said_beside_the_button_and_covers_no_focus(page):
    page.goto("/explore?indicator=value_added&areas=KAZ,UZB&currency=USD")
    settled(page)
    button = page.locator("figure button.add-slide").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#toast a")).to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#toast a")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    assert focused(page, ".chart-tools a")
    for _ in range(20):
        page.keyboard.press("Tab")
        assert not page.evaluate(
            """async () => {
              await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
              const a = document.activeElement.getBoundingClientRect();
              const toast = document.getElementById("toast"), t = toast.getBoundingClientRect();
              return !toast.contains(document.activeElement) && a.top >= t.top && a.bottom <= t.bottom && a.left >= t.left && a.right <= t.right }"""
        )


@pytest.mark.parametrize(
    ("form", "first", "below"),
    [
        ("heatmap&areas=KAZ,AZE", "Kazakhstan", "Azerbaijan"),
        ("tiles&areas=KAZ,AZE,GEO", "Kazakhstan", "Georgia"),
        ("map&areas=KAZ,AZE,GEO", "Kazakhstan", ""),
    ],
)
def test_marks_of_every_kind_of_chart_are_reached_by_keyboard(page, form, first, below):
    page.goto(f"/explore?indicator=exports_services&currency=USD&chart={form}")
    settled(page)
    chart, heard = page.locator(".chart"), page.locator(".chart-frame .heard")
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(heard).to_contain_text(first)
    expect(page.locator(".mark-says")).to_contain_text(first)
    if below:
        page.keyboard.press("ArrowDown")
        expect(heard).to_contain_text(below)
    said = heard.text_content().split(";")[1].strip()
    page.keyboard.press("Enter")
    expect(passport(page)).to_contain_text(said)
    page.keyboard.press("Escape")
    expect(chart).to_be_focused()


def test_the_grid_is_left_by_tab_and_a_passport_gives_the_cell_back(page):
    page.goto("/explore?indicator=value_added&areas=KAZ,UZB&currency=USD&table=figures")
    settled(page)
    page.locator(".tables").scroll_into_view_if_needed()
    cell = page.locator(
        ".ag-row[row-index='1'] [col-id=figure], .ag-row[row-index='1'] .ag-cell:has(a)"
    ).first
    cell.click(position={"x": 4, "y": 4})
    page.keyboard.press("Enter")
    passport(page)
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".ag-row-selected").first).to_be_attached()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.ag-root') !== null")
