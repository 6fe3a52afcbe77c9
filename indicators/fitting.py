"""A query that was made for one indicator, asked of another: what cannot be asked of it is left out.

Whoever changes the indicator on a page still has a sector, a currency, prices in the address that belong
to the one before. That is no mistake of the reader's: they are left out, and it is said which and why.
What names a thing that there is not stays in the query, and check() refuses it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED as PLAIN
from indicators.concepts.indicator import Indicator
from indicators.convert import currencies
from indicators.formulas import PER, PER_GDP
from indicators.language import message
from indicators.query import Query
from indicators.reconcile import ALL
from indicators.transform import BASED, LEVEL

NO_SECTOR = message("this indicator has no such sector")
NO_MONEY = message("this indicator is no money")
RATIO = message("this indicator is a ratio already")
CURRENT = message("a share of GDP is taken at current prices")
UNBASED = message("only an index and compound growth have a base year")
NEEDS_HEADLINE = message("a change, a carried figure and a sum of members need one headline")
NO_MEMBERS = message("only groups made of their members have a coverage")
USUAL = {field.name: field.default for field in fields(Query)}


@dataclass(frozen=True)
class Left:
    """One thing that was left out.

    Attributes:
        field: of Query.
        value: what it was.
        why: one of the sentences of this module.
    """

    field: str
    value: object
    why: str


def fitted(query: Query, catalogue: Catalogue) -> tuple[Query, tuple[Left, ...]]:
    """The query without what its indicator cannot be asked, and what that was; pure."""
    if query.indicator not in catalogue.indicators:
        return query, ()
    left: list[Left] = []
    indicator = catalogue[query.indicator]
    for unfit in (_of_indicator, _of_measure, _of_choice):
        found = [Left(name, getattr(query, name), why) for name, why in unfit(query, indicator)]
        query = replace(query, **{one.field: USUAL[one.field] for one in found})  # type: ignore[arg-type]
        left += found
    return query, tuple(left)


def _of_indicator(query: Query, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """What belongs to another indicator."""
    if query.sector in codelist("sector") and query.sector not in indicator.sectors:
        yield "sector", NO_SECTOR
    if not indicator.is_money:
        if query.currency != USUAL["currency"] and query.currency in currencies():
            yield "currency", NO_MONEY
        if query.prices is not None:
            yield "prices", NO_MONEY
        if query.per == PER_GDP:
            yield "per", NO_MONEY
    if query.per in PER and indicator.formula != PLAIN and (indicator.is_money or query.per != PER_GDP):
        yield "per", RATIO


def _of_measure(query: Query, _: Indicator) -> Iterator[tuple[str, str]]:
    """What does not go with another wish about the measure."""
    if query.per == PER_GDP and query.prices is not None:
        yield "prices", CURRENT
    if query.base is not None and query.transform not in BASED:
        yield "base", UNBASED
    if query.coverage is not None and not query.members:
        yield "coverage", NO_MEMBERS


def _of_choice(query: Query, _: Indicator) -> Iterator[tuple[str, str]]:
    """A rule that makes no choice, where one is needed."""
    if query.rule == ALL and (query.transform != LEVEL or query.members or query.carry):
        yield "rule", NEEDS_HEADLINE
