"""Values in words: what stands on a card, in a cell and on an axis."""

from datetime import date
from math import inf

import pytest

from dashboard.scales import scale
from dashboard.statement import prices
from dashboard.wording import NBSP, NOTHING, wording

EN = wording("en")


def row(**said):
    """A figure: five million dollars of 2024, stated exactly, unless said otherwise."""
    value = said.pop("value", 5e6)
    usual = {
        "value": value,
        "low": value,
        "high": value,
        "hedge": "exact",
        "unit_measure": "USD",
        "obs_status": "A",
        "freq": "A",
        "time_period": "2024",
        "period_basis": "stated",
        "kind": "observed",
        "rivals": 0,
        "period_start": date(2024, 1, 1),
        "period_end": date(2024, 12, 31),
        "note": None,
    }
    return usual | said


def spaced(text):
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (2e9, "USD", 1, "US$2.0 bn"),
        (718_207_000, "USD", 1, "US$718.2 m"),
        (1.1e12, "USD", 1, "US$1.1 tn"),
        (22e9, "KZT", 1, "KZT 22.0 bn"),
        (34.877, "USD", 2, "US$34.88"),
        (999_999, "USD", 1, "US$1.0 m"),
        (-250_000, "USD", 1, "−US$250.0 thousand"),
        (95_000, "PS", 0, "95 thousand persons"),
        (143_600, "PS", 0, "143.6 thousand persons"),
        (23_300_000, "VISIT", 0, "23.3 m visits"),
        (1_234, "FILM", 0, "1,234 films"),
        (1, "FILM", 0, "1 film"),
        (0, "FILM", 0, "0 films"),
        (0.686, "PT_GDP", 1, "0.7% of GDP"),
        (2_921.6, "PT", None, "2,921.6%"),
        (2e9, "USD", None, "US$2 bn"),
    ],
)
def test_an_amount_is_short_and_keeps_its_unit(value, unit, decimals, words):
    assert spaced(EN.amount(value, unit, decimals)) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"value": 2e9, "high": inf, "hedge": "over"}, "over US$2 bn"),
        ({"value": 2e9, "high": inf, "hedge": "at_least"}, "at least US$2 bn"),
        (
            {"value": 95e3, "low": 85.5e3, "high": 104.5e3, "hedge": "about", "unit_measure": "PS"},
            "about 95 thousand persons",
        ),
        ({"value": 1.0, "low": 0.0, "hedge": "under", "unit_measure": "PT"}, "under 1%"),
        (
            {"value": None, "low": 15.0, "high": 17.0, "hedge": "between", "unit_measure": "PT"},
            "15 to 17%",
        ),
        (
            {"value": None, "low": 8.0, "high": 10.0, "hedge": "between", "unit_measure": "FILM"},
            "8 to 10 films",
        ),
        ({"value": None, "low": 1e6, "high": 2e6, "hedge": "between"}, "US$1 to 2 m"),
        ({"value": None, "low": 2e9, "high": inf, "hedge": "between"}, "at least US$2 bn"),
        ({"value": 0.7, "low": 0.6, "high": 0.8, "unit_measure": "PT_GDP"}, "about 0.7% of GDP"),
        ({"value": None, "obs_status": "O"}, "not available"),
        ({"value": None, "obs_status": "M"}, "not applicable"),
        ({"value": None, "obs_status": "Q"}, "suppressed, confidential"),
        ({"value": None, "low": 0.0, "high": 1.0, "obs_status": "N"}, "nil or negligible"),
        ({"value": None, "note": "no exchange rate for this year: not converted"}, "not converted"),
    ],
)
def test_a_figure_keeps_its_hedge_and_a_missing_one_says_why(said, words):
    assert spaced(EN.figure(row(**said), 1)) == words


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ({"value": 2e9, "high": inf, "hedge": "over"}, ("over", "US$2 bn", "")),
        ({"value": 95e3, "unit_measure": "PS"}, ("", "95 thousand", "persons")),
        ({"value": 1.0, "unit_measure": "FILM"}, ("", "1", "film")),
        ({"value": 0.7, "unit_measure": "PT_GDP"}, ("", "0.7%", "of GDP")),
        (
            {"value": None, "low": 8.0, "high": 10.0, "hedge": "between", "unit_measure": "FILM"},
            ("", "8 to 10", "films"),
        ),
        ({"value": None, "obs_status": "Q"}, ("", "suppressed, confidential", "")),
    ],
)
def test_large_type_takes_a_figure_apart_and_loses_nothing(said, pieces):
    taken = tuple(spaced(piece) for piece in EN.pieces(row(**said), 1))
    assert taken == pieces
    assert " ".join(p for p in taken if p) == spaced(EN.figure(row(**said), 1))


