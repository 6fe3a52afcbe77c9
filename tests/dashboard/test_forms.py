"""Forms of charts: what each draws of a hedge, a gap, a plan, a break; and what it refuses to draw."""

import json
from datetime import date
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import forms, marks, sparks, theme
from dashboard.forms import FORMS, Extras
from dashboard.panel import FRAMED, sheets
from dashboard.plots import names, tiles, treemap
from dashboard.plots.classes import classes, rounded
from dashboard.plots.places import places
from dashboard.wording import wording
from indicators.catalogue import load
from indicators.concepts.event import Event, events
from indicators.parts import answer_of_parts
from indicators.query import Query
from tests.dashboard.figures import claim, made
from tests.golden import charts as golden

CATALOGUE = load()

ASSETS = Path(__file__).parents[2] / "dashboard" / "assets"
ONE_YEAR = ("ranked", "map", "tiles")


@pytest.fixture
def draw(catalogue):
    def drawn(form, *claims, language="en", **extras):
        answered = made(catalogue, *claims)
        return forms.panels(wording(language), answered, form, Extras(**extras))

    return drawn


def named(figure, name):
    return next(t for t in figure["data"] if t.get("name") == name)


def flat(value):
    return [x for v in value for x in flat(v)] if isinstance(value, list) else [value]


def ids(figure):
    return {i for t in figure["data"] for i in flat(t.get("customdata", [])) if i}


def test_every_form_has_a_name_and_every_mark_a_glyph_in_the_key():
    assert list(FORMS) == [
        "line", "bar", "ranked", "dumbbell", "scatter", "multiples", "heatmap", "map", "tiles", "treemap",
    ]  # fmt: skip
    assert set(marks.KEY) == set(sparks.MARKS)


@pytest.mark.parametrize("form", FORMS)
def test_no_form_draws_what_has_no_number(catalogue, form):
    empty = made(catalogue, claim("KAZ", 2024, None, obs_status="Q"), claim("UZB", 2024, 1e9, obs_status="U"))
    assert forms.possible(form, empty) == "there is no figure that can be drawn"
    assert forms.panels(wording("en"), empty, form, Extras(beside=empty)) == []


