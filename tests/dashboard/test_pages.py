"""Pages of a real release: they render, refuse kindly, and give away nothing that they should not."""

import json

import orjson
import pytest
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboard import links, passports, route, site, still


def nodes(part):
    """Every component of a page, folded or not."""
    if isinstance(part, list | tuple):
        return [node for child in part for node in nodes(child)]
    if not isinstance(part, Component):
        return []
    inside = getattr(part, "tree", None) if isinstance(part, still.Still) else getattr(part, "children", None)
    return [part, *nodes(inside)]


def text(part):
    if isinstance(part, list | tuple):
        return " ".join(text(child) for child in part)
    return (
        text(getattr(part, "children", None))
        if isinstance(part, Component)
        else ""
        if part is None
        else str(part)
    )


@pytest.fixture
def show(releases, catalogue):
    def shown(address):
        path, _, query = address.partition("?")
        return site.page(releases, catalogue, path, f"?{query}" if query else "")[0]

    return shown


PAGES = [
    "/",
    "/?area=CIS",
    "/?area=AZE&currency=local",
    "/?area=FJI",
    "/explore",
    "/explore?chart=bar",
    "/explore?indicator=museum_attendance&areas=KAZ,AZE,RUS,TUR,UZB",
    "/explore?indicator=value_added&currency=USD",
    "/explore?indicator=exports_services&currency=USD&chart=ranked&year=2020",
    "/explore?indicator=exports_services&areas=OTS,CIS&members=by_date&currency=USD&transform=growth",
    "/explore?indicator=gdp_share&areas=KAZ,RUS&rule=latest&table=figures&plans=on&events=on",
    "/explore?indicator=employment&as_of=2020-01-01&areas=DEU",
    "/country",
    "/country?area=USA",
    "/country?area=USA&measure=gva",
    "/country?area=USA&measure=gva&page=2",
    "/changes",
    "/?area=UZB&show=overdue",
    "/?area=TUR&board=employment,exports_stated,TUR-064,value_added.film&arrange=yes",
    "/country?area=CENTRAL_ASIA",
    "/present",
    "/sources",
    "/sources?find=kazinform&language=ru",
    "/conflicts",
    "/conflicts?kind=unit&page=2&rule=latest",
    "/conflicts?measure=share_of_gdp&area=AZE&rule=all",
    "/conflicts?area=KAZ&kind=publisher",
    "/coverage",
    "/coverage?indicator=employment",
    "/coverage?indicator=employment&until=1999&page=2",
    "/coverage?area=KAZ",
    "/coverage?area=KAZ&indicator=cinema_attendance",
    "/coverage?measure=gdp",
    "/coverage?sector=film",
    "/coverage?measure=artists_exhibited",
    "/source/claims",
    "/source/claims?find=kazinform&page=1",
    "/source/us_bea_acpsa",
    "/revisions",
    "/revisions?measure=gdp&area=KAZ&source=claims",
    "/methods",
    "/method/gdp_share",
    "/method/exports_services_per_head",
    "/search",
    "/search?q=film",
    "/search?q=employment kazakhstan",
    "/search?q=nothing of the kind",
    "/figure/KAZ-056",
    "/figure/KAZ-056?indicator=gdp_share",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_renders_and_names_its_release(show, store, address):
    page = show(address)
    assert not [n for n in nodes(page) if "misread" in (getattr(n, "className", "") or "")]
    assert store.release.id in text(page)


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/explore?indicator=exports_service", "exports_services"),
        ("/explore?colour=red", "colour"),
        ("/explore?indicator=employment&sector=cultur", "culture"),
        ("/explore?indicator=employment&since=20x0", "since"),
        ("/explore?chart=pie", "chart"),
        ("/?area=Kazakstan", "KAZ"),
        ("/?currency=EUR", "currency"),
        ("/?board=employmnt", "employment"),
        ("/?show=late", "show"),
        ("/changes?from=nowhere", "from"),
        ("/changes?kind=newer", "new"),
        ("/country?area=USA&measure=gva&page=100000", "beyond the last"),
        ("/country?area=USA&measure=gva&page=x", "page"),
        ("/country?areas=KAZ", "area"),
        ("/sources?language=xx", "language"),
        ("/search?query=film", "query"),
        ("/conflicts?rule=newest", "rule"),
        ("/coverage?measure=gpd", "gdp"),
        ("/coverage?until=20x0", "until"),
        ("/coverage?measure=gdp&area=KAZ", "picture"),
        ("/source/claim", "claims"),
        ("/source/claims?langauge=ru", "language"),
        ("/revisions?source=uis_feature_film", "uis_feature_films"),
        ("/method/gdp_shares", "gdp_share"),
        ("/method/gdp_share?area=KAZ", "area"),
        ("/conflicts?page=0", "page"),
        ("/conflicts?page=²", "page"),
        ("/conflicts?page=99999", "page"),
        ("/figure/NO-SUCH", "NO-SUCH"),
        ("/nowhere", "/nowhere"),
        ("/?area=KAZ&area=AZE", "twice"),
        ("/?" + "&".join(f"p{n}=1" for n in range(60)), "60 parameters"),
    ],
)
def test_what_is_not_known_is_said_and_never_ignored(show, address, near):
    page = show(address)
    panel = next(n for n in nodes(page) if "misread" in (getattr(n, "className", "") or ""))
    assert near in text(panel)


