"""Fetch: a new vintage of a source from the live service that publishes it.

source.yaml says under `service` what to ask for (etl/live/services.py), and under `receipt` what a receipt
says that neither the service nor the last one knows.

A vintage is whole or not there: files come into a folder beside the vintages, are read, mapped and checked
as a build does it, and only then does the folder get its name. What was begun and cut off is resumed. A
service that says nothing has changed, or gives the same figures, makes no vintage. Every fault leaves the
vintages as they are, so that the last one goes on serving.
"""

import logging
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import yaml

from etl.collect import of_editions
from etl.errors import BuildStopped, FetchFailed, report
from etl.inputs import digest
from etl.live import services
from etl.live.download import Download, when
from etl.live.line import Line, Resumable, Say
from etl.live.pages import downloads
from etl.live.services import Ask
from etl.lock import hold
from etl.source import Source, Vintage
from etl.steps.check import duplicates
from etl.steps.receive import RECEIPT, printed, stamp, vintages

AT_LONGEST = 600.0
"""Seconds of one run."""
VERSION = "0.1"
HEADERS = {"User-Agent": f"creative-economy-indicators/{VERSION}", "Accept-Encoding": "identity"}
"""Bytes as they are, so that their number can be checked and a cut can be resumed."""
HERE = {f"all://{host}": None for host in ("127.0.0.1", "localhost", "[::1]")}
"""Hosts that are asked directly, whatever proxy the environment names."""
PARTIAL, LOCK = ".partial", ".fetch.lock"
"""Folder of what is being fetched, and the lock of data/raw: no vintage begins with a dot."""
ABOUT = ("publisher", "title", "licence", "language", "authority", "remark")
FEWER = 0.5
"""Of the last vintage's cells: a new one with fewer is not taken without a word from a person."""


@dataclass(frozen=True)
class Run:
    """One source being fetched: where to, and what is there already."""

    source: Source
    raw: Path
    editions: tuple[Vintage, ...]
    now: datetime

    @property
    def last(self) -> Vintage | None:
        """The newest vintage that is there."""
        return self.editions[-1] if self.editions else None

    @property
    def folder(self) -> Path:
        """Of what is being fetched."""
        return self.raw / self.source.id / PARTIAL

    @property
    def known(self) -> Mapping[str, Mapping[str, Any]]:
        """What the last vintage says of each of its files."""
        return self.last.listed if self.last else {}

    @property
    def serving(self) -> str:
        """What goes on whatever happens."""
        if self.last is None:
            return "There is no vintage of it yet."
        return f"The vintage {self.last.name} goes on serving."


def fetch(
    source: Source, raw: Path, *, say: Say, now: datetime | None = None, pause: float = 1.0,
    address: str | None = None, seconds: float = AT_LONGEST, fewer: bool = False,
) -> str:  # fmt: skip
    """Get a new vintage of `source`; says in one line what came of it.

    Args:
        source: one with `service` in its source.yaml.
        raw: data/raw.
        say: told of every attempt that failed.
        now: the time that names the vintage; None = now.
        pause: seconds between two requests and before the second attempt; doubled for each further one.
        address: another base address of the service.
        seconds: the run ends after so long.
        fewer: whether far fewer cells than the last time are right.

    Raises:
        FetchFailed: offline, refused, cut off too often, no data, a changed structure.
        BuildStopped: the vintages that are there have faults.
    """
    wanted = source.facts.get("service")
    if not wanted:
        raise FetchFailed(f"{source.id} has no `service` in its source.yaml: it is brought in by hand")
    asks: list[Ask] = []
    line = Line(_client(), say, pause, time.monotonic() + seconds)
    with line.client, _alone(raw, line.until):
        run = _run(source, raw, now or datetime.now(UTC))
        try:
            asks = services.requests(source.id, wanted, address)
            return _fetched(run, asks, line, fewer)
        except FetchFailed as fault:
            _left(run.folder, resumable=isinstance(fault, Resumable))
            said = f"{str(fault).rstrip('.')}. {run.serving}".replace("?. ", "? ")
            for ask in asks:
                said = ask.secrets.hide(said)
            raise FetchFailed(said) from None


def _left(folder: Path, *, resumable: bool) -> None:
    """What a failure leaves: what came, if the next run can go on with it; no folder with nothing in it."""
    if not resumable:
        shutil.rmtree(folder, ignore_errors=True)
    for empty in (folder, folder.parent):
        with suppress(OSError):
            empty.rmdir()


def _run(source: Source, raw: Path, now: datetime) -> Run:
    editions, faults = vintages(source, raw)
    if faults and any((raw / source.id).glob("[!.]*")):
        raise BuildStopped(faults)
    return Run(source, raw, tuple(editions), now)