@pytest.mark.parametrize("form", ["line", "bar", "ranked", "multiples", "heatmap", "map", "tiles"])
@given(
    values=st.lists(st.one_of(st.none(), st.floats(1.0, 1e12)), min_size=2, max_size=12).filter(
        lambda given: sum(v is not None for v in given) > 1
    )
)
def test_a_missing_value_is_never_drawn_and_never_zero_and_every_mark_has_a_passport(form, values):
    rows = [
        claim(("KAZ", "UZB")[i % 2], 2010 + i // 2, v, obs_status="A" if v else "O")
        for i, v in enumerate(values)
    ]
    answered = made(CATALOGUE, *rows)
    there = {r["figure_id"] for r in rows if r["value"] is not None}
    for panel in forms.panels(wording("en"), answered, form):
        figures = [panel.figure, *panel.frames.values()]
        shown = set().union(*(ids(figure) for figure in figures))
        reasons = {r["figure_id"] for r in rows if r["value"] is None} if form == "heatmap" else set()
        assert shown - reasons <= there
        for trace in (t for figure in figures for t in figure["data"] if t["type"] in ("scatter", "bar")):
            marked = trace.get("customdata")
            if marked:
                assert len(marked) == len(trace["x"]) == len(trace["y"])
                assert all(x != 0 for x in trace["x" if trace["type"] == "bar" else "y"]) or form == "ranked"


def test_ranked_shows_one_year_and_says_who_has_no_figure_in_it(draw):
    rows = (claim("KAZ", 2022, 3e9), claim("UZB", 2022, 1e9), claim("KAZ", 2023, 4e9))
    (panel,) = draw("ranked", *rows, year=2023)
    assert (panel.year, panel.years) == (2023, (2022, 2023))
    assert ids(panel.figure) == {"KAZ-2023--office"}
    assert named(panel.figure, "absent")["text"] == ["\u00a0\u00a0<i>no figure</i>"]
    assert ids(panel.frames[2022]) == {"KAZ-2022--office", "UZB-2022--office"}
    spans = {tuple(f["layout"]["xaxis"]["range"]) for f in panel.frames.values()}
    assert len(spans) == 1, "sliding must not change the axis"


def test_the_newest_year_with_hardly_a_figure_is_not_the_one_shown_first(draw):
    rows = [claim(a, 2022, 1e9) for a in ("KAZ", "UZB", "AZE", "TUR")]
    for form in ONE_YEAR:
        (panel,) = draw(form, *rows, claim("KAZ", 2023, 2e9))
        assert panel.year == 2022
        assert draw(form, *rows, claim("KAZ", 2023, 2e9), year=2023)[0].year == 2023


def test_a_bar_of_a_bound_is_pale_with_an_arrowhead_and_about_has_a_whisker(draw):
    (panel,) = draw(
        "bar",
        claim("KAZ", 2024, 2e9, high=inf, hedge="over"),
        claim("UZB", 2024, 1e9, low=0.9e9, high=1.1e9, hedge="about"),
        claim("AZE", 2024, None, low=1e9, high=3e9, hedge="between"),
    )
    bars, whiskers, tips = panel.figure["data"][:3]
    assert bars["base"] == [0, 0, 1.0]
    assert bars["x"] == [1.0, 2.0, 2.0]
    assert bars["marker"]["opacity"] == [0.9, 0.55, 0.55]
    assert tips["marker"]["symbol"] == ["triangle-right"]
    assert whiskers["error_x"]["array"] == pytest.approx([0.1])
    assert panel.marks == ("about", "range", "pale")


@pytest.mark.parametrize(
    ("first", "last", "shape", "grey"),
    [
        ({"value": 1e9}, {"value": 2e9}, "triangle-right", False),
        ({"value": 2e9}, {"value": 1e9}, "triangle-left", False),
        ({"value": 2e9}, {"value": 2e9}, "circle", False),
        ({"value": 1e9}, {"value": 2e9, "high": inf, "hedge": "over"}, "triangle-right", False),
        ({"value": 1.9e9}, {"value": 2e9, "low": 1.8e9, "high": 2.2e9, "hedge": "about"}, "circle", True),
        ({"value": 3e9}, {"value": 2e9, "high": inf, "hedge": "over"}, "circle", True),
        ({"value": 1e9}, {"value": 2e9, "obs_status": "B"}, "circle", True),
    ],
)
def test_a_dumbbell_points_where_the_figures_went_and_is_grey_where_they_do_not_say(
    draw, first, last, shape, grey
):
    (panel,) = draw("dumbbell", claim("KAZ", 2020, **_bounded(first)), claim("KAZ", 2024, **_bounded(last)))
    assert (panel.since, panel.year) == (2020, 2024)
    assert named(panel.figure, "later")["marker"]["symbol"] == [shape]
    assert (named(panel.figure, "joins")["marker"]["color"] == [theme.UNDECIDED]) is grey
    assert ("undecided" in panel.marks) is grey


def _bounded(said):
    return {"low": said["value"], "high": said["value"]} | said


def test_a_dumbbell_lists_those_that_lack_one_of_the_years(draw):
    rows = (claim("KAZ", 2020, 1e9), claim("KAZ", 2024, 2e9), claim("UZB", 2024, 2e9))
    (panel,) = draw("dumbbell", *rows)
    assert panel.notes[1] == "Without a figure in both years: Uzbekistan."
    assert ids(panel.figure) == {"KAZ-2020--office", "KAZ-2024--office"}


def test_a_scatter_matches_area_and_stated_year_and_sizes_by_area(catalogue):
    words = wording("en")
    x = made(catalogue, claim("KAZ", 2023, 1e9), claim("UZB", 2023, 2e9), claim("AZE", 2022, 2e9))
    y = made(
        catalogue,
        claim("KAZ", 2023, 3e9, high=inf, hedge="over"),
        claim("UZB", 2023, 4e9),
        claim("AZE", 2023, 5e9),
    )
    size = made(catalogue, claim("KAZ", 2023, 1e9), claim("UZB", 2023, 4e9))
    (panel,) = forms.panels(words, x, "scatter", Extras(beside=y, size=size))
    (trace,) = panel.figure["data"]
    assert trace["customdata"] == ["UZB-2023--office", "KAZ-2023--office"]
    large, small = trace["marker"]["size"]
    assert (large / small) ** 2 == pytest.approx(4)
    assert trace["marker"]["symbol"] == ["circle", "circle-open"]
    arrows = [a for a in panel.figure["layout"]["annotations"] if a["showarrow"]]
    assert [(a["ax"], a["ay"] < 0) for a in arrows] == [(0, True)]
    assert "Without both figures in that year: Azerbaijan." in panel.notes
    assert {"bound", "sized"} <= set(panel.marks)


def test_names_beside_marks_cover_nothing():
    spots = names.spotted([(50, 50), (60, 50), (52, 52)], [5, 5, 5], ["Kazakhstan"] * 3, 400)
    assert any(spots)
    assert names.spotted([(50, 50), (50, 50)], [40, 3], ["A", "Kazakhstan"], 60)[1] is None


def test_multiples_share_one_scale_and_name_each(draw):
    (panel,) = draw("multiples", claim("KAZ", 2020, 1e9), claim("KAZ", 2022, 2e9), claim("UZB", 2020, 9e9))
    layout = panel.figure["layout"]
    assert layout["yaxis1"]["range"] == layout["yaxis2"]["range"]
    titles = [a["text"] for a in layout["annotations"] if a["text"].startswith("<b>")]
    assert titles == ["<b>Kazakhstan</b>", "<b>Uzbekistan</b>"]
    lines = [t for t in panel.figure["data"] if t["mode"] == "lines"]
    assert lines[0]["x"] == [2020, None, 2022], "a gap stays a gap"


def test_a_heatmap_writes_numbers_leaves_gaps_and_says_why(draw):
    (panel,) = draw(
        "heatmap",
        claim("KAZ", 2020, 1e9, obs_status="P"),
        claim("KAZ", 2022, None, obs_status="Q"),
        claim("UZB", 2022, 2e9, high=inf, hedge="over"),
    )
    cells, gaps = named(panel.figure, "figures"), named(panel.figure, "absent")
    assert cells["x"] == [2020, 2021, 2022]
    assert cells["z"] == [[0, None, None], [None, None, 1]]
    assert cells["text"] == [["1.0<sup>p</sup>", "", ""], ["", "", "over 2"]]
    assert gaps["hovertext"][0][2] == "Kazakhstan, 2022<br>suppressed, confidential"
    assert gaps["customdata"][0][2] == "KAZ-2022--office"
    assert gaps["hovertext"][0][1] == "Kazakhstan, 2021<br>no figure reported"
    assert gaps["z"][0] == [None, 0, 0]
    assert set(panel.marks) == {"lettered", "blank"}


def test_a_map_greys_what_is_missing_lists_groups_and_prints_its_disclaimer(draw):
    (panel,) = draw(
        "map",
        claim("KAZ", 2024, 1e9, high=inf, hedge="over"),
        claim("BHR", 2024, 2e9),
        claim("CIS", 2024, 9e9),
    )
    missing, land, points, rings = panel.figure["data"]
    assert land["locations"] == ["KAZ"]
    assert points["customdata"] == ["BHR-2024--office"], "a small state is a point"
    assert "UZB" in missing["locations"]
    assert not {"KAZ", "CIS"} & set(missing["locations"])
    assert missing["colorscale"][0][1] not in theme.SEQUENTIAL
    assert len(rings["lon"]) == 1
    assert (
        panel.notes[0]
        == "Not drawn, for they are no single country: Commonwealth of Independent States US$9\u00a0bn."
    )
    assert "express no opinion" in panel.notes[-1]
    assert "United Nations" in panel.notes[-1]
    assert panel.figure["layout"]["geo"]["resolution"] == 110
    assert panel.figure["layout"]["geo"]["fitbounds"] is False


def test_the_geometry_is_bundled_and_has_every_country_that_the_list_says_it_has():
    world = json.loads((ASSETS / "topojson" / "world_110m.json").read_text("utf-8"))
    drawn = {g["id"] for g in world["objects"]["countries"]["geometries"]}
    assert {code for code, place in places().items() if place.outline} <= drawn
    assert (ASSETS / "topojson" / "LICENSE.txt").exists()
    assert theme.CONFIG["topojsonURL"] == "/assets/topojson/"


def test_the_tiles_are_squares_of_their_own_and_missing_ones_are_grey(draw):
    grid = tiles.grid()
    assert len(set(grid.values())) == len(grid) > 200
    (panel,) = draw("tiles", claim("KAZ", 2024, 1e9), claim("UZB", 2024, 2e9))
    blank, values, _ = panel.figure["data"]
    assert ids(panel.figure) == {"KAZ-2024--office", "UZB-2024--office"}
    assert "TKM" in flat(blank["text"])
    assert "KAZ" not in flat(blank["text"])
    assert {z for z in flat(values["z"]) if z is not None} == {0, 1}


def test_classes_have_round_limits_and_say_the_same_in_every_year(catalogue):
    rows = [claim("KAZ", 2000 + i, 1.37e6 * 1.5**i) for i in range(20)]
    (sheet,) = sheets(wording("en"), made(catalogue, *rows))
    found = classes(sheet)
    assert list(found.limits) == sorted(set(found.limits))
    assert all(rounded(limit) == limit for limit in found.limits)
    assert {found.of(r) for r in rows} == set(range(found.count))
    alone = classes(sheets(wording("en"), made(catalogue, rows[0]))[0])
    assert (alone.count, alone.of(rows[0])) == (1, 0)


@pytest.mark.parametrize("form", ["map", "tiles", "scatter"])
def test_what_shares_no_scale_shares_no_map(catalogue, form):
    mixed = made(catalogue, claim("KAZ", 2024, 1e9), claim("UZB", 2024, 1e12, unit_measure="UZS"))
    assert "several units" in forms.possible(form, mixed, mixed)


def test_a_form_that_cannot_be_drawn_says_why(catalogue):
    one = made(catalogue, claim("KAZ", 2024, 1e9))
    group = made(catalogue, claim("CIS", 2024, 1e9))
    other = made(catalogue, claim("KAZ", 2023, 1e9))
    said = {
        forms.possible("dumbbell", one), forms.possible("scatter", one), forms.possible("scatter", one, other),
        forms.possible("multiples", one), forms.possible("map", group), forms.possible("tiles", group),
        forms.possible("treemap", one),
    }  # fmt: skip
    assert None not in said
    assert len(said) == 6
    for code in ("ru", "az", "kk", "tr", "bg"):
        assert not any("[en]" in wording(code).note(sentence) for sentence in said)


def test_sectors_that_overlap_make_no_treemap_and_the_sentence_names_them(catalogue):
    pair = [claim("GBR", 2024, 1e9, sector=s) for s in ("dcms_creative", "dcms_digital")]
    said = forms.possible("treemap", made(catalogue, *pair))
    assert (
        said
        == "a treemap adds sectors, and dcms_creative and dcms_digital overlap, or nobody says that they do not"
    )
    assert "dcms_" not in wording("kk").note(said)


def test_sectors_that_add_up_make_a_treemap_that_says_it_is_a_sum(store, catalogue):
    answered = answer_of_parts(Query("value_added", ("USA",), "acpsa_total"), store, catalogue)
    assert forms.possible("treemap", answered) is None
    (panel,) = forms.panels(wording("en"), answered, "treemap", Extras(year=2020))
    (boxes,) = panel.figure["data"]
    own = [v for v, i in zip(boxes["values"], boxes["customdata"], strict=True) if i]
    assert panel.year == 2020
    assert len(own) > 20
    assert f"{sum(own):,.1f}" in panel.notes[0]
    assert "not a total that is stated" in panel.notes[0]
    assert all(not v for v, i in zip(boxes["values"], boxes["customdata"], strict=True) if not i)


def test_a_sector_without_parts_that_add_up_has_no_answer_of_parts(store, catalogue):
    assert answer_of_parts(Query("value_added", ("KAZ",), "creative_industries"), store, catalogue) is None


def test_whole_and_part_never_stand_side_by_side():
    rows = [claim("USA", 2020, 1e9, sector=s) for s in ("acpsa_total", "acpsa_advertising", "acpsa_museums")]
    assert {r["sector"] for r in treemap.parts(rows, 2020)} == {"acpsa_advertising", "acpsa_museums"}


def plan(kind, unit="USD", **said):
    usual = {
        "figure_id": f"UZB-{kind}", "kind": kind, "ref_area": "UZB", "obs_value": 5e9, "obs_low": 5e9,
        "obs_high": 5e9, "unit_measure": unit, "hedge": "exact", "obs_status": "A", "time_period": "2030",
        "period_start": date(2030, 1, 1), "period_end": date(2030, 12, 31), "period_basis": "stated",
        "freq": "A", "publisher": "office",
    }  # fmt: skip
    return usual | said


def test_plans_are_hollow_named_and_joined_to_nothing(draw):
    rows = (claim("UZB", 2023, 1e9), claim("UZB", 2024, 2e9))
    aims = [plan(k) for k in ("planned", "target", "forecast", "scenario")] + [plan("target", "PT_GDP")]
    (panel,) = draw("line", *rows, plans=aims)
    marked = named(panel.figure, "plans")
    assert all(shape.endswith("-open") for shape in marked["marker"]["symbol"])
    assert len(set(marked["marker"]["symbol"])) == 4
    assert [t["x"] for t in panel.figure["data"] if t["mode"] == "lines"] == [[2023, 2024]]
    assert set(panel.marks) == {"stated", "plan", "target", "forecast", "scenario"}
    assert panel.figure["layout"]["xaxis"]["range"][1] > 2030
    assert panel.notes == ("1 plan or target has another unit or no year and is not drawn here.",)


def test_rivals_are_drawn_unless_they_are_switched_off(draw):
    rows = (claim("KAZ", 2024, 1e9), claim("KAZ", 2024, 2e9, is_headline=False, publisher="press"))
    assert "rival" in draw("line", *rows)[0].marks
    (panel,) = draw("line", *rows, rivals=False)
    assert "rival" not in panel.marks
    assert ids(panel.figure) == {"KAZ-2024--office"}


def test_events_are_numbered_lines_and_close_ones_share_their_number(draw):
    held = [Event(c, "forum", day, "stated", ("KAZ",), "p", "") for c, day in
            (("A", "2021-07-02"), ("B", "2023-12-08"), ("C", "2023-12-09"), ("D", "2031-01-01"))]  # fmt: skip
    (panel,) = draw("line", claim("KAZ", 2020, 1e9), claim("KAZ", 2024, 2e9), events=held)
    assert [e.code for e in panel.events] == ["A", "B", "C"]
    assert [s["x0"] for s in panel.figure["layout"]["shapes"]] == [e.at for e in panel.events]
    heads = [a["text"] for a in panel.figure["layout"]["annotations"] if a.get("yref") == "y domain"]
    assert heads == ["1", "2, 3"]
    assert "event" in panel.marks


def test_an_event_stands_at_its_day_of_a_year_whose_middle_is_the_year():
    at = {e.code: e.at for e in events()}
    assert at["UZB_2024_CONFERENCE"] == pytest.approx(2024.29, abs=0.01)
    assert {e.code for e in events(("KGZ",))} == {"KGZ_2021_CONCEPT"}


def test_a_chart_of_too_many_marks_asks_the_server_for_its_other_years(draw):
    many = [a for a, place in places().items() if place.outline][: FRAMED // 4]
    rows = [claim(a, y, 1e9 + i) for i, a in enumerate(many) for y in range(2015, 2021)]
    for form in ONE_YEAR:
        (panel,) = draw(form, *rows)
        assert not panel.frames
        assert len(panel.years) == 6


@pytest.mark.parametrize("form", FORMS)
def test_the_golden_chart_is_drawn_as_it_was(form):
    """Where a change is meant: python -m tests.golden.charts, and look at the difference."""
    assert golden.page(form) == (golden.CHARTS / f"{form}.json").read_text("utf-8")
