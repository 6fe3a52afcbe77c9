"""Slides: the same words and numbers as the page they are taken from, in every language, and readable."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from dashboard import links, route, site
from dashboard.explore.parts import Years
from dashboard.pages import explore
from dashboard.present import serve
from dashboard.present.add import add_button
from dashboard.present.content import slide
from dashboard.present.large import SMALLEST, large
from dashboard.present.spoken import spoken
from dashboard.wording import wording
from indicators.concepts.release import UnknownRelease
from indicators.holdings import UnknownFigure
from indicators.language import languages
from indicators.query import BadQuery
from tests.dashboard.test_pages import nodes

TODAY = date(2026, 11, 22)
LINE = "/explore?indicator=exports_services_per_head&areas=KAZ,AZE,UZB&currency=USD"
BAR = "/explore?indicator=museum_attendance&areas=KAZ,AZE,RUS,TUR,UZB&chart=bar"
FIGURE = "/?area=KAZ&indicator=gdp_share&passport=KAZ-056"


@pytest.fixture
def taken(releases, catalogue):
    def of(address, kind, unit=""):
        return slide(releases, catalogue, address, kind, unit, TODAY)

    return of


@pytest.fixture
def client(releases, catalogue):
    return site.build(releases, catalogue).server.test_client()


def in_language(address, code):
    return address if code == "en" else f"{address}&lang={code}"


@pytest.mark.parametrize("code", languages())
def test_a_table_on_a_slide_says_what_the_table_of_its_page_says(taken, releases, catalogue, code):
    address = in_language(LINE, code)
    path, _, search = address.partition("?")
    page = explore.content(releases.current(), catalogue, route.read(path, search))
    table = next(n for n in nodes(page) if isinstance(n, Years))
    on_page = [[name, *(cell[1] for cell in cells[:6])] for name, *cells in table.rows]
    made = taken(address, "table")["table"]
    assert len(on_page) == 3
    assert made == {"columns": table.head[:7], "rows": on_page}


@pytest.mark.parametrize("code", languages())
def test_a_figure_on_a_slide_is_written_as_its_passport_writes_it(taken, code):
    address = in_language(FIGURE, code)
    made = taken(address, "kpi")["kpi"]
    words = wording(code)
    row = {"value": 0.6861, "low": 0.6861, "high": float("inf"), "hedge": "over", "obs_status": "A",
           "unit_measure": "PT_GDP"}  # fmt: skip
    before, number, after = words.pieces(row, 2)
    assert (made["before"], made["after"]) == (before, after)
    assert made["number"] == number
    assert made["hedge"] == words.text("a lower bound: the figure is this or more")


def test_kazakh_letters_stay_as_they_are(taken):
    made = taken(in_language(LINE, "kk"), "chart")
    assert made["language"] == "kk"
    assert "Қазақстан" in json.dumps(made, ensure_ascii=False)
    assert "алынған күні: 2026" in made["origin"]
    assert "22 қараша" in made["origin"]


@pytest.mark.parametrize(
    ("address", "kind"), [(LINE, "chart"), (BAR, "chart"), (LINE, "table"), (FIGURE, "kpi")]
)
def test_a_slide_names_its_source_its_day_and_its_release_and_is_plain_data(taken, store, address, kind):
    made = taken(address, kind)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert made["source"].startswith("Source: ")
    assert made["dated"]
    assert made["release"] == store.release.id
    assert f"release={store.release.id}" in made["address"]
    assert made["taken"] == "2026-11-22"
    assert made["cells"]
    assert "[en]" not in json.dumps(made)


def test_a_frozen_slide_asked_again_is_the_same_slide(taken):
    made = taken(LINE, "chart")
    assert taken(made["address"], "chart") == made


def sizes(node, name=""):
    """The sizes of type of a figure."""
    if isinstance(node, dict):
        for key, value in node.items():
            if "font" in name and key == "size":
                yield value
            yield from sizes(value, key)
    elif isinstance(node, list):
        for child in node:
            yield from sizes(child, name)


FORMS = [
    "line",
    "bar",
    "ranked",
    "dumbbell",
    "multiples",
    "heatmap",
    "map",
    "tiles",
    "scatter&second=employment",
    "treemap",
]
MANY = "/explore?indicator=exports_services&areas=KAZ,AZE,UZB,TUR,GEO,FRA&currency=USD"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_chart_makes_a_slide_that_a_file_may_hold(taken, form):
    address = MANY if form != "treemap" else "/explore?indicator=employment&areas=TUR"
    made = taken(f"{address}&chart={form}", "chart")
    said = json.dumps(made["figure"], allow_nan=False)
    assert min(sizes(made["figure"])) >= 24
    assert {trace["type"] for trace in made["figure"]["data"]} <= set(named_in("TRACES"))
    axes = re.compile(r"[xy]axis\d*|geo\d*")
    others = {name for name in made["figure"]["layout"] if not axes.fullmatch(name)}
    assert others <= set(named_in("LAYOUT")), form
    for name in named_in("REFUSED"):
        assert f'"{name}":' not in said, name
    assert "http" not in said
    assert "<a " not in said
    assert made["cells"]


def test_a_scatter_names_the_sources_of_both_its_axes(taken):
    made = taken(f"{MANY}&chart=scatter&second=employment", "chart")
    measures = {cell[0].split("|")[0] for cell in made["cells"]}
    assert len(measures) == 2
    assert "UNCTAD" in made["source"]
    assert "," in made["source"]


def test_plans_that_are_drawn_are_named_too(taken):
    address = "/explore?indicator=value_added&areas=KAZ,UZB&plans=on"
    with_plans, without = (
        taken(address, "chart")["cells"],
        taken(address.removesuffix("&plans=on"), "chart")["cells"],
    )
    assert len(with_plans) >= len(without)


def named_in(constant):
    """The names of a list in the script that reads files."""
    script = (Path(links.__file__).parent / "assets" / "present-file.js").read_text("utf-8")
    return re.findall(r'"([^"]+)"', re.search(rf"var {constant} = \[(.*?)\]", script, re.DOTALL)[1])


@pytest.mark.parametrize("address", [LINE, BAR])
def test_no_type_of_a_chart_on_a_slide_is_under_24(taken, address):
    figure = taken(address, "chart")["figure"]
    assert min(sizes(figure)) >= SMALLEST >= 24
    assert "hovertemplate" not in json.dumps(figure)


def test_lengths_are_doubled_and_data_is_not():
    page = {
        "data": [
            {"type": "bar", "x": [3], "width": 0.62, "marker": {"line": {"width": 2}}},
            {"type": "scatter", "y": [5], "marker": {"size": [8, 9]}, "line": {"width": 2.2}},
            {"type": "scatter", "marker": {"size": [100], "sizemode": "area", "sizeref": 0.4}},
        ],
        "layout": {"height": 420, "margin": {"l": 56}, "font": {"size": 14}, "yaxis": {"nticks": 6}},
    }
    made = large(page)
    assert made["data"][0] == {"type": "bar", "x": [3], "width": 0.62, "marker": {"line": {"width": 4}}}
    assert made["data"][1]["marker"]["size"] == [16, 18]
    assert made["data"][1]["line"]["width"] == 4.4
    assert made["data"][2]["marker"] == {"size": [100], "sizemode": "area", "sizeref": 0.1}
    assert made["layout"] == {"margin": {"l": 112}, "font": {"size": 28}, "yaxis": {"nticks": 6}}


def test_every_line_ends_in_its_name_and_its_newest_number(taken):
    made = taken(LINE, "chart")
    table = {row[0]: row[1] for row in taken(LINE, "table")["table"]["rows"]}
    ends = [a["text"] for a in made["figure"]["layout"]["annotations"] if a.get("xref") == "paper"]
    assert sorted(ends) == sorted(f"{name} <b>{number}</b>" for name, number in table.items())


def test_only_what_a_chart_draws_stands_behind_its_source(taken):
    assert len(taken(BAR, "chart")["cells"]) <= 5


def test_what_a_table_leaves_out_is_said(taken):
    assert taken(LINE, "table")["left"] == ["the newest 6 of 15 years"]
    everybody = taken("/explore?indicator=exports_services_per_head", "table")["left"]
    assert re.fullmatch(r"8 of [1-9][0-9]+ rows", everybody[0])
    chart = taken("/explore?indicator=exports_services_per_head", "chart")["left"]
    assert re.fullmatch(r"8 of [1-9][0-9]+ countries and groups", chart[0])


def test_a_form_that_cannot_be_drawn_is_not_swapped_silently(taken):
    swapped = taken("/explore?indicator=value_added&areas=KAZ,UZB&currency=USD&chart=treemap", "chart")
    says = "Treemap of sectors cannot be drawn: a treemap shows one country: choose one. This is Line."
    assert swapped["left"][0] == says


def test_an_area_without_a_figure_is_named_on_the_slide(taken):
    address = "/explore?indicator=museum_attendance&areas=UZB,FJI"
    assert taken(address, "chart")["left"] == ["No figure of this sector: Fiji."]


@pytest.mark.parametrize(
    ("address", "kind", "unit", "fault", "near"),
    [
        ("/explore?indicator=exports_service", "chart", "", BadQuery, "exports_services"),
        ("/explore?colour=red", "table", "", BadQuery, "colour"),
        (LINE, "picture", "", BadQuery, "kind"),
        (LINE, "chart", "EUR", BadQuery, "unit"),
        ("/sources", "chart", "", BadQuery, "page with charts"),
        ("/?area=KAZ", "kpi", "", BadQuery, "passport"),
        ("/?area=KAZ&indicator=nothing&passport=KAZ-056", "kpi", "", BadQuery, "indicator"),
        ("/?passport=NO-SUCH", "kpi", "", UnknownFigure, "NO-SUCH"),
        (f"{LINE}&release=000000000000", "chart", "", UnknownRelease, "000000000000"),
    ],
)
def test_what_there_is_not_is_said(taken, address, kind, unit, fault, near):
    with pytest.raises(fault, match=near):
        taken(address, kind, unit)


def test_the_own_page_of_a_figure_makes_the_same_slide(taken):
    assert taken("/figure/KAZ-056?indicator=gdp_share", "kpi")["kpi"] == taken(FIGURE, "kpi")["kpi"]


def test_the_server_answers_with_a_slide_or_with_sentences(client):
    good = client.get("/present/slide", query_string={"kind": "chart", "address": f"{LINE}&lang=ru"})
    assert good.status_code == 200
    assert good.headers["Cache-Control"] == "no-store"
    assert good.json["slide"]["language"] == "ru"
    assert good.json["says"]["page"] == "/present?lang=ru"
    bad = client.get("/present/slide", query_string={"kind": "chart", "address": "/explore?x=1&lang=ru"})
    assert bad.status_code == 400
    assert bad.json["faults"][0] == "Из этого слайд не получится."
    assert client.get("/present/slide").status_code == 400
    gone = client.get("/present/slide", query_string={"kind": "kpi", "address": "/?passport=NO-SUCH"})
    assert gone.status_code == 404


def test_the_worker_reaches_decks_and_no_other_page(client):
    worker = client.get("/sw.js")
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Service-Worker-Allowed"] == "/present"


@pytest.mark.parametrize("code", languages())
def test_the_page_that_is_kept_holds_its_words_and_starts_no_dash(client, code):
    page = client.get(f"/present/kept?lang={code}").text
    assert "react-entry-point" not in page
    assert "new DashRenderer" not in page
    told = json.loads(page.split('<script id="kept-words" type="application/json">')[1].split("</script>")[0])
    assert told == json.loads(json.dumps(spoken(wording(code), "")))


def test_a_first_page_that_is_built_otherwise_is_a_fault_and_no_blank_page():
    with pytest.raises(ValueError, match="0 entries"):
        serve.kept_page("<html><body></body></html>", wording("en"))


@pytest.mark.parametrize("code", languages())
def test_no_word_of_the_page_of_decks_lacks_its_translation(code):
    said = json.dumps(spoken(wording(code), "")["words"], ensure_ascii=False)
    assert "[en]" not in said


def test_a_button_says_what_it_adds(store):
    view = route.read("/", "?area=KAZ&lang=ru")
    made = add_button(view, "kpi", figure="KAZ-056", indicator="gdp_share", name="Доля")
    told = made.to_plotly_json()["props"]
    assert told["data-slide"].startswith("/present/slide?kind=kpi&address=%2F%3Farea%3DKAZ")
    assert told["aria-label"].endswith(": Доля")


def test_no_box_of_a_treemap_is_written_smaller_than_the_back_row_reads():
    made = large({"data": [], "layout": {"uniformtext": {"minsize": 13, "mode": "hide"}}})
    assert made["layout"]["uniformtext"]["minsize"] >= 24


@pytest.mark.parametrize("form", ["ranked", "heatmap"])
def test_a_slide_shows_no_more_rows_than_can_be_read_and_says_of_how_many(taken, form):
    shown = taken(f"/explore?indicator=films_national&chart={form}", "chart")
    axis = shown["figure"]["layout"]["yaxis"]
    low, high = sorted(axis["range"])
    seen = [text for at, text in zip(axis["tickvals"], axis["ticktext"], strict=True) if low < at < high]
    assert len(seen) == 20 < len(axis["tickvals"])
    assert f"20 of {len(axis['tickvals'])} countries and groups" in shown["left"]
    top = axis["tickvals"].index(min(axis["tickvals"]) if form == "heatmap" else max(axis["tickvals"]))
    assert axis["ticktext"][top] in seen
    assert (axis["range"][0] > axis["range"][1]) == (form == "heatmap")  # downwards
    few = taken("/explore?indicator=films_national&areas=KAZ,UZB,TUR&chart=heatmap", "chart")
    assert "range" not in few["figure"]["layout"]["yaxis"]
