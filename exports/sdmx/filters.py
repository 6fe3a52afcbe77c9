"""The values of filters and of periods, as clients write them."""

import re
from collections.abc import Iterator
from datetime import date

from exports.sdmx.components import KNOWN, NUMERIC, TIME
from exports.sdmx.terms import ORDERED
from indicators.concepts.period import EARLIEST, LATEST, Period, UnreadablePeriod, parse

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_REPORTING = re.compile(r"([0-9]{4})-(?:A1|M([0-9]{2}))")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]+(Z|[-+ ][0-9:]+)?")


def unfit(component: str, operator: str, value: str) -> Iterator[str]:
    """What is wrong with the value of a filter: an order asks for a number, or for a period."""
    numeric = component in KNOWN and KNOWN[component].type in NUMERIC
    if not value:
        yield f"c[{component}] is empty; leave it out, or give it a value"
    elif component == TIME and operator in ORDERED:
        try:
            parse(plain(value))
        except UnreadablePeriod as fault:
            yield f"c[{component}]: {fault}"
    elif numeric and operator in (*ORDERED, "eq", "ne") and not _NUMBER.fullmatch(value):
        yield f"c[{component}]: {value!r} is no number; write for example 1000 or 0.5"


def plain(text: str) -> str:
    """A period as we write it: a day without its time, a reporting year or month as one of the calendar."""
    moment, reporting = _MOMENT.fullmatch(text), _REPORTING.fullmatch(text)
    if reporting:
        return "-".join(filter(None, reporting.groups()))
    return moment[1] if moment else text


def bound(text: str) -> Period:
    """A period that bounds what is asked; it may lie before or after all that anything is stated of.

    Raises:
        UnreadablePeriod: it is no period.
    """
    written = plain(text)
    year = int(written[:4]) if re.match(r"[0-9]{4}(?![0-9])", written) else EARLIEST
    if EARLIEST <= year <= LATEST or not year:
        return parse(written)
    parse(f"{EARLIEST}{written[4:]}")
    return Period("A", written, date(year, 1, 1), date(year, 12, 31))
