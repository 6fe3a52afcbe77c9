"""Value added and jobs of arts and cultural production in the United States, from BEA.

Raw      two CSV: line of the account and year down; dollars in millions, jobs in thousands.
Reports  gva and employment; lines nest, and the whole economy is a line of the same table.
Facts    source.yaml; the lines are the source labels of indicators/codelists/sector.csv.
"""

from etl.draft import Draft
from etl.source import Vintage
from etl.steps.amounts import read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import by_file, fill
from indicators.concepts.codelist import source_labels


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a row, in dollars or jobs."""
    lines = source_labels("sector", {"bea_acpsa", "all"})
    figures = by_file(printed, vintage)
    figures = to_codes(figures, "line", "sector", lines, "indicators/codelists/sector.csv")
    figures = read_amounts(figures, value="value", marks=vintage.source.facts["marks"])
    return fill(read_periods(figures, "year"), vintage)
