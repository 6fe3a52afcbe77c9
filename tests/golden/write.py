"""Write the golden files anew after a change that is meant: python -m tests.golden.write [--check].

Builds data/raw into a folder that is thrown away, prints what differs from the files as they stand,
and writes them. Look at every line of the difference before it is committed: a golden file that
freezes a mistake is worse than none. To add a figure, add a line with its `shows` and `figure_id`
and run this. No test runs it.
"""

import difflib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.run import build
from tests.golden.book import FOLDER, pages

RAW = Path(__file__).parents[2] / "data" / "raw"


def differences(made: dict[str, str], folder: Path) -> Iterator[str]:
    """Lines of a unified difference between the files of `folder` and what was made."""
    for name, page in made.items():
        path = folder / name
        before = path.read_text("utf-8") if path.exists() else ""
        lines = before.splitlines(keepends=True), page.splitlines(keepends=True)
        yield from difflib.unified_diff(*lines, f"golden/{name}", f"this release/{name}", n=0)


def main(arguments: Sequence[str], folder: Path = FOLDER) -> int:
    """Print what differs and write it; with --check print only. Returns 1 where something differed."""
    with tempfile.TemporaryDirectory() as processed:
        build(RAW, Path(processed), say=lambda _: None)
        made = pages(Path(processed) / "current", folder)
    said = list(differences(made, folder))
    sys.stdout.writelines(said)
    if "--check" not in arguments:
        for name, page in made.items():
            (folder / name).write_text(page, "utf-8", newline="\n")
    differ = sum(line[0] in "+-" and line[:3] not in ("+++", "---") for line in said)
    print(f"{len(made)} golden files, " + (f"{differ} lines differ" if said else "as they were"))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
