"""Periods as tables print them → periods as the ledger writes them, and the flags that stand on them.

Printed                                     Read as
2024, 2024 г., 2024 жыл, 2024-ci il         2024
2021 (p), 2020*, 2024pr, 2021¹              2021, and the flag p, *, pr, 1 on every value of that period
2024Q1, 1T2024, I кв. 2024, 2024 I rüb      2024-Q1
2024H1, I полугодие 2024                    2024-H1
2024M01, янв. 2024, Ocak 2024, 01.2024      2024-01
январь-сентябрь 2024, 9 месяцев 2024        2024-01/2024-09; a span that is a quarter, half or year is that
31.01.2024, на 31 января 2024 г.            2024-01-31
2023/24, 2023-24, 2023/2024                 2023-07/2024-06 with `year_begins: 7`, else a fault: such a
                                            year begins when its publisher says, and no table says it
2024-01-01 of a spreadsheet that shows      2024-01 with `dates: month`, 2024-Q1 with `dates: quarter`, of
"Jan 24"; 31.12.2024                        which it is the first or last day; a day where nothing is said
Jan-20, янв.21, Q1'20                       2020-01, 2021-01, 2020-Q1, where two months of a column share
                                            a number: else it may be a day
2023-1, 2023 - 4                            2023-Q1 with `counts: quarter`; where none of a column is above
                                            4, quarters and months look alike, and without it a fault

The words stand in words/period_words.csv; what is not wholly understood is left as it is, a fault later.
"""

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from etl.draft import Draft
from indicators.concepts.period import UnreadablePeriod, parse

WORDS = Path(__file__).parent / "words" / "period_words.csv"
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "і": 1,
    "іі": 2,
    "ііі": 3,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
MONTHS = 12
_YEAR = r"((?:1[89]|20|21)\d\d)"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FLAGGED = re.compile(
    rf"^(.*?\d{{2,4}}\b.*?|.*?{_YEAR})\s*([*†‡§#]+\)?|[{_RAISED}]+|[\[(]\s*[^\W_]{{1,12}}\.?\s*[\])]|\d\))$"
)
_GLUED = re.compile(rf"^({_YEAR})\s?([a-zа-я]{{1,2}})$")
_SAID = re.compile(r"[\w\s.,:;()'’/–—-]+")
_ISO_MONTH = re.compile(rf"{_YEAR}-(0[1-9]|1[0-2])")
_SHIFTED = re.compile(rf"^(?:fy\s*)?{_YEAR}\s*[/–—-]\s*(\d{{2}}|\d{{4}})$")
_COUNTED = re.compile(rf"{_YEAR}\s*[-./ ]\s*(0?[1-9]|1[0-2])(\s*(?:[*†‡§#(\[].*)?)")
_APART = r"\s*[-–./'’ ]\s*['’]?"
_SHORT = re.compile(
    rf"(?:(?P<month>[^\W\d_]+)\.?{_APART}|(?P<quarter>[qк][1-4]{_APART}|[1-4][qк](?:{_APART})?))"
    r"(?P<year>\d\d)(?P<mark>\s*(?:[*†‡§#(\[].*)?)"
)
OLDEST_SHORT, NEWEST_SHORT = 70, 49
"""A year of two digits is of 1970 to 1999 from the first on, of 2000 to 2049 up to the second."""
COUNTS = {"quarter": ("Q", 4), "half": ("H", 2), "month": ("M", 12)}
"""What a number behind a year may count: the letter that the ledger has for it, and how many a year has."""
DATES = {"day": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}
"""What a date may stand for of which it is the first or the last day → its months."""
_MACHINE = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (rf"{_YEAR}(?:\.0)?", r"\1"),
        (rf"y{_YEAR}|{_YEAR}y", r"\1\2"),
        (rf"{_YEAR} ?\[yr\d{{4}}\]", r"\1"),
        (rf"{_YEAR}[-/ ]?a1?", r"\1"),
        (rf"{_YEAR}[-/ ]?[qktкт]0?([1-4])", r"\1-Q\2"),
        (rf"[qktкт]0?([1-4])[-/. ]*{_YEAR}", r"\2-Q\1"),
        (rf"([1-4])[qktкт][-/. ]*{_YEAR}", r"\2-Q\1"),
        (rf"{_YEAR}[-/ ]?([1-4])[qktкт]", r"\1-Q\2"),
        (rf"{_YEAR}[-/ ]?[hsb]0?([12])", r"\1-H\2"),
        (rf"[hs]([12])[-/. ]*{_YEAR}", r"\2-H\1"),
        (rf"([12])[hs][-/. ]*{_YEAR}", r"\2-H\1"),
        (rf"{_YEAR}[-/ ]?[mм](\d\d?)", r"\1-M\2"),
        (rf"[mм](\d\d?)[-/. ]*{_YEAR}", r"\2-M\1"),
        (rf"{_YEAR}[./-](\d\d?)", r"\1-M\2"),
        (rf"{_YEAR}(0[1-9]|1[0-2])", r"\1-M\2"),
        (rf"(\d\d?)[./-]{_YEAR}", r"\2-M\1"),
        (rf"{_YEAR} ?[/–—-] ?{_YEAR}", r"\1/\2"),
        (rf"{_YEAR}-(\d\d)-(\d\d)(?:[ t]00:00(?::00(?:\.0+)?)?z?)?", r"\1-\2-\3"),
        (rf"(\d\d)\.(\d\d)\.{_YEAR}", r"\3-\2-\1"),
    )
)


