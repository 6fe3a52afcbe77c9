"""The pages that are judged: every page of the site, found from its register, each in a telling state.

A page that is new is judged as it opens; a state that shows more of it is a line of STATES.
"""

from dashboard import links, site

PASSPORT = "passport=KAZ-056&indicator=gdp_share"
STATES = {
    links.MONITOR: ("/?area=KAZ",),
    links.EXPLORE: ("/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD",),
    links.COUNTRY: ("/country?area=UZB",),
    links.SOURCES: ("/sources?find=unctad",),
    links.SEARCH: ("/search?q=film",),
    links.REVISIONS: ("/revisions?source=claims",),
}
"""Path → addresses that show more of a page than its bare path does, the most telling first."""
BESIDES = (
    f"/figure/KAZ-056?{PASSPORT.partition('&')[2]}",
    f"{links.SOURCE}world_context",
    f"{links.SOURCE}claims",
    f"{links.METHOD}gdp_share",
    "/explore?indicator=exports_service&areas=KAS",
)
"""Pages that stand in no register: of a figure, of a collection, of a method, of a misspelt address."""


def addresses() -> list[str]:
    """One address for each page of the site."""
    return [STATES.get(path, (path,))[0] for path in site.PAGES] + list(BESIDES)


def spoken(address: str, language: str) -> str:
    """The same address in a language."""
    if language == "en":
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={language}"
