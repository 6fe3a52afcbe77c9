"""A data set of an SDMX-ML message: its observations, series and groups gathered into columns."""

import csv
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from lxml import etree

from etl.readers.cells import ATTRIBUTE, FLAGS, ROW, BadFile, Dimension, Table, frame
from etl.readers.figures import flags_of, read_numbers, sound_names, with_groups
from etl.readers.keys import refuse_twice
from etl.readers.sdmx_definition import Definition, chosen
from etl.readers.sound import refuse_with

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
VALUE_ID = "OBS_VALUE"
TIME = "TIME_PERIOD"
ALL = "AllDimensions"
CHUNK = 100_000
GENERIC = frozenset({"ObsValue", "ObsKey", "ObsDimension", "Time"})
MOST_COLUMNS = 300
MOST_FIELDS = 100_000_000
"""Rows times names."""
WHOLE = 3
"""Periods from which on a series that stands twice as a whole is two series."""
ATTRIBUTES = Path(__file__).with_name("sdmx_attributes.csv")
"""Names that the guidelines and the large publishers give to attributes, for messages without a structure."""
NEVER_BEGINS = ("OBS_", "CONF_", "TITLE", "COMMENT_", "REPORTING_YEAR_START")
DATASET_OWN = frozenset(
    {
        "action",
        "setID",
        "validFromDate",
        "validToDate",
        "publicationYear",
        "publicationPeriod",
        "reportingBeginDate",
        "reportingEndDate",
        "structureRef",
        "dataScope",
    }
)


@dataclass(frozen=True)
class Structure:
    """What a header says of a data set.

    Attributes:
        name: "ECB:EXR(1.0)" or what identifies it.
        at: dimension at the observation, "AllDimensions", or "" where nothing is said.
        explicit: whether observations are named after measures (xsi:type).
    """

    name: str
    at: str
    explicit: bool


