"""Printed numbers → numbers, marks and flags; whole columns at a time.

What a cell says is kept beside what it means. A decimal sign is inferred from all values of a column, and
where they leave it open the reader says what it took, or refuses; it never changes within a column.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from etl.readers.cells import BadFile

SAMPLE = 10_000
"""Texts that are looked at where a column is written by a machine."""
FEW = 50
"""Distinct texts up to which it is quicker to look at each by itself."""
SHORT = 1_000
"""Rows up to which all columns of a table are looked at in one go."""
SPACES = "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u2005\u2006\u3000\ufeff\u200b"
FLAG = r"[bcdefinprsuz]{1,3}|[A-Z]|[\[(][\p{L}\d]{1,3}[\])]|[*†‡§¶#^!+]+|[¹²³⁰-⁹]+"
"""A flag behind a number: the letters of Eurostat and its like, one capital, a bracketed or raised sign."""
NUMBER = (
    r"^(?P<sign>[+-]?) ?(?P<digits>\d[\d.,' ’]*\d|\d[.,]?|[.,]\d+)(?P<power>[eE][+-]?\d{1,3})?"
    rf" ?(?P<percent>%?) ?(?P<flags>(?:{FLAG})(?:[ ,;]+(?:{FLAG}))*)?$"
)
GROUPED = {
    ".": r"^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,3}(?:[ '’]\d{3})+)(?:\.\d*)?$|^\.\d+$",
    ",": r"^(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ '’]\d{3})+)(?:,\d*)?$|^,\d+$",
}
"""Decimal sign → digits that are well grouped under it."""
EITHER = "|".join(GROUPED.values())
MARK = (
    r"(?i)^(?::+|\.{1,4}|[^\w\s]{1,3}|[–—−]+|\([a-z]\)|\[[a-z]{1,2}\]|x{1,3}|х{1,3}|н/?д|н\. ?д\.?|"
    r"нет данных|нет сведений|мәлімет жоқ|деректер жоқ|veri yok|bilgi yok|məlumat yox(?:dur)?|няма данни|"
    r"n/?a|n\.a\.?|#n/?a|n\.d\.?|nan|-?inf(?:inity)?|null|none|na|nd|#null!|#div/0!|#value!|#ref!|c|s|z|nap|n\.e\.c\.?|na\(.\)|missing|m|l)$"
)
MARKED = r"^(:|\.{2,3}|…|-|–)\s*([\p{L}]{1,3}|[\[(][\p{L}\d]{1,3}[\])])$"
"""A mark that has a flag: ": c"."""
DATE = (
    r"(?i)^(?:\d{1,2}[-./](?:\d{1,2}|[a-zа-яё]{3,9})[-./]\d{2,4}|\d{4}-\d{2}-\d{2}(?:[ T].*)?|"
    r"\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*-\d{2})$"
)
COMMA = r"^\d+,(?:\d{0,2}|\d{4,})$|^0+,\d*$|^,\d+$|^\d{4,},\d*$|\d[. '’]\d{3},\d*$"
DOT = r"^\d+\.(?:\d{0,2}|\d{4,})$|^0+\.\d*$|^\.\d+$|^\d{4,}\.\d*$|\d[, '’]\d{3}\.\d*$"
COMMAS, DOTS = r",\d{2,3},\d{3}", r"\.\d{3}\.\d{3}"
"""Two signs of one kind can only be grouping."""


def _compiled(pattern: str) -> "re.Pattern[str]":
    """A pattern of polars for Python, which has no name for letters."""
    return re.compile(pattern.replace(r"[\p{L}\d]", r"[^\W_]").replace(r"[\p{L}]", r"[^\W\d_]"))


_SPACES, _PLAIN = re.compile(f"[{SPACES}]+"), re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$", re.A)
_NUMBER, _EITHER, _MARK, _MARKED = map(_compiled, (NUMBER, EITHER, MARK, MARKED))


@dataclass(frozen=True)
class Evidence:
    """What the values of a column, or of a file, say of their decimal sign.

    Attributes:
        comma: a number that can only have a decimal comma, or None.
        dot: a number that can only have a decimal point, or None.
        open: a number with a comma that may be either, or None.
        point: a number with a point before three digits, where there is no other kind, or None.
    """

    comma: str | None = None
    dot: str | None = None
    open: str | None = None
    point: str | None = None


@dataclass(frozen=True)
class Reading:
    """A column as read: `cells` has value, mark and flags, in the order of the column."""

    cells: pl.DataFrame
    remarks: tuple[str, ...] = ()


def tidy(texts: pl.Series) -> pl.Series:
    """Texts without spaces around them, with one kind of space and one minus sign."""
    plain = texts.str.strip_chars()
    odd = plain.str.contains(f"[{SPACES}−]")
    if not odd.any():
        return plain
    replaced = plain.str.replace_all(f"[{SPACES}]+", " ").str.replace_all("−", "-").str.strip_chars()
    return replaced.zip_with(odd.fill_null(value=True), plain)


def plain_numbers(texts: pl.Series) -> pl.Series:
    """The numbers of machine-written texts, Float64; null for all else, infinity and NaN among them."""
    read = texts.cast(pl.Float64, strict=False)
    return read.set(~read.is_finite().fill_null(value=False), None)


def shares(sample: pl.DataFrame, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many texts of each column are numbers, and how many neither numbers nor marks nor empty."""
    return {name: _share(sample[name]) for name in names}


