"""All measurements: python -m bench [PART …] [--rows N] [--write].

Prints each figure beside its alternative, with its requirement if it has one; --write records them in
docs/bench.md, between the marks; what stands outside the marks is written by hand.
Exit code 1 where a requirement is not met.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench import answers, api, building, exports, pages, readers, reading, rendering, scale, searching, start
from bench.measure import ROOT, Figure, machine
from docs.pages.markdown import table
from indicators.concepts.release import current_release

PAGE = ROOT / "docs" / "bench.md"
BEGIN, END = "<!-- measured by `python -m bench --write` -->", "<!-- end of what was measured -->"
ROWS = 10_000_000
Part = Callable[[], Iterator[Figure]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 1 where a requirement is not met."""
    words = _parser().parse_args(arguments)
    parts = _parts(words.rows)
    chosen = words.parts or list(parts)
    if unknown := [name for name in chosen if name not in parts]:
        _parser().error(f"{', '.join(unknown)}: there is {', '.join(parts)}")
    command = " ".join(
        ["python -m bench", *words.parts, *([f"--rows {words.rows}"] if words.rows != ROWS else [])]
    )
    about = _about(command)
    print(about, end="\n\n", flush=True)
    found: dict[str, list[Figure]] = {}
    for name in chosen:
        title, part = parts[name]
        print(f"{title}:", flush=True)
        found[title] = [_said(figure) for figure in part()]
    if words.write:
        _record(PAGE, about, found)
    return int(any(f.holds is False for figures in found.values() for f in figures))


def _parts(rows: int) -> dict[str, tuple[str, Part]]:
    return {
        "start": ("Start", start.figures),
        "answers": ("Answers beside the bare query", answers.figures),
        "scale": ("Answers on many figures", partial(scale.figures, rows)),
        "reading": ("Reading published files", reading.figures),
        "building": ("Building a release", building.figures),
        "search": ("Search while typing", searching.figures),
        "exports": ("Files beside the bare libraries", exports.figures),
        "rendering": ("Pages beside the answers they show", rendering.figures),
        "pages": ("Pages in a browser", pages.figures),
        "readers": ("Many readers at once", readers.figures),
        "api": ("The API beside the answers behind it", partial(api.figures, rows)),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, beside an alternative.")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(_parts(ROWS))}; all where none is named")
    parser.add_argument("--rows", type=int, default=ROWS, help="observations of the generated release")
    parser.add_argument("--write", action="store_true", help="record the results in docs/bench.md")
    return parser


def _about(command: str) -> str:
    release = current_release(answers.PROCESSED)
    figures = sum(said["observations"] for said in release.manifest["account"])
    day = datetime.now(UTC).date().isoformat()
    return (
        f"Measured on {day} with `{command}`. Machine: {machine()}. Data: release `{release.id}`, "
        f"{figures:,} observations. Each time is the least of several runs; both sides ran in turn."
    )


def _said(figure: Figure) -> Figure:
    verdict = {None: "", True: " (holds)", False: " (MISSED)"}[figure.holds]
    limit = f", {figure.limit}{verdict}" if figure.limit else ""
    value, alternative, ratio = figure.cells
    beside = f"; {figure.beside}: {alternative}; {ratio} ×" if figure.beside else ""
    note = f"; {figure.note}" if figure.note else ""
    print(f"  {figure.what}: {value}{beside}{limit}{note}", flush=True)
    return figure


def _record(page: Path, about: str, found: dict[str, list[Figure]]) -> None:
    """Put the tables between the marks of the page, or below it where it has none."""
    text = page.read_text("utf-8") if page.exists() else "# Measurements\n\n"
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    tables = [f"## {title}\n\n{_table(figures)}" for title, figures in found.items()]
    middle = "\n\n".join([BEGIN, about, *tables, END])
    page.write_text(f"{before}{middle}{after or chr(10)}", "utf-8", newline="\n")


def _table(figures: Sequence[Figure]) -> str:
    verdict = {None: "", True: ", holds", False: ", **missed**"}
    head = ["Measured", "Took", "Beside", "Took", "Ratio", "Requirement", "Remark"]
    rows = [
        [f.what, value, f.beside, alternative, ratio, f.limit + verdict[f.holds], f.note]
        for f in figures
        for value, alternative, ratio in [f.cells]
    ]
    return table(head, rows, numbers=[1, 3, 4])


if __name__ == "__main__":
    sys.exit(main())