class Rows:
    """Rows of names and texts, kept by which names they have; what a row does not have is null."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.shapes: dict[tuple[str, ...], tuple[list[int], list[Sequence[str | None]]]] = {}
        self.height = 0
        self.done = 0
        self.parts: list[pl.DataFrame] = []

    def add(self, names: tuple[str, ...], texts: Sequence[str | None]) -> None:
        """A row; its names once each.

        Raises:
            BadFile: a name twice in the row, or more names than any structure has.
        """
        held = self.shapes.get(names)
        if held is None:
            held = self._shape(names)
        held[0].append(self.height)
        held[1].append(texts)
        self.height += 1
        if self.height >= CHUNK:
            self._flush()

    def pairs(self, items: Sequence[tuple[str, str | None]]) -> None:
        """A row of pairs; see `add`."""
        self.add(tuple(name for name, _ in items), [text for _, text in items])

    def _shape(self, names: tuple[str, ...]) -> tuple[list[int], list[Sequence[str | None]]]:
        """Room for rows with other names than before."""
        self.names |= dict.fromkeys(names)
        if len(set(names)) < len(names):
            twice = next(name for i, name in enumerate(names) if name in names[:i])
            at = f"element {self.done + self.height + 1}"
            raise BadFile(at, f"{twice} twice", "each name once", "Get the file again.")
        if len(self.names) > MOST_COLUMNS:
            raise BadFile(
                "", f"over {MOST_COLUMNS} names of attributes", "a data set", "The file is damaged."
            )
        return self.shapes.setdefault(names, ([], []))

    def _flush(self) -> None:
        """Puts full lists away as a frame."""
        here = {name for names in self.shapes for name in names}
        columns: dict[str, Sequence[str | None]] = {n: () for n in self.names if n in here}
        for names, (rows, texts) in self.shapes.items():
            for name, column in zip(names, zip(*texts, strict=True), strict=True):
                columns[name] = _laid(columns[name], rows, column, self.height)
        made = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
        self.parts.append(made if columns else pl.DataFrame(height=self.height))
        self.done += self.height
        self.shapes, self.height = {}, 0
        if self.done * len(self.names) > MOST_FIELDS:
            seen = f"{len(self.names)} names of attributes on {self.done} rows"
            raise BadFile("", seen, "the components of a structure", "The file is damaged.")

    def frame(self) -> pl.DataFrame:
        """All rows.

        Raises:
            BadFile: so many names on so many rows that they are no attributes.
        """
        self._flush()
        return pl.concat(self.parts, how="diagonal")


def _laid(
    column: Sequence[str | None], rows: Sequence[int], texts: Sequence[str | None], height: int
) -> Sequence[str | None]:
    """A column with texts in some of its rows; the texts themselves where they fill it."""
    if len(rows) == height:
        return texts
    whole = column if isinstance(column, list) else [None] * height
    for row, text in zip(rows, texts, strict=True):
        whole[row] = text
    return whole


class DataSet:
    """A data set that is being read.

    Attributes:
        structure: what the header says of it.
        element: observations of the message before it.
    """

    def __init__(self, structure: Structure, definitions: Sequence[Definition] = ()) -> None:
        self.structure, self.definitions = structure, definitions
        self.element = 0
        self.series, self.observations, self.groups = Rows(), Rows(), Rows()
        self.owner = array("l")
        self.parent: etree._Element | None = None
        self.keys: dict[str, None] = {}
        self.generic = False

    def observation(self, element: "etree._Element") -> None:
        """The end of an Obs; its series is its parent, met here for the first time."""
        parent = element.getparent()
        if parent is not self.parent:
            self.parent = parent
            self._series(parent)
        if len(element):
            generic = not element.attrib.get(self.structure.at or TIME) and self._is_generic(element)
            self.observations.pairs(
                self._generic_observation(element) if generic else self._specific(element)
            )
        else:
            self._bare(element)
        self.owner.append(self.series.done + self.series.height - 1)

    def _bare(self, element: "etree._Element") -> None:
        """An observation that is attributes of XML alone: by far the commonest."""
        names = tuple(element.keys())
        if names not in self.observations.shapes and any(name[0] == "{" for name in names):
            self.observations.pairs(self._specific(element))
        else:
            self.observations.add(names, element.values())

    def _is_generic(self, element: "etree._Element") -> bool:
        """Whether an observation is made of elements; one is enough for the whole data set."""
        self.generic = self.generic or any(local_name(c) in GENERIC for c in element)
        return self.generic

    def _series(self, parent: "etree._Element | None") -> None:
        """Key and attributes of a series; a data set without series has an empty one."""
        if parent is None or local_name(parent) != "Series":
            self.series.add((), ())
            return
        key = parent.find("{*}SeriesKey")
        if key is None:
            self.series.pairs(self._specific(parent))
            return
        items = _pairs(key)
        self.keys.update(dict.fromkeys(name for name, _ in items))
        self.series.pairs(items + [(ATTRIBUTE + n, v) for n, v in _pairs(parent.find("{*}Attributes"))])

    def _generic_observation(self, element: "etree._Element") -> list[tuple[str, str | None]]:
        """Key, value and attributes of a generic observation."""
        out: list[tuple[str, str | None]] = []
        for child in element:
            name = local_name(child)
            if name == "ObsKey":
                out.extend(_pairs(child))
                self.keys.update(dict.fromkeys(n for n, _ in out))
            elif name in ("ObsDimension", "Time"):
                at = child.get("id") or (self.structure.at if self.structure.at not in ("", ALL) else TIME)
                self.keys[at] = None
                out.append((at, child.get("value") or (child.text or "").strip()))
            elif name == "ObsValue":
                out.append((ATTRIBUTE + VALUE_ID, child.get("value")))
            elif name == "Attributes":
                out.extend((ATTRIBUTE + n, v) for n, v in _pairs(child))
        return out

    def _specific(self, element: "etree._Element") -> list[tuple[str, str | None]]:
        """Attributes of XML and parts with several values, of a structure-specific element."""
        out: list[tuple[str, str | None]] = [p for p in element.items() if p[0][0] != "{"]
        named = element.get(XSI_TYPE) if self.structure.at not in ("", ALL, TIME) else None
        if named is not None and local_name(element) == "Obs":
            out.insert(0, (self.structure.at, named.rpartition(":")[2]))
        for child in element:
            if local_name(child) == "Comp":
                texts = [(v.text or "").strip() for v in child.iter("{*}Value")] or [
                    (child.text or "").strip()
                ]
                out.append((child.get("id", "Comp"), "; ".join(texts)))
        return out

    def group(self, element: "etree._Element") -> None:
        """The end of a Group, or of attributes of a partial key."""
        key = element.find("{*}GroupKey")
        if key is None:
            self.groups.pairs(self._specific(element))
        else:
            self.groups.pairs(
                _pairs(key) + [(ATTRIBUTE + n, v) for n, v in _pairs(element.find("{*}Attributes"))]
            )

    def table(
        self, number: int, element: "etree._Element", header: Mapping[str, str]
    ) -> tuple[Table, list[str]]:
        """The data set as a table, and what is to be said of it."""
        remarks: list[str] = []
        wide = _joined(self.series.frame(), self.observations.frame(), self.owner)
        dimensions = (
            [k for k in self.keys if k in wide.columns] if self.generic else self._told_apart(wide, remarks)
        )
        name = f"{self.structure.name or header.get('DataSetID', 'data set')}" + (
            f" {number}" if number > 1 else ""
        )
        sound_names(dimensions, name)
        wide, groups = (
            rows.rename({c: ATTRIBUTE + c for c in rows.columns if c not in dimensions and c[0] != ATTRIBUTE})
            for rows in (wide, self.groups.frame())
        )
        wide = with_groups(wide, dimensions, groups, remarks)
        cells = self._cells(wide, dimensions)
        attributes = _attributes(element, header)
        if attributes.get("action") == "Delete":
            remarks.append(f"{name}: its action is Delete: the observations are to be removed, not added")
        described = [Dimension(d, None, _codes(cells, d), "time" if d == TIME else None) for d in dimensions]
        table = Table(name, header.get("Name"), described, cells, attributes)
        if cells["_text"].count():
            refuse_with(table, lambda: self._no_key_twice(cells, dimensions, name, remarks))
        elif cells.height:
            remarks.append(f"{name}: no observation has a value")
        return table, remarks

    def _no_key_twice(
        self, cells: pl.DataFrame, dimensions: Sequence[str], name: str, remarks: list[str]
    ) -> None:
        """A key twice is refused, but for a series that stands twice as a whole.

        Where each period of a series has the same number of values the publisher's structure lost a
        dimension. That is how it was published, so it is read; nothing that needs keys will take it.
        """
        key = cells.select(dimensions)
        if not dimensions or key.is_unique().all():
            return
        owners = pl.Series(np.frombuffer(self.owner, dtype=np.dtype("l")))
        times = key.with_columns(_owner=owners).group_by("_owner", *dimensions, maintain_order=True).len()
        shapes = times.group_by("_owner").agg(
            pl.col("len").n_unique().alias("kinds"),
            pl.len().alias("keys"),
            pl.col("len").first().alias("times"),
        )
        whole = shapes.filter((pl.col("times") > 1) & (pl.col("kinds") == 1) & (pl.col("keys") >= WHOLE))[
            "_owner"
        ]
        refuse_twice(cells.filter(~owners.is_in(whole.implode())), dimensions, name)
        if not len(whole):
            refuse_twice(cells, dimensions, name)  # the key stands in two series
        held = times.filter(pl.col("_owner").is_in(whole.implode()))
        first = ", ".join(f"{d}={held[d][0]}" for d in dimensions)
        remarks.append(
            f"{name}: {held.height} keys stand more than once, all those of {len(whole)} series: a dimension "
            f"is lacking that tells them apart. The first is {first}"
        )

    def _told_apart(self, wide: pl.DataFrame, remarks: list[str]) -> list[str]:
        """Dimensions of a structure-specific data set, by name; a name that makes keys unique is put back."""
        rest = [c for c in wide.columns if c != VALUE_ID]
        if defined := chosen(self.definitions, self.structure.name, wide.columns):
            return [c for c in rest if c in defined.dimensions]
        taken = [c for c in rest if _is_key(c, self.structure.at)]
        on_series = {c for part in self.series.parts for c in part.columns}
        if on_series and self.structure.at not in ("", ALL):  # on the observation stands one dimension
            taken = [c for c in taken if c in on_series or c == self.structure.at]
        known = never_keys()
        aside = [c for c in rest if c not in taken and known.get(c) and not wide[c].null_count()]
        aside.sort(key=lambda c: c != "UNIT_MEASURE")
        put_back: list[str] = []
        while (
            taken
            and VALUE_ID in wide.columns
            and wide.select(taken + put_back).is_duplicated().any()
            and aside
        ):
            put_back.append(aside.pop(0))
        if put_back and wide.select(taken + put_back).is_duplicated().any():
            put_back = []
        if any(c not in taken + put_back for c in rest):
            others = ", ".join(c for c in rest if c not in taken + put_back)
            remarks.append(f"without its structure definition, by their names not dimensions: {others}")
        return [c for c in rest if c in taken or c in put_back]

    def _cells(self, wide: pl.DataFrame, dimensions: Sequence[str]) -> pl.DataFrame:
        """The shape of all readers."""
        value = ATTRIBUTE + VALUE_ID
        texts = wide[value] if value in wide.columns else pl.Series([None] * wide.height, dtype=pl.String)
        kept = {c: wide[c] for c in wide.columns if c != value}
        kept[FLAGS] = flags_of(wide)
        numbers = pl.Series(np.arange(wide.height, dtype=np.uint32) + np.uint32(self.element + 1))
        return frame(kept | read_numbers(texts) | {ROW: numbers}, dimensions)


@lru_cache(maxsize=1)
def never_keys() -> dict[str, bool]:
    """Names that are of attributes → whether some structure has such a dimension all the same."""
    with ATTRIBUTES.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["may_be_key"] == "yes" for row in csv.DictReader(file)}


def _is_key(name: str, at: str) -> bool:
    """Whether a name is one of a dimension, as far as names tell."""
    return name == at or not (name in never_keys() or name.startswith(NEVER_BEGINS) or name == VALUE_ID)


def _joined(series: pl.DataFrame, observations: pl.DataFrame, owner: "array[int]") -> pl.DataFrame:
    """Observations with what stands on their series; what stands on both is the observation's."""
    above = series[np.frombuffer(owner, dtype=np.dtype("l"))] if len(owner) else series.clear()
    both = [c for c in above.columns if c in observations.columns]
    merged = [pl.Series(c, observations[c]).zip_with(observations[c].is_not_null(), above[c]) for c in both]
    return pl.concat([above.drop(both), observations], how="horizontal").with_columns(merged)