def _share(texts: pl.Series) -> tuple[int, int]:
    """The same of one column. A few texts are looked at one by one: to compile a pattern takes longer."""
    if len(texts) <= SHORT:
        kinds = [kind_of(text) for text in texts.to_list()]
        return kinds.count("number"), kinds.count("other")
    counts = texts.value_counts(name="_n")
    clean, count = tidy(counts[texts.name].fill_null("")), counts["_n"]
    number = plain_numbers(clean).is_not_null() | _is_printed(clean)
    mark = (clean == "") | clean.str.contains(MARK) | clean.str.contains(MARKED)
    return int(count.filter(number).sum()), int(count.filter(~number & ~mark).sum())


STRICT = (
    "The format has one way to write numbers: ask the publisher for it, or take the commas out of the file."
)


@lru_cache(maxsize=100_000)
def kind_of(text: str | None) -> str:
    """Whether one text is a "number", a "mark" (or empty), or "other"."""
    clean = _SPACES.sub(" ", (text or "").strip()).replace("−", "-").strip()
    digits = _NUMBER.search(clean)
    if (digits and _EITHER.search(digits["digits"])) or _is_plain(clean):
        return "number"
    return "mark" if not clean or _MARK.search(clean) or _MARKED.search(clean) else "other"


def _is_plain(clean: str) -> bool:
    return bool(_PLAIN.search(clean)) and math.isfinite(float(clean))


def evidence(texts: pl.Series) -> Evidence:
    """What a column says of its decimal sign.

    Most columns are written by machines: where every number has at most one point and no comma, a glance
    at some of them is enough. Only others are looked at whole.
    """
    unread = texts.filter(plain_numbers(texts).is_null() & texts.is_not_null() & (texts != "")).unique()
    clean = tidy(unread)
    if not clean.str.contains(r"\d,|,\d|\.\d+\.").any():
        found = _by_points(pl.concat([texts.drop_nulls().head(SAMPLE), _digits(clean.head(SAMPLE))]))
        if found.point and max(len(texts), len(clean)) > SAMPLE:  # a later row may tell
            found = _by_points(pl.concat([texts.drop_nulls(), _digits(clean)]))
        return found
    digits = _digits(tidy(texts.filter(texts.str.contains("[.,]").fill_null(value=False))).unique())
    return Evidence(
        comma=_first(digits, COMMA) or _first(digits, DOTS),
        dot=_first(digits, DOT) or _first(digits, COMMAS),
        open=_first(digits, r"^[1-9]\d{0,2},\d{3}$"),
    )


def _by_points(few: pl.Series) -> Evidence:
    """Evidence where points are the only signs: decimal points, unless all stand before three digits."""
    bare = few.str.strip_chars_start("+- ")
    dot, grouped = _first(bare, DOT), _first(bare, r"^[1-9]\d{0,2}\.\d{3}$")
    return Evidence(dot=dot, point=None if dot else grouped)


def unsure(own: Evidence, file: Evidence) -> str:
    """A number of a column whose sign neither the column nor the file explains; "" where there is none.

    One sign alone, and always before three digits, is that of 1.234 exactly as it is that of 1234.
    """
    told = own.comma or own.dot or file.comma or file.dot
    return "" if told else own.point or own.open or ""


