"""What pages weigh: python -m bench.weight prints it, and with --write renews the budget of the tests."""

import argparse
import json
import sys
from collections.abc import Sequence

import brotli

from bench.measure import ROOT
from dashboard.parts import DASH, LIBRARIES, SCRIPTS, Parts

BUDGET = ROOT / "tests" / "dashboard" / "weight.json"
LETTERS = ("fonts/source-sans-3-latin-wght-normal.woff2", "fonts/source-sans-3-cyrillic-wght-normal.woff2")
LATER = ("plotly.js", "plotly-cartesian.js", "grid.js")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each part weighs; 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.weight", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"renew {BUDGET.relative_to(ROOT)}")
    measured = weights(Parts())
    for name, size in measured.items():
        print(f"{size:>9,}  {name}")
    if parser.parse_args(arguments).write:
        kept = json.loads(BUDGET.read_text("utf-8")) | measured  # the lighter Plotly is not on every machine
        BUDGET.write_text(json.dumps(kept, indent=2) + "\n", "utf-8", newline="\n")
    return 0


def weights(parts: Parts) -> dict[str, int]:
    """Bytes: packed at best of all that stands in every page, unpacked of what is loaded later.

    Packing the latter takes half a minute, and only their version changes them.
    """
    first = {name: _packed(parts, name) for name in (*SCRIPTS, *DASH, "site.css")}
    letters = {name: len(_raw(parts, name)) for name in LETTERS}
    there = [name for name in LATER if name in LIBRARIES or _has(parts, name)]
    return {**first, **letters, **{f"{name}, unpacked": len(_raw(parts, name)) for name in there}}


def _packed(parts: Parts, name: str) -> int:
    return len(brotli.compress(_raw(parts, name)))


def _raw(parts: Parts, name: str) -> bytes:
    found = parts.body(parts.address(name), "")
    return found[0] if found else b""


def _has(parts: Parts, name: str) -> bool:
    try:
        return bool(parts.address(name))
    except KeyError:
        return False


if __name__ == "__main__":
    sys.exit(main())
