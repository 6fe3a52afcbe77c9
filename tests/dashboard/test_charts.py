"""Charts: what is drawn, what is not, and with which mark."""

from datetime import date
from itertools import pairwise
from math import inf

import polars as pl
import pytest

from dashboard import charts, forms, marks, theme
from dashboard.wording import wording
from indicators.answer import FRAME, Answer, answer
from indicators.query import Query

TEXT = {"sector": "creative_industries", "counterpart_area": "_Z", "freq": "A", "sex": "_T", "region": "_T"}


def claim(area, year, value, **said):
    """A claim of value added in dollars, stated exactly and of a stated year, unless said otherwise."""
    usual = (
        dict.fromkeys(FRAME)
        | TEXT
        | {
            "figure_id": f"{area}-{year}-{said.get('publisher', 'office')}",
            "ref_area": area,
            "time_period": str(year),
            "year": year,
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "period_basis": "stated",
            "value": value,
            "low": value,
            "high": value,
            "unit_measure": "USD",
            "hedge": "exact",
            "obs_status": "A",
            "is_headline": True,
            "rivals": 0,
            "publisher": "office",
            "measure": "gva",
        }
    )
    return usual | said


@pytest.fixture
def draw(catalogue):
    def drawn(*claims, chart="line", language="en"):
        frame = pl.DataFrame(list(claims), infer_schema_length=None).select(FRAME)
        indicator = catalogue["value_added"]
        answered = Answer(Query("value_added", ("KAZ", "UZB")), indicator, "release", frame, ())
        return forms.panels(wording(language), answered, chart)

    return drawn


def traces(panel, mode):
    return [t for t in panel.figure["data"] if t.get("mode") == mode]


def test_nothing_leaves_the_machine_on_a_click():
    assert theme.CONFIG["showSendToCloud"] is False
    assert theme.CONFIG["plotlyServerURL"] == ""
    assert theme.CONFIG["topojsonURL"].startswith("/assets/")
    assert theme.CONFIG["displaylogo"] is False


def test_a_missing_year_is_a_gap_and_never_zero(draw):
    (panel,) = draw(claim("KAZ", 2020, 1e9), claim("KAZ", 2021, 2e9), claim("KAZ", 2023, 3e9))
    (line,) = traces(panel, "lines")
    assert line["connectgaps"] is False
    assert line["x"] == [2020, 2021, None, 2023]
    assert None in line["y"]
    assert 0 not in line["y"]


def test_a_break_in_the_series_interrupts_the_line_and_is_named(draw):
    (panel,) = draw(claim("KAZ", 2020, 1e9), claim("KAZ", 2021, 2e9, obs_status="B"))
    assert traces(panel, "lines")[0]["x"] == [2020, None, 2021]
    assert "break" in panel.marks


def test_over_two_billion_is_an_open_mark_with_an_arrow(draw):
    (panel,) = draw(claim("KAZ", 2024, 2e9, high=inf, hedge="over"))
    (points,) = traces(panel, "markers")
    assert points["marker"]["symbol"] == ["circle-open"]
    assert points["error_y"]["array"] == [0]
    arrows = [a for a in panel.figure["layout"]["annotations"] if a["showarrow"]]
    assert [a["ay"] < 0 for a in arrows] == [True]
    assert panel.marks == ("bound",)


def test_less_than_is_a_bound_downwards_even_where_nothing_lies_below_zero(draw):
    (panel,) = draw(claim("KAZ", 2024, 2e9, low=0.0, hedge="under"))
    arrows = [a for a in panel.figure["layout"]["annotations"] if a["showarrow"]]
    assert [a["ay"] > 0 for a in arrows] == [True]
    assert panel.marks == ("ceiling",)


def test_a_year_not_stated_has_its_own_mark_and_no_line(draw):
    (panel,) = draw(claim("KAZ", 2024, 1e9), claim("KAZ", 2025, 2e9, period_basis="publication"))
    (points,) = traces(panel, "markers")
    assert points["marker"]["symbol"] == ["circle", "diamond"]
    assert traces(panel, "lines")[0]["x"] == [2024]
    assert "unstated" in panel.marks