class Printed(NamedTuple):
    """A printed period: as the ledger writes it, and the flags on it, by space ("" for none)."""

    period: str
    flags: str


def printed_period(text: str, year_begins: int | None = None, *, monthly: bool = False) -> Printed:
    """Read one printed period.

    Args:
        text: the label of a row or column.
        year_begins: the month in which a year such as 2023/24 begins, where a person has said it.
        monthly: its neighbours show that 2011-12 is a December, not a year that ends in 2012.

    Raises:
        UnreadablePeriod: not wholly understood, or a year over two calendar years without `year_begins`.
    """
    line = " ".join(text.replace("\u00a0", " ").split())
    if monthly and year_begins is None and _ISO_MONTH.fullmatch(line):
        return Printed(_checked(line, line), "")
    try:
        return Printed(_written(line, year_begins), "")
    except UnreadablePeriod:
        found = _FLAGGED.match(line) or _GLUED.match(line.casefold())
        if not found:
            raise
    flag = found.group(found.re.groups).strip("()[] .").translate(str.maketrans(_RAISED, "0123456789"))
    return Printed(_written(found[1].strip(), year_begins), flag)


def _written(line: str, year_begins: int | None) -> str:
    """The ledger's way to write a printed period without flags."""
    if not line or any(c in _RAISED for c in line):
        raise UnreadablePeriod(f"{line!r} is no period")
    plain = unicodedata.normalize("NFKC", line).casefold().replace("\u0307", "").strip(" .,:;")
    shifted = _SHIFTED.match(plain)
    if shifted and int(shifted[2][-2:]) == (int(shifted[1]) + 1) % 100:
        return _shifted(line, int(shifted[1]), year_begins)
    for pattern, written in _MACHINE:
        if found := pattern.fullmatch(plain):
            return _checked(line, found.expand(written))
    return _checked(line, (_spoken(plain) if _SAID.fullmatch(plain) else None) or line)


def _shifted(line: str, year: int, month: int | None) -> str:
    if month is None:
        raise UnreadablePeriod(
            f"{line!r} begins in one calendar year and ends in the next; say in which month, "
            "`year_begins: 7` beside `from`"
        )
    if month == 1:
        return f"{year}/{year + 1}"
    return f"{year}-{month:02d}/{year + 1}-{month - 1:02d}"


def _checked(line: str, written: str) -> str:
    """A month of one digit gets its zero; what the calendar does not know is refused."""
    month = re.fullmatch(r"(\d{4})-M(\d\d?)", written)
    made = f"{month[1]}-{int(month[2]):02d}" if month else written
    try:
        parse(made)
    except UnreadablePeriod as fault:
        raise UnreadablePeriod(f"{line!r} is no period that can be read: {fault}") from None
    return made