def decimal_sign(
    column: str, own: Evidence, file: Evidence, delimiter: str, said: str | None = None
) -> tuple[str, str | None]:
    """The decimal sign of a column, and what to remark of it.

    Args:
        column: its name, for messages.
        own: what its values say.
        file: what the other columns say.
        delimiter: of the file; a comma between fields makes a decimal comma unlikely. "" for a format that
            says itself how numbers are written: what leaves it open there is refused.
        said: what a person says of numbers that neither the column nor the file explains.

    Raises:
        BadFile: the column uses both signs, or leaves it open and so does the file.
    """
    if own.comma and own.dot:
        raise BadFile(
            f"column {column}",
            f"both {own.comma!r} and {own.dot!r}",
            "one decimal sign",
            "Correct the file, or read the two kinds apart.",
        )
    if own.comma:
        return ",", f"column {column}: decimal comma, as in {own.comma}"
    if said and (seen := unsure(own, file)):
        return said, f"column {column}: {seen} read with the decimal sign {said!r}, as was said"
    if own.point:
        return _for_point(column, own.point, file)
    if own.dot or not own.open:
        return ".", None
    if file.comma and not file.dot:
        return ",", f"column {column}: {own.open} read with a decimal comma, as the file has {file.comma}"
    if file.dot or delimiter == ",":
        return ".", f"column {column}: the comma of {own.open} read as a separator of thousands"
    wanted = "a decimal sign that can be told" if delimiter else "a decimal point, and no sign of thousands"
    fix = "Say which it is: --decimal comma or --decimal point." if delimiter else STRICT
    raise BadFile(f"column {column}", f"numbers like {own.open}", wanted, fix)


def _for_point(column: str, seen: str, file: Evidence) -> tuple[str, str | None]:
    """The sign for a column whose every point stands before three digits."""
    if file.comma and not file.dot:
        return ",", f"column {column}: the point of {seen} separates thousands, as the file has {file.comma}"
    if file.dot:
        return ".", None
    return ".", f"column {column}: every point stands before three digits ({seen}); read as decimal"


def read(texts: pl.Series, decimal: str = ".", column: str = "") -> Reading:
    """Numbers, marks and flags of a column of texts.

    Args:
        texts: String; null where the file has no cell.
        decimal: "." or ",".
        column: its name, for remarks.

    Returns:
        Float64 value; String mark, "" for an empty cell, null with a number; String flags.
    """
    value = (
        plain_numbers(texts)
        if decimal == "."
        else pl.Series([None], dtype=pl.Float64).new_from_index(0, len(texts))
    )
    if not value.null_count():
        none = pl.lit(None, pl.String)
        return Reading(pl.DataFrame({"value": value}).with_columns(mark=none, flags=none))
    rest = texts.filter(value.is_null()).fill_null("").unique()
    if decimal == "." and rest.to_list() == [""]:
        mark = pl.when(pl.col("value").is_null()).then(pl.lit("")).alias("mark")
        return Reading(
            pl.DataFrame({"value": value}).with_columns(mark, pl.lit(None, pl.String).alias("flags"))
        )
    few = len(rest) <= FEW
    known = _known(tuple(rest.sort().to_list()), decimal) if few else _interpreted(rest, decimal)
    joined = pl.DataFrame({"plain": value, "text": texts.fill_null("")}).join(
        known, on="text", how="left", maintain_order="left"
    )
    cells = joined.select(value=pl.coalesce("plain", "read"), mark="mark", flags="flags")
    return Reading(cells, _remarks(known, column))


@lru_cache(maxsize=1000)
def _known(texts: tuple[str, ...], decimal: str) -> pl.DataFrame:
    """As `_interpreted`: the files of one archive have the same few marks."""
    return _interpreted(pl.Series(texts, dtype=pl.String), decimal)


