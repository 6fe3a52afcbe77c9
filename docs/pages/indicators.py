"""A page for each indicator: question, formula, measures, sources, caveats, basis, worked examples.

Made of the definition (YAML), the code lists, the figures of a release and the spec tests. A field
of a definition that this module does not know is shown under its own name, so that no field is
forgotten when definitions grow.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from docs.pages.markdown import bullets, link, page, table
from docs.pages.specs import Spec
from indicators.concepts.codelist import codelist

Definition = Mapping[str, Any]

FORMULAS: Mapping[str, tuple[str, str]] = {
    "as_reported": ("The figure as its source states it; nothing is computed.", "x = A"),
    "share": ("Of every 100 units of the whole, so many are of the part.", "x = 100 × A ÷ B"),
    "per_head": ("The amount for each inhabitant.", "x = A ÷ B"),
    "per_thousand": ("So many for every 1,000 units of the other.", "x = 1,000 × A ÷ B"),
    "per_1000_employed": ("So many for every 1,000 people at work.", "x = 1,000 × A ÷ B"),
    "growth": ("The change since the year before, in per cent.", "x = 100 × (A ÷ A₋₁ − 1)"),
    "index": ("The figure, with its base year as 100.", "x = 100 × A ÷ A₀"),
    "constant_prices": ("The amount at the prices of a base year.", "x = 100 × A ÷ B"),
    "ratio": ("One figure for each unit of the other.", "x = A ÷ B"),
    "balance": ("The one less the other.", "x = A − B"),
    "difference": ("The one less the other.", "x = A − B"),
}
"""Formula → what it does in words, and in symbols; A is the numerator, B the denominator."""

KNOWN = (
    "id", "name", "question", "theme", "order", "formula", "numerator", "denominator", "sectors", "freqs",
    "unit", "decimals", "polarity", "caveats", "method", "basis", "adds_up_over",
)  # fmt: skip
UNITS = {"currency": "the currency asked for", "measure": "the unit each figure was reported in"}
POLARITY = {"more": "more is better", "less": "less is better", "none": "more is neither better nor worse"}
MOST_AREAS = 12


@dataclass(frozen=True)
class Material:
    """All that pages are made of.

    Attributes:
        definitions: every definition, in the order of themes and names.
        observations: the figures of a release.
        sources: its publications.
        specs: the spec tests.
    """

    definitions: Sequence[Definition]
    observations: pl.DataFrame
    sources: pl.DataFrame
    specs: Sequence[Spec]


def definitions(folder: Path, themes: Sequence[str]) -> list[Definition]:
    """All definitions of a folder, by theme and order."""
    read = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yaml"))]
    return sorted(read, key=lambda d: (themes.index(d["theme"]), d.get("order", 99), d["id"]))


def pages(material: Material) -> dict[str, str]:
    """Path below docs/ → text, for every indicator and for their list."""
    made = {f"indicators/{d['id']}.md": _page(d, material) for d in material.definitions}
    return {**made, "indicators/README.md": _contents(material.definitions)}


def _contents(given: Sequence[Definition]) -> str:
    rows = [
        [d["theme"], f"[{text(d['name'])}]({d['id']}.md)", text(d["question"]), _formula_name(d)]
        for d in given
    ]
    return page("Indicators", table(["Theme", "Indicator", "Question", "Formula"], rows))


def _page(d: Definition, material: Material) -> str:
    terms = _terms(d)
    figures = _figures(d, material.observations)
    return page(
        text(d["name"]),
        f"*{text(d['question'])}*",
        f"`{d['id']}` · {text(d['theme'])} · basis {d['basis']}",
        "## Formula\n\n" + _formula(d, terms),
        "## Measures\n\n" + _measures(terms),
        "## Sectors\n\n" + _sectors(d, figures),
        "## Sources that have figures\n\n" + _sources(d, figures, material.sources),
        "## How it is shown\n\n" + _shown(d),
        "## Caveats\n\n" + bullets(text(c) for c in d["caveats"]),
        "## What changes its basis\n\n" + _basis(d),
        _others(d),
        "## Worked examples\n\n" + _examples(d, material),
    )


def text(given: Any) -> str:
    """A text of a definition: plain, or the English one where there are several languages."""
    return str(given.get("en", next(iter(given.values())))) if isinstance(given, Mapping) else str(given)


def _terms(d: Definition) -> list[tuple[str, Mapping[str, Any]]]:
    """The terms with their letters: A the numerator, B the denominators in the order they are tried."""
    below = d.get("denominator") or []
    below = [below] if isinstance(below, Mapping) else below
    return [("A", d["numerator"]), *(("B", term) for term in below)]


def _formula_name(d: Definition) -> str:
    return str(d["formula"]).replace("_", " ")


def _formula(d: Definition, terms: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    words, symbols = FORMULAS.get(d["formula"], (f"{_formula_name(d)}: see [the method](../method.md).", ""))
    lines = [f"{letter} = {_term(term)}" for letter, term in terms]
    if len(lines) > 2:
        order = "Where several denominators stand, the first that has a figure is taken."
        return "\n\n".join([words, _block([symbols, *lines]), order])
    return "\n\n".join([words, _block([symbols, *lines])])


def _block(lines: Sequence[str]) -> str:
    return "```\n" + "\n".join(line for line in lines if line) + "\n```"


def _term(term: Mapping[str, Any]) -> str:
    said = [str(term["measure"])]
    if term.get("sector"):
        said.append("of the whole economy" if term["sector"] == "_T" else f"of {term['sector']}")
    said += [
        "stated by the same source" if name == "same_source" else f"{name.replace('_', ' ')} {value}"
        for name, value in term.items()
        if name not in ("measure", "sector") and value
    ]
    return ", ".join(said)


def _measures(terms: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    rows = []
    for name in dict.fromkeys(term["measure"] for _, term in terms):
        row = codelist("measure")[name]
        rows.append([f"`{name}`", row["definition"], row["flow_or_stock"], row["units"].replace("|", ", ")])
    return table(["Measure", "Definition", "Flow or stock", "Units"], rows)


def _figures(d: Definition, observations: pl.DataFrame) -> pl.DataFrame:
    """The figures of the numerator that can be in an answer: whole countries, the definition's sectors."""
    return observations.filter(
        (pl.col("measure") == d["numerator"]["measure"])
        & pl.col("sector").is_in(list(d["sectors"]))
        & pl.col("freq").is_in(list(d["freqs"]))
        & (pl.col("region") == "_T")
        & pl.col("obs_low").is_not_null()
    )


