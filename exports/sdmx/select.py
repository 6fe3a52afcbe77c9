"""The observations that a request selects, an indicator at a time, and what there is of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

import polars as pl

from exports.sdmx.artefacts import CODELIST, Constraint, artefacts, flow_id
from exports.sdmx.components import ATTRIBUTES, EVERYTHING, KEY, KNOWN, MEASURES, NUMERIC, QUERY, TIME
from exports.sdmx.filters import plain
from exports.sdmx.ml_data import FLAT
from exports.sdmx.request import Selection, not_found
from exports.sdmx.rows import END, START, held, keys, rows
from exports.sdmx.terms import ORDERED
from exports.table import Table, table
from indicators.answer import answer, freqs_of, gather
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import Indicator
from indicators.concepts.period import EARLIEST, LATEST, parse
from indicators.language import ENGLISH
from indicators.query import Query, refusal
from indicators.store import Store

AREA, PARTNER, SEX, INDICATOR, SECTOR = "REF_AREA", "COUNTERPART_AREA", "SEX", "INDICATOR", "SECTOR"


def frames(
    asked: Selection, store: Store, catalogue: Catalogue, language: str, *, only_keys: bool = False
) -> Iterator[pl.DataFrame]:
    """Frames like rows.rows, of the components asked for; one an answer, none of them empty.

    Args:
        asked: the request.
        store: the release.
        catalogue: the definitions.
        language: of the notes beside the figures.
        only_keys: without measure and attributes, which is quicker.
    """
    found = _matched(asked, store, catalogue, language, only_keys)
    if asked.at not in (FLAT, TIME):
        # A series then runs across answers: all of them are one frame.
        parts = list(found)
        found = iter([pl.concat(parts)] if parts else [])
    skip, left = asked.offset, asked.limit
    for frame in found:
        shown = _shown(_within(frame, asked), asked)
        cut = shown.slice(skip, left)
        skip -= min(skip, shown.height)
        left = None if left is None else left - cut.height
        if cut.height:
            yield cut
        if left == 0:
            return


def _matched(
    asked: Selection, store: Store, catalogue: Catalogue, language: str, only_keys: bool
) -> Iterator[pl.DataFrame]:
    """What the key, the filters and the periods leave of each answer."""
    for query in _queries(asked, store, catalogue, language):
        given = answer(query, store, catalogue)
        if given.frame.is_empty():
            continue
        frame = keys(given) if only_keys else _rows(table(given, store, catalogue))
        yield _matching(frame, asked)


def _rows(made: Table) -> pl.DataFrame:
    """The rows of a table; an observation says the same whatever is asked beside it."""
    question = replace(made.query, areas=(), sector=None, since=None, until=None)
    return rows(made).with_columns(pl.lit(question.to_url()).alias(QUERY.id))


def _queries(asked: Selection, store: Store, catalogue: Catalogue, language: str) -> Iterator[Query]:
    areas = allowed(asked, AREA)
    if areas is not None:
        areas = frozenset(areas & set(codelist("area")))
        if not areas:
            return
    for indicator in chosen(asked, catalogue):
        for sex in _sexes(store, indicator, asked.as_of):
            if not _may(asked, SEX, sex):
                continue
            for partner in _partners(allowed(asked, PARTNER)):
                yield Query(
                    indicator.id, tuple(sorted(areas or ())), _sector(asked, indicator), sex, partner,
                    _year(asked.start.start if asked.start else None),
                    _year(asked.end.end if asked.end else None),
                    as_of=asked.as_of, lang=language,
                )  # fmt: skip


def _year(bound: date | None) -> int | None:
    """Of a bound, the year that a question may name; what lies beyond it the days of the bound leave out."""
    return min(max(bound.year, EARLIEST), LATEST) if bound else None


def chosen(asked: Selection, catalogue: Catalogue) -> list[Indicator]:
    """The indicators of the dataflows asked for that the keys allow.

    Raises:
        Refused: there is no such dataflow; says the nearest.
    """
    flows = {flow_id(i.id): i for i in catalogue}
    for flow in asked.flows:
        if flow != EVERYTHING and flow not in flows:
            raise not_found(refusal("dataflow", flow, (*flows, EVERYTHING)))
    every = EVERYTHING in asked.flows
    return [i for f, i in flows.items() if (every or f in asked.flows) and _may(asked, INDICATOR, i.id)]


def allowed(asked: Selection, dimension: str) -> frozenset[str] | None:
    """The codes that the request allows of a dimension; None = all."""
    named: frozenset[str] | None = None
    if asked.keys and all(dimension in key for key in asked.keys):
        named = frozenset().union(*(key[dimension] for key in asked.keys))
    for component, alternatives in asked.filters:
        if component == dimension and all(operator == "eq" for operator, _ in alternatives):
            equal = frozenset(value for _, value in alternatives)
            named = equal if named is None else named & equal
    return named


def _may(asked: Selection, dimension: str, code: str) -> bool:
    named = allowed(asked, dimension)
    return named is None or code in named


def _partners(named: frozenset[str] | None) -> list[str | None]:
    """Single countries are asked for by name; all others come together."""
    if named is None:
        return [None]
    countries = sorted(named & set(codelist("area").of_kind("country")))
    return [*countries, *([None] if named - set(countries) else [])]


def _sector(asked: Selection, indicator: Indicator) -> str | None:
    named = allowed(asked, SECTOR)
    one = next(iter(named)) if named and len(named) == 1 else None
    return one if one in indicator.sectors else None


def _sexes(store: Store, indicator: Indicator, as_of: date | None) -> list[str]:
    """The sexes that anything is stated of, in the order of their list; today's are looked up once."""
    known = _TODAY.setdefault(store, {})
    stated = known.get(indicator.id) if as_of is None else None
    if stated is None:
        claims = gather(store, [indicator.numerator.measure], freqs_of([indicator]), (), as_of)
        stated = set(claims["sex"].unique())
        if as_of is None:
            known[indicator.id] = stated
    return [code for code in codelist("sex") if code in stated]


