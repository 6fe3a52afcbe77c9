"""The commands: python -m etl build | check | status | receive | fetch | inspect | add.

Exit codes: 0 done; 2 wrong words; 10 to 17 the raw figures have faults (etl/errors.py says which);
20 another build is running; 21 a release did not read back as written; 22 a service gave nothing.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl import inputs
from indicators.concepts.release import NoRelease, current_id, current_release

if TYPE_CHECKING:
    from etl.source import Source

ROOT = Path(os.environ.get("CEI_DATA", inputs.ROOT / "data"))
PUBLISHED = Path("../shared/official")
"""Where publications stand beside a checkout that has them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = _parser().parse_args(arguments)
    raw, processed = words.data / "raw", words.data / "processed"
    if words.raw and not words.raw.is_dir():
        print(f"--raw {words.raw}: there is no such folder", file=sys.stderr)
        return 2
    if words.command == "build" and words.if_changed and not changed(raw, processed, words.raw):
        print(f"release {current_id(processed)} is up to date")
        return 0
    if words.command == "inspect":
        return _inspect(words)
    from etl.errors import EtlError  # polars loads from here on

    try:
        if words.command == "status":
            return _status(raw, processed, words.raw)
        if words.command == "fetch":
            return _fetch(words, raw)
        if words.command == "add":
            return _add(words, raw)
        if words.command == "receive":
            return _receive(raw, words.source, words.raw)
        return _build(raw, processed, words.raw, publishing=words.command == "build")
    except EtlError as stopped:
        print(stopped, file=sys.stderr)
        print(_still_serving(processed), file=sys.stderr)
        return stopped.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="From raw figures to a release.")
    parser.add_argument("--data", type=Path, default=ROOT, help="the folder with raw/ and processed/")
    parser.set_defaults(raw=None)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="make a release of data/raw and publish it")
    build.add_argument("--if-changed", action="store_true", help="only if figures or code changed")
    check = commands.add_parser("check", help="do all but publish")
    status = commands.add_parser("status", help="the current release, and the account of rows by source")
    receive = commands.add_parser("receive", help="stamp the receipts of a source after a review")
    also = f"with the publications in DIR that are not kept here; without DIR: {PUBLISHED}"
    for command in (build, check, status, receive):
        command.add_argument("--raw", type=Path, metavar="DIR", nargs="?", const=PUBLISHED, help=also)
    receive.add_argument("source")
    inspect = commands.add_parser("inspect", help="what a reader makes of a published file; writes nothing")
    inspect.add_argument("file", type=Path)
    inspect.add_argument(
        "--cells", type=int, default=0, metavar="N", help="show the first N cells of each table"
    )
    inspect.add_argument("--language", default="en", help="of names in a structure; else English")
    inspect.add_argument(
        "--files", type=int, default=50, metavar="N", help="read the first N files of an archive; 0 = all"
    )
    inspect.add_argument("--json", action="store_true", help="as JSON, with every code")
    inspect.add_argument("--seconds", type=float, default=10, help="end the reader after so long")
    inspect.add_argument("--megabytes", type=int, default=480, help="end the reader beyond so much memory")
    for command in (
        inspect,
        adding := commands.add_parser("add", help="propose a source for a published file, and write it"),
    ):
        command.add_argument("--structure", type=Path, metavar="FILE", help="the structure of SDMX data")
    _parse_fetch(commands.add_parser("fetch", help="get a new vintage of a source from its live service"))
    _parse_add(adding)
    return parser


def _parse_fetch(fetch: argparse.ArgumentParser) -> None:
    fetch.add_argument("source")
    fetch.add_argument("--address", metavar="BASE", help="another base address: a mirror, a server for tests")
    fetch.add_argument("--seconds", type=float, default=600, help="end the run after so long")
    fetch.add_argument("--fewer", action="store_true", help="far fewer cells than the last time are right")
    fetch.epilog = (
        "CEI_SERVICE_<NAME> in the environment is another base address of a service of etl/services.yaml "
        "(CEI_SERVICE_ECB=http://127.0.0.1:8000) or of a source; a bare host keeps the path. Keys come from "
        "the environment too: COMTRADE_KEY, UNCTADSTAT_CLIENT_ID and UNCTADSTAT_CLIENT_SECRET."
    )


