"""Figures reported by officials, agencies and the press: the ledger.

Raw      publications.csv, one row a text; figures/<AREA>.csv, one row a figure, kept by hand.
Reports  whatever the texts report; every figure with the words it was printed in.
Facts    source.yaml, region.csv, corrections.yaml.

The number stands twice in a row: as printed, and as a person read it (value × 10^unit_mult). The
machine reads the print again and stops where the two differ, so that neither a slip of the pen nor
a changed row gets through. `read_by` = person excuses a print that no machine can read.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from etl.draft import Draft
from etl.errors import Kind
from etl.publications import register
from etl.source import Vintage
from etl.steps import hedge, numeral
from etl.steps.amounts import NUMBER, TOO_EXACT, holds
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import fill
from etl.steps.scale import to_base
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import AMOUNT, NOT_STATED, OBSERVED
from indicators.concepts.period import UnreadablePeriod, parse

PERSON = "person"
REGISTER = "data/raw/claims/…/publications.csv"
RENAMED = {
    "figure": "figure_id", "publication": "source", "area": "ref_area", "counterpart": "counterpart_area",
    "unit": "unit_measure", "printed": "reported_value",
}  # fmt: skip


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One figure a row: its interval from value and hedge, checked against the words of the print."""
    texts = register(vintage)
    names = {name: name for name in texts["publication"]}
    figures = to_codes(printed, "publication", "publication", names, REGISTER)
    figures = to_codes(figures, "region", "region", vintage.source.table("region"), "region.csv")
    figures = read_periods(figures, "period")
    figures = figures.to(
        figures.frame.join(
            texts.select("publication", "vintage", "language"), on="publication", how="left"
        ).rename(RENAMED)
    )
    return fill(_amounts(_base_periods(_year_of_publication(_blanks(figures)))), vintage)


def _blanks(figures: Draft) -> Draft:
    """What an empty cell stands for, column by column."""
    partner = {code: row["counterpart"] for code, row in codelist("measure").rows.items()}
    usual = pl.col("measure").replace_strict(partner, default="_Z", return_dtype=pl.String)
    empty = pl.col("counterpart_area") == ""
    text = [pl.when(pl.col(c) != "").then(c).alias(c) for c in ("same_as", "place")]
    remark = pl.when(pl.col("remark") != "").then("remark").alias("obs_comment")
    counterpart = pl.when(empty).then(usual).otherwise("counterpart_area").alias("counterpart_area")
    return figures.to(figures.frame.with_columns(counterpart, remark, *text))


def _year_of_publication(figures: Draft) -> Draft:
    """A figure whose year nobody states stands at the year of publication, not at its month.

    A plan or target without a year has none: the day of its announcement is not its due date.
    """
    unstated = (pl.col("period_basis") == "publication") & pl.col("period_start").is_not_null()
    outcome, aim = unstated & (pl.col("kind") == OBSERVED), unstated & (pl.col("kind") != OBSERVED)
    year = pl.col("period_start").dt.year()
    names = {"freq": pl.lit("A"), "time_period": year.cast(pl.String)}
    days = {"period_start": pl.date(year, 1, 1), "period_end": pl.date(year, 12, 31)}
    said = [pl.when(outcome).then(e).when(aim).then(pl.lit(NOT_STATED)).otherwise(c).alias(c)
            for c, e in names.items()]  # fmt: skip
    when = [pl.when(outcome).then(e).when(~aim).then(c).alias(c) for c, e in days.items()]
    return figures.to(figures.frame.with_columns(*said, *when))


def _base_periods(figures: Draft) -> Draft:
    """The base of an index or of constant prices, written as a period is, in SDMX notation."""
    read, faults = [], []
    for row in figures.frame.select("file", "row", "base").iter_rows(named=True):
        try:
            read.append(parse(row["base"]).time_period if row["base"] else None)
        except UnreadablePeriod as fault:
            read.append(None)
            faults.append(figures.fault(Kind.BAD_VALUE, row, "base", repr(row["base"]), str(fault), _FIX))
    return figures.to(figures.frame.with_columns(pl.Series("base_per", read, pl.String))).noting(faults)


