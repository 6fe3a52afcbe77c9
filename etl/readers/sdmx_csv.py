"""SDMX-CSV 1.0, 2.0 and 2.1: ids, names or both in the header; several structures and actions in a file.

The format does not say which columns are dimensions: that stands in the structure, which a file does not
carry. What is known of the standard's own names comes first, then the order that writers keep (dimensions,
time, measure, attributes), and at last that a key must not stand twice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from etl.readers.cells import OWN, ROW, BadFile, Publication, Table
from etl.readers.keys import has_twice
from etl.readers.layout import AREA_NAME, MEASURE, TIME_NAME, UNIT_NAME, Layout
from etl.readers.records import Records, parse
from etl.readers.sdmx_definition import Definition
from etl.readers.sdmx_definition import chosen as chosen_of
from etl.readers.tabulate import Source, tabulate
from etl.readers.text import Text, load

RESERVED = (
    "DATAFLOW",
    "STRUCTURE",
    "STRUCTURE_ID",
    "STRUCTURE_NAME",
    "ACTION",
    "SERIES_KEY",
    "OBS_KEY",
    "LAST UPDATE",
)
MEASURES = re.compile(r"(?i)^(OBS_?VALUE\w*|MEAS(URE)?_\w+|MEAS(URE)?\d+)$")
DIMENSIONS = re.compile(r"(?i)^(DIM(ENSION)?_?\w*\d\w*|TIME_PERIOD|FREQ|REF_AREA)$")
ATTRIBUTES = re.compile(
    r"(?i)^(OBS_(STATUS|CONF|FLAG|COM|COMMENT|PRE_BREAK|NOTE)\w*|CONF_STATUS|CONF|DECIMALS|UNIT_MULT\w*|COLLECTION\w*|"
    r"AVAILABILITY|TITLE\w*|TIME_FORMAT|EMBARGO\w*|BASE_PER\w*|COMPILATION\w*|COVERAGE\w*|SOURCE\w*|COMMENT\w*|"
    r"NOTE\w*|DISS_ORG|PUBL_\w+|BREAKS|PRE_BREAK\w*|REF_PERIOD_DETAIL|REPYEAR\w*|LAST_UPDATE|ATTR?(IBUTE)?_?\w*\d|ATTR_\w+|"
    r"CONTACT\w*|TIME_PER_COLLECT|DATA_COMP|NATURE|CURRENCY_DENOM|DOM_SER_IDS|METHODOLOGY\w*|.*\..*)$"
)
FLAGS = ("OBS_STATUS", "OBS_FLAG", "CONF_STATUS", "OBS_CONF")
BOTH = re.compile(r"^([A-Za-z_][\w.@$\-]*(?:\[[^\]]*\])*): ?(.*)$", re.DOTALL)
ID = re.compile(r"^[A-Za-z_][\w.@$\-]*$")


STRUCTURES = ("DATAFLOW", "STRUCTURE_ID")
CODE_AND_NAME = r"^[\w@$.+-]+: \S"
LOOKED_AT = 1000
"""Values of a column that tell whether it is worth looking at all of them."""


@dataclass(frozen=True)
class Component:
    """A column: its id, what it is called, the column with its names, whether codes carry names."""

    id: str
    column: str
    label: str | None = None
    names: str | None = None
    both: bool = False


def read(
    path: Path,
    format: str,
    layout: Layout | None = None,
    part: Text | None = None,
    definitions: Sequence[Definition] = (),
) -> Publication:
    """An SDMX-CSV file, one table for each structure it names.

    Args:
        path: the file, unpacked.
        format: "sdmx-csv-1.0", "sdmx-csv-2.0" or "sdmx-csv-2.1".
        layout: what each component is, by id, where a person has said it; None to infer it.
        part: some of its text, with the header; None for all of it.
        definitions: structures that lie beside it; the layout is that of the one that fits.

    Raises:
        BadFile: no column that names a structure, ragged rows, one key twice.
    """
    text = part or load(path)
    records = parse(text)
    components = _components(list(records.columns))
    _refuse_repeated([c.id for c in components])
    frame, labels = _coded(records.frame, components)
    places = {c.id: records.columns[c.column] for c in components}
    structure = next((c for c in ("STRUCTURE_ID", "DATAFLOW") if c in frame.columns), None)
    if structure is None:
        raise BadFile(
            "header",
            f"the columns {', '.join(list(places)[:6])}",
            "a column DATAFLOW or STRUCTURE_ID",
            "Read the file as CSV.",
        )
    records = replace(records, columns=places)
    tables, remarks = [], list(records.remarks)
    for name, rows in _by_structure(frame, structure):
        table, said = _table(name, rows, components, records, labels, layout, definitions)
        tables.append(table)
        remarks += [r for r in said if r not in remarks]
    return Publication(path, format, text.encoding, tuple(tables), tuple(remarks))


def _refuse_repeated(ids: Sequence[str]) -> None:
    twice = sorted({i for i in ids if ids.count(i) > 1} | (set(ids) & set(OWN)))
    if twice:
        raise BadFile(
            "header", f"{', '.join(twice)} more than once", "every component once", "Fetch the file again."
        )


def _by_structure(frame: pl.DataFrame, column: str) -> list[tuple[str, pl.DataFrame]]:
    names = frame.select(pl.col(column).unique(maintain_order=True)).to_series().to_list()
    if len(names) == 1:
        return [(names[0], frame)]
    return [(name, frame.filter(pl.col(column) == name)) for name in names]


def _components(header: Sequence[str]) -> list[Component]:
    """The columns of a header in any of its three forms."""
    if any(BOTH.match(h) for h in header if _bare(h) not in RESERVED):
        return [_both(h) for h in header]
    reserved = [h for h in header if _bare(h) in RESERVED]
    rest = [h for h in header if h not in reserved]
    made = [Component(_bare(h), h) for h in reserved]
    return made + (_paired(rest) if _is_paired(header, rest) else [Component(_bare(h), h) for h in rest])


def _bare(name: str) -> str:
    """The id without the signs of sub-fields: "ATTR_1[en;fr]" is ATTR_1."""
    return re.sub(r"\[[^\]]*\]", "", name).strip()


def _both(name: str) -> Component:
    parts = BOTH.match(name)
    if not parts:
        return Component(_bare(name), name)
    return Component(_bare(parts[1]), name, parts[2].strip() or None, both=True)


def _is_paired(header: Sequence[str], rest: Sequence[str]) -> bool:
    """labels=name: every id is followed by the column of its names."""
    ids = all(ID.match(_bare(h)) for h in rest[::2])
    names = not any(_bare(h) in ("OBS_VALUE", "TIME_PERIOD") for h in rest[1::2])
    return "STRUCTURE_NAME" in header and len(rest) % 2 == 0 and ids and names


def _paired(rest: Sequence[str]) -> list[Component]:
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return [Component(_bare(code), code, names, names=names) for code, names in pairs]


def _coded(
    frame: pl.DataFrame, components: Sequence[Component]
) -> tuple[pl.DataFrame, dict[str, dict[str, str | None]]]:
    """Columns by id, codes without their names, and the names of the codes."""
    labels: dict[str, dict[str, str | None]] = {}
    made = [pl.col(ROW)]
    for c in components:
        code = pl.col(c.column)
        if (c.both and not MEASURES.match(c.id)) or c.id in STRUCTURES or _says_both(frame[c.column], c):
            whole = frame.select(pl.col(c.column).unique(maintain_order=True).alias("w"))
            parts = whole.select(pl.col("w").str.splitn(": ", 2).struct.unnest())
            labels[c.id] = dict(parts.rows())
            if parts["field_1"].null_count() < parts.height:
                code = code.str.splitn(": ", 2).struct.field("field_0")
        elif c.names is not None:
            pairs = frame.select(c.column, c.names).unique(
                subset=[c.column], keep="first", maintain_order=True
            )
            labels[c.id] = {key: said or None for key, said in pairs.rows()}
        made.append(code.alias(c.id))
    return frame.select(made), labels


def _says_both(values: pl.Series, component: Component) -> bool:
    """Whether every value is a code and its name, under a header of ids alone: "A: Annual" under "freq"."""
    if component.names is not None or MEASURES.match(component.id):
        return False
    some = values.head(LOOKED_AT)
    said = some.filter(some != "")
    if said.is_empty() or not said.str.contains(CODE_AND_NAME).all():
        return False
    return bool((values.str.contains(CODE_AND_NAME) | (values == "")).all())


def _table(
    name: str,
    frame: pl.DataFrame,
    components: Sequence[Component],
    records: Records,
    labels: Mapping[str, Mapping[str, str | None]],
    layout: Layout | None,
    definitions: Sequence[Definition],
) -> tuple[Table, tuple[str, ...]]:
    """The table of one structure."""
    used = [c for c in components if c.id in records.columns and _is_used(frame, c.id)]
    ids = [c.id for c in used if c.id not in RESERVED]
    layout = layout or _defined(chosen_of(definitions, name, ids), ids)
    chosen = layout or _layout(ids, frame)
    chosen, remarks = _with_action(chosen, frame)
    structure = "STRUCTURE_ID" if "STRUCTURE_ID" in frame.columns else "DATAFLOW"
    title = labels.get(structure, {}).get(name) or _lone(frame, "STRUCTURE_NAME")
    attributes = {
        a: v for a in ("STRUCTURE", "ACTION", "LAST UPDATE", *chosen.attributes) if (v := _lone(frame, a))
    }
    table, said = tabulate(
        frame,
        chosen,
        Source(name, records.columns),
        title=title,
        attributes=attributes,
        notes=records.notes,
    )
    called = {c.id: c.label for c in components}
    dimensions = [
        replace(d, label=called.get(d.id), codes={k: labels.get(d.id, {}).get(k) for k in d.codes})
        for d in table.dimensions
    ]
    inferred = (
        ()
        if layout
        else (
            f"{name}: dimensions {', '.join(chosen.dimensions)}; attributes "
            f"{', '.join(chosen.attributes) or 'none'} (inferred: no structure at hand)",
        )
    )
    return replace(table, dimensions=dimensions), (*remarks, *said, *inferred)


def _is_used(frame: pl.DataFrame, column: str) -> bool:
    """Whether a column belongs to a structure: another structure's columns are empty in its rows."""
    said = frame.select(pl.col(column).first() != "").item()
    return (
        column == "OBS_VALUE" or column in FLAGS or said or frame.select((pl.col(column) != "").any()).item()
    )


