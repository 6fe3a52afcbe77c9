"""Data messages in SDMX-ML: structure-specific 2.1 and 3.0, and generic 2.1; written a series at a time."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from exports.sdmx.artefacts import DATA_STRUCTURE, DATAFLOW, urn
from exports.sdmx.components import AGENCY, EVERYTHING, KEY, STRUCTURE, TIME, VALUE, VERSION
from exports.sdmx.markup import V21, V30, header, namespace, opening, quoted, tag
from exports.sdmx.rows import END, START
from exports.text import clean

FLAT = "AllDimensions"
"""Observations that stand alone, each with its whole key."""
SPECIFIC, GENERIC = "structurespecific", "generic"
PART = 500
"""Series written at a time."""


def data_message(
    frames: Iterable[pl.DataFrame],
    flow: str = EVERYTHING,
    *,
    version: str = V21,
    layout: str = SPECIFIC,
    at: str = TIME,
) -> Iterator[bytes]:
    """The message, a part at a time.

    Args:
        frames: shape of rows.rows, or some of its columns; a series stands in one frame only.
        flow: id of the dataflow.
        version: V21 or V30.
        layout: SPECIFIC or, in 2.1, GENERIC.
        at: the dimension that observations of a series differ by, or FLAT.
    """
    specific = layout == SPECIFIC
    yield (_opened if specific else _opened_generic)(flow, version, at).encode()
    for frame in frames:
        yield from _written(frame, at, specific)
    root = "StructureSpecificData" if specific else "GenericData"
    yield f"</mes:DataSet></mes:{root}>".encode()


def _opened(flow: str, version: str, at: str) -> str:
    name = urn(DATAFLOW, flow)
    spaces = [
        ("ss", namespace(version, "data/structurespecific")),
        ("ns1", f"{name}:ObsLevelDim:{at}"),
    ]
    used = tag("com:StructureUsage", name if version == V30 else _ref(flow))
    if version == V30 and MISREAD in flow:
        used = tag("com:Structure", urn(DATA_STRUCTURE, STRUCTURE))
    structure = tag(
        "mes:Structure",
        used,
        structureID=flow,
        namespace=name,
        dimensionAtObservation=at,
    )
    scope = ' ss:dataScope="DataStructure"' if version == V21 else ""
    start = opening("StructureSpecificData", version, spaces) + header(structure)
    kind = f'ss:structureRef="{flow}" xsi:type="ns1:DataSetType"{scope} ss:action="Information"'
    return f"{start}<mes:DataSet {kind}>"


MISREAD = "URN"
"""pysdmx 1.21 takes a reference that holds these letters, as TURNOVER does, for a part of a message, and
stops; the data structure, which it then gets in place of the dataflow, is the same for all."""


def _opened_generic(flow: str, version: str, at: str) -> str:
    structure = tag(
        "mes:Structure", tag("com:StructureUsage", _ref(flow)), structureID=flow, dimensionAtObservation=at
    )
    start = opening("GenericData", version, [("gen", namespace(version, "data/generic"))])
    return f'{start}{header(structure)}<mes:DataSet structureRef="{flow}" action="Information">'


def _ref(flow: str) -> str:
    return tag("Ref", agencyID=AGENCY, id=flow, version=VERSION, **{"class": "Dataflow"})


def _written(frame: pl.DataFrame, at: str, specific: bool) -> Iterator[bytes]:
    shown = clean(frame.drop(START, END, strict=False).with_columns(pl.all().cast(pl.String)))
    dimensions = [name for name in (*KEY, TIME) if name in shown.columns]
    if at == FLAT:
        flat = _flat if specific else _flat_generic
        for part in shown.iter_slices(PART * 10):
            yield "".join(flat(row, dimensions) for row in part.iter_rows(named=True)).encode()
        return
    key = [name for name in dimensions if name != at]
    series = shown.partition_by(key, maintain_order=True)
    write = _series if specific else _series_generic
    for n in range(0, len(series), PART):
        yield "".join(write(s.to_dicts(), key, at) for s in series[n : n + PART]).encode()


def _series(rows: Sequence[dict[str, str | None]], key: Sequence[str], at: str) -> str:
    shown = [name for name in rows[0] if name not in key]
    inside = "".join(f"<Obs{_attributes(row, shown)}/>" for row in rows) if at in shown else ""
    return f"<Series{_attributes(rows[0], key)}>{inside}</Series>"


def _flat(row: dict[str, str | None], _dimensions: Sequence[str]) -> str:
    return f"<Obs{_attributes(row, list(row))}/>"


def _attributes(row: dict[str, str | None], names: Iterable[str]) -> str:
    return "".join(f' {name}="{quoted(value)}"' for name in names if (value := row[name]) is not None)


def _series_generic(rows: Sequence[dict[str, str | None]], key: Sequence[str], at: str) -> str:
    inside = [
        _observation(row, [*key, at], tag("gen:ObsDimension", value=row[at])) for row in rows if at in row
    ]
    return tag("gen:Series", tag("gen:SeriesKey", _values(rows[0], key)), *inside)


def _flat_generic(row: dict[str, str | None], dimensions: Sequence[str]) -> str:
    return _observation(row, dimensions, tag("gen:ObsKey", _values(row, dimensions)))


def _observation(row: dict[str, str | None], dimensions: Sequence[str], place: str) -> str:
    value = row.get(VALUE)
    others = _values(row, [name for name in row if name not in (*dimensions, VALUE)])
    return tag(
        "gen:Obs",
        place,
        tag("gen:ObsValue", value=value) if value is not None else "",
        tag("gen:Attributes", others) if others else "",
    )


def _values(row: dict[str, str | None], names: Iterable[str]) -> str:
    return "".join(tag("gen:Value", id=name, value=row[name]) for name in names if row[name] is not None)