def _parse_add(add: argparse.ArgumentParser) -> None:
    add.add_argument("file", type=Path)
    add.add_argument("--write", metavar="ID", help="write a new source under this name")
    add.add_argument("--to", metavar="ID", help="a further edition of a source that is there")
    add.add_argument("--unsettled", action="store_true", help="write although questions are open, as ?")
    add.add_argument("--table", action="append", default=[], help="a table that is wanted; none = all")
    for name, shown, said in (
        ("set", "COLUMN=VALUE", "what holds for every cell"),
        ("column", "COLUMN=DIMENSION", "which dimension is a column of ours; two as 'Year + Month'"),
        ("map", "DIMENSION:LABEL=CODE", "our code for a label, or aside; the label ? is all that are open"),
        ("each", "DIMENSION:LABEL=COLUMN:CODE,…", "several things that a label says: measure, unit, power"),
        ("where", "DIMENSION=CODE", "a code that is taken; all others of the dimension are left aside"),
        ("without", "DIMENSION=CODE", "a code that is left aside"),
        ("mark", "MARK=MEANING", "why a value is missing: not_available, not_applicable, suppressed, nil"),
        ("flag", "FLAG=MEANING", "a code of obs_status, forecast, confidential, or words"),
        ("accept", "DIMENSION", "all codes that are proposed for it are right"),
    ):
        add.add_argument(f"--{name}", action="append", default=[], metavar=shown, help=said)
    add.add_argument("--year-begins", type=int, metavar="MONTH", help="the month in which 2023/24 begins")
    add.add_argument("--counts", choices=("quarter", "half", "month"), help="what the 1 of 2023-1 is")
    add.add_argument("--dates", choices=("day", "month", "quarter", "half", "year"),
                     help="what a date such as 2024-03-01 stands for")  # fmt: skip
    add.add_argument(
        "--decimal", choices=("point", "comma"), help="the decimal sign, where 1.234 leaves it open"
    )
    add.add_argument("--seconds", type=float, default=10, help="end the reader after so long")
    add.add_argument("--megabytes", type=int, default=480, help="end the reader beyond so much memory")
    for field in ("publisher", "title", "address", "published_on", "language", "authority", "licence"):
        add.add_argument(f"--{field.replace('_', '-')}", default="", help="for the receipt")


def changed(raw: Path, processed: Path, also: Path | None = None) -> bool:
    """Whether the current release was made of other raw figures or by other code, or is missing."""
    try:
        made_of = current_release(processed).manifest
    except (NoRelease, FileNotFoundError, ValueError):
        return True
    return (made_of.get("raw"), made_of.get("code_version")) != (
        inputs.raw_files(raw, also), inputs.code_version(),
    )  # fmt: skip


def _build(raw: Path, processed: Path, also: Path | None, *, publishing: bool) -> int:
    from etl.run import build
    from etl.source import sources

    before = current_id(processed)
    with _progress(len(sources()) + publishing) as say:
        release = build(raw, processed, say=say, also=also, publishing=publishing)
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


def _status(raw: Path, processed: Path, also: Path | None) -> int:
    from etl.status import status

    print(status(raw, processed, stale=changed(raw, processed, also)))
    return 0


def _inspect(words: argparse.Namespace) -> int:
    import json

    from etl.readers.bad_file import BadFile
    from etl.readers.guard import guarded, structured
    from etl.readers.page import page, plain

    asked = ["--cells", str(words.cells), "--files", str(words.files)]
    asked += [*structured(words.structure, words.language), "--", str(words.file.absolute())]
    try:
        found = guarded(asked, seconds=words.seconds, megabytes=words.megabytes)
    except BadFile as bad:
        print(plain(f"{words.file}: {bad}"), file=sys.stderr)
        return 11
    said = json.dumps(found, ensure_ascii=False, indent=1) if words.json else page(found)
    print(said.encode("utf-8", "backslashreplace").decode("utf-8"))
    return 0


