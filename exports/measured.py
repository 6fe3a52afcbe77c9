"""Shares as a language writes them (CLDR): 3.5% of GDP; with a space in Russian, before it in Turkish."""

from indicators.concepts.codelist import codelist
from indicators.language import Language


def is_share(unit: str) -> bool:
    """Whether numbers of a unit are written with a sign of per cent."""
    return "%" in codelist("unit")[unit]["symbol"]


def share(language: Language, written: str, unit: str) -> str:
    """A written number with the sign, where the language puts it, and what it is a share of."""
    percent, pattern = language.percent(written), codelist("unit")[unit]["symbol"].replace("%", "{percent}")
    return percent if pattern == "{percent}" else language.text(pattern, percent=percent)
