"""Pictures of pages to compare with: `python -m tests.browser.screens --write` takes them anew.

A picture is 800 wide and grey, so that it is small and that how letters are smoothed weighs little. Two
are compared in cells of eight pixels: a cell differs when its mean does by more than NOTICED, and a page
when more than MOVED of its cells do. Letters are drawn otherwise by another major version of Chromium:
the version stands beside the pictures, and with another nothing is compared.
"""

import base64
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.install import find
from tests.browser.looking import settled
from tests.conftest import RAW, ROOT, silent

FOLDER = ROOT / "tests" / "golden" / "screens"
TAKEN_WITH = FOLDER / "taken-with.json"
NOTICED, MOVED = 12, 0.02
"""Steps of 255 by which a cell must differ; the share of cells above which a page has changed."""
SCREENS = {
    "monitor": ("/?area=KAZ", "light", 1440),
    "monitor-telephone-dark": ("/?area=KAZ", "dark", 390),
    "explore": ("/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD", "light", 1440),
    "explore-kazakh-dark": (
        "/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD&lang=kk",
        "dark",
        1440,
    ),
    "country": ("/country?area=UZB", "light", 1440),
    "figure": ("/figure/KAZ-056?indicator=gdp_share", "light", 1440),
}
GREY = """async ([png, width, cell]) => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const scale = width / image.width, height = Math.round(image.height * scale);
  const canvas = new OffscreenCanvas(width, height), pen = canvas.getContext('2d', {willReadFrequently: true});
  pen.imageSmoothingQuality = 'high';
  pen.filter = 'grayscale(1)';
  pen.drawImage(image, 0, 0, width, height);
  const small = new OffscreenCanvas(Math.ceil(width / cell), Math.ceil(height / cell)), dot = small.getContext('2d');
  dot.imageSmoothingQuality = 'high';
  dot.drawImage(canvas, 0, 0, small.width, small.height);
  const cells = [...dot.getImageData(0, 0, small.width, small.height).data].filter((_, i) => i % 4 === 0);
  const blob = await canvas.convertToBlob({type: 'image/webp', quality: .6});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return {cells, width: small.width, webp: btoa([...bytes].map(b => String.fromCharCode(b)).join(''))};
}"""
UNGREY = GREY.replace("data:image/png", "data:image/webp")
WIDE, CELL = 800, 8


def take(page, name):
    """The screen of a page as a PNG: what a reader first sees, without what moves."""
    address, scheme, width = SCREENS[name]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(address)
    settled(page)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    return base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()


def small(page, png):
    """The picture made small: its cells, how many stand in a row, and the file that is kept."""
    return page.evaluate(GREY, [png, WIDE, CELL])


def kept(page, name):
    """The cells of the picture that is kept."""
    webp = base64.b64encode((FOLDER / f"{name}.webp").read_bytes()).decode()
    return page.evaluate(UNGREY, [webp, WIDE, CELL])


def differs(now, before):
    """The share of cells that differ, from 0 to 1; all of them where the pictures are not of one size."""
    if len(now["cells"]) != len(before["cells"]):
        return 1.0
    pairs = zip(now["cells"], before["cells"], strict=True)
    return sum(abs(a - b) > NOTICED for a, b in pairs) / len(now["cells"])


def major(version):
    return version.split(".")[0]


def write():
    """Take all pictures of a release of data/raw, and say with which browser."""
    from etl.run import build

    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = find()
    expect.set_options(timeout=60_000)
    with tempfile.TemporaryDirectory() as folder:
        build(RAW, Path(folder), say=silent)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        server = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=os.environ | {"PORT": port, "HOST": "127.0.0.1", "CEI_DATA": folder},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            base = server.stdout.readline().rsplit(" ", 1)[1].strip()
            with sync_playwright() as driver:
                browser = driver.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
                )
                page = browser.new_context(base_url=base).new_page()
                bench = browser.new_page()
                for name in SCREENS:
                    made = small(bench, take(page, name))
                    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(made["webp"]))
                    print(name, len(made["webp"]) * 3 // 4, "bytes")
                TAKEN_WITH.write_text(json.dumps({"chromium": major(browser.version)}) + "\n", "utf-8")
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.browser.screens --write")
    write()
