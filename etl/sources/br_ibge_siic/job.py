"""Enterprises, persons, net revenue and value added of cultural activities in Brazil, from IBGE.

Raw      four CSV: cultural domain or activity and year down, class of the coefficient of
         variation beside the number; money in thousands of reais.
Reports  enterprises, employment_in_enterprises, turnover and gva; labels nest.
Facts    source.yaml; the labels are the source labels of indicators/codelists/sector.csv.
"""

from etl.draft import Draft
from etl.source import Vintage
from etl.steps.amounts import read_amounts
from etl.steps.harmonise import to_codes
from etl.steps.periods import read_periods
from etl.steps.reshape import by_file, fill
from indicators.concepts.codelist import source_labels


def normalise(printed: Draft, vintage: Vintage) -> Draft:
    """One observation a row, in enterprises, persons or reais."""
    labels = source_labels("sector", {"ibge_siic"})
    figures = by_file(printed, vintage)
    figures = to_codes(figures, "label", "sector", labels, "indicators/codelists/sector.csv")
    figures = read_amounts(figures, value="value", mark="cv_class", marks=vintage.source.facts["marks"])
    return fill(read_periods(figures, "year"), vintage)
