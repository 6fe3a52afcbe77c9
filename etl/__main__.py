"""The commands: python -m etl build | check | status | receive SOURCE.

Exit codes: 0 done; 2 wrong words; 10 to 17 the raw figures have faults (etl/errors.py says which);
20 another build is running; 21 a release did not read back as written.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from etl import inputs
from indicators.concepts.release import NoRelease, current_id, current_release

ROOT = Path(os.environ.get("CEI_DATA", inputs.ROOT / "data"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = _parser().parse_args(arguments)
    raw, processed = words.data / "raw", words.data / "processed"
    if words.command == "build" and words.if_changed and not changed(raw, processed):
        print(f"release {current_id(processed)} is up to date")
        return 0
    from etl.errors import EtlError  # polars loads from here on

    try:
        if words.command == "status":
            return _status(raw, processed)
        if words.command == "receive":
            return _receive(raw, words.source)
        return _build(raw, processed, publishing=words.command == "build")
    except EtlError as stopped:
        print(stopped, file=sys.stderr)
        print(_still_serving(processed), file=sys.stderr)
        return stopped.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="From raw figures to a release.")
    parser.add_argument("--data", type=Path, default=ROOT, help="the folder with raw/ and processed/")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="make a release of data/raw and publish it")
    build.add_argument("--if-changed", action="store_true", help="only if figures or code changed")
    commands.add_parser("check", help="do all but publish")
    commands.add_parser("status", help="the current release, and the account of rows by source")
    receive = commands.add_parser("receive", help="stamp the receipts of a source after a review")
    receive.add_argument("source")
    return parser


def changed(raw: Path, processed: Path) -> bool:
    """Whether the current release was made of other raw figures or by other code, or is missing."""
    try:
        made_of = current_release(processed).manifest
    except (NoRelease, FileNotFoundError, ValueError):
        return True
    return (made_of.get("raw"), made_of.get("code_version")) != (
        inputs.raw_files(raw), inputs.code_version(),
    )  # fmt: skip


def _build(raw: Path, processed: Path, *, publishing: bool) -> int:
    from etl.run import build
    from etl.source import sources

    before = current_id(processed)
    with _progress(len(sources()) + publishing) as say:
        release = build(raw, processed, say=say, publishing=publishing)
    if release is None:
        print("All raw figures are in order; nothing was written.")
    else:
        print(f"release {release} " + ("is unchanged" if release == before else "is current"))
    return 0


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, a plain line a step elsewhere."""
    if not sys.stderr.isatty():
        yield lambda what: print(f"  {what}", file=sys.stderr, flush=True)
        return
    from tqdm import tqdm

    with tqdm(total=total, bar_format="{l_bar}{bar:30}| {n_fmt}/{total_fmt} {desc}") as bar:

        def say(what: str) -> None:
            bar.set_description_str(what, refresh=False)
            bar.update()

        yield say


def _status(raw: Path, processed: Path) -> int:
    from etl.status import status

    print(status(raw, processed, stale=changed(raw, processed)))
    return 0


def _receive(raw: Path, source_id: str) -> int:
    from etl.errors import BuildStopped
    from etl.source import sources
    from etl.steps.receive import stamp, vintages

    known = {source.id: source for source in sources()}
    if source_id not in known:
        print(f"{source_id!r} is no source; there are {', '.join(known)}", file=sys.stderr)
        return 2
    editions, faults = vintages(known[source_id], raw)
    if faults:
        raise BuildStopped(faults)
    said = [line for vintage in editions for line in stamp(vintage)]
    print("\n".join(said) or "The receipts are as the files are; nothing to stamp.")
    return 0


def _still_serving(processed: Path) -> str:
    release = current_id(processed)
    if release is None:
        return "Nothing was written; there is no release yet."
    return f"Nothing was written; {processed} still serves the release {release}."


if __name__ == "__main__":
    sys.exit(main())