def _amounts(figures: Draft) -> Draft:
    widths = {code: Decimal(row["width_below"]) for code, row in codelist("hedge").rows.items()
              if row["width_below"] not in ("", "inf")}  # fmt: skip
    read, faults = [], []
    for row in figures.frame.iter_rows(named=True):
        wrong = list(_contradictions(row, widths))
        faults += [
            figures.fault(Kind.BAD_VALUE, row, column, seen, expected, _FIX)
            for column, seen, expected in wrong
        ]
        read.append(_EMPTY if wrong else _amount(row, widths))
    columns = pl.DataFrame(
        read,
        schema={
            "obs_value": AMOUNT,
            "obs_low": pl.Float64,
            "obs_high": pl.Float64,
            "reported_unit_mult": pl.Int8,
        },
        orient="row",
    )
    said = pl.when(pl.col("status") == "").then(pl.lit("A")).otherwise("status")
    status = said.alias("obs_status"), pl.lit("F").alias("conf_status")
    return figures.to(figures.frame.hstack(columns).with_columns(*status)).noting(faults)


_FIX = "Correct the row; where no machine can read the print, write `person` under read_by."
_EMPTY = (None, None, None, 0)


def _amount(
    row: Mapping[str, str], widths: Mapping[str, Decimal]
) -> tuple[Decimal | None, float, float, int]:
    power = int(row["unit_mult"])
    value = to_base(Decimal(row["value"]), power)
    high = to_base(Decimal(row["value_high"]), power) if row["value_high"] else None
    least = codelist("measure")[row["measure"]]["minimum"] if row["measure"] in codelist("measure") else ""
    minimum = Decimal(least) if least else None
    low_end, high_end = hedge.bounds(row["hedge"], value, high, minimum=minimum, widths=widths)
    return (None if row["hedge"] == "between" else value, low_end, high_end, power)


def _contradictions(row: Mapping[str, str], widths: Mapping[str, Decimal]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the amount of a row: column, value seen, what was expected."""
    malformed = next(_malformed(row), None)
    if malformed:
        yield malformed
        return
    try:
        _amount(row, widths)
    except ValueError as fault:
        yield "value", row["value"], str(fault)
    if row["read_by"] not in ("", PERSON):
        yield "read_by", repr(row["read_by"]), f"expected nothing or {PERSON!r}"
    elif row["read_by"] != PERSON and row["language"]:
        yield from _against_print(row)


def _malformed(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What keeps the amount from being computed at all, the first thing first."""
    amounts = [c for c in ("value", "value_high") if row[c] or c == "value"]
    for column in amounts:
        if not NUMBER.fullmatch(row[column]):
            yield column, repr(row[column]), "expected a number such as 1234.5"
    if not re.fullmatch(r"[0-9]|1[0-5]", row["unit_mult"]):
        yield "unit_mult", repr(row["unit_mult"]), "expected a power of ten, 0 to 15"
    if not all(holds(to_base(Decimal(row[c]), int(row["unit_mult"]))) for c in amounts):
        yield "value", row["value"], TOO_EXACT
    if row["hedge"] not in codelist("hedge"):
        yield "hedge", repr(row["hedge"]), f"expected one of {', '.join(codelist('hedge'))}"
    if (row["hedge"] == "between") != bool(row["value_high"]):
        yield "value_high", repr(row["value_high"]), "expected a second end for `between`, and only there"
    if row["value_high"] and Decimal(row["value_high"]) <= Decimal(row["value"]):
        yield "value_high", repr(row["value_high"]), f"expected more than {row['value']}"


def _against_print(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    text, language = row["reported_value"], row["language"]
    try:
        number, said_hedge = numeral.read(text, language), hedge.read(text, language)
    except (numeral.UnreadableNumeral, hedge.UnreadableHedge) as fault:
        yield "printed", repr(text), str(fault)
        return
    power = int(row["unit_mult"]) if number.has_scale_word else 0
    ends = [_compose(terms) for terms in (number.low, number.high) if terms is not None]
    wanted = [to_base(Decimal(row[c]), power) for c in ("value", "value_high") if row[c]]
    if ends != wanted and [ends[-1]] != wanted:
        said = " to ".join(f"{end:f}" for end in ends)
        yield "value", f"{row['value']} × 10^{row['unit_mult']}", f"the print {text!r} reads {said}"
    from_to = said_hedge == "between" and not row["value_high"]
    if said_hedge not in (None, row["hedge"]) and not from_to:
        yield "hedge", repr(row["hedge"]), f"the print {text!r} says {said_hedge!r}"


def _compose(terms: tuple[numeral.Term, ...]) -> Decimal:
    return sum((to_base(term.coefficient, term.unit_mult) for term in terms), Decimal(0))