@pytest.mark.parametrize(
    ("freq", "written", "start", "end", "words"),
    [
        ("A", "2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("S", "2025-S1", date(2025, 1, 1), date(2025, 6, 30), "first half of 2025"),
        ("Q", "2023-Q2", date(2023, 4, 1), date(2023, 6, 30), "Q2 2023"),
        ("M", "2024-11", date(2024, 11, 1), date(2024, 11, 30), "November 2024"),
        ("D", "2025-01-01", date(2025, 1, 1), date(2025, 1, 1), "1 January 2025"),
        ("_O", "2016-07-01/P12M", date(2016, 7, 1), date(2017, 6, 30), "2016/17"),
        ("_O", "2017-01-01/P7Y", date(2017, 1, 1), date(2023, 12, 31), "2017–2023"),
        ("_O", "2025-01-01/P9M", date(2025, 1, 1), date(2025, 9, 30), "January\u2009–\u2009September 2025"),
        ("_X", "_X", None, None, "period not stated"),
    ],
)
def test_a_period_is_written_as_it_is_spoken(freq, written, start, end, words):
    said = row(freq=freq, time_period=written, period_start=start, period_end=end)
    assert EN.period(said) == words


def test_a_year_that_nobody_states_is_never_written_as_if_it_were_stated():
    unstated = row(period_basis="publication", time_period="2025")
    assert EN.period(unstated) == "published 2025"
    assert EN.basis(unstated) == "year not stated"
    assert EN.period(unstated | {"kind": "target"}) == "no year set"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((23.06, 23.06), "up 23.1%"),
        ((-3.3, -3.3), "down 3.3%"),
        ((0.0, 0.0), "unchanged"),
        ((10.0, inf), "up at least 10.0%"),
        ((5.0, 8.0), "up 5.0% to 8.0%"),
        ((-8.0, -5.0), "down 5.0% to 8.0%"),
        ((-3.0, 5.0), "direction not certain"),
        ((160.7, 160.7), "up 161%"),
    ],
)
def test_a_change_says_no_more_than_is_known(change, words):
    assert spaced(EN.growth(change)) == words


@pytest.mark.parametrize(
    ("values", "unit", "decimals", "title", "cell"),
    [
        ([718_207_000, 583e6, 5.9e9], "USD", 1, "US$ million", "718.2"),
        ([143e3, 319e3], "PS", 0, "thousand persons", "718,207.0"),
        ([0.7, 2.7], "PT_GDP", 1, "% of GDP", "718,207,000.0"),
        ([73, 107], "FILM", 0, "films", "718,207,000"),
    ],
)
def test_a_table_has_one_scale(values, unit, decimals, title, cell):
    axis = scale(EN, values, unit, decimals)
    assert axis.title == title
    assert axis.cell(row(value=718_207_000.0, unit_measure=unit)) == cell


def test_a_cell_keeps_hedge_range_and_absence():
    axis = scale(EN, [2e6, 3e6], "USD", 1)
    assert axis.cell(row(value=2e6, high=inf, hedge="over")) == "over 2"
    assert axis.cell(row(value=None, low=1e6, high=2e6, hedge="between")) == "1.0 to 2.0"
    assert axis.cell(row(value=None, obs_status="Q")) == NOTHING
    assert axis.cell(row(value=0.0)) == "0.0"


def test_dates_of_any_precision_and_counts():
    assert [EN.day(d) for d in ("2025-03-18", "2025-03", "2025", None)] == [
        "18 March 2025",
        "March 2025",
        "2025",
        "undated",
    ]
    assert [EN.rivals(n) for n in (0, 1, 3)] == [
        "0 rival claims",
        "1 rival claim",
        "3 rival claims",
    ]


