"""What is open in a proposed entry, as sentences with the option that settles it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from etl.match import fold
from etl.meanings import MEANINGS, marks_said, notes_on
from etl.steps.label_tables import LABEL_OF
from etl.steps.mapping import OPEN, names
from etl.steps.mapping_check import LISTS
from etl.steps.printed_periods import DATES, readable, standing
from indicators.concepts.codelist import codelist

SHOWN = 8
NONE = "(cells without it)"
Entry = Mapping[str, Any]


def questions(entry: Entry, table: Mapping[str, Any]) -> list[str]:
    """Every question mark of an entry, and every label that will not be read; in the order of the file.

    Args:
        entry: as proposed, with what a person has said.
        table: of `readers.inspect.inspected`.
    """
    labels = {d["id"]: d["codes"] for d in table["dimensions"]}
    return [
        *_maps(entry, labels), *_unreadable(entry, labels), *_each(entry), *_where(entry, labels),
        *_removed(entry), *_fixed(entry, table), *_signs(entry, table), *_decimal(entry, table),
    ]  # fmt: skip


def _maps(entry: Entry, labels: Mapping[str, Mapping[str, str | None]]) -> Iterator[str]:
    for ours, says in entry.get("columns", {}).items():
        of = " + ".join(names(says))
        theirs = labels.get(of, {})
        near = {c: v[1:] for c, v in says.get("map", {}).items() if str(v).startswith(OPEN) and v != OPEN}
        for code, proposed in near.items():
            named = f"{code} ({theirs[code]})" if theirs.get(code) else code or NONE
            yield (
                f"{of} {named}: is it {proposed}{_called(ours, proposed)}? --map '{of}:{code}={proposed}', "
                f"or --accept '{of}' for all that are proposed"
            )
        unknown = [c for c, v in says.get("map", {}).items() if v == OPEN]
        if unknown:
            shown = ", ".join(f"{c} ({theirs[c]})" if theirs.get(c) else c or NONE for c in unknown[:SHOWN])
            more = f" and {len(unknown) - SHOWN} more" if len(unknown) > SHOWN else ""
            listed = LISTS.get(ours)
            where = f" in {listed}.csv" if listed else f" for {ours}"
            yield (
                f"{of}: {len(unknown)} codes have no name of ours{where}: {shown}{more}. "
                f"--map '{of}:{unknown[0]}=CODE' for each, or --map '{of}:?=aside' leaves them aside"
            )
        if str(says.get("year_begins", "")).startswith(OPEN):
            yield (
                f"{of}: in which month does such a year begin? --year-begins 7 for July, 4 for April, "
                "1 for two calendar years"
            )
        if str(says.get("dates", "")).startswith(OPEN):
            kind = says["dates"].removeprefix(OPEN) or "day"
            yield (
                f"{of}: every date is the first or the last of a month, {next(iter(theirs), '')}: of what? "
                f"--dates {kind}, one of {', '.join(DATES)}"
            )


def _called(ours: str, code: str) -> str:
    listed = LISTS.get(ours)
    return f" ({codelist(listed).label(code)})" if listed and code in codelist(listed) else ""


def _unreadable(entry: Entry, labels: Mapping[str, Mapping[str, str | None]]) -> Iterator[str]:
    """Labels of the time that are no periods."""
    says = entry.get("columns", {}).get("period", {})
    if not says or "pattern" in says or "map" in says or len(names(says)) != 1:
        return
    of = names(says)[0]
    theirs = of.removeprefix(LABEL_OF)  # codes are taken and left aside, whatever their labels
    codes, left = labels.get(theirs, {}), {*entry.get("without", {}).get(theirs, ())}
    taken = [c for c in entry.get("where", {}).get(theirs) or codes if c not in left]
    begins = says.get("year_begins") if isinstance(says.get("year_begins"), int) else 7
    texts = {(codes.get(c) or c) if of != theirs else c: c for c in taken}
    read = readable([*texts], begins, says.get("counts"))
    dates = str(says.get("dates", OPEN)).partition(OPEN)[0]
    odd = [t for t in texts if t not in standing(read, dates)]
    shown = ", ".join(odd[:SHOWN])
    told = dates or says.get("counts")
    if odd and not told and set(odd) <= set(readable([*texts], begins, "quarter")):
        yield f"{of}: are {shown} quarters or months? --counts quarter, half or month"
    elif odd:
        aside = f"--without '{theirs}={texts[odd[0]]}' leaves one aside"
        yield f"{of}: {shown} are no periods that can be read. {aside}"


def _each(entry: Entry) -> Iterator[str]:
    """One question for all labels of a dimension that lack the same, with the option for one and for all."""
    for dimension, labels in entry.get("each", {}).items():
        alike: dict[tuple[str, ...], list[str]] = {}
        for label, said in labels.items():
            told = said if isinstance(said, Mapping) else {}
            unsaid = tuple(f"{c}:{v[1:]}" for c, v in told.items() if str(v).startswith(OPEN))
            if unsaid:
                alike.setdefault(unsaid, []).append(label)
        for unsaid, of in alike.items():
            shown = ", ".join(of[:SHOWN]) + (f" and {len(of) - SHOWN} more" if len(of) > SHOWN else "")
            example = ",".join(u if u[-1] != ":" else u + _example(u[:-1]) for u in unsaid)
            asked = " and ".join(u.split(":")[0] for u in unsaid)
            yield (
                f"{dimension}: what is the {asked} of {shown}? --each '{dimension}:{of[0]}={example}' "
                f"for one, --each '{dimension}:?={example}' for all that are open, "
                f"--map '{dimension}:{of[0]}=aside' for none"
            )


def _example(column: str) -> str:
    return {"measure": "CODE", "unit_measure": "KZT", "unit_mult": "6", "base_per": "2015"}.get(
        column, "CODE"
    )


def _where(entry: Entry, labels: Mapping[str, Mapping[str, str | None]]) -> Iterator[str]:
    for of, codes in entry.get("where", {}).items():
        if OPEN in codes:
            theirs = labels.get(of, {})
            shown = ", ".join(f"{c} ({label})" if label else c for c, label in list(theirs.items())[:6])
            code = next(iter(theirs), "CODE")
            ours = "measure" if entry.get("set", {}).get("measure") == OPEN else "sector"
            yield (
                f"{of}: none of our columns. It has {len(theirs)} codes: {shown}. --where '{of}={code}' "
                f"takes one, --column sector='{of}' makes a column of ours of it, "
                f"--each '{of}:{code}={ours}:CODE' says what a label means"
            )


def _removed(entry: Entry) -> Iterator[str]:
    for of, codes in entry.get("without", {}).items():
        if OPEN in codes:
            yield (
                f"{of}: some rows say that observations are to be removed; they state no figures. "
                f"--without '{of}=D' leaves them aside"
            )


def _fixed(entry: Entry, table: Mapping[str, Any]) -> Iterator[str]:
    hints = dict(_hints(table))
    for ours, code in entry.get("set", {}).items():
        if str(code) == OPEN:
            hint = f" {hints[ours]}" if ours in hints else ""
            yield f"Nothing in the file says the {ours}: --set {ours}=CODE.{hint}"
        elif str(code).startswith(OPEN):
            hint = f" {hints[ours]}" if ours == "unit_measure" and ours in hints else ""
            if ours == "period" and "tables" in entry:
                hint = f", or for this table alone --each '_table:{entry['tables']}=period:{code[1:]}'"
            yield f"The {ours}: is it {code[1:]}{_called(ours, code[1:])}? --set {ours}={code[1:]}{hint}"


def _hints(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What may help to decide: measures that the title is like, units in words that we do not know."""
    title = fold(f"{table['title'] or ''} {table['name']}")
    listed = codelist("measure")
    labels = {
        fold(text): code
        for code, row in listed.rows.items()
        for k, text in row.items()
        if k.startswith("label_")
    }
    inside = [
        code for label, code in labels.items() if label and re.search(rf"\b{re.escape(label)}\b", title)
    ]
    near = list(
        dict.fromkeys(inside or [labels[c] for c in get_close_matches(title, labels, n=3, cutoff=0.7)])
    )
    some = ", ".join(f"{c} ({listed.label(c)})" for c in near[:3])
    yield (
        "measure",
        f"The title is like {some}." if near else "The codes stand in indicators/codelists/measure.csv.",
    )
    if table["units"]:
        yield "unit_measure", f"The file says {', '.join(table['units'][:4])}."
    yield "unit_mult", "0 for units as they are, 3 for thousands, 6 for millions."
    yield (
        "sector",
        "Without one the whole economy is meant (_T); the codes stand in indicators/codelists/sector.csv.",
    )
    yield "period", "As 2024, 2024-Q1 or 2024-07/2025-06."
    yield "base_per", "The measure is an index or at constant prices: of which year, such as 2015?"


