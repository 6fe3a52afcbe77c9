"""Tables of real answers, one of each kind, made once."""

from datetime import date

import pytest

from exports.table import table
from indicators.answer import answer
from indicators.query import Query

ASKED = {
    "one series": Query("exports_services", areas=("KAZ",)),
    "rivals, units and intervals": Query("employment", rule="all", lang="ru"),
    "money converted": Query("value_added", currency="USD", lang="kk"),
    "carried": Query("value_added", areas=("KAZ", "UZB"), carry=2, lang="tr"),
    "members": Query("employment", areas=("CIS", "KAZ"), members="by_date", lang="az"),
    "targets": Query("gdp_share_stated", areas=("KAZ", "UZB", "AZE"), lang="bg"),
    "as of a day": Query("gdp_share", as_of=date(2025, 6, 1)),
    "nothing": Query("exports_services", since=2100),
}


@pytest.fixture(scope="session")
def tables(store, catalogue):
    """What was asked → its table."""
    return {name: table(answer(query, store, catalogue), store, catalogue) for name, query in ASKED.items()}


@pytest.fixture(params=list(ASKED))
def asked(request, tables):
    """Each table in turn."""
    return tables[request.param]