def _sectors(d: Definition, figures: pl.DataFrame) -> str:
    held = dict(figures.group_by("sector").len().iter_rows())
    rows = [
        [f"`{s}`", codelist("sector").label(s), codelist("sector")[s]["classification"], int(held.get(s, 0))]
        for s in d["sectors"]
    ]
    return table(["Sector", "Name", "Classification", "Figures"], rows, numbers=[3])


def _sources(d: Definition, figures: pl.DataFrame, sources: pl.DataFrame) -> str:
    if figures.is_empty():
        return "No source in the current figures states it."
    named = figures.join(sources.select("source", "vintage", "collection"), on=["source", "vintage"])
    rows = []
    for (collection,), part in sorted(named.group_by("collection"), key=lambda g: str(g[0][0])):
        years = part["period_end"].drop_nulls().dt.year()
        span = f"{years.min()} to {years.max()}" if len(years) else "not stated"
        areas = sorted(part["ref_area"].unique().to_list())
        shown = ", ".join(areas) if len(areas) <= MOST_AREAS else f"{len(areas)} areas"
        anchor = f"[{collection}](../sources.md#{collection})"
        rows.append([anchor, part.height, part.select("source").n_unique(), shown, span])
    header = ["Collection", "Figures", "Publications", "Areas", "Years"]
    return table(header, rows, numbers=[1, 2]) + "\n\n" + _below(d)


