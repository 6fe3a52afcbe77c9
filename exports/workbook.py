"""XLSX: typed cells, and a sheet each for headlines, rivals, targets, definitions, sources and notes.

What the sheets hold is planned here once; exports/engines.py writes the plan, by XlsxWriter, or by a
compiled writer where there are many rows.
"""

from dataclasses import dataclass, field
from io import BytesIO

import polars as pl

from exports import engines
from exports.columns import COLUMNS, DAY, NUMBER
from exports.table import Table
from exports.text import fitted, long
from indicators.concepts.codelist import codelist
from indicators.language import Language, message

MOST_ROWS = 1_048_575
"""Rows of data that one sheet can hold; more go on to a second sheet."""
TITLES = {
    "data": message("Figures"),
    "rivals": message("Rivals"),
    "targets": message("Targets"),
    "definitions": message("Definitions"),
    "sources": message("Sources"),
    "notes": message("About"),
}
SOURCE = {
    "source": message("Source"), "vintage": message("Vintage"), "publisher": message("Publisher"),
    "cites": message("Citing"), "title": message("Title"), "address": message("Address"),
    "published_on": message("Published"), "retrieved_on": message("Retrieved"),
    "language": message("Language"), "licence": message("Licence"),
}  # fmt: skip
"""Columns of a publication → their headings."""


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes:
        title: as on its tab, at most 31 characters.
        frame: its cells; column names are its headings.
        table: name of its table, as formulas use it.
        formats: heading → number format of Excel.
        widths: heading → width in characters.
        charted: headings of the year and the value, where a chart stands beside; else empty.
    """

    title: str
    frame: pl.DataFrame
    table: str
    formats: dict[str, str] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    charted: tuple[str, ...] = ()


def xlsx(table: Table, *, chart: bool = False) -> bytes:
    """The workbook of a table.

    Args:
        table: what is written.
        chart: whether a native chart of the headlines stands beside them, for one area and sector.
    """
    target = BytesIO()
    engines.write(planned(table, chart=chart), target, title=table.title)
    return target.getvalue()


def planned(table: Table, *, chart: bool = False) -> list[Sheet]:
    """The sheets, in order."""
    frame = table.frame
    headlines, rivals = frame.filter("is_headline"), frame.filter(~pl.col("is_headline"))
    sheets = [*_figures(table, "data", headlines, chart), *_figures(table, "rivals", rivals, False)]
    sheets += [_targets(table), _definitions(table), _sources(table), _notes(table)]
    return [s for s in sheets if s.frame.height or s.table in ("data", "notes")]


def _figures(table: Table, name: str, frame: pl.DataFrame, chart: bool) -> list[Sheet]:
    """One sheet, or as many as so many rows need."""
    language = table.language
    headings = {c.name: language.text(c.title) for c in COLUMNS}
    formats = {headings[c.name]: "yyyy-mm-dd" for c in COLUMNS if c.type is DAY}
    formats |= {headings[c.name]: "General" for c in COLUMNS if c.type is NUMBER}
    formats |= {headings[n]: _number_format(table, frame) for n in ("value", "low", "high")}
    widths = {headings[c.name]: 12 for c in COLUMNS} | {
        headings[n]: w
        for n, w in {"indicator_label": 34, "ref_area_label": 20, "value": 18, "title": 40}.items()
    }
    one = (
        frame["ref_area"].n_unique() == 1
        and frame["sector"].n_unique() == 1
        and frame["unit_measure"].n_unique() == 1
    )
    charted = (headings["year"], headings["value"]) if chart and one and 1 < frame.height < 100 else ()
    made = []
    for number, start in enumerate(range(0, max(frame.height, 1), MOST_ROWS), 1):
        part = fitted(frame.slice(start, MOST_ROWS)).rename(headings)
        more = "" if number == 1 else f" {number}"
        made.append(
            Sheet(language.text(TITLES[name]) + more, part, name + more.strip(), formats, widths, charted)
        )
    return made


def _number_format(table: Table, frame: pl.DataFrame) -> str:
    """Grouped thousands; decimals as the definition shows them, all of them where a rule made the number."""
    units = frame["unit_measure"].unique().to_list()
    counted = all(codelist("unit")[u]["kind"] == "count" for u in units)
    digits = 0 if counted and _whole(frame) else max(table.answer.indicator.decimals, 1)
    return "#,##0" + ("." + "0" * digits if digits else "")


def _whole(frame: pl.DataFrame) -> bool:
    values = frame["value"].drop_nulls()
    return bool((values == values.round()).all())


def _targets(table: Table) -> Sheet:
    language = table.language
    rows = [
        {
            language.text("Area"): language.label("area", t.target.ref_area),
            language.text("Sector"): language.label("sector", t.target.sector),
            language.text("Target"): t.target.value,
            language.text("Unit"): language.label("unit", t.target.unit),
            language.text("Period"): t.target.time_period,
            language.text("Status"): language.label("target_status", str(t.status)),
            language.text("Readings"): ", ".join(
                f"{language.label('target_status', str(s))}: {n}" for s, n in t.counts.items()
            ),
            language.text("Set by"): t.target.owner,
            language.text("Figure id"): t.target.figure_id,
        }
        for t in table.targets
    ]
    return Sheet(language.text(TITLES["targets"]), _texts(pl.DataFrame(rows)), "targets")


def _definitions(table: Table) -> Sheet:
    language, indicator = table.language, table.answer.indicator
    said = [(table.title, indicator.id, language.text(indicator.question))]
    said += [(language.text(c.title), c.name, language.text(c.says)) for c in COLUMNS]
    said += _codes(table)
    names = [language.text("Term"), language.text("Code"), language.text("Definition")]
    frame = pl.DataFrame(said, schema=dict.fromkeys(names, pl.String), orient="row")
    return Sheet(
        language.text(TITLES["definitions"]),
        _texts(frame),
        "definitions",
        widths=dict(zip(names, (30, 22, 100), strict=True)),
    )


def _codes(table: Table) -> list[tuple[str, str, str]]:
    """Every code that occurs, with its label and its definition."""
    language, found = table.language, []
    for column in (c for c in COLUMNS if c.codes):
        rows = codelist(str(column.codes))
        for code in table.frame[column.name].drop_nulls().unique().sort().to_list():
            says = rows.rows.get(code, {}).get("definition") or ""
            found.append(
                (
                    f"{language.text(column.title)}: {_label(language, str(column.codes), code)}",
                    code,
                    language.text(says) if says else "",
                )
            )
    return found


def _label(language: Language, name: str, code: str) -> str:
    """The label of a code; a language is called as its speakers call it."""
    own = codelist(name).rows.get(code, {}).get("name")
    return own or language.label(name, code)


def _sources(table: Table) -> Sheet:
    language = table.language
    frame = table.publications.rename({name: language.text(title) for name, title in SOURCE.items()})
    return Sheet(language.text(TITLES["sources"]), _texts(frame), "sources")


def _notes(table: Table) -> Sheet:
    language, answer = table.language, table.answer
    said = [
        (language.text("Title"), table.title),
        (language.text("Question"), language.text(answer.indicator.question)),
        (language.text("Release"), answer.release),
        (language.text("Asked"), answer.query.to_url()),
        (language.text("Method"), answer.indicator.method),
        *((language.text("Note"), n) for n in table.notes),
        (language.text("Note"), language.text(READ)),
        (language.text("Note"), language.text(MISSING)),
        *((language.text("Note"), language.text(SHORTENED)) for _ in long(table.frame)[:1]),
    ]
    names = [language.text("What"), language.text("Text")]
    frame = pl.DataFrame(said, schema=dict.fromkeys(names, pl.String), orient="row")
    return Sheet(
        language.text(TITLES["notes"]),
        _texts(frame),
        "notes",
        widths=dict(zip(names, (20, 120), strict=True)),
    )


READ = message(
    'A value with a hedge lies somewhere in its interval: "over 2 billion" is 2 billion or more, with an '
    "open upper end."
)
MISSING = message("An empty cell is a missing value and never zero; the status says why it is missing.")

SHORTENED = message(
    "A text that ends in […] was too long for a cell; the other formats have the whole of it."
)


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    return fitted(frame) if frame.width else frame
