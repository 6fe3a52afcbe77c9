"""The rules that axe-core knows of: WCAG 2.2 AA and its best practice."""

from importlib.resources import files

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
EVERY = ("tag", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
OF_COLOUR = ("rule", ["color-contrast", "link-in-text-block"])
"""The rules that a change from light to dark can break; the others are asked once a width."""
LOOKS = [("light", 1440), ("dark", 1440), ("dark", 390), ("light", 390)]
RUN = """([type, values]) => axe.run(document, {runOnly: {type, values}, resultTypes: ['violations']})
  .then(found => found.violations.flatMap(broken => broken.nodes.map(
    node => broken.id + ': ' + node.target.join(' ') + ' · ' + node.failureSummary.split('\\n').slice(1).join(' '))))"""


def broken(page, rules=EVERY):
    """What is broken where, and how it is mended."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    return page.evaluate(RUN, rules)


def everywhere(page):
    """What is broken in light and in dark, on a desk and on a telephone."""
    found = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(200)
        found += [
            f"{scheme} {width}: {what}" for what in broken(page, EVERY if scheme == "light" else OF_COLOUR)
        ]
    return found