def _interpreted(texts: pl.Series, decimal: str) -> pl.DataFrame:
    """Distinct texts → text, read, mark, flags, percent."""
    group, point = (",", r"\.") if decimal == "." else (r"\.", ",")
    made = pl.DataFrame({"text": texts, "clean": tidy(texts)})
    parts = pl.col("clean").str.extract_groups(NUMBER).struct
    made = made.with_columns(
        parts.field("sign", "digits", "power", "percent").name.prefix("_"), parts.field("flags")
    )
    well = pl.col("_digits").str.contains(GROUPED[decimal])
    bare = pl.col("_digits").str.replace_all(rf"[ '’]|{group}", "").str.replace(point, ".")
    whole = pl.concat_str(pl.col("_sign"), pl.when(well).then(bare), pl.col("_power").fill_null(""))
    made = made.with_columns(read=whole.str.strip_prefix("+").cast(pl.Float64, strict=False))
    made = made.with_columns(read=pl.when(pl.col("read").is_finite()).then("read"))
    none = pl.col("read").is_null()
    marked = pl.col("clean").str.extract_groups(MARKED).struct
    return made.with_columns(
        mark=pl.when(none).then(pl.coalesce(marked.field("1"), "clean")),
        flags=pl.when(none)
        .then(marked.field("2"))
        .otherwise(pl.col("flags").str.replace_all("[ ,;]+", " ").replace("", None)),
    ).select("text", "read", "mark", "flags", percent="_percent")


def _remarks(known: pl.DataFrame, column: str) -> tuple[str, ...]:
    said = []
    dates = known.filter(pl.col("read").is_null() & pl.col("mark").str.contains(DATE))["text"]
    if len(dates):
        said.append(f"column {column}: {dates[0]!r} is a date where a number should be; left as text")
    brackets = known.filter(pl.col("mark").str.contains(r"^\([\d.,' ]+\)$"))["text"]
    if len(brackets):
        said.append(f"column {column}: {brackets[0]!r} may be negative or unreliable; left as text")
    if known.filter((pl.col("percent") == "%") & pl.col("read").is_not_null()).height:
        said.append(f"column {column}: per cent signs; the number is the one printed before the sign")
    return tuple(said)


def _is_printed(texts: pl.Series) -> pl.Series:
    digits = _parts(texts)
    return (digits.is_not_null() & digits.str.contains(EITHER)).fill_null(value=False)


def _parts(texts: pl.Series) -> pl.Series:
    return (
        texts.to_frame("t").select(pl.col("t").str.extract_groups(NUMBER).struct.field("digits")).to_series()
    )


def _digits(texts: pl.Series) -> pl.Series:
    if len(texts) > FEW:
        return _parts(texts).drop_nulls()
    found = (_NUMBER.search(text) for text in texts.to_list() if text is not None)
    return pl.Series([m["digits"] for m in found if m], dtype=pl.String)


def _first(texts: pl.Series, pattern: str) -> str | None:
    found = texts.filter(texts.str.contains(pattern))
    return str(found[0]) if len(found) else None


def is_number(text: str) -> bool:
    """Whether one text reads as a number, flags and grouping allowed; for headers and footers only."""
    return kind_of(text) == "number"


def merged(said: Sequence[Evidence]) -> Evidence:
    """What several columns say together."""
    return Evidence(
        comma=next((e.comma for e in said if e.comma), None),
        dot=next((e.dot for e in said if e.dot), None),
        open=next((e.open for e in said if e.open), None),
        point=next((e.point for e in said if e.point), None),
    )


PERIOD = re.compile(
    r"(?i)^\s*(?:y|yr)?((?:1[5-9]|20|21)\d\d)(?:\s*\[yr\d{4}\]|[-/]?\s*[qtkкmмhsw][-\s]?\d{1,2}|[-/.]\d{1,2}(?:[-/.]\d{1,2})?|"
    r"[-/–](?:19|20)?\d\d)?\s*(?:гг?\.?|год|жыл|ж\.|yil[i]?)?"
    r"\s*(?:\(?[a-z]{1,2}\)?|[*†‡§#¹²³⁰-⁹]+|\([a-zа-яё0-9 ,.*]{1,14}\))?\s*$|"
    r"^\s*(?:[qt][1-4]|[1-4]\s*кв\.?)[-/ ]*(?:1[5-9]|20|21)\d\d\s*$|"
    r"^\s*(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d\s*$|"
    r"^\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-. ]*(?:19|20)\d\d\s*$"
)


def is_period(text: str) -> bool:
    """Whether a header is a year, quarter, month or day: "2016 (p)", "2023 г.*", "2021-M01", "1960 [YR]"."""
    return bool(PERIOD.match(text))