_TODAY: WeakKeyDictionary[Store, dict[str, set[str]]] = WeakKeyDictionary()
"""Store → indicator → sexes."""


def _matching(frame: pl.DataFrame, asked: Selection) -> pl.DataFrame:
    keep = [pl.col(INDICATOR).is_not_null()]
    if asked.keys:
        alternatives = [
            pl.all_horizontal(pl.lit(value=True), *(pl.col(d).is_in(list(codes)) for d, codes in key.items()))
            for key in asked.keys
        ]
        keep.append(pl.any_horizontal(alternatives))
    keep += [
        pl.any_horizontal([_holds(component, operator, value) for operator, value in alternatives])
        for component, alternatives in asked.filters
    ]
    if asked.start and asked.start.start:
        keep.append(pl.col(START) >= asked.start.start)
    if asked.end and asked.end.end:
        keep.append(pl.col(END) <= asked.end.end)
    return frame.filter(keep)


def _holds(component: str, operator: str, value: str) -> pl.Expr:
    if component == TIME and operator in ORDERED:
        return _in_time(operator, value)
    text = pl.col(component).cast(pl.String)
    if KNOWN[component].type in NUMERIC and operator in (*ORDERED, "eq", "ne"):
        number = pl.lit(value).cast(pl.Float64, strict=False)
        return _compared(pl.col(component).cast(pl.Float64), operator, number)
    if operator in ("co", "nc", "sw", "ew"):
        found = {
            "co": text.str.contains(value, literal=True), "nc": ~text.str.contains(value, literal=True),
            "sw": text.str.starts_with(value), "ew": text.str.ends_with(value),
        }  # fmt: skip
        return found[operator]
    return _compared(text, operator, pl.lit(value))


def _in_time(operator: str, value: str) -> pl.Expr:
    """Periods of any length, by their days: before, after, or not beyond the period named."""
    period = parse(plain(value))
    before, after = pl.lit(period.start), pl.lit(period.end)
    return {
        "lt": pl.col(END) < before, "le": pl.col(END) <= after, "gt": pl.col(START) > after,
        "ge": pl.col(START) >= before,
    }[operator]  # fmt: skip


def _compared(one: pl.Expr, operator: str, other: pl.Expr) -> pl.Expr:
    return {
        "eq": one == other, "ne": one != other, "lt": one < other, "le": one <= other, "gt": one > other,
        "ge": one >= other,
    }[operator]  # fmt: skip


def _within(frame: pl.DataFrame, asked: Selection) -> pl.DataFrame:
    """The first or last observations of each series, and the rows of a series together."""
    series = [name for name in (*KEY, TIME) if name != asked.at]
    if asked.at in (FLAT, TIME):
        series = list(KEY)
    ordered = frame.sort(*series, END, TIME, maintain_order=True)
    if asked.first:
        ordered = ordered.group_by(series, maintain_order=True).head(asked.first)
    if asked.last:
        ordered = ordered.group_by(series, maintain_order=True).tail(asked.last)
    return ordered


def _shown(frame: pl.DataFrame, asked: Selection) -> pl.DataFrame:
    wanted = {c.id for c in ATTRIBUTES} if asked.attributes is None else set(asked.attributes)
    measures = {c.id for c in MEASURES} if asked.measured else set()
    named = {*KEY, TIME, START, END, *wanted, *measures}
    shown = frame.select(name for name in frame.columns if name in named)
    if not asked.measured and asked.attributes == () and asked.at == TIME:
        return shown.drop(TIME).unique(KEY, maintain_order=True)
    return shown


def availability(asked: Selection, flow: str, store: Store, catalogue: Catalogue) -> Constraint:
    """What there is of one dataflow within the request.

    Raises:
        Refused: there is nothing.
    """
    by_key = all(component in (*KEY, TIME) for component, _ in asked.filters)
    parts = list(frames(asked, store, catalogue, ENGLISH, only_keys=by_key))
    if not parts:
        raise not_found(f"there is nothing of {flow} within this request")
    whole = pl.concat(p.select(*KEY, TIME, START, END) for p in parts)
    lists = {a.id: [i.id for i in a.items] for a in artefacts(catalogue, held(store)) if a.kind == CODELIST}
    shown = [asked.component] if asked.component else [*KEY, TIME]
    codes = {}
    for name in (n for n in KEY if n in shown):
        there = set(whole[name].unique())
        codes[name] = tuple(code for code in lists[str(KNOWN[name].codes)] if code in there)
    periods = whole.sort(END, TIME)[TIME].unique(maintain_order=True).to_list() if TIME in shown else []
    span = (str(whole[START].min()), str(whole[END].max())) if periods else None
    return Constraint(flow, codes, tuple(periods), span, whole.height, whole.select(KEY).n_unique())
