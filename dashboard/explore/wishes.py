"""The fields of a query in words: what each is called, and what each of its values says."""

from datetime import date

from dashboard.wording import CURRENCY_CHOICES, Wording
from indicators.language import message

TITLES = {
    "areas": message("Countries and groups"),
    "sector": message("Sector"),
    "since": message("From"),
    "until": message("To"),
    "currency": message("Money in"),
    "transform": message("Shown as"),
    "base": message("Base year"),
    "per": message("Per"),
    "prices": message("Prices of"),
    "sex": message("Sex"),
    "partner": message("Partner"),
    "members": message("Groups"),
    "coverage": message("Least coverage of a group"),
    "rule": message("Headline"),
    "carry": message("Carried forward"),
    "rounding": message("Exact figures"),
    "as_of": message("As known on"),
}
NONE = "none"
"""Stands for None where a list needs a value."""
_SAYS = {
    "transform": {
        "level": message("The figures themselves"),
        "growth": message("Change on the year before"),
        "index": message("Index, base year 100"),
        "annual_growth": message("Compound growth a year"),
        "contribution": message("Contribution to the change of the total"),
        "rank": message("Rank among those asked"),
    },
    "per": {
        NONE: message("As defined"),
        "head": message("Head of population"),
        "thousand_employed": message("Thousand employed"),
        "gdp": message("GDP, in per cent"),
    },
    "members": {
        NONE: message("As reported"),
        "by_date": message("Also made of the members of each year"),
        "fixed": message("Also made of the same members in every year"),
    },
    "rounding": {NONE: message("Exact as stated"), "printed": message("As exact as their last digit")},
    "rule": {
        "official_first": message("Highest authority first"),
        "latest": message("Published last"),
        "narrowest": message("Narrowest interval"),
        "all": message("All claims, no choice"),
    },
    "prices": {NONE: message("each year: current prices")},
    "base": {NONE: message("the first of each series")},
    "coverage": {NONE: message("two thirds, the rule of the house")},
    "as_of": {NONE: message("today")},
    "partner": {
        NONE: message("All partners"),
        "_T": message("The world"),
        "_X": message("partner not stated"),
        "_Z": message("no partner"),
    },
    "carry": {"0": message("Not carried")},
}


def values(field: str) -> tuple[str, ...]:
    """The values of a field that have words of their own, in the order in which they are offered."""
    return tuple(_SAYS[field])


def says(words: Wording, field: str, value: object) -> str:
    """A value of a field in words.

    Args:
        words: the language.
        field: of Query.
        value: as the query holds it, or as a list of choices does.
    """
    text = NONE if value is None else str(value)
    if text in _SAYS.get(field, {}):
        return words.text(_SAYS[field][text])
    if field == "currency":
        known = CURRENCY_CHOICES.get(text)
        return words.text(known) if known else f"{words.label('unit', text)}, {text}"
    if field in ("sector", "sex"):
        return words.label(field, text)
    if field in ("areas", "partner"):
        return words.label("area", text)
    if field == "as_of":
        return words.day(value if isinstance(value, date) else date.fromisoformat(text))
    if field == "carry":
        return words.plural("at most {n} year", "at most {n} years", int(text))
    if field == "coverage":
        return words.language.percent(words.number(round(100 * float(text), 1)))
    return text
