"""Exports and imports of creative services of 178 economies, from UNCTADstat.

Raw      one CSV: economy, flow and year down, US dollars in millions.
Reports  measures exports_services and imports_services, sector creative_services, all partners.
Facts    source.yaml (marks), flow.csv, ref_area.csv (the economies without an ISO code).
"""

from etl.draft import Draft
from etl.source import Vintage
from etl.steps.amounts import read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import by_file, fill
from indicators.concepts.codelist import codelist


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a row, in dollars; a row without a number says why."""
    source = vintage.source
    areas = {code: code for code in codelist("area")} | source.table("ref_area")
    figures = by_file(printed, vintage)
    figures = to_codes(figures, "flow", "measure", source.table("flow"), "flow.csv")
    figures = to_codes(figures, "economy_code", "ref_area", areas, "ref_area.csv")
    figures = read_amounts(figures, value="value", mark="missing_or_note", marks=source.facts["marks"])
    return fill(read_periods(figures, "year"), vintage)