def _signs(entry: Entry, table: Mapping[str, Any]) -> Iterator[str]:
    for mark, meaning in entry.get("marks", {}).items():
        if str(meaning).startswith(OPEN):
            cells = table["missing"].get(mark, 0)
            noted, near = _noted(mark, table["notes"]), str(meaning)[1:] or "MEANING"
            yield (
                f"The mark {mark!r} stands in place of {cells} values: what does it say?{noted} "
                f"--mark='{mark}={near}', one of {', '.join(MEANINGS)}"
            )
    for flag, meaning in entry.get("flags", {}).items():
        if str(meaning).startswith(OPEN):
            yield (
                f"The flag {flag!r}: what does it say of a value? --flag='{flag}=P' (a code of obs_status), "
                "=forecast, =confidential, or words that are kept beside the figure"
            )


def _decimal(entry: Entry, table: Mapping[str, Any]) -> Iterator[str]:
    """A sign that always stands before three digits: of 1.234, or of 1234."""
    if str(entry.get("decimal", "")).startswith(OPEN):
        seen = table["unsure"]
        sign, other = ("point", "comma") if "." in seen else ("comma", "point")
        whole = seen.replace(".", "").replace(",", "")
        yield (
            f"Every {sign} stands before three digits: is {seen} a number below a thousand, or {whole}? "
            f"--decimal {sign} for the first, --decimal {other} for {whole}"
        )


def _noted(sign: str, notes: Sequence[str]) -> str:
    """What the notes say of a mark; of notes that agree the first is enough."""
    found = notes_on(sign, notes)
    shown = [note[:120].rstrip(".") for note in (found if len(marks_said(found)) > 1 else found[:1])]
    return f" A note says: {shown[0]}." + "".join(f" Another says: {n}." for n in shown[1:]) if shown else ""
