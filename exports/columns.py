"""The columns of an exported table: their names, types and what they say, declared once for all formats."""

from dataclasses import dataclass

import polars as pl

from indicators.language import message

TEXT, NUMBER, WHOLE, DAY, FLAG = pl.String, pl.Float64, pl.Int64, pl.Date, pl.Boolean


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: in machine formats; the same in every language and for ever.
        type: of its cells.
        says: its definition, in English; translated where it is shown.
        title: its heading for people, in English; translated where it is shown.
        codes: the code list of its codes, or None.
    """

    name: str
    type: type[pl.DataType]
    title: str
    says: str
    codes: str | None = None


COLUMNS = (
    Column("indicator", TEXT, message("Indicator"), message("Id of the definition that was applied.")),
    Column("indicator_label", TEXT, message("Indicator, name"), message("Its name.")),
    Column("ref_area", TEXT, message("Area"), message("ISO 3166-1 alpha-3, or the code of a group."), "area"),
    Column("ref_area_label", TEXT, message("Area, name"), message("Its name.")),
    Column("counterpart_area", TEXT, message("Partner"), message(
        "The partner of a trade flow or an event; _Z where there is none, _T for all."), "area"),
    Column("sector", TEXT, message("Sector"), message("Activities as somebody delimits them."), "sector"),
    Column("sector_label", TEXT, message("Sector, name"), message("Its name.")),
    Column("sex", TEXT, message("Sex"), message("_T for all."), "sex"),
    Column("freq", TEXT, message("Frequency"), message("Length of the period, SDMX CL_FREQ."), "freq"),
    Column("time_period", TEXT, message("Period"), message("The reference period, as SDMX writes it.")),
    Column("year", WHOLE, message("Year"), message("Year in which the period ends.")),
    Column("period_start", DAY, message("First day"), message("First day of the period.")),
    Column("period_end", DAY, message("Last day"), message("Last day of the period.")),
    Column("period_basis", TEXT, message("Basis of the period"), message(
        "Stated by the source, inferred from it, or that of the publication."), "period_basis"),
    Column("value", NUMBER, message("Value"), message(
        "In units, not in thousands or millions; empty where only an interval or nothing is known.")),
    Column("low", NUMBER, message("Lower end"), message(
        "Lower end of the interval in which the figure lies; empty where it is open.")),
    Column("high", NUMBER, message("Upper end"), message(
        "Upper end of the interval in which the figure lies; empty where it is open.")),
    Column("open_end", TEXT, message("Open end"), message(
        "Which end of the interval is open: none, low, high or both; empty where nothing is known.")),
    Column("hedge", TEXT, message("Hedge"), message("How the source qualified the number."), "hedge"),
    Column("unit_measure", TEXT, message("Unit"), message("Unit of value, low and high."), "unit"),
    Column("unit_label", TEXT, message("Unit, name"), message("Its name.")),
    Column("obs_status", TEXT, message("Status"), message("SDMX CL_OBS_STATUS."), "obs_status"),
    Column("obs_status_label", TEXT, message("Status, name"), message("Its name.")),
    Column("kind", TEXT, message("Kind"), message(
        "Observed: plans, targets and forecasts never stand among the values."), "kind"),
    Column("is_headline", FLAG, message("Headline"), message(
        "Whether the rule of the question chose this claim; the others are its rivals.")),
    Column("rivals", WHOLE, message("Rivals"), message("Number of other claims for the same cell.")),
    Column("why", TEXT, message("Why"), message("Why this claim is the headline, or is not.")),
    Column("note", TEXT, message("Note"), message("What was done to the figure, or could not be done.")),
    Column("obs_comment", TEXT, message("Remark"), message("What must be known beside it.")),
    Column("target_value", NUMBER, message("Target"), message("Level of the next target of the series.")),
    Column("target_low", NUMBER, message("Target, lower end"), message("Lower end of that level.")),
    Column("target_high", NUMBER, message("Target, upper end"), message(
        "Upper end; empty where it is open.")),
    Column("target_unit", TEXT, message("Target, unit"), message("Unit of the target."), "unit"),
    Column("target_period", TEXT, message("Target, period"), message(
        "Period aimed at; _X where none is stated.")),
    Column("target_status", TEXT, message("Target, status"), message(
        "Where the target stands by official figures."), "target_status"),
    Column("target_figure_id", TEXT, message("Target, figure"), message("Id of the figure that states it.")),
    Column("reported_value", TEXT, message("As printed"), message("The figure as the source prints it.")),
    Column("reported_unit", TEXT, message("Unit as reported"), message(
        "Unit before conversion; empty where nothing was converted."), "unit"),
    Column("reported_at", TEXT, message("Place"), message("Where it stands in the source.")),
    Column("rate", NUMBER, message("Rate"), message("Units of the reported currency for one US dollar.")),
    Column("rate_figure_id", TEXT, message("Rate, figure"), message("Id of the rate that was used.")),
    Column("rate_to", NUMBER, message("Rate to"), message(
        "Units of the currency asked for, for one US dollar.")),
    Column("rate_to_figure_id", TEXT, message("Rate to, figure"), message("Id of the rate that was used.")),
    Column("deflator", NUMBER, message("Deflator"), message("Ratio of prices that was used.")),
    Column("deflator_figure_id", TEXT, message("Deflator, figure"), message(
        "Id of the deflator that was used.")),
    Column("denominator", NUMBER, message("Denominator"), message("What the figure was divided by.")),
    Column("denominator_figure_id", TEXT, message("Denominator, figure"), message("Its id.")),
    Column("denominator_year", WHOLE, message("Denominator, year"), message("Its year.")),
    Column("compared_figure_id", TEXT, message("Compared with"), message(
        "Id of the figure with which growth, index or change compares.")),
    Column("compared_period", TEXT, message("Compared with, period"), message("Its period.")),
    Column("carried_from", WHOLE, message("Carried from"), message(
        "Year whose figure stands here; empty where it is of its own year.")),
    Column("origin", TEXT, message("Origin"), message("How a sum of members was made; empty for a claim.")),
    Column("members", TEXT, message("Members"), message("Members that were added.")),
    Column("missing", TEXT, message("Members missing"), message("Members without a figure.")),
    Column("coverage", NUMBER, message("Coverage"), message("Part of the group that has a figure, 0 to 1.")),
    Column("figure_id", TEXT, message("Figure id"), message("Stable id: its passport stands under it.")),
    Column("source", TEXT, message("Source"), message("Id of the publication.")),
    Column("vintage", TEXT, message("Vintage"), message("The publication as of this date.")),
    Column("publisher", TEXT, message("Publisher"), message("Who states it.")),
    Column("cites", TEXT, message("Citing"), message("Whom they cite.")),
    Column("authority", TEXT, message("Authority"), message("What kind of body states it."), "authority"),
    Column("title", TEXT, message("Title"), message("Of the publication.")),
    Column("address", TEXT, message("Address"), message("Of the publication.")),
    Column("language", TEXT, message("Language"), message("In which it was printed."), "language"),
    Column("published_on", TEXT, message("Published"), message("Day, month or year of publication.")),
    Column("known_from", DAY, message("Known from"), message("Day from which an answer may use it.")),
    Column("release", TEXT, message("Release"), message("Id of our release from which the answer was made.")),
)  # fmt: skip
"""In the order of a table."""
NAMES = tuple(c.name for c in COLUMNS)
SCHEMA = {c.name: c.type for c in COLUMNS}

_OWN = (
    Column("is_newest", FLAG, message("Newest edition"), message(
        "Whether the edition is the newest of its publication; older ones are what used to be said.")),
    Column("kind", TEXT, message("Kind"), message(
        "Observed, or not yet an outcome: target, planned, forecast or scenario."), "kind"),
    Column("measure", TEXT, message("Measure"), message(
        "What was measured, as sources report it."), "measure"),
    Column("measure_label", TEXT, message("Measure, name"), message("Its name.")),
    Column("region", TEXT, message("Region"), message("A part of the country; _T for all of it."), "region"),
    Column("base_per", TEXT, message("Base period"), message(
        "Base period of an index or of constant prices.")),
    Column("conf_status", TEXT, message("Confidentiality"), message("SDMX CL_CONF_STATUS."), "conf_status"),
    Column("reported_unit_mult", WHOLE, message("Power of ten as reported"), message(
        "Power of ten of the figure as printed: 6 where it was printed in millions.")),
    Column("correction", TEXT, message("Correction"), message("Id of the correction that was applied.")),
    Column("retrieved_on", TEXT, message("Retrieved"), message("Day on which we had the publication.")),
    Column("licence", TEXT, message("Licence"), message("Under which the publication may be used.")),
)  # fmt: skip
_ORDER = (
    "is_newest kind measure measure_label ref_area ref_area_label region counterpart_area sector "
    "sector_label sex freq time_period year period_start period_end period_basis value low high open_end "
    "hedge unit_measure unit_label base_per obs_status obs_status_label conf_status obs_comment "
    "reported_value reported_unit_mult reported_at correction figure_id source vintage publisher cites "
    "authority title address language published_on retrieved_on known_from licence release"
)
_CALLED = {c.name: c for c in (*COLUMNS, *_OWN)}
RECORD = tuple(_CALLED[name] for name in _ORDER.split())
"""Of the whole database: one row an observation or a target. What a table has too is the same column."""
RECORD_SCHEMA = {c.name: c.type for c in RECORD}
