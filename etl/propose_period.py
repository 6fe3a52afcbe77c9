"""Which dimension of a file is the time, and how its labels become periods."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from etl.match import fold
from etl.steps.label_tables import LABEL_OF
from etl.steps.mapping import OPEN
from etl.steps.printed_periods import COUNTS, DATES, Printed, day_of, is_last, readable

Dimension = Mapping[str, Any]
MOST = 0.9
"""Part of the labels that must be periods, where nothing else says that they are."""
NAMES = (
    "time", "time period", "year", "years", "period", "год", "годы", "период", "жыл", "кезең", "il", "dövr",
    "yıl", "dönem", "година", "año", "ano", "jahr", "année", "yil", "рік", "quarter", "квартал", "month",
    "месяц", "date", "zeit", "zaman", "tiempo", "rok", "vuosi", "år",
)  # fmt: skip
FREQUENCY = ("freq", "frequency", "time format")
"""A dimension that periods say again."""
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_SHIFTED = re.compile(r"(?:FY\s*)?((?:19|20)\d\d)\s*[/–—-]\s*(\d{2}|\d{4})\b")
_PARTS = (
    ("quarter", re.compile(r"quarter|квартал|тоқсан|rüb|çeyrek|trim|quartal|chorak|трим"), r"^(\S+) (\d)$"),
    ("half", re.compile(r"half|полугод|жартыжыл|yarım|semestre|halbjahr"), r"^(\S+) (\d)$"),
    ("month", re.compile(r"month|месяц|\bay|\bай|\bm[eê]s(?:es)?\b|monat|\bmois|\boy"),
     r"^(\S+) 0?(\d\d?)$"),
)  # fmt: skip
"""What a dimension is called that counts quarters, halves or months of a year: the first that fits."""


def is_time(dimension: Dimension) -> bool:
    """Whether the labels of a dimension are periods."""
    codes = list(dimension["codes"])
    named = dimension["role"] == "time" or fold(dimension["id"]) in NAMES or bool(counted(dimension))
    found = periods(codes, counted(dimension))
    readable_or_shifted = len(found) or sum(bool(_SHIFTED.match(c)) for c in codes)
    mostly = max(len(found), readable_or_shifted) >= MOST * len(codes) and (named or len(codes) > 1)
    return bool(codes) and (mostly or (named and readable_or_shifted > 0))


def timely(dimension: Dimension, flags: Collection[str] = ()) -> Dimension:
    """The dimension under its labels, where these are periods and its codes are none or lack their marks.

    Moldova numbers its years 0, 1, 2; Finland marks what is provisional on the label: 2023*. A mark that the
    reader has put on the cells already, one of `flags`, is not read again.
    """
    labels = {code: label or code for code, label in dimension["codes"].items()}
    if len(labels) < 2 and dimension["role"] != "time" and fold(dimension["id"]) not in NAMES:
        return dimension
    read, of_codes = readable([*labels.values()], 7), periods(list(labels))
    if len({*labels.values()}) < len(labels) or len(read) < MOST * len(labels) or not read:
        return dimension
    same = all(read[label].period == of_codes[code].period
               for code, label in labels.items() if label in read and code in of_codes)  # fmt: skip
    known = {*flags, *(flag for p in of_codes.values() for flag in p.flags.split())}
    marked = any({*p.flags.split()} - known for p in read.values())
    if same and (marked or len(of_codes) < MOST * len(labels)):
        return {**dimension, "id": LABEL_OF + dimension["id"], "codes": dict.fromkeys(labels.values())}
    return dimension


def under(dimension: Dimension) -> set[str]:
    """What a person may call a dimension: as the file does, or by its labels."""
    return {dimension["id"], dimension["id"].removeprefix(LABEL_OF)}


def periods(codes: Sequence[str], counts: str | None = None) -> dict[str, Printed]:
    """The labels that are periods, a year over two calendar years and 2023-1 among them."""
    return {**readable(codes, 7, counts or "quarter"), **readable(codes, 7), **readable(codes, None, counts)}


def shifted(dimensions: Sequence[Dimension], says: Mapping[str, Any]) -> bool:
    """Whether periods begin in one calendar year and end in the next, so that a month must be said."""
    codes = [c for d in dimensions if d["id"] == says["from"] for c in d["codes"]]
    return bool(set(readable(codes, 7)) - set(readable(codes)))


def period_flags(dimensions: Sequence[Dimension], says: Mapping[str, Any]) -> set[str]:
    """The flags on the labels of the time: the p of "2021 (p)"."""
    codes = [c for d in dimensions if d["id"] == says.get("from") for c in d["codes"]]
    codes += [said or c for d in dimensions if LABEL_OF + d["id"] == says.get("from")
              for c, said in d["codes"].items()]  # fmt: skip
    return {flag for printed in periods(codes, says.get("counts")).values() for flag in printed.flags.split()}


def composed(year: Dimension, part: Dimension) -> dict[str, Any] | None:
    """The column of periods made of years and of their quarters or months; None if they make none.

    The codes of the part are looked at first, and its labels where they are no codes of the calendar.
    """
    return _composed(year, part) or next(
        (says for of in _labelled(part) if (says := _composed(year, of))), None
    )


def _labelled(part: Dimension) -> list[Dimension]:
    """A dimension under its labels, where it has one for each code and none twice."""
    labels = [label for label in part["codes"].values() if label]
    if part["id"].startswith(LABEL_OF) or not labels or len({*labels}) < len(part["codes"]):
        return []
    return [{**part, "id": LABEL_OF + part["id"], "codes": dict.fromkeys(labels)}]


def _composed(year: Dimension, part: Dimension) -> dict[str, Any] | None:
    years = list(year["codes"])
    plain = all(_YEAR.fullmatch(y.removesuffix(".0")) for y in years)
    if not years or not plain or len(part["codes"]) < 2:
        return None
    origin = [year["id"], part["id"]]
    joined = [f"{years[0]} {p}" for p in part["codes"]]
    found = readable(joined)
    finer = {printed.period for printed in found.values() if not printed.flags} - set(years)
    if len(finer) >= MOST * len(joined):  # the T and M of "2021 T" are theatres and museums, not periods
        return {"from": origin}
    what = counted(part)
    numbers = what and all(p.isdecimal() and 1 <= int(p) <= COUNTS[what][1] for p in part["codes"])
    if not what or not numbers:
        return None
    pattern = next(pattern for kind, _, pattern in _PARTS if kind == what)
    return {"from": origin, "pattern": pattern, "as": rf"\1-{COUNTS[what][0]}\2"}


def counted(dimension: Dimension) -> str | None:
    """What a dimension counts by its name: quarter, half or month of a year; None where it does not say."""
    return next((kind for kind, name, _ in _PARTS if name.search(fold(dimension["id"]))), None)


def counts(dimension: Dimension) -> str | None:
    """What the number of labels such as 2023-1 counts, where the name of the dimension must say it."""
    codes, what = list(dimension["codes"]), counted(dimension)
    return what if what and len(readable(codes, None, what)) > len(readable(codes)) else None


def dates(dimension: Dimension, dimensions: Sequence[Dimension]) -> str | None:
    """What dates that are all the first, or all the last, of a month stand for: open; None for others.

    A spreadsheet keeps "Mar 24" as the first of March, and shows no day. A file that says that it is daily
    means days.
    """
    read = readable(list(dimension["codes"])).values()
    days = [day for printed in read if (day := day_of(printed.period))]
    daily = any({*d["codes"]} <= {"D", "B", "W"} for d in dimensions if fold(d["id"]) in FREQUENCY)
    if not days or daily or not (all(d.day == 1 for d in days) or all(is_last(d) for d in days)):
        return None
    months = {day.month % 12 if is_last(day) else day.month - 1 for day in days}
    kinds = ("year", "half", "quarter", "month")
    near = next(kind for kind in kinds if all(month % DATES[kind] == 0 for month in months))
    return OPEN + (near if len(days) > 1 else "")


def whole_period(table: Mapping[str, Any]) -> str | None:
    """The period of a whole table: its name where that is one, a lone year that ends its title as near."""
    if readable([table["name"]]):
        return str(table["name"])
    for line in reversed([table["name"], *(table["title"] or "").split(" / ")]):
        years = set(_YEAR.findall(line))
        if years:
            return OPEN + years.pop() if len(years) == 1 else None
    return None
