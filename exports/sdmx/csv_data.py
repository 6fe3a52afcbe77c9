"""SDMX-CSV: one row an observation; version 2.0 and the older 1.0. Text stays as it is, as for every machine.

A line break inside a text becomes a space: readers of SDMX-CSV take a line for a row. What a client may ask
for beside the media type is in Options; a period that is normalised is the last day of it.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from itertools import chain

import polars as pl

from exports.sdmx.components import AGENCY, EVERYTHING, KEY, TIME, VERSION
from exports.sdmx.rows import END, START
from exports.text import clean, columns_with

INFORMATION = "I"
AWKWARD = r"[\x00-\x1f\x{85}\x{2028}\x{2029}\x{fffe}\x{ffff}]"
"""What a text may hold that is replaced or left out; one look at most texts, which hold none."""
BREAKS = r"[\n\r\x0b\x0c\x1c-\x1e\x{85}\x{2028}\x{2029}]+"
ROWS, HANDS = 16_384, 2
"""Rows of a part, and parts that are written at a time: a long message is never whole in memory."""
ID, NAME, BOTH = "id", "name", "both"


@dataclass(frozen=True)
class Options:
    """What the media type of SDMX-CSV may ask for.

    Attributes:
        labels: ID; NAME = names in columns of their own; BOTH = "KAZ: Kazakhstan".
        keys: of a series, an observation, or both, in columns of their own: "none" if not said.
        time: "original", or "normalized" = days.
    """

    labels: str = ID
    keys: str = "none"
    time: str = "original"


@dataclass(frozen=True)
class Names:
    """What labels say, in one language.

    Attributes:
        flow: of the dataflow.
        components: id of a component → its name.
        codes: id of a component → code → its name.
    """

    flow: str = ""
    components: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


PLAIN, UNNAMED = Options(), Names()


def csv(
    frames: Iterable[pl.DataFrame],
    flow: str = EVERYTHING,
    *,
    version: str = "2.0",
    options: Options = PLAIN,
    names: Names = UNNAMED,
) -> Iterator[bytes]:
    """The message, a part at a time; the next is made while one is sent.

    Args:
        frames: shape of rows.rows, or some of its columns; all alike.
        flow: id of the dataflow.
        version: "2.0" or "1.0".
        options: what is asked beside it.
        names: of what it holds; needed for labels only.
    """
    parts = (part for frame in frames for part in frame.iter_slices(ROWS))
    first, second = next(parts, None), next(parts, None)
    if first is None:
        return
    write = partial(_written, flow=flow, version=version, options=options, names=names)
    if second is None:  # most messages: not worth a hand
        yield write(first, heading=True)
        return
    with ThreadPoolExecutor(HANDS) as hands:
        waiting: deque[Future[bytes]] = deque([hands.submit(write, first, heading=True)])
        for part in chain([second], parts):
            waiting.append(hands.submit(write, part, heading=False))
            if len(waiting) > HANDS:
                yield waiting.popleft().result()
        for made in waiting:
            yield made.result()


def _written(
    frame: pl.DataFrame, *, heading: bool, flow: str, version: str, options: Options, names: Names
) -> bytes:
    shown = _plain(_timed(frame, options).drop(START, END, strict=False))
    target = BytesIO()
    shown.select(*_before(shown, flow, version, options, names), *_labelled(shown, options, names)).write_csv(
        target, include_header=heading, line_terminator="\r\n", date_format="%Y-%m-%d"
    )
    return target.getvalue()


def _before(
    frame: pl.DataFrame, flow: str, version: str, options: Options, names: Names
) -> Iterator[pl.Expr]:
    """The columns before the components: of what structure the row is, and the keys."""
    own = f"{AGENCY}:{flow}({VERSION})"
    said = f"{own}: {names.flow}" if options.labels == BOTH else own
    if version == "1.0":
        yield pl.lit(said).alias("DATAFLOW")
        return
    yield pl.lit("dataflow").alias("STRUCTURE")
    yield pl.lit(said).alias("STRUCTURE_ID")
    if options.labels == NAME:
        yield pl.lit(names.flow).alias("STRUCTURE_NAME")
    yield pl.lit(INFORMATION).alias("ACTION")
    if options.keys in ("series", BOTH):
        yield pl.concat_str(KEY, separator=".").alias("SERIES_KEY")
    if options.keys in ("obs", BOTH):
        there = [name for name in (*KEY, TIME) if name in frame.columns]
        yield pl.concat_str(there, separator=".").alias("OBS_KEY")


def _labelled(frame: pl.DataFrame, options: Options, names: Names) -> Iterator[pl.Expr]:
    if options.labels == ID:
        yield pl.all()
        return
    for component in frame.columns:
        own, codes = pl.col(component), names.codes.get(component, {})
        there = [code for code in frame[component].unique().to_list() if code in codes] if codes else []
        named = own.replace_strict(
            there, [codes[code] for code in there], default=None, return_dtype=pl.String
        )  # fmt: skip
        named = named if there else pl.lit(None, pl.String)
        if options.labels == NAME:
            yield own
            yield named.alias(names.components[component])
        else:
            title = f"{component}: {names.components[component]}"
            joined = pl.concat_str([own, pl.lit(": "), named])
            yield (pl.coalesce(joined, own) if there else own).alias(title)


def _timed(frame: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Periods as days, where that is asked: of each the last."""
    if options.time == "original" or TIME not in frame.columns:
        return frame
    return frame.with_columns(pl.coalesce(pl.col(END).cast(pl.String), TIME).alias(TIME))


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    awkward = columns_with(frame, AWKWARD)
    return frame.with_columns(clean(frame.select(pl.col(awkward).str.replace_all(BREAKS, " "))))
