"""The numbers: answers, passports, conflicts, targets, revisions."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

import polars as pl

from exports import cite, pieces
from exports.api.asked import Asked, Rows, Sent
from exports.api.shapes import Row, field, fields_of, open_end, open_ends, rows
from exports.formats import FORMATS, Format
from exports.table import table, targets_of
from indicators.answer import answer
from indicators.catalogue import Catalogue
from indicators.conflicts import conflicts as all_conflicts
from indicators.holdings import passport
from indicators.query import FIELDS, Query, check
from indicators.revisions import every_revision

_CELL = (
    "measure", "ref_area", "region", "counterpart_area", "sector", "sex", "time_period",
)  # fmt: skip
_CLAIM = (
    "figure_id", "value:number", "low:number", "high:number", "open_end", "hedge", "unit_measure",
    "obs_status",
)  # fmt: skip
_STATED = ("source", "vintage", "publisher", "cites", "authority", "title", "address", "published_on",
           "known_from:day")  # fmt: skip
FIGURE = fields_of((
    *_CELL, "freq", "period_start:day", "period_end:day", "period_basis", "kind", *_CLAIM, "base_per",
    "conf_status", "obs_comment", "reported_value", "reported_unit_mult:whole", "reported_at", "correction",
    *_STATED, "language", "retrieved_on", "is_headline:flag", "rivals:whole", "why",
))  # fmt: skip
FINDING = fields_of(("kind", "fate", "figure_id", "refers_to", "source", "vintage", "reported_value",
                     "reported_at", "says"))  # fmt: skip
CONFLICTS = (
    field("cell:whole", "Number of the contested cell; 0 for the one whose claims are furthest apart."),
    field("claims:whole", "How many claims there are for it."),
    field("difference", "In what they differ: value, definition, unit, publisher, compatible."),
    field("apart:number", "The highest claim over the lowest, at least; null where not compared."),
    field("apart_infinite:flag", "Whether one claim is above zero and another is not: no ratio can say it."),
    *fields_of((*_CELL, *_CLAIM, "is_headline:flag", "why", "reported_value", *_STATED)),
)
TARGETS = (
    *fields_of(("figure_id", "kind", "indicator")),
    field("measures:texts", "Measures whose figures are outcomes of it, its own first."),
    *fields_of(("ref_area", "region", "sector", "sex", "unit_measure")),
    *fields_of(("value:number", "low:number", "high:number", "open_end", "hedge", "time_period", "due:day")),
    field("direction", "at_least or at_most; null where nobody says."),
    field("baseline", "Figure from which its own publication departs."),
    *fields_of(("owner", "act", "reference", "set_on:day", "superseded_by", "superseded_on:day", "remark")),
    field("status", "Where it stands in the usual reading."),
    field("reason", "Why, where the status alone does not say."),
    field("readings:whole", "Credible ways to read where it stands."),
    field("agreeing:whole", "How many of them give the same status as the usual one."),
    field("robust:flag", "Whether all do."),
    field("day:day", "The day for which it was read."),
    field("outcome_figures:texts", "Claims of the usual reading."),
    field("outcome_period", "Its period."),
    *fields_of(("outcome_low:number", "outcome_high:number", "outcome_open_end")),
    field("history:texts", "Every aim for the same thing in the order in which they were set."),
)
REVISIONS = (
    *fields_of((*_CELL, "publisher", "cites", "base_per", *_CLAIM, "source", "vintage", "known_from:day")),
    field("before_figure_id", "The statement before it."),
    *fields_of(("before_known_from:day", "before_vintage", "before_value:number", "before_low:number",
                "before_high:number", "before_open_end", "before_hedge", "before_obs_status")),
    field("change_low:number", "Least change, per cent."),
    field("change_high:number", "Greatest change, per cent."),
    field("change_open_end"),
    field("size:number", "The least that it changed by, per cent, without its sign."),
)  # fmt: skip


def question(values: Mapping[str, Any]) -> Query:
    """The query that the values of a request make."""
    return Query(**{name: values[name] for name in FIELDS if name in values})


def together(catalogue: Catalogue, values: Mapping[str, Any]) -> list[str]:
    """What of a question does not go together; nothing where there is no question."""
    return check(question(values), catalogue) if "indicator" in values else []


def data(asked: Asked) -> Rows | Sent:
    """An answer, as JSON or as a file."""
    query = question(asked.values)
    if asked.format in FORMATS:
        return _file(query, FORMATS[asked.format], asked)
    made = answer(query, asked.store, asked.catalogue)
    written = table(made, asked.store, asked.catalogue)
    about = {
        "title": written.title,
        "question": written.language.text(made.indicator.question),
        "query": query.to_url(),
        "notes": written.notes,
        "reason": made.reason and written.language.note(made.reason),
        "basis": made.indicator.basis,
    }
    return Rows(written.frame, about)


def _file(query: Query, form: Format, asked: Asked) -> Sent:
    """An answer as a file: a large one in pieces that leave while it is made, where the format allows it."""
    store, catalogue = asked.store, asked.catalogue
    name = f"{query.indicator}-{store.release.id}.{form.suffix}"
    if form.stream and form.parted and len(groups := pieces.parts(query, store, catalogue)) > 1:
        parts = pieces.tables(query, groups, store, catalogue)
        if (first := next(parts, None)) is not None:
            return Sent(form.stream(chain([first], parts)), form.media, name)
    written = table(answer(query, store, catalogue), store, catalogue)
    if form.stream and written.frame.height > pieces.ROWS:
        return Sent(form.stream([written]), form.media, name)
    return Sent(form.write(written), form.media, name)


def figure(asked: Asked) -> dict[str, Any]:
    """The passport of a figure.

    Raises:
        UnknownFigure: the release does not hold it.
    """
    found = passport(asked.store, asked["id"])
    own = rows([_opened(found.figure)], FIGURE)[0]
    shown = asked.language
    return {
        "release": found.release,
        "label": shown.label("measure", own["measure"]) + " – " + shown.label("area", own["ref_area"]),
        "figure": own,
        "rivals": _claims(found.rivals),
        "undated": _claims(found.undated),
        "findings": rows(found.findings, FINDING),
        "citation": cite.figure(found, asked.language, asked.address).content(),
    }


def _opened(row: Row) -> Row:
    nothing = {"is_headline": None, "rivals": None, "why": None}
    return {**nothing, **row, "open_end": open_ends(row["low"], row["high"])}


def _claims(frame: pl.DataFrame) -> list[Row]:
    return rows([_opened(row) for row in frame.to_dicts()], FIGURE)


def conflicts(asked: Asked) -> Rows:
    """Contested cells, those furthest apart first, a row a claim."""
    found = _chosen(all_conflicts(asked.store), asked)
    if asked["difference"]:
        found = found.filter(pl.col("difference") == asked["difference"])
    infinite = pl.col("apart").is_infinite()
    return Rows(found.with_columns(open_end(), infinite.alias("apart_infinite")))


def revisions(asked: Asked) -> Rows:
    """Statements that their publisher made anew with another amount, the largest change first."""
    found = _chosen(every_revision(asked.store), asked)
    if asked["as_of"]:
        found = found.filter(pl.col("known_from") <= asked["as_of"])
    return Rows(
        found.with_columns(
            open_end(),
            open_end("before_low", "before_high", "before_open_end"),
            open_end("change_low", "change_high", "change_open_end"),
        )
    )


def _chosen(found: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    if asked["areas"]:
        found = found.filter(pl.col("ref_area").is_in(list(asked["areas"])))
    if asked["measure"]:
        found = found.filter(pl.col("measure") == asked["measure"])
    return found


def targets(asked: Asked) -> Rows:
    """Targets, plans, forecasts and scenarios, with where each stands."""
    areas = asked["areas"] or asked.store.ask("target_areas")["ref_area"].to_list()
    wanted = {name: asked[name] for name in ("kind", "indicator", "status") if asked[name]}
    every = [
        _target(one)
        for area in areas
        for one in targets_of(asked.store, asked.catalogue, area, asked["as_of"])
    ]
    found = [row for row in every if all(row[name] == value for name, value in wanted.items())]
    return Rows(found)


def _target(one: Any) -> Row:
    aim, usual = one.target, one.readings[0] if one.readings else None
    low, high = aim.stated
    below, above = usual.outcome.span if usual else (None, None)
    return {
        **{name: getattr(aim, name) for name in (
            "figure_id", "kind", "indicator", "ref_area", "region", "sector", "sex", "value", "hedge",
            "time_period", "due", "direction", "baseline", "owner", "act", "reference", "set_on",
            "superseded_by", "superseded_on", "remark")},
        "measures": list(aim.measures), "unit_measure": aim.unit, "low": low, "high": high,
        "open_end": open_ends(low, high), "status": str(one.status),
        "reason": str(one.reason) if one.reason else None, "readings": len(one.readings),
        "agreeing": one.agreeing, "robust": one.robust, "day": one.day,
        "outcome_figures": list(usual.outcome.figures) if usual else None,
        "outcome_period": usual.outcome.time_period if usual else None,
        "outcome_low": below, "outcome_high": above, "outcome_open_end": open_ends(below, above),
        "history": list(one.history),
    }  # fmt: skip
