"""Feature films without foreign co-producers, from the UNESCO Institute for Statistics.

Raw      one CSV: country and year down, UIS flag codes beside the number.
Reports  measure films_produced_national (UIS indicator 220002).
Facts    source.yaml (flags; "n" is nil or negligible, which is not missing).
"""

from etl.draft import Draft
from etl.source import Vintage
from etl.steps.amounts import read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import by_file, fill
from indicators.concepts.codelist import codelist


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a row, in films."""
    areas = {code: code for code in codelist("area")}
    figures = by_file(printed, vintage)
    figures = to_codes(figures, "location", "ref_area", areas, "indicators/codelists/area.csv")
    figures = read_amounts(figures, value="value", mark="flag_codes", marks=vintage.source.facts["marks"])
    return fill(read_periods(figures, "year"), vintage)