def _fetch(words: argparse.Namespace, raw: Path) -> int:
    from etl.fetch import fetch

    source = _source(words.source)
    if source is None:
        return 2
    said = fetch(
        source, raw, say=lambda what: print(f"  {what}", file=sys.stderr, flush=True),
        address=words.address, seconds=words.seconds, fewer=words.fewer,
    )  # fmt: skip
    print(said)
    return 0


def _source(source_id: str) -> "Source | None":
    """The source called so; None, and a line that names those there are, where there is none."""
    from etl.source import sources

    known = {source.id: source for source in sources()}
    if source_id not in known:
        print(f"{source_id!r} is no source; there are {', '.join(known)}", file=sys.stderr)
    return known.get(source_id)


def _add(words: argparse.Namespace, raw: Path) -> int:
    from etl import source
    from etl.add import RECEIPT, looked_at, page, refusals, results, tried_out, write
    from etl.errors import BuildStopped
    from etl.readers.cells import BadFile
    from etl.settle import said_of

    receipt = {field: getattr(words, field, "") for field in RECEIPT}
    limits = {"seconds": words.seconds, "megabytes": words.megabytes}
    try:
        if words.to:
            return _edition(words, receipt, raw, limits)
        names = ("set", "column", "map", "each", "where", "without", "mark", "flag", "accept")
        said = said_of({name: getattr(words, name) for name in names}, words.year_begins, words.counts,
                       words.decimal, words.dates)  # fmt: skip
        added = looked_at(
            words.file, said, words.table, structure=words.structure, language=words.language, **limits
        )
        print(page(added))
        if words.write is not None and (
            no := refusals(added, words.file, words.write, receipt, unsettled=words.unsettled)
        ):
            raise ValueError("; ".join(no))
        made = None
        if not added.open:
            made = tried_out(added, words.file, receipt, words.write or "new_source")
            if made.faults:
                raise BuildStopped(list(made.faults))
            print(results(made))
        if words.write:
            files = write(added, words.file, words.write, receipt, raw=raw, folder=source.SOURCES,
                          unsettled=words.unsettled, made=made)  # fmt: skip
            print("\n".join(["", "written:", *(f"  {path}" for path in files)]))
            print(_left_out(receipt, words.write))
    except BadFile as bad:
        print(f"{words.file}: {bad}", file=sys.stderr)
        return 11
    except (ValueError, FileExistsError) as refused:
        print(f"{words.file}: nothing was written: {refused}", file=sys.stderr)
        return 2
    return 0


def _left_out(receipt: dict[str, str], source_id: str) -> str:
    """What to do next, and what the receipt does not say."""
    empty = [f"--{f.replace('_', '-')}" for f, said in receipt.items() if not said and f != "retrieved_on"]
    lacks = f"The receipt does not say {', '.join(empty)}; write it into receipt.yaml. " if empty else ""
    return f"{lacks}Next: python -m etl check, then build. Deleting the two folders of {source_id} undoes it."


def _edition(words: argparse.Namespace, receipt: dict[str, str], raw: Path, limits: dict[str, Any]) -> int:
    """Keep a further edition of a source, and say what has changed in it."""
    from etl.add import results
    from etl.edition import compared, kept

    source = _source(words.to)
    if source is None:
        return 2
    edition = compared(words.file, source, receipt, raw, structure=words.structure, **limits)
    print("\n".join(edition.changes) or "The structure is that of the last edition.")
    files = kept(edition, words.file, source, raw)
    print(results(edition.made))
    print("\n".join(["", "written:", *(f"  {path}" for path in files)]))
    return 0


def _receive(raw: Path, source_id: str, also: Path | None) -> int:
    from etl.errors import BuildStopped
    from etl.steps.receive import stamp, vintages

    source = _source(source_id)
    if source is None:
        return 2
    editions, faults = vintages(source, raw, also)
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