def _lone(frame: pl.DataFrame, column: str) -> str | None:
    """The one value of a column, or None."""
    if column not in frame.columns or not frame.height:
        return None
    values = frame.select(pl.col(column).head(LOOKED_AT).unique()).to_series()
    if len(values) != 1 or frame.select((pl.col(column) != values[0]).any()).item():
        return None
    return str(values[0]) or None


def _with_action(layout: Layout, frame: pl.DataFrame) -> tuple[Layout, tuple[str, ...]]:
    """Actions beside the cells where there are several; no figure is deleted or replaced by reading it."""
    if "ACTION" not in frame.columns or "ACTION" in layout.attributes:
        return layout, ()
    actions = frame["ACTION"].unique(maintain_order=True).to_list()
    layout = replace(layout, attributes=(*layout.attributes, "ACTION"))
    unusual = [a for a in actions if a not in ("I", "A", "R", "")]
    if len(actions) > 1 or unusual:
        return layout, (f"actions {', '.join(actions)}: kept beside the cells, not carried out",)
    return layout, ()


def _layout(columns: Sequence[str], frame: pl.DataFrame) -> Layout:
    """What each component is, by its name, its position and the need for a unique key."""
    measures = [c for c in columns if MEASURES.match(c)]
    rest = [c for c in columns if c not in measures]
    known = [c for c in rest if ATTRIBUTES.match(c) and not DIMENSIONS.match(c)]
    dimensions, spare = _by_position(columns, measures, [c for c in rest if c not in known])
    while measures and spare and has_twice(frame, dimensions):
        dimensions.append(spare.pop(0))
    for column in known if measures else ():
        if not has_twice(frame, dimensions):
            break
        if column not in FLAGS and frame[column].n_unique() > 1:
            dimensions.append(column)
    dimensions = sorted(dimensions, key=columns.index)
    attributes = tuple(c for c in rest if c not in dimensions and c not in FLAGS)
    flags = tuple(c for c in FLAGS if c in rest and c not in dimensions)
    return Layout(
        tuple(dimensions),
        tuple(measures),
        flags=flags,
        attributes=attributes,
        roles=_roles(dimensions, len(measures)),
    )