@contextmanager
def _alone(raw: Path, until: float) -> Iterator[None]:
    """One fetch at a time below `raw`, and so one request at a time to any host."""
    raw.mkdir(parents=True, exist_ok=True)
    with (raw / LOCK).open("a") as file:
        while True:
            try:
                hold(file.fileno())
                break
            except OSError:
                if time.monotonic() > until:
                    raise Resumable(f"another fetch has been running in {raw} all this time") from None
                time.sleep(0.1)
        yield


def _client() -> httpx.Client:
    for name in ("httpx", "httpcore"):  # they write addresses, and so keys, into logs
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.Client(headers=HEADERS, mounts=HERE)


def _fetched(run: Run, asks: list[Ask], line: Line, fewer: bool) -> str:
    run.folder.mkdir(parents=True, exist_ok=True)
    there = run.last.folder if run.last else None
    got = [d for ask in asks for d in downloads(line, ask, run.folder, run.known, there)]
    for extra in {p.name for p in run.folder.iterdir()} - {d.file for d in got}:
        (run.folder / extra).unlink()
    if run.last and {d.file for d in got} == set(run.known) and all(_unchanged(d, run) for d in got):
        return _nothing_new(run)
    vintage = _vintage(run, got)
    return _kept(run, vintage, fewer)


def _unchanged(got: Download, run: Run) -> bool:
    if got.path is None:
        return True
    return bool(run.known[got.file].get("sha256") == digest(got.path))


def _nothing_new(run: Run) -> str:
    shutil.rmtree(run.folder)
    return f"{run.source.id}: nothing has changed since {run.last.name if run.last else ''}"


def _vintage(run: Run, got: list[Download]) -> Vintage:
    """The folder of what came, with its receipt, as a vintage that has its name but not its place yet."""
    name = run.now.strftime("%Y-%m-%d")
    if (run.raw / run.source.id / name).exists():
        name = run.now.strftime("%Y-%m-%dT%H%M%S")
    facts = {d.file: dict(d.facts) for d in got}
    for one in got:
        if one.path is None and run.last:
            shutil.copyfile(run.last.path(one.file), run.folder / one.file)
            kept = run.known[one.file]
            facts[one.file] = {k: str(v) for k, v in kept.items() if k not in ("file", "bytes", "sha256")}
    said = _receipt(run, got, facts[got[0].file]["address"])
    (run.folder / RECEIPT).write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
    vintage = Vintage(run.source, name, run.folder, {**said, "files": [{"file": d.file} for d in got]})
    stamp(vintage, facts)
    receipt = yaml.safe_load((run.folder / RECEIPT).read_text("utf-8"))
    return Vintage(run.source, name, run.folder, receipt)


def _receipt(run: Run, got: list[Download], address: str) -> dict[str, Any]:
    """What is known of the whole vintage: from its service, the source, and the last vintage."""
    before = run.last.receipt if run.last else {}
    own = {**services.receipt(run.source.facts["service"]), **run.source.facts.get("receipt", {})}
    about = {"title": run.source.facts.get("title"), **own}
    said = {field: about.get(field) or before.get(field) for field in ABOUT}
    days = [day for d in got if (day := when(d.facts.get("last_modified", ""))) and day <= run.now]
    return {k: v for k, v in said.items() if v} | {
        "address": address,
        "published_on": max(days).date().isoformat() if days else None,
        "retrieved_on": run.now.strftime("%Y-%m-%d"),
        "files": [],
    }


def _kept(run: Run, vintage: Vintage, fewer: bool) -> str:
    """Read what came as a build does, and give the folder its name."""
    made = of_editions(run.source, [*run.editions, vintage])
    every = [made.observations.lazy(), made.targets.lazy()]
    faults = made.faults or tuple(duplicates(pl.concat(every)))
    if faults:
        raise FetchFailed(f"what came is not what {run.source.id} reads: {report(faults)}")
    frame, before = _cells(vintage), _cells(run.last) if run.last else None
    cells = frame.height
    if not cells:
        raise FetchFailed(f"nothing that {run.source.id} takes is in what came: compare `where`")
    if before is not None and _same_figures(before, frame):
        return _nothing_new(run)
    if before is not None and cells < before.height * FEWER and not fewer:
        raise FetchFailed(
            f"{cells:,} cells came, {before.height:,} are in {run.last.name if run.last else ''}: "
            "cut off, or another query? If it is right, fetch with --fewer"
        )
    run.folder.rename(run.raw / run.source.id / vintage.name)
    return f"{run.source.id}: the vintage {vintage.name} came, {cells:,} cells; run `python -m etl build`"


def _cells(vintage: Vintage) -> pl.DataFrame:
    """What a vintage says, wherever in its files it stands."""
    frames = [draft.frame for draft in printed(vintage) if draft.frame.height]
    cells = pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
    return cells.drop("file", "row", "place", strict=False)


def _same_figures(before: pl.DataFrame, after: pl.DataFrame) -> bool:
    """Whether the cells are the same: a date of making is no news."""
    if set(before.columns) != set(after.columns):
        return False
    columns = sorted(after.columns)
    return before.select(columns).sort(pl.all()).equals(after.select(columns).sort(pl.all()))