def test_provisional_and_estimated_values_are_named(draw):
    (panel,) = draw(claim("KAZ", 2024, 1e9, obs_status="P"), claim("UZB", 2024, 1e9, obs_status="E"))
    assert [t["marker"]["symbol"] for t in traces(panel, "markers")] == [["square"], ["square"]]
    assert panel.marks == ("estimated",)


def test_low_reliability_and_missing_are_not_drawn(draw):
    panels = draw(
        claim("KAZ", 2023, 9e9, obs_status="U"),
        claim("KAZ", 2024, None, obs_status="Q"),
        claim("UZB", 2024, 1e9),
    )
    ids = [i for t in panels[0].figure["data"] for i in t.get("customdata", [])]
    assert ids == ["UZB-2024-office"]


def test_rivals_are_faint_and_behind_their_headline(draw):
    (panel,) = draw(claim("KAZ", 2024, 1e9), claim("KAZ", 2024, 2e9, is_headline=False, publisher="press"))
    rival, headline = traces(panel, "markers")
    assert (rival["name"], headline["name"]) == ("rival", "headline")
    assert rival["opacity"] < headline["opacity"]
    assert rival["customdata"] == ["KAZ-2024-press"]
    assert panel.marks == ("stated", "rival")


def test_a_range_is_a_bar_between_its_ends(draw):
    (panel,) = draw(claim("KAZ", 2024, None, low=1e9, high=2e9, hedge="between"))
    bar = next(t for t in panel.figure["data"] if t.get("name") == "range")
    assert bar["y"] == [1.0, 2.0]
    assert panel.marks == ("range",)


def test_units_never_share_an_axis_and_lengths_of_periods_never_share_a_line(draw):
    panels = draw(
        claim("KAZ", 2023, 1e9),
        claim("KAZ", 2024, 1e12, unit_measure="KZT"),
        claim("KAZ", 2024, 1e9, freq="S", time_period="2024-S1"),
    )
    assert [p.unit for p in panels] == ["USD", "KZT"]
    assert [t["x"] for t in traces(panels[0], "lines")] == [[2023], [2024]]


def test_labels_at_the_ends_of_lines_do_not_cover_one_another(draw):
    (panel,) = draw(*(claim(a, 2024, 1e9 + i) for i, a in enumerate(("KAZ", "UZB", "AZE", "GEO"))))
    shifts = sorted(a["yshift"] for a in panel.figure["layout"]["annotations"])
    assert all(b - a >= charts.LABEL_GAP - 1 for a, b in pairwise(shifts))


def test_words_of_sources_are_escaped_on_a_chart():
    row = claim("KAZ", 2024, 1e9, publisher="<img src=x onerror=alert(1)>")
    assert "<img" not in marks.hover(wording("en"), row, "Kazakhstan")


def test_bars_show_the_newest_of_each_and_say_which_years(draw):
    (panel,) = draw(
        claim("KAZ", 2023, 1e9),
        claim("KAZ", 2024, 2e9),
        claim("UZB", 2025, 3e9, period_basis="publication"),
        chart="bar",
    )
    bars = panel.figure["data"][0]
    (numbers,) = (t for t in panel.figure["data"] if t.get("name") == "numbers")
    assert bars["customdata"] == ["KAZ-2024-office", "UZB-2025-office"]
    assert "2024" in numbers["text"][0]
    assert set(panel.marks) == {"hatched", "years"}


def test_a_rival_says_that_it_is_one_where_it_is_pointed_at(store, catalogue):
    asked = answer(Query("value_added", ("KAZ",), currency="USD"), store, catalogue)
    rows = {row["is_headline"]: row for row in asked.frame.to_dicts() if row["year"] == 2023}
    spoken = wording("tr")
    assert marks.hover(spoken, rows[False], "Kazakistan") != marks.hover(spoken, rows[True], "Kazakistan")
    assert spoken.text("rival") in marks.hover(spoken, rows[False], "Kazakistan")