def _defined(definition: Definition | None, columns: Sequence[str]) -> Layout | None:
    """What each component is, as the structure of the data says; None without one."""
    if definition is None:
        return None
    measures = tuple(c for c in columns if c in definition.measures or c == "OBS_VALUE")
    rest = [c for c in columns if c not in measures and c not in definition.dimensions]
    return Layout(
        tuple(definition.dimensions),
        measures,
        flags=tuple(c for c in FLAGS if c in rest),
        attributes=tuple(c for c in rest if c not in FLAGS),
        roles=_roles(tuple(definition.dimensions), len(measures)),
    )


def _by_position(
    columns: Sequence[str], measures: Sequence[str], open_: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Dimensions, and columns that may be dimensions if the key needs them."""
    if not measures:
        return list(open_), []
    first = min(columns.index(m) for m in measures)
    before = [c for c in open_ if columns.index(c) < first]
    if not before:
        return list(open_), []
    sure = [c for c in open_ if DIMENSIONS.match(c)]
    if "TIME_PERIOD" in before:
        last = columns.index("TIME_PERIOD")
        before = [c for c in before if columns.index(c) <= last]
    chosen = [c for c in open_ if c in before or c in sure]
    return chosen, [c for c in open_ if c not in chosen]


def _roles(dimensions: Sequence[str], measures: int) -> dict[str, str]:
    found = {MEASURE: "measure"} if measures > 1 else {}
    for name in dimensions:
        for role, pattern in (("time", TIME_NAME), ("unit", UNIT_NAME), ("area", AREA_NAME)):
            if pattern.match(name):
                found.setdefault(name, role)
    return found
