"""The passports of a table's figures as HTML: each claim with what was printed, where, and what was done."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from exports.columns import COLUMNS, NUMBER
from exports.table import Table
from indicators.language import Language

SHOWN = (
    "ref_area_label", "sector_label", "time_period", "value", "low", "high", "hedge", "unit_label",
    "obs_status_label", "is_headline", "reported_value", "reported_at", "publisher", "title", "obs_comment",
    "note", "why", "figure_id",
)  # fmt: skip
"""Columns that stand for themselves."""
DONE = (
    "reported_unit", "rate", "rate_figure_id", "rate_to", "rate_to_figure_id", "deflator",
    "deflator_figure_id", "denominator", "denominator_figure_id", "denominator_year", "compared_figure_id",
    "compared_period", "carried_from", "origin", "members", "missing", "coverage",
)  # fmt: skip
"""Columns that are said in one cell where they hold anything."""
PUBLISHED = ("publisher", "title", "published_on", "language", "address")
OPEN = {"low": ("−∞", ("low", "both")), "high": ("∞", ("high", "both"))}
_TITLES = {c.name: c for c in COLUMNS}


def listed(table: Table) -> str:
    """Every claim of a table; the columns that hold nothing are left out."""
    language = table.language
    rows = table.frame.select(*SHOWN, *DONE, "open_end").to_dicts()
    kept = [name for name in SHOWN if any(r[name] is not None for r in rows)]
    done = any(r[name] is not None for r in rows for name in DONE)
    heads = [language.text(_TITLES[name].title) for name in kept] + [language.text("Note")] * done
    lines = [[_cell(language, name, row) for name in kept] + [_done(language, row)] * done for row in rows]
    asked = f"<p>{escape(table.title)} · <code>{escape(table.query.to_url())}</code></p>"
    return asked + _tabled([f"<th>{escape(h)}</th>" for h in heads], lines)


def publications(language: Language, tables: Iterable[Table]) -> str:
    """Every publication that the tables rest on, once."""
    found = {(r["source"], r["vintage"]): r for t in tables for r in t.publications.to_dicts()}
    heads = [f"<th>{escape(language.text(_TITLES[c].title))}</th>" for c in PUBLISHED]
    lines = [[f"<td>{escape(str(row[c] or ''))}</td>" for c in PUBLISHED] for _, row in sorted(found.items())]
    return f"<h2>{escape(language.text('Sources'))}</h2>{_tabled(heads, lines)}"


def _tabled(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    head = f"<thead><tr>{''.join(heads)}</tr></thead>"
    return f'<div class="scroll" tabindex="0"><table>{head}<tbody>{body}</tbody></table></div>'


def _cell(language: Language, name: str, row: dict[str, Any]) -> str:
    text, ends = OPEN.get(name, ("", ()))
    said = text if row["open_end"] in ends else written(language, name, row[name])
    look = ' class="amount"' if _TITLES[name].type is NUMBER else ""
    return f"<td{look}>{escape(said)}</td>"


def written(language: Language, name: str, value: Any) -> str:
    """A cell in words: numbers to their last digit, flags as a tick, missing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        return language.number(value)
    if isinstance(value, date):
        return language.day(value)
    codes = _TITLES[name].codes
    return language.label(codes, value) if codes else str(value)


def _done(language: Language, row: dict[str, Any]) -> str:
    """What was done to a figure, or with it: rates, deflators, denominators, members."""
    told = [n for n in DONE if row[n] is not None]
    said = [f"{language.text(_TITLES[n].title)}: {written(language, n, row[n])}" for n in told]
    return f"<td>{escape('; '.join(said))}</td>"