@pytest.mark.parametrize(("said", "words"), [
    ({"value": 0.686, "high": inf, "hedge": "over", "unit_measure": "PT_GDP"}, "over 0.68% of GDP"),
    ({"value": 0.686, "low": 0.0, "hedge": "under", "unit_measure": "PT_GDP"}, "under 0.69% of GDP"),
    ({"value": 4.25, "high": inf, "hedge": "over", "unit_measure": "PT_GDP"}, "over 4.2% of GDP"),
    ({"value": 718.26e6, "high": inf, "hedge": "at_least"}, "at least US$718.2 m"),
    ({"value": 718.26e6, "low": 0.0, "hedge": "up_to"}, "up to US$718.3 m"),
    ({"value": 2.04e9, "low": 0.0, "hedge": "up_to"}, "up to US$2.04 bn"),
    ({"value": 45_567.0, "high": inf, "hedge": "over", "unit_measure": "PS"}, "over 45.56 thousand persons"),
    ({"value": None, "low": 0.686, "high": inf, "hedge": "between", "unit_measure": "PT_GDP"}, "at least 0.68% of GDP"),
    ({"value": 0.686, "unit_measure": "PT_GDP"}, "0.7% of GDP"),        # a point is rounded to the nearest
])  # fmt: skip
def test_a_bound_is_rounded_away_from_what_it_bounds(said, words):
    """More than 0.686 is not more than 0.7: a rounded bound must still be true."""
    assert spaced(EN.figure(row(**said), 1)) == words


@pytest.mark.parametrize(("said", "words"), [
    ({"value": 0.686, "high": inf, "hedge": "over"}, "over 0.68"),
    ({"value": 0.686, "low": 0.0, "hedge": "under"}, "under 0.69"),
    ({"value": 4.25, "high": inf, "hedge": "over"}, "over 4.2"),
    ({"value": 4.25, "low": 0.0, "hedge": "up_to"}, "up to 4.3"),
    ({"value": None, "low": 0.686, "high": inf, "hedge": "between"}, "≥ 0.68"),
    ({"value": None, "low": -inf, "high": 0.686, "hedge": "between"}, "≤ 0.69"),
    ({"value": 0.7, "high": inf, "hedge": "over"}, "over 0.7"),
    ({"value": 0.686}, "0.7"),
])  # fmt: skip
def test_a_bound_in_a_cell_is_the_bound_of_the_headline(said, words):
    figure = row(**said, unit_measure="PT_GDP")
    assert scale(EN, [0.7, 2.7], "PT_GDP", 1).cell(figure) == words
    number = words.split()[-1]
    assert number in EN.figure(figure, 1)


def test_constant_prices_name_their_year_or_say_that_nobody_does():
    said = [prices(EN, base) for base in ("2015", "_X", None)]
    assert said == ["constant, base 2015", "constant, base not named by the source", ""]
    assert prices(wording("ru"), "_X") == "постоянные, базовый год источником не назван"


def test_no_nought_is_written_that_nobody_stated():
    assert EN.figure(row(value=344e6), 1) == "US$344\u00a0m"
    assert EN.figure(row(value=718_207_000.0), 1) == "US$718.2\u00a0m"
    assert EN.growth((0.0, inf)) == "unchanged or up"
    assert EN.growth((0.04, inf)) == "unchanged or up"
    assert EN.growth((2.0, inf)) == "up at least 2.0%"


def test_whom_a_publisher_cites_is_said_in_the_language_of_the_page():
    named = "Kazinform (www.inform.kz), citing Akorda"
    assert EN.publisher(named) == named
    assert "citing" not in wording("ru").publisher(named)
    assert wording("ru").publisher(named).endswith("со ссылкой на: Акорда")


def test_a_sign_that_would_be_a_box_gives_way_to_its_code():
    assert wording("az").amount(18e6, "AZN") == "18\u00a0mln\u00a0AZN"
    assert "₸" in wording("kk").amount(18e6, "KZT")
