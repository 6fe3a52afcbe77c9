"""Explore: the address is the question, the controls say the same, and what cannot be is explained."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl

import polars as pl
import pytest
from dash import dcc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import forms, passports, route, site
from dashboard.choice import Choice
from dashboard.explore import answering, asking, options, tables
from dashboard.explore.parts import Slider, Years
from dashboard.grid import Grid
from indicators.answer import answer
from indicators.catalogue import load
from indicators.query import Query, from_url
from indicators.transform import LEVEL
from tests.dashboard.test_pages import nodes, text
from tests.indicators.test_query import queries

CATALOGUE = load()
BOARD = "indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD"
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def show(releases, catalogue):
    def shown(query):
        return site.page(releases, catalogue, "/explore", f"?{query}")[0]

    return shown


@pytest.fixture
def found(store):
    def of(query, **shown):
        return answering.found(asking.Asked(query, **shown), store, CATALOGUE)

    return of


def css(node):
    return getattr(node, "className", None) or ""


def controls(page):
    """What the controls of a page would write into an address, each as site.js does."""
    said = {}
    for node in nodes(page):
        if isinstance(node, Choice):
            value = ",".join(node.value) if isinstance(node.value, list) else str(node.value or "")
            assert not value or {*value.split(",")} <= {o["value"] for o in node.options}, node.id
            if value != node.id["usual"]:
                said[node.id["control"]] = value
    return said


# ------------------------------------------------------------------------ the address and the controls


@st.composite
def questions(draw):
    """Any query, most of them of areas and people that somebody reports on: those have an answer."""
    query = draw(queries())
    often = st.sampled_from([True, True, True, False])
    if draw(often):
        query = replace(query, sex="_T", partner=None, as_of=None)
    if draw(often):
        query = replace(query, since=None, until=None, sector=None)
    if draw(often):
        query = replace(query, prices=query.prices and 2018, base=None, transform=LEVEL)
    if draw(often):
        query = replace(query, members=None, coverage=None, per=None)
    if draw(often):
        reporting = st.lists(
            st.sampled_from(["KAZ", "AZE", "UZB", "RUS", "TUR", "USA", "GBR", "CIS"]), unique=True
        )
        query = replace(query, areas=tuple(draw(reporting)))
    return query


@SLOW
@given(query=questions(), form=st.sampled_from(list(forms.FORMS)))
def test_any_question_opens_a_page_whose_controls_ask_the_same(releases, query, form):
    page, _ = site.page(releases, CATALOGUE, "/explore", f"?{query.to_url()}&chart={form}")
    assert not [n for n in nodes(page) if "misread" in css(n)]
    spoken = {"lang": query.lang} if query.lang != "en" else {}
    reopened = from_url(controls(page) | spoken, CATALOGUE)
    store = releases.current()
    usual = answering.with_figures(store, CATALOGUE[query.indicator], query) or [
        *CATALOGUE[query.indicator].sectors
    ]
    assert replace(reopened, sector=reopened.sector or usual[0]) == replace(
        query, sector=query.sector or usual[0]
    )


def test_an_address_that_asks_nothing_asks_the_usual_question(show):
    said = controls(show(""))
    assert from_url(said, CATALOGUE) == asking.USUAL


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("indicator=employment&areas=KAZ&currency=USD&prices=2015", ("Money in", "Prices of", "no money")),
        ("indicator=museum_attendance&sector=culture", ("Sector", "no such sector")),
        ("indicator=gdp_share&per=head", ("Per", "a ratio already")),
    ],
)
def test_what_belongs_to_another_indicator_is_left_out_and_said(show, address, left):
    page = show(address)
    (said,) = [text(n) for n in nodes(page) if css(n) == "notices"]
    assert all(words in said for words in left)
    assert not {"currency", "prices", "sector", "per"} & set(controls(page))


def test_every_thing_wrong_with_an_address_is_said_at_once(show):
    page = show("indicator=employment&chart=pie&second=gva&year=20x0&rivals=maybe&table=grid&since=1")
    (said,) = [text(n) for n in nodes(page) if "misread" in css(n)]
    for wrong in ("pie", "gva", "year='20x0'", "maybe", "grid", "since='1'"):
        assert wrong in said


# ------------------------------------------------------------------------ choices


def test_choices_offer_what_there_is_and_how_much(show, store):
    page = show("indicator=employment&areas=KAZ,AZE")
    offered = {n.id["control"]: n.options for n in nodes(page) if isinstance(n, Choice)}
    held = options.held(store, CATALOGUE["employment"])
    areas = held.by("ref_area", sex="_T")
    labels = {o["value"]: o["label"] for o in offered["areas"]}
    assert set(labels) == set(areas) | {"KAZ", "AZE"}
    assert labels["DEU"].endswith(options.counted(areas["DEU"]))
    here = held.by("sector", ref_area=("KAZ", "AZE"), sex="_T")
    for option in offered["sector"]:
        assert option.get("disabled", False) == (option["value"] not in here)
        assert not option.get("disabled") or "none for these countries" in option["label"]


def test_a_choice_that_cannot_be_says_why(show):
    page = show("indicator=gdp_share&areas=KAZ&rule=all")
    offered = {n.id["control"]: n.options for n in nodes(page) if isinstance(n, Choice)}
    assert [o["value"] for o in offered["transform"] if not o.get("disabled")] == ["level"]
    assert all("ratio" in o["label"] for o in offered["per"] if o.get("disabled"))
    assert len([o for o in offered["per"] if o.get("disabled")]) == 3


def test_what_is_set_out_of_view_stands_as_chips_that_take_it_back(show):
    page = show(f"{BOARD}&transform=index&base=2015&prices=2020&chart=bar")
    chips = [n for n in nodes(page) if "chip" in css(n).split()]
    assert [re.sub("×", "", text(c)).strip() for c in chips] == [
        "Shown as: Index, base year 100", "Base year: 2015", "Prices of: 2020"
    ]  # fmt: skip
    gone = dict(parse_qsl(chips[2].href.partition("?")[2]))
    assert gone == dict(parse_qsl(f"{BOARD}&transform=index&base=2015&chart=bar"))


# ------------------------------------------------------------------------ one answer, its forms, its tables


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=queries())
def test_one_answer_for_all_sectors_holds_the_same_as_one_for_a_sector(store, query):
    query = replace(query, sector=None, members=None, coverage=None)
    shown = answering.found(asking.Asked(query), store, CATALOGUE)
    alone = answer(replace(query, sector=shown.sector), store, CATALOGUE)
    assert shown.answer.frame.equals(alone.frame)


@pytest.mark.parametrize("form", list(forms.FORMS))
def test_each_form_is_a_way_to_itself_or_says_why_not(show, found, form):
    page = show(BOARD)
    shown = found(Query("exports_services_per_head", ("KAZ", "AZE", "UZB"), currency="USD"))
    items = [n for n in nodes(page) if "form" in css(n).split()]
    item = items[list(forms.FORMS).index(form)]
    if form in shown.reasons:
        assert shown.reasons[form] in text(item)
        assert not hasattr(item, "href")
    else:
        opened = show(item.href.partition("?")[2])
        (here,) = [n for n in nodes(opened) if {"form", "here"} <= set(css(n).split())]
        assert text(here) == text(item)


def test_a_form_that_cannot_be_drawn_gives_way_and_says_so(show):
    said = text(show(f"{BOARD}&chart=treemap"))
    assert "Treemap of sectors cannot be drawn" in said
    assert "This is Line." in said


def test_the_slider_offers_the_years_of_the_chart_and_shows_its_year(show):
    (slider,) = [n for n in nodes(show(f"{BOARD}&chart=ranked&year=2015")) if isinstance(n, Slider)]
    assert slider.year == 2015
    assert slider.years == list(range(2010, 2025))
    page = show(f"{BOARD}&chart=ranked&year=1999")
    assert "There is no figure of 1999" in text(page)


def test_every_number_of_the_table_is_the_answers_and_leads_to_its_passport(show, store):
    address = "indicator=value_added&areas=KAZ,RUS,UZB&currency=USD"
    found = [n for n in nodes(show(address)) if isinstance(n, Years)]
    query = from_url(dict(parse_qsl(address)), CATALOGUE)
    rows = {r["figure_id"]: r for r in answer(query, store, CATALOGUE).headlines.to_dicts()}
    cells = [(c, t) for t in found for row in t.rows for c in row[1:] if c]
    assert cells
    for (figure, written, who, _, rivals, *_), table in cells:
        assert rows[figure]["rivals"] == rivals
        assert table.publishers[who] == rows[figure]["publisher"]
        assert written
        path, _, search = (table.passport + figure).partition("?")
        view = route.read(path, search)
        assert view.passport == figure
        assert passports.render(store, CATALOGUE, view, figure)


@pytest.mark.parametrize("form", list(forms.FORMS))
def test_the_table_has_its_own_scale_whatever_is_drawn(show, form):
    """Exports per head beside value added in billions were once written as 0.0."""
    page = show(f"{BOARD}&chart={form}&second=value_added")
    (table,) = [n for n in nodes(page) if isinstance(n, Years)]
    (plain,) = [n for n in nodes(show(BOARD)) if isinstance(n, Years)]
    assert table.rows == plain.rows
    assert table.head == plain.head


def test_all_figures_are_rows_of_the_grid_with_rivals_and_ids(show, store):
    address = "indicator=gdp_share&areas=KAZ,RUS,AZE&sector=creative_industries"
    (grid,) = [n for n in nodes(show(f"{address}&table=figures")) if isinstance(n, Grid)]
    frame = answer(from_url(dict(parse_qsl(address)), CATALOGUE), store, CATALOGUE).frame
    assert sorted(r["id"] for r in grid.rows) == sorted(frame["figure_id"].to_list())
    assert [r["stands"] for r in grid.rows].count("rival") == frame.filter(~frame["is_headline"]).height
    by_id = {r["figure_id"]: r for r in frame.to_dicts()}
    for row in grid.rows:
        assert row["figure"]["value"] in (by_id[row["id"]]["value"], by_id[row["id"]]["low"], None)
    assert {c["field"] for c in grid.columns} >= {"area", "period", "hedge", "low", "high", "unit", "source"}


def test_a_grid_that_does_not_hold_all_says_so(show):
    page = show("indicator=exports_services&table=figures")
    (grid,) = [n for n in nodes(page) if isinstance(n, Grid)]
    assert len(grid.rows) == 1000
    assert "The newest 1,000 of " in text(page)


def test_a_plan_is_a_column_beside_the_figures_it_is_for(show):
    page = show("indicator=gdp_share_stated&areas=KAZ&table=figures")
    (grid,) = [n for n in nodes(page) if isinstance(n, Grid)]
    assert "target" in {c["field"] for c in grid.columns}
    assert any("target" in row for row in grid.rows)


# ------------------------------------------------------------------------ what must be said


def test_nothing_found_says_why_and_offers_questions_that_have_an_answer(show):
    page = show("indicator=employment&areas=AZE&since=1995&until=1996")
    (panel,) = [n for n in nodes(page) if css(n) == "panel empty"]
    ways = [n for n in nodes(panel) if isinstance(n, dcc.Link)]
    assert ways
    for way in ways:
        figures = int(re.search(r": ([\d,]+) figure", text(way))[1].replace(",", ""))
        assert figures
        opened = show(way.href.partition("?")[2])
        assert not [n for n in nodes(opened) if "empty" in css(n)]


def test_where_claims_differ_the_rule_is_said_and_can_be_changed(show):
    page = show("indicator=gdp_share&areas=KAZ")
    (why,) = [n for n in nodes(page) if css(n) == "why-headline"]
    ways = [n for n in nodes(why) if isinstance(n, dcc.Link)]
    assert [dict(parse_qsl(w.href.partition("?")[2])).get("rule") for w in ways] == [
        None, "latest", "narrowest", "all"
    ]  # fmt: skip


def test_a_group_made_of_its_members_says_how_much_of_it_has_data(show):
    page = show("indicator=exports_services&areas=OTS,CIS&members=by_date&currency=USD")
    said = text(page)
    assert "Groups made of their members" in said
    assert re.search(r"Organization of Turkic States, \d{4}: [\d.]+% of the group have data", said)
    table = next(n for n in nodes(page) if isinstance(n, Years))
    assert not [c for row in table.rows for c in row[1:] if c and not c[0] and len(c) < 6]


def test_two_links_to_take_along_one_of_them_frozen(show, store):
    page = show("")
    links = [n.href for n in nodes(page) if css(n) == "copy-link"]
    assert [f"release={store.release.id}" in href for href in links] == [False, True]
    assert all("indicator=exports_services_per_head" in href for href in links)


def test_a_long_table_is_not_cut_but_unfolds(show, releases, store):
    """Forty areas come with the page, all of them when asked: the same answer, of the same release."""
    page = show("indicator=exports_services&currency=USD&lang=ru")
    (table,) = [n for n in nodes(page) if isinstance(n, Years)]
    path, _, search = table.rest.partition("?")
    assert (path, len(table.rows)) == (tables.AREAS, tables.SHOWN)
    assert dict(parse_qsl(search))["release"] == store.release.id
    client = site.build(releases, CATALOGUE).server.test_client()
    every = client.get(table.rest).get_json()
    assert every["rows"][: tables.SHOWN] == [
        [name, *(c and [*c[:2], every["publishers"].index(table.publishers[c[2]]), *c[3:]] for c in cells)]
        for name, *cells in table.rows
    ]
    asked = from_url(dict(parse_qsl("indicator=exports_services&currency=USD")), CATALOGUE)
    dated = answer(asked, store, CATALOGUE).headlines.filter(pl.col("year").is_not_null())
    there = {c[0] for row in every["rows"] for c in row[1:] if c}
    assert there == set(dated.filter(pl.col("unit_measure") == "USD")["figure_id"])
    assert str(len(every["rows"]) - tables.SHOWN) in table.words["more"]
    assert client.get(table.rest.replace("unit=USD", "unit=KZT")).status_code == 404


def test_a_treemap_shows_what_a_sector_is_made_of_and_the_table_lists_the_same(show, store):
    question = Query("value_added", ("USA",))
    shown = answering.found(asking.Asked(question, form="treemap"), store, CATALOGUE)
    drawn_as = {form: why for form, why in shown.reasons.items() if form == "treemap"}
    assert (shown.form, drawn_as) == ("treemap", {})
    parts = shown.drawn.frame["sector"].unique().to_list()
    assert len(parts) > 20
    assert "acpsa_total" not in parts
    page = show("indicator=value_added&areas=USA&chart=treemap")
    (table,) = [n for n in nodes(page) if isinstance(n, Years)]
    assert len(table.rows) == len(parts)
    assert "Museums" in {row[0] for row in table.rows}
    slider = next(n for n in nodes(page) if isinstance(n, Slider))
    assert len(slider.years) > 20


def test_a_treemap_is_offered_only_where_a_sector_has_parts(store):
    def offered(*areas):
        found = answering.found(asking.Asked(Query("value_added", areas)), store, CATALOGUE)
        return "treemap" not in found.reasons

    assert offered("USA")
    assert not offered("KAZ")
    assert not offered("USA", "KAZ")


def test_what_sources_withhold_is_not_said_to_be_unstated(show):
    """UNCTAD marks the services of New Caledonia as suppressed: it has them, and gives no number."""
    said = text(show("indicator=imports_services&areas=NCL&since=2010&until=2020"))
    assert "They mark it: " in said
    assert "No source in this release states it" not in said
    assert "The same figures as a table" in said
