"""Which columns of a plain table are keys, which are figures: read from names and values, or told.

A standard says it; a plain CSV or Parquet does not. What is taken here can be overridden by a person
through a `Layout`, so every rule errs towards more dimensions: a key that says too much still names
one cell, one that says too little names two.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from etl.readers import numbers
from etl.readers.cells import ROW, BadFile

MEASURE, TIME = "_measure", "TIME_PERIOD"
SAMPLE = 20_000
FEW = 60
"""Columns of figures among which one of years is looked for."""
WIDE = 1000
"""Columns above which only those written by a machine are seen as figures."""

VALUE_NAME = re.compile(
    r"(?i)^(obs[_ ]?value|value|values|val|data|wert|valeur|valor|valore|значение|мәні|qiymat[i]?|"
    r"değer|deger|qiymət)$"
)
TEXT_NAME = re.compile(r"(?i)^(value|obs_value)[_ ](str|text|raw)$")
TIME_NAME = re.compile(
    r"(?i)^(time([_ ]period)?|times?|ref[_ ]?(date|year|period)|period(s|o|e)?|date|data|year|years|"
    r"año|ano|anio|année|"
    r"annee|jahr|anno|yıl|yil|год|годы|жыл|il|fecha|datum|quarter|month|year[_ ]?month|"
    r"refperiodid|yr|(year|time)[_ ]code|m[eê]s|mois|monat|месяц|месец|ay|ай|oy|trimest(re|er)|quartal|"
    r"zeit|zaman|d[oö]nem|dövr|кезең|период|tiempo|rok|vuosi|år|рік|"
    r"квартал|тримесечие|çeyrek|rüb|тоқсан|chorak|semest(re|er)|halbjahr|полугодие|жартыжылдық|yarımil)$"
)
AREA_NAME = re.compile(
    r"(?i)^(ref_area|geo|country|location|economy|reporter|territory|region|iso3?|area|cities|"
    r"geofips|country code)$"
)
UNIT_NAME = re.compile(
    r"(?i)^(unit|units|unit_measure|unit of measure|unidad|einheit|birim|единица измерения)$"
)
FLAG_NAME = re.compile(
    r"(?i)(^|[_ ])(flags?( codes?)?|obs_status|obs_conf|conf_status|status|symbols?|cv)(\.label)?$"
)
ATTRIBUTE_NAME = re.compile(
    r"(?i)(^|[/_ -])(notes?|footnotes?|comments?|source(_file|_concept|_note|_organization)?|remarks?|"
    r"last update(d)?|flags? (description|label|name)s?|url|retrieved|estimates start after|"
    r"observation status.*|confidentiality status.*)$"
)
CODE_NAME = re.compile(
    r"(?i)(code|fips|iso[23]?|(^|[_ ])(id|index|rank|line|kod|код|ncm|num|nr|no|day|month|quarter|key|level|"
    r"series))$|^id[_ ]|^is_|^sic\d?$"
)
LABEL_WORDS = frozenset(["name", "label", "labels", "desc", "description", "descriptor", "title", "en"])
CODE_WORDS = frozenset(
    ["code", "id", "fips", "iso", "no", "key", "ncm", "num", "number", "nr", "index", "weo", "line", "m49"]
)
YEAR_OR_PROVINCE = re.compile(r"(?i)^(il|İl)$")
"""A year in Azerbaijani, a province in Turkish: the values tell."""
SHEET_IMAGE = re.compile(r"^c\d{2,3}$")


@dataclass(frozen=True)
class Layout:
    """What each column of a table is.

    Attributes:
        dimensions: columns of the key, in their order.
        values: columns of figures; several are several measures or, under `time`, periods.
        time: name of the dimension that the names of `values` are the codes of; None for measures.
        labels: dimension → column with the labels of its codes.
        flags: columns with flags of every figure in the row.
        own_flags: value → columns with the flags of that value.
        own_marks: value → column that says why it is missing.
        attributes: columns kept beside the cells.
        texts: value → column that holds the same value as printed.
        decimal: "." or ",", where the file leaves it open.
        roles: dimension → role, where it is known.
    """

    dimensions: tuple[str, ...]
    values: tuple[str, ...] = ()
    time: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    own_flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_marks: Mapping[str, str] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)

    def mentions(self) -> set[str]:
        """Every column that is named."""
        own = [c for columns in self.own_flags.values() for c in columns]
        return {
            *self.dimensions,
            *self.values,
            *self.labels.values(),
            *self.flags,
            *own,
            *self.own_marks.values(),
            *self.attributes,
            *self.texts.values(),
        }


UIS = ("value", "magnitude", "qualifier")
"""Columns of the bulk files of UIS: a magnitude may stand in place of a value."""


def infer(frame: pl.DataFrame, numeric: Sequence[str] | None = None, boolean: Sequence[str] = ()) -> Layout:
    """The layout of a table from its names and values.

    Args:
        frame: columns of texts; ROW is passed over.
        numeric: columns that are numbers by their type, for formats that have types; None: look.
        boolean: columns of truth values, which are never keys.
    """
    names = [c for c in frame.columns if c != ROW]
    sample = _sample(frame)
    own_flags, own_marks = _of_measures(names)
    taken = {c for columns in own_flags.values() for c in columns} | set(own_marks.values())
    figures = _numeric(sample, [c for c in names if c not in taken], numeric)
    years = _years(sample, figures)
    values, time = _values([c for c in names if c not in taken], [c for c in figures if c not in years])
    _refuse_twins(names, values)
    printed = next((c for c in names if TEXT_NAME.match(c)), None)
    texts = {values[0]: printed} if len(values) == 1 and printed else {}
    settled = {*taken, *values, *texts.values()}
    rest = [c for c in names if c not in settled]
    flags = tuple(c for c in rest if FLAG_NAME.search(c) and c not in boolean)
    attributes = tuple(c for c in rest if c not in flags and (ATTRIBUTE_NAME.search(c) or c in boolean))
    beside = [c for c in rest if time and c in figures and not _is_code(c)]
    attributes = (*attributes, *(c for c in beside if c not in attributes and c not in flags))
    keys = [c for c in rest if c not in flags and c not in attributes]
    labels = _labels(sample, keys)
    dimensions = [c for c in keys if c not in labels.values()]
    own_flags = {value: columns for value, columns in own_flags.items() if value in values}
    own_marks = {value: column for value, column in own_marks.items() if value in values}
    flags = (
        *flags,
        *sorted(taken - {c for columns in own_flags.values() for c in columns} - {*own_marks.values()}),
    )
    flags, attributes = _flag_labels(names, flags, attributes)
    made = Layout(tuple(dimensions), values, time, labels, flags, own_flags, own_marks, attributes, texts)
    if not values:
        made = _register(sample, made)
    mentioned = made.mentions()
    made = replace(made, attributes=(*made.attributes, *(c for c in names if c not in mentioned)))
    return replace(made, roles=_roles(made, sample))


def left_aside(frame: pl.DataFrame, layout: Layout) -> list[str]:
    """Columns of figures that are no cells, because periods stand over the others."""
    sample = _sample(frame)
    aside = [c for c in layout.attributes if c in sample.columns]
    return _numeric(sample, aside, None) if layout.time else []


def _sample(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows from all of a table, as many as can be looked at quickly."""
    return frame if frame.height <= SAMPLE else frame.gather_every(-(-frame.height // SAMPLE))


def _of_measures(names: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Columns that qualify one measure by their name: "Exports Footnote", "Exports Missing value"."""
    flags, marks = dict[str, tuple[str, ...]](), dict[str, str]()
    for name in names:
        parts = re.fullmatch(r"(?i)(.+?)[ _](footnotes?|flags?|status|missing ?value)", name)
        measure = _qualified(parts[1], names) if parts else None
        if parts and measure:
            if parts[2].lower().startswith("missing"):
                marks[measure] = name
            else:
                flags[measure] = (*flags.get(measure, ()), name)
    plain = {name.casefold(): name for name in names}
    if {*UIS} <= {*plain}:
        value, *beside = (plain[name] for name in UIS)
        flags[value], marks[value] = tuple(beside), beside[0]
    return flags, marks


def _qualified(stem: str, names: Sequence[str]) -> str | None:
    """The measure that is called so; UNCTADstat's API says "Exports_in_millions_Value" for "Exports"."""
    values = [n for n in names if n.startswith(f"{stem}_") and n.endswith("_Value")]
    return stem if stem in names else values[0] if len(values) == 1 else None


def _numeric(sample: pl.DataFrame, names: Sequence[str], typed: Sequence[str] | None) -> list[str]:
    """Columns of figures: by type, or numbers and marks in all but few of the cells that are not empty."""
    if typed is not None:
        return [c for c in names if c in typed]
    found = _plainly(sample, names) if sample.height > numbers.SHORT or len(names) > WIDE else []
    rest = [c for c in names if c not in set(found)] if len(names) <= WIDE else []
    for name, (number, other) in numbers.shares(sample, rest).items():
        if number and other <= 0.05 * (number + other):
            found.append(name)
    return sorted(found, key={c: at for at, c in enumerate(names)}.__getitem__)


def _plainly(sample: pl.DataFrame, names: Sequence[str]) -> list[str]:
    """Columns of machine-written numbers and empty cells alone."""
    plain = sample.select(
        (
            (pl.col(c).cast(pl.Float64, strict=False).is_not_null() | (pl.col(c) == "")).all()
            & (pl.col(c) != "").any()
        )
        for c in names
    )
    return [c for c in names if plain[c][0]]


def _values(names: Sequence[str], figures: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """The columns of figures, and the dimension their names belong to."""
    images = [c for c in names if SHEET_IMAGE.match(c)]
    if len(images) > 1:
        return tuple(images), None
    periods = [c for c in names if numbers.is_period(c)]
    if len(periods) > 1 or (periods and periods[0] in figures):
        return tuple(periods), TIME if TIME not in names else f"{TIME} of the columns"
    named = [c for c in names if VALUE_NAME.match(c)]
    if len(named) > 1:
        named = [c for c in named if c in figures] or named
    if len(named) == 1:
        return tuple(named), None
    return tuple(c for c in figures if not _is_code(c)), None


def _years(sample: pl.DataFrame, figures: Sequence[str]) -> list[str]:
    """A column of years alone, whatever it is called, beside figures and where no other is called a time."""
    if any(TIME_NAME.match(c) for c in sample.columns) or len(figures) < 2 or len(figures) > FEW:
        return []
    found = [c for c in figures if c in sample.columns and _only_years(sample[c])]
    return found if len(found) == 1 else []


def _only_years(texts: pl.Series) -> bool:
    """Years that stand one behind another or again and again; figures near 2000 do neither."""
    if texts.dtype != pl.String or not texts.str.contains(r"^(?:19|20)\d\d$").all():
        return False
    years = texts.cast(pl.Int32).unique().sort()
    runs = bool((years.diff().drop_nulls() == 1).all())
    return runs and len(years) > 1 and texts.len() > 2


def _refuse_twins(names: Sequence[str], values: Sequence[str]) -> None:
    """A second column called Value would be taken for a key; the reader has named it "Value (4)".

    Raises:
        BadFile: there is one.
    """
    for value in (v for v in values if VALUE_NAME.match(v)):
        twin = next((c for c in names if re.fullmatch(rf"{re.escape(value)} \(\d+\)", c)), None)
        if twin:
            raise BadFile(
                "row 1", f"two columns called {value!r}", "one column of figures of that name",
                "Ask the publisher which is meant, and give the other a name of its own.",
            )  # fmt: skip


def _is_code(name: str) -> bool:
    """Whether a column of numbers holds codes or periods by its name; numbered regions are codes."""
    return bool(TIME_NAME.match(name) or CODE_NAME.search(name)) or name.lower() == "region"


def _labels(sample: pl.DataFrame, keys: Sequence[str]) -> dict[str, str]:
    """Code column → column with its labels: alike in name and one label to a code, or side by side."""
    found: dict[str, str] = {}
    for at, code in enumerate(keys):
        for label in _candidates(keys, at):
            if code in found or label in found or label in found.values() or code in found.values():
                continue
            beside = abs(keys.index(label) - at) == 1
            named = _related(code, label) or (beside and _coded(sample, code, label))
            if named and _one_label(sample, code, label):
                found[code] = label
    return found


def _candidates(keys: Sequence[str], at: int) -> list[str]:
    """Other columns, the nearest first."""
    return sorted((k for i, k in enumerate(keys) if i != at), key=lambda k: abs(keys.index(k) - at))[:12]


def _words(name: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return [w for w in re.split(r"[\s_\-./:()\[\]]+", parted.lower()) if w]


def _related(code: str, label: str) -> bool:
    """Pairs such as Country Code and Country Name, Economy and Economy Label, INDICATOR and Indicator."""
    left, right = _words(code), _words(label)
    if code != label and code.upper() == label.upper() and code.isupper():
        return True
    telling, plain = set(right) & LABEL_WORDS, set(left) & CODE_WORDS
    stem_left, stem_right = (
        [w for w in left if w not in CODE_WORDS],
        [w for w in right if w not in LABEL_WORDS],
    )
    if stem_left == stem_right:
        return bool(telling) or bool(plain)
    shared = bool(stem_left and stem_right) and bool(set(stem_left) & set(stem_right))
    if plain and telling and not stem_right:
        return True
    return bool(plain and telling and shared) or (
        bool(plain) and stem_right == stem_left[-len(stem_right) :] != []
    )


def _coded(sample: pl.DataFrame, code: str, label: str) -> bool:
    """A column of short words in capitals beside one of longer words, one to one."""
    if not code.isupper() or label.isupper():
        return False
    pairs = sample.select(
        pl.col(code).n_unique().alias("c"),
        pl.col(label).n_unique().alias("l"),
        pl.col(code).str.len_chars().max().alias("short"),
        pl.col(code).str.contains(" ").any().alias("spaced"),
    ).row(0)
    codes, labels, longest, spaced = pairs
    return codes == labels > 1 and (longest or 0) <= 12 and not spaced


def _one_label(sample: pl.DataFrame, code: str, label: str) -> bool:
    pairs = sample.select(code, label).unique()
    return pairs.height == sample[code].n_unique()


def _flag_labels(
    names: Sequence[str], flags: tuple[str, ...], attributes: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that explain a flag are attributes, where its code stands in another column."""
    if "Flag Codes" in flags and "Flags" in flags:
        return tuple(f for f in flags if f != "Flags"), (*attributes, "Flags")
    return flags, tuple(c for c in names if c in attributes)


def _register(sample: pl.DataFrame, layout: Layout) -> Layout:
    """A table without figures: a register, whose first telling column is the key of its rows."""
    names = [c for c in sample.columns if c != ROW]
    key = next((c for c in layout.dimensions if sample[c].n_unique() == sample.height), None)
    if key is None:
        return layout
    label = {key: layout.labels[key]} if key in layout.labels else {}
    rest = tuple(c for c in names if c != key and c not in label.values() and c not in layout.flags)
    return replace(layout, dimensions=(key,), labels=label, attributes=rest)


def _province(name: str, sample: pl.DataFrame) -> bool:
    return bool(YEAR_OR_PROVINCE.match(name)) and not sample[name].str.contains(r"\d").any()


def _roles(layout: Layout, sample: pl.DataFrame) -> dict[str, str]:
    found = {}
    for name in layout.dimensions:
        for role, pattern in (("time", TIME_NAME), ("unit", UNIT_NAME), ("area", AREA_NAME)):
            if pattern.match(name) and (role != "time" or not _province(name, sample)):
                found[name] = role
                break
    if layout.time:
        found[layout.time] = "time"
    elif len(layout.values) > 1:
        found[MEASURE] = "measure"
    return found
