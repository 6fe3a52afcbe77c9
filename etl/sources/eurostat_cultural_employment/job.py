"""Cultural employment of European countries by sex, from Eurostat (cult_emp_sex).

Raw      one CSV: geography, sex, unit and year down; ":" where Eurostat has no figure.
Reports  employment in thousand persons, and its share of all employment in per cent.
Facts    source.yaml (marks), sex.csv, measure.csv, unit_measure.csv and unit_mult.csv (what the unit says).
"""

from etl.draft import Draft
from etl.source import Vintage
from etl.steps.amounts import read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import by_file, fill
from indicators.concepts.codelist import codelist


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a row, in persons or in per cent."""
    source = vintage.source
    areas = {code: code for code in codelist("area")}
    figures = by_file(printed, vintage)
    figures = to_codes(figures, "geo_code", "ref_area", areas, "indicators/codelists/area.csv")
    figures = to_codes(figures, "sex", "sex", source.table("sex"), "sex.csv")
    for column in ("measure", "unit_measure", "unit_mult"):
        figures = to_codes(figures, "unit", column, source.table(column), f"{column}.csv")
    figures = read_amounts(figures, value="value", marks=source.facts["marks"])
    return fill(read_periods(figures, "year"), vintage)