@cache
def _words() -> dict[str, tuple[str, int]]:
    """Word → role and number; the same word means the same in every language that has it."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {r["word"]: (r["role"], int(r["number"] or 0)) for r in csv.DictReader(file)}


def _spoken(plain: str) -> str | None:
    """A period in words, or None where a word or a number is left over."""
    tokens = re.findall(r"\d+(?:st|nd|rd|th)?|[^\W\d_]+", plain)
    years = [t for t in tokens if re.fullmatch(_YEAR, t)]
    if len(years) != 1:
        return None
    said: dict[str, list[int]] = {"month": [], "number": []}
    for token in (t for t in tokens if t != years[0]):
        role, number = _words().get(token, ("", 0))
        if token in ROMAN or token.isdecimal():
            role, number = "number", ROMAN.get(token, int(token) if token.isdecimal() else 0)
        if not role:
            return None
        said.setdefault("number" if role == "ordinal" else role, []).append(number)
    return _composed(years[0], said)


def _composed(year: str, said: dict[str, list[int]]) -> str | None:
    numbers, named = said["number"], said["month"]
    kinds = [kind for kind in ("quarter", "half", "months") if kind in said]
    if len(kinds) > 1 or (kinds and named) or (numbers and not kinds and len(named) != 1):
        return None
    if named and numbers:
        return f"{year}-{named[0]:02d}-{numbers[0]:02d}" if len(numbers) == 1 else None
    if named:
        return _months(year, named[0], named[-1]) if len(named) <= 2 else None
    if not kinds:
        return year
    if not numbers or len(numbers) > 2:
        return None
    each = {"quarter": 3, "half": 6, "months": 1}[kinds[0]]
    first = 1 if kinds[0] == "months" and len(numbers) == 1 else (numbers[0] - 1) * each + 1
    return _months(year, first, numbers[-1] * each)


def _months(year: str, first: int, last: int) -> str | None:
    """The period from one month of a year to another, under the shortest name it has."""
    if not 1 <= first <= last <= MONTHS:
        return None
    length = last - first + 1
    if length == 1:
        return f"{year}-{first:02d}"
    if length == MONTHS:
        return year
    for months, letter in ((3, "Q"), (6, "H")):
        if length == months and last % months == 0:
            return f"{year}-{letter}{last // months}"
    return f"{year}-{first:02d}/{year}-{last:02d}"


def read_printed(
    draft: Draft,
    column: str,
    flags: str,
    year_begins: int | None,
    counts: str | None = None,
    dates: str | None = None,
) -> Draft:
    """The column of periods as the ledger writes them, their flags added to the column `flags`.

    What cannot be read stays as it is, for `read_periods` to name.
    """
    texts = draft.frame[column].unique().drop_nulls().to_list()
    found = readable(texts, year_begins, counts)
    read = standing(found, dates)
    read |= {t: Printed(f"{t} as a {dates}", "") for t in found if t not in read}  # no period, a fault later
    on = {text: made.flags for text, made in read.items() if made.flags}
    frame = draft.frame
    if on:
        more = pl.col(column).replace_strict(on, default="", return_dtype=pl.String)
        both = pl.concat_str(pl.col(flags), pl.lit(" "), more).str.strip_chars()
        frame = frame.with_columns(both.cast(frame.schema[flags]).alias(flags))
    return draft.to(frame.with_columns(pl.col(column).replace({t: made.period for t, made in read.items()})))


def standing(read: Mapping[str, Printed], dates: str | None) -> dict[str, Printed]:
    """Labels as read, dates as the periods of which they are the first or the last day.

    Args:
        read: label → its period.
        dates: a key of DATES; None leaves dates as days.

    Returns:
        The same without the dates that are neither the first nor the last day of such a period.
    """
    length = DATES[dates or "day"]
    made = {text: (day_of(printed.period), printed) for text, printed in read.items()} if length else {}
    told = {text: printed._replace(period=_begun(day, length) if day else printed.period)
            for text, (day, printed) in made.items()}  # fmt: skip
    return {text: printed for text, printed in (told or read).items() if printed.period}


def day_of(period: str) -> dt.date | None:
    """The day that a period is, None for a longer one."""
    try:
        return dt.date.fromisoformat(period) if len(period) == len("2024-03-01") else None
    except ValueError:
        return None


def is_last(day: dt.date) -> bool:
    """Whether a day is the last of its month."""
    return (day + dt.timedelta(days=1)).day == 1


def _begun(day: dt.date, length: int) -> str:
    """The period of so many months that begins or ends with a day; "" where none does."""
    if day.day == 1 and (day.month - 1) % length == 0:
        return _months(str(day.year), day.month, day.month + length - 1) or ""
    if is_last(day) and day.month % length == 0:
        return _months(str(day.year), day.month - length + 1, day.month) or ""
    return ""


def readable(
    texts: Sequence[str], year_begins: int | None = None, counts: str | None = None
) -> dict[str, Printed]:
    """The texts of one column that are periods, each as it is read.

    Args:
        texts: the labels.
        year_begins: as in `printed_period`.
        counts: a key of COUNTS, where it is known what the number behind a year is.
    """
    found, monthly = {}, any(_is_month(text) for text in texts)
    unsure = set() if counts else _quarters_or_months(texts)
    long = _with_century(texts)
    for text in texts:
        try:
            written = _counted(text, counts) if counts else long.get(text, text)
            found[text] = printed_period(written, year_begins, monthly=monthly)
        except UnreadablePeriod:
            continue
    return {text: made for text, made in found.items() if text not in unsure}


def _quarters_or_months(texts: Sequence[str]) -> set[str]:
    """The texts such as 2023-1, where no number of the column shows that they are months."""
    numbered = {text: found[2] for text in texts if (found := _COUNTED.fullmatch(text.strip()))}
    least = all(len(number) == 1 and int(number) <= COUNTS["quarter"][1] for number in numbered.values())
    return set(numbered) if least else set()


def _with_century(texts: Sequence[str]) -> dict[str, str]:
    """Texts such as Jan-20 with all digits of their year, where the column shows that 20 is no day.

    Two months with one number are months of one year: nobody lists the twentieth of every month. A lone
    month, Jan-20 beside Jan-21, may be days, and is left.
    """
    said: dict[str, tuple[str, str, str]] = {}
    for text in texts:
        found = _SHORT.fullmatch(unicodedata.normalize("NFKC", " ".join(text.split())).casefold())
        if found and (found["quarter"] or _words().get(found["month"], ("", 0))[0] == "month"):
            part = found["month"] or re.sub(r"[^\w]", "", found["quarter"])
            said[text] = (part, found["year"], found["mark"])
    shared = {year for _, year, _ in said.values() if len({m for m, y, _ in said.values() if y == year}) > 1}
    if not shared:
        return {}
    century = {y: ("20" if int(y) <= NEWEST_SHORT else "19") for _, y, _ in said.values()
               if int(y) <= NEWEST_SHORT or int(y) >= OLDEST_SHORT}  # fmt: skip
    return {t: f"{part} {century[y]}{y}{mark}" for t, (part, y, mark) in said.items() if y in century}


def _counted(text: str, counts: str) -> str:
    """2023-1 as 2023-Q1; other texts as they are.

    Raises:
        UnreadablePeriod: a year has not so many.
    """
    found, (letter, most) = _COUNTED.fullmatch(text.strip()), COUNTS[counts]
    if found and not 1 <= int(found[2]) <= most:
        raise UnreadablePeriod(f"{text!r}: a year has no {counts} {found[2]}")
    return f"{found[1]}-{letter}{int(found[2])}{found[3]}" if found else text


def _is_month(text: str) -> bool:
    """Whether a text such as 2011-03 can only be a month."""
    found = _ISO_MONTH.fullmatch(text.strip())
    return found is not None and int(found[2]) != (int(found[1]) + 1) % 100
