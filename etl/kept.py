"""Kept: the figures of a source that are in order, in memory or, where there are many, in files."""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl.coded import Few, as_texts, few
from etl.errors import BrokenRelease
from etl.parquet import order, put, reads_back, table_of
from indicators.concepts.observation import KEY, SCHEMA

MOST = 500_000
"""Figures of one source that are held in memory together."""
PART = 100_000
"""Figures of one file at least, the last two aside: what is worked on at a time, so nothing is joined."""
WRITERS = 2
"""Files that are written at a time, each by one processor."""


@dataclass(frozen=True)
class Figures:
    """Figures of one source in the one shape: `frame`, or `files` of Parquet in their order."""

    frame: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    files: Sequence[Path] = ()

    def lazy(self) -> pl.LazyFrame:
        """All of them, unread."""
        return pl.scan_parquet(list(self.files), glob=False) if self.files else self.frame.lazy()

    @property
    def height(self) -> int:
        """How many."""
        return int(self.lazy().select(pl.len()).collect().item())


class Keeper:
    """Takes figures part by part, and sets them down in a folder where they grow too many.

    Few figures are sorted by KEY as a whole; many are sorted within each file. Files are written beside the
    work on what follows, so a Keeper is a context: at its end nothing is being written any more.
    """

    def __init__(self, name: str, folder: Path | None) -> None:
        """For the source `name`; without a folder all stay in memory."""
        self._name, self._folder = name, folder
        self._held: list[pl.DataFrame] = []
        self._height = 0
        self._files: list[Path] = []
        self._writers = ThreadPoolExecutor(WRITERS)
        self._writing: deque[Future[None]] = deque()

    def __enter__(self) -> "Keeper":
        return self

    def __exit__(self, *_: object) -> None:
        self._writers.shutdown(cancel_futures=True)

    def take(self, frame: pl.DataFrame) -> None:
        """Keep `frame`, of the one shape, its codes as texts or as etl/coded.py holds them."""
        if not frame.height:
            return
        self._held.append(frame)
        self._height += frame.height
        if self._folder and self._height >= (PART if self._files else MOST):
            self._set_down(self._folder)

    def figures(self) -> Figures:
        """All that was taken."""
        if not self._files or not self._folder:
            held = pl.concat(self._held).rechunk() if self._held else pl.DataFrame(schema=SCHEMA)
            return Figures(as_texts(in_order(held)))
        for frames in _halves(self._held):  # nothing is left to do beside: each processor takes one
            self._file(self._folder, frames)
        while self._writing:
            self._writing.popleft().result()
        return Figures(files=tuple(self._files))

    def _set_down(self, folder: Path) -> None:
        """Write what was taken in files of at least PART figures; what is too little for one is kept."""
        waiting: list[pl.DataFrame] = []
        for frame in self._held:
            waiting.append(frame)
            if sum(held.height for held in waiting) >= PART:
                self._file(folder, waiting)
                waiting = []
        self._held, self._height = waiting, sum(held.height for held in waiting)

    def _file(self, folder: Path, frames: list[pl.DataFrame]) -> None:
        path = folder / f"{self._name}-{len(self._files) + 1:04}.parquet"
        self._files.append(path)
        self._writing.append(self._writers.submit(_write_in_order, frames, path))
        while len(self._writing) > WRITERS:  # no more are held than are being written
            self._writing.popleft().result()


def _halves(frames: list[pl.DataFrame]) -> list[list[pl.DataFrame]]:
    """The frames as two files of much the same size, where there are enough for that."""
    middle = (len(frames) + 1) // 2
    return [half for half in (frames[:middle], frames[middle:]) if half]


def _write_in_order(frames: list[pl.DataFrame], path: Path) -> None:
    """Set figures down in the order of KEY, and look whether they read back."""
    part = pl.concat(frames).rechunk()  # rows in many pieces take twenty times as long to be put in order
    known = {name: few(part[name]) for name in part.columns}
    places = _order(part, known)
    rest = part.select(pl.col(name).gather(places) for name, codes in known.items() if not codes)
    coded = {name: it.at(places) for name, it in known.items() if it}
    table = table_of(part.columns, part.height, rest, coded)
    put(table, path, quick=True)
    if not reads_back(table, path):
        raise BrokenRelease(f"{path.name} does not read back as it was written; is the disk full?")


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Figures sorted by KEY."""
    known = {name: few(frame[name]) for name in frame.columns}
    places = _order(frame, known)
    lone = [name for name, codes in known.items() if codes and codes.ranks is None]
    return frame.with_columns(pl.exclude(lone).gather(places)) if len(lone) < frame.width else frame


def _order(frame: pl.DataFrame, known: Mapping[str, Few | None]) -> pl.Series:
    """The rows of figures by KEY, by the ranks of its codes where there are not too many."""
    keys = [codes for name in KEY[:-1] if (codes := known[name])]
    if len(keys) == len(KEY) - 1 and frame[KEY[-1]].null_count() == 0:
        with suppress(OverflowError):
            return order(keys, frame[KEY[-1]])
    return frame.select(pl.arg_sort_by(KEY)).to_series()


def files_of(source_id: str, files: Iterable[Path]) -> list[Path]:
    """Those of the files of a release that hold observations of a source, in their order."""
    named = re.compile(rf"{re.escape(source_id)}(-[0-9]{{4,}})?\.parquet")
    return sorted(file for file in files if named.fullmatch(file.name))