@pytest.mark.parametrize("address", PAGES)
def test_every_number_that_is_linked_leads_to_its_passport(show, store, catalogue, address):
    numbers = [n for n in nodes(show(address)) if "to-passport" in (getattr(n, "className", "") or "")]
    for link in {n.href for n in numbers[:3]}:
        path, _, query = link.partition("?")
        view = route.read(path, query)
        figure_id = view.passport or path.removeprefix(links.FIGURE)
        assert passports.render(store, catalogue, view, figure_id)


@pytest.mark.parametrize("address", PAGES)
def test_other_sites_are_links_without_a_trace_of_us(show, address):
    for link in [n for n in nodes(show(address)) if getattr(n, "target", None) == "_blank"]:
        assert link.rel == "noopener noreferrer nofollow"
        assert link.href.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "", None, "figures.csv", "//evil.example"]
)
def test_only_web_addresses_become_links(target):
    assert links.outside("title", target) == "title"


def test_a_passport_says_how_a_share_was_made_and_who_repeats_it(store, catalogue):
    view = route.read("/explore", "?indicator=gdp_share&areas=KAZ&passport=KAZ-056")
    said = text(passports.render(store, catalogue, view, "KAZ-056"))
    for words in (
        "надхвърли 2 милиарда долара",
        "÷",
        "× 100",
        "World Bank",
        "Repeated elsewhere",
        "year not stated",
    ):
        assert words in said, words


def test_a_passport_names_the_rivals_and_the_claims_without_a_period(store, catalogue):
    view = route.read("/", "?area=KAZ&passport=KAZ-042")
    said = text(passports.render(store, catalogue, view, "KAZ-042"))
    assert "Rival claims (2)" in said
    assert "Claims without a period" in said


def test_impossible_values_are_shown_on_the_country_page_and_apart(show):
    section = next(n for n in nodes(show("/country?area=ARM")) if getattr(n, "id", None) == "flagged")
    assert "2,921.6" in text(section)


def test_targets_stand_apart_from_outcomes(show):
    section = next(n for n in nodes(show("/country?area=UZB")) if getattr(n, "id", None) == "plans")
    assert "2030" in text(section)


def test_a_page_is_few_components_for_the_renderer(show):
    def live(part):
        if isinstance(part, list | tuple):
            return sum(map(live, part))
        if isinstance(part, still.Still) or not isinstance(part, Component):
            return 1 if isinstance(part, Component) else 0
        return 1 + live(getattr(part, "children", None))

    for address in PAGES:
        assert live(still.fold(show(address))) < 60, address


def test_folding_loses_nothing(show):
    page = show("/explore")
    before = [n.to_plotly_json()["type"] for n in nodes(page)]
    after = [n.to_plotly_json()["type"] for n in nodes(still.fold(page)) if not isinstance(n, still.Still)]
    assert after == before


def test_every_answer_carries_the_headers(processed, catalogue):
    from indicators.store import Releases

    client = site.build(Releases(processed), catalogue).server.test_client()
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_passport_shows_both_rates_of_a_conversion_through_the_dollar(store, catalogue):
    view = route.read("/explore", "?indicator=box_office&areas=KAZ&currency=local&passport=KAZ-028")
    said = text(passports.render(store, catalogue, view, "KAZ-028"))
    assert "÷  85.162 RUB for one US dollar, average of 2023  (" in said
    assert "×  456.165 KZT for one US dollar, average of 2023  (" in said


def test_a_page_is_sent_as_plain_data_that_needs_no_second_walk(show):
    for address in PAGES:
        page = still.fold(show(address))
        sent = orjson.dumps(still.plain(page), option=orjson.OPT_NON_STR_KEYS)
        assert json.loads(sent) == json.loads(to_json_plotly(page)), address


def test_the_events_in_a_chart_are_named_by_their_numbers(show):
    page = show("/explore?indicator=value_added&areas=KAZ,RUS,UZB&currency=USD&events=on")
    (listed,) = [n for n in nodes(page) if getattr(n, "className", "") == "events"]
    drawn = [
        note["text"]
        for c in nodes(page)
        if hasattr(c, "figure")
        for note in c.figure["layout"]["annotations"]
    ]
    numbers = [int(n) for t in drawn if t.replace(", ", "").isdigit() for n in t.split(", ")]
    assert numbers == list(range(1, len(listed.children) + 1))
    assert "Kazakhstan" in text(listed)


def test_where_nothing_is_the_answer_is_404_and_the_page_still_says_so(processed, catalogue):
    from indicators.store import Releases

    client = site.build(Releases(processed), catalogue).server.test_client()
    there = ["/", "/compare", "/explore?asof=2020", "/figure/KAZ-056", "/method/gdp_share", "/coverage/"]
    gone = [
        "/nothing", "/robots.txt", "/figure/KAZ-9999", "/figure/KAZ-056?release=0123456789ab",
        "/source/nobody", "/method/nothing", "/?release=0123456789ab",
    ]  # fmt: skip
    assert {a: client.get(a).status_code for a in there} == dict.fromkeys(there, 200)
    assert {a: client.get(a).status_code for a in gone} == dict.fromkeys(gone, 404)
    assert b"react-entry-point" in client.get("/nothing").data
