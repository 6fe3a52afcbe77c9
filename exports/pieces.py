"""A large answer as a file that leaves while it is made: some areas are answered at a time.

The numbers of an area are the same whichever areas are asked beside it, and an answer is sorted by area: so
its parts, one after another, are its rows. The sums of a group need all of its members, and what Arrow says
of a whole stands before its rows; such an answer is made whole, and only its file is written in pieces.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from exports.columnar import ABOUT, about_of, described
from exports.delimited import MARK, decimal_comma, headed, written
from exports.passing import Passing
from exports.sdmx import csv_data, ml_data
from exports.sdmx.artefacts import flow_id
from exports.sdmx.markup import V30
from exports.sdmx.rows import rows
from exports.table import Table, table
from indicators.answer import answer, freqs_of
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.query import Query
from indicators.store import Store

ROWS = 16_384
"""Rows that are written at a time, and about as many claims are answered at a time."""
Areas = tuple[str, ...]
_SCHEMA = b"ARROW:schema"
"""Where a Parquet file holds the types and definitions of its columns, as Arrow has them."""


def parts(query: Query, store: Store, catalogue: Catalogue) -> list[Areas]:
    """The areas of a question in groups of about ROWS claims, in the order of an answer.

    One group, the areas as they were asked, where the answer is small or cannot be parted.
    """
    indicator = catalogue[query.indicator]
    counted = store.ask("claims_by_area", measure=indicator.numerator.measure, freqs=freqs_of([indicator]))
    claims = dict(counted.iter_rows())
    asked = sorted(query.areas or {*codelist("area"), *claims})
    if query.members or sum(claims.get(area, 0) for area in asked) <= 2 * ROWS:
        return [query.areas]
    groups: list[Areas] = []
    group: list[str] = []
    held = 0
    for area in asked:
        if group and held + claims.get(area, 0) > ROWS:
            groups.append(tuple(group))
            group, held = [], 0
        group.append(area)
        held += claims.get(area, 0)
    return [*groups, tuple(group)]


def tables(query: Query, groups: Iterable[Areas], store: Store, catalogue: Catalogue) -> Iterator[Table]:
    """The table of a question in parts that hold rows, each answered when it is asked for.

    Raises:
        BadQuery: as `answer`.
    """
    for areas in groups:
        given = answer(replace(query, areas=areas), store, catalogue)
        if given.frame.height:
            yield table(replace(given, query=query), store, catalogue)


def csv(made: Iterable[Table]) -> Iterator[bytes]:
    """As delimited.strict."""
    for number, part in enumerate(_frames(made)):
        yield written(part, header=not number)


def csv_for_excel(made: Iterable[Table]) -> Iterator[bytes]:
    """As delimited.for_excel."""
    begun = False
    for one in made:
        comma = decimal_comma(one.language)
        for part in one.frame.iter_slices(ROWS):
            lines = headed(part, one.language)
            separator = ";" if comma else ","
            yield (b"" if begun else MARK) + written(lines, separator, decimal_comma=comma, header=not begun)
            begun = True


def parquet(made: Iterable[Table]) -> Iterator[bytes]:
    """As columnar.parquet, a row group a part; what is said of the whole is known, and written, last."""
    sink, said = Passing(), list[dict[str, object]]()
    schema, writer = pa.schema([]), None
    for one in made:
        said.append(about_of(one))
        for part in one.frame.iter_slices(ROWS):
            content = described(replace(one, frame=part))
            if writer is None:
                schema = content.schema
                writer = pq.ParquetWriter(
                    sink, schema.remove_metadata(), compression="zstd", version="2.6", store_schema=False
                )
            writer.write_table(content.replace_schema_metadata(None))
            yield sink.taken()
    if writer is not None:
        about = json.dumps(_together(said), ensure_ascii=False, sort_keys=True).encode()
        whole = schema.with_metadata({ABOUT: about}).serialize().to_pybytes()
        writer.add_key_value_metadata({ABOUT: about, _SCHEMA: b64encode(whole)})
        writer.close()
        yield sink.taken()


def _together(said: list[dict[str, object]]) -> dict[str, object]:
    """What is known of the parts, of the whole: notes and sources of every one, each once."""
    whole = dict(said[0])
    for name in ("notes", "sources"):
        things = [thing for part in said for thing in part[name]]  # type: ignore[attr-defined]
        whole[name] = [thing for n, thing in enumerate(things) if thing not in things[:n]]
    return whole


def arrow(made: Iterable[Table]) -> Iterator[bytes]:
    """As columnar.arrow, a record batch a part; of one table."""
    sink = Passing()
    for one in made:
        schema = described(replace(one, frame=one.frame.clear())).schema
        with pa.ipc.new_file(sink, schema) as writer:
            for part in one.frame.iter_slices(ROWS):
                writer.write_table(described(replace(one, frame=part)))
                yield sink.taken()
        yield sink.taken()


def sdmx_csv(made: Iterable[Table]) -> Iterator[bytes]:
    """As sdmx.answered.csv."""
    flow, frames = _observed(made)
    return csv_data.csv(frames, flow)


def sdmx_ml(made: Iterable[Table]) -> Iterator[bytes]:
    """As sdmx.answered.markup."""
    flow, frames = _observed(made)
    return ml_data.data_message(frames, flow, version=V30)


def _observed(made: Iterable[Table]) -> tuple[str, Iterator[pl.DataFrame]]:
    """The dataflow of tables of one indicator, and their observations."""
    each = iter(made)
    first = next(each)
    return flow_id(first.answer.indicator.id), (rows(one) for one in chain([first], each))


def _frames(made: Iterable[Table]) -> Iterator[pl.DataFrame]:
    return (part for one in made for part in one.frame.iter_slices(ROWS))