def _below(d: Definition) -> str:
    """What is counted above: the numerator; whether a ratio exists depends on the denominator, too."""
    if len(_terms(d)) > 1:
        return "These are figures of A; the indicator exists where B has one for the same area and year."
    return "Figures with a value or an interval, rival claims included."


def _shown(d: Definition) -> str:
    freq = ", ".join(codelist("freq").label(f).split(":")[0].lower() for f in d["freqs"])
    unit = UNITS.get(d["unit"]) or f"{codelist('unit').label(d['unit'])} (`{d['unit']}`)"
    rows = [
        ["Unit", unit],
        ["Digits after the point", d["decimals"]],
        ["Periods in its series", freq],
        ["Better", POLARITY.get(d["polarity"], d["polarity"])],
        ["Adds up over", _added(d)],
        ["Method", link(text(d["method"]), text(d["method"]))],
    ]
    return table(["", ""], rows)


def _added(d: Definition) -> str:
    """What its figures may be added over; a ratio is made of parts anew, never added."""
    if len(_terms(d)) > 1:
        return "nothing: a ratio is made of its parts anew"
    given = d.get("adds_up_over") or codelist("measure")[d["numerator"]["measure"]].get("adds_up_over", "")
    over = given.split("|") if isinstance(given, str) else list(given)
    return ", ".join(o for o in over if o) + ", where the parts do not overlap" if any(over) else "nothing"


def _basis(d: Definition) -> str:
    causes = ["the formula, its measures, or the order in which denominators are tried"]
    if d["unit"] == "currency":
        causes.append("how a currency is exchanged: which rate, of which period")
    if len(_terms(d)) > 1:
        causes.append("which denominator is taken for a figure whose year is not stated")
    causes += [
        "the sectors or the lengths of period that belong to it",
        "the rule that picks the headline among rival claims",
        "the width of a hedge in `indicators/codelists/hedge.csv`",
    ]
    said = "Raised when the same raw figures would give other results, so when one of these changes:"
    never = "New figures, revisions by a publisher and declared corrections do not raise it."
    return f"{said}\n\n{bullets(causes)}\n\n{never} The basis is {d['basis']} now."


def _others(d: Definition) -> str:
    """Fields that are not known here, under their own names."""
    rows = [[f"`{k}`", v] for k, v in d.items() if k not in KNOWN]
    return "## Also in the definition\n\n" + table(["Field", "Value"], rows) if rows else ""


def _examples(d: Definition, material: Material) -> str:
    said, chosen = next(_candidates(d, material), ("", []))
    if not chosen:
        return "No spec test speaks of this indicator or its measure."
    parts = [said] if said else []
    return "\n\n".join([*parts, *(spec.markdown() for spec in chosen)])


def _candidates(d: Definition, material: Material) -> Iterator[tuple[str, list[Spec]]]:
    """Spec tests that name the indicator; else such of its measure; else such of its formula."""
    own = [s for s in material.specs if d["id"] in s.words]
    if own:
        yield "", own
    measured = [s for s in material.specs if d["numerator"]["measure"] in s.measures]
    if measured:
        yield "Spec tests that draw its measure:", measured
    alike = [o["id"] for o in material.definitions if o["formula"] == d["formula"] and o["unit"] == d["unit"]]
    for other in alike:
        formula = [s for s in material.specs if other in s.words]
        if formula:
            yield f"Spec tests of [{other}]({other}.md), which has the same formula:", formula
    rule = [s for s in material.specs if not any(o["id"] in s.words for o in material.definitions)]
    if rule:
        yield (
            "It is shown as stated; the spec tests of the rule that picks the headline hold for it:",
            rule[:1],
        )