def _codes(cells: pl.DataFrame, dimension: str) -> dict[str, str | None]:
    """Codes in the order of the file; the message has no labels."""
    return dict.fromkeys(cells[dimension].drop_nulls().unique(maintain_order=True).to_list())


def _attributes(element: "etree._Element", header: Mapping[str, str]) -> dict[str, str]:
    """What holds for the data set: its own attributes, and of the header source and date."""
    out = {k: v for k, v in element.items() if not k.startswith("{") and k not in DATASET_OWN and v}
    out |= {n: v for n, v in _pairs(element.find("{*}Attributes")) if v}
    action = next((v for k, v in element.items() if k.rpartition("}")[2] == "action"), "")
    out |= (
        {"action": action or header.get("DataSetAction", "")} if action or "DataSetAction" in header else {}
    )
    updated = header.get("Extracted") or header.get("Prepared")
    return out | {k: v for k, v in (("source", header.get("source")), ("updated", updated)) if v}


def _pairs(element: "etree._Element | None") -> list[tuple[str, str | None]]:
    """Values of a key or of attributes: id and value."""
    return list(_each(element)) if element is not None else []


def _each(element: "etree._Element") -> Iterator[tuple[str, str | None]]:
    """Id and value of each; of SDMX 2.0 the concept."""
    for value in element:
        if local_name(value) == "Value":
            yield value.get("id") or value.get("concept") or "", value.get("value")


def local_name(element: "etree._Element") -> str:
    """Name without namespace, "" for what is no element."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1000)
def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]
