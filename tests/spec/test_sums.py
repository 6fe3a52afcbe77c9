"""When figures may be added, and what a sum says of its parts."""

import re
from datetime import date
from math import inf

import polars as pl
import pytest

from indicators.aggregate import (
    FIXED,
    Amount,
    MayNotBeAdded,
    add_sectors,
    aggregate_areas,
    ratio_of_sums,
    residual,
)  # fmt: skip
from tests.tables import claims, table


def drawn(text):
    """Headlines in the shape of an answer, from a table with `value` and perhaps `low` and `high`."""
    header, _, rows = text.strip().partition("\n")
    frame = claims(re.sub(r"\b(value|low|high)\b", r"obs_\1", header) + "\n" + rows)
    ends = {"obs_value": "value", "obs_low": "low", "obs_high": "high"}
    return frame.rename(ends).with_columns(pl.col("value").cast(pl.Float64))


def added(text, *columns, **asked):
    return add_sectors(drawn(text), **asked).select(columns).rows()


def refused(text, *said, **asked):
    with pytest.raises(MayNotBeAdded) as caught:
        add_sectors(drawn(text), **asked)
    for words in said:
        assert words in str(caught.value)


def computed(text, group, *columns, **asked):
    sums = aggregate_areas(drawn(text), group, **asked)
    return sums.filter(pl.col("kind") == "computed").select(columns).rows()


# Sectors


def test_sectors_of_one_account_that_lie_side_by_side_are_added():
    assert added(
        """
        measure | ref_area | sector                  | time_period | value
        gva     | USA      | acpsa_performing_arts   | 2023        | 30
        gva     | USA      | acpsa_museums           | 2023        | 12
        gva     | USA      | acpsa_construction      | 2023        | 8
        gva     | USA      | acpsa_performing_arts   | 2022        | 29
        gva     | USA      | acpsa_museums           | 2022        | 11
        gva     | USA      | acpsa_construction      | 2022        | 7
        """,
        "time_period",
        "value",
        "low",
        "high",
        "hedge",
    ) == [("2022", 47.0, 47.0, 47.0, "exact"), ("2023", 50.0, 50.0, 50.0, "exact")]


def test_a_total_is_not_added_to_its_parts():
    refused(
        """
        measure | ref_area | sector        | time_period | value
        gva     | USA      | acpsa_total   | 2023        | 100
        gva     | USA      | acpsa_museums | 2023        | 12
        """,
        "acpsa_museums is part of acpsa_total",
        "parent in sector.csv",
    )


def test_nor_the_whole_economy_to_anything():
    refused(
        """
        measure | ref_area | sector | time_period | value
        gva     | KAZ      | _T     | 2023        | 100
        gva     | KAZ      | film   | 2023        | 12
        """,
        "_T contains film",
    )


def test_sectors_with_classes_in_common_are_refused_and_the_classes_are_named():
    refused(
        """
        measure | ref_area | sector        | time_period | unit_measure | value
        gva     | GBR      | dcms_creative | 2015        | GBP          | 85.3
        gva     | GBR      | dcms_cultural | 2015        | GBP          | 25.6
        """,
        "dcms_creative overlaps with dcms_cultural",
        "SIC2007 59.11",
        "SIC2007 91.02",
        "sic_mappings.csv",
    )


def test_a_sector_wholly_inside_another_is_named_so():
    refused(
        """
        measure | ref_area | sector        | time_period | value
        gva     | GBR      | dcms_digital  | 2015        | 110
        gva     | GBR      | dcms_telecoms | 2015        | 30
        """,
        "dcms_digital contains dcms_telecoms in SIC2007 61.1",
    )


def test_sectors_without_a_class_in_common_are_added():
    assert added(
        """
        measure | ref_area | sector        | time_period | value
        gva     | GBR      | dcms_gambling | 2015        | 11.051
        gva     | GBR      | dcms_sport    | 2015        | 8.61
        """,
        "value",
    ) == [(19.661,)]


def test_what_is_declared_to_overlap_is_refused_with_its_reference():
    refused(
        """
        measure | ref_area | sector       | time_period | value
        gva     | GBR      | dcms_tourism | 2015        | 64.6
        gva     | GBR      | dcms_sport   | 2015        | 8.61
        """,
        "dcms_sport overlaps with dcms_tourism",
        "Definitions, updated 31 July 2025",
    )


def test_of_sectors_of_two_lists_nothing_is_known_and_they_are_not_added():
    refused(
        """
        measure | ref_area | sector              | time_period | value
        gva     | KAZ      | creative_industries | 2023        | 100
        gva     | KAZ      | film                | 2023        | 12
        """,
        "creative_industries may overlap with film: nothing is known of the two",
    )


def test_every_fault_is_said_at_once():
    refused(
        """
        measure | ref_area | sector        | time_period | unit_measure | source | value
        gva     | GBR      | dcms_creative | 2015        | GBP          | a      | 85
        gva     | GBR      | dcms_digital  | 2015        | USD          | b      | 25
        """,
        "dcms_creative overlaps with dcms_digital",
        "GBR 2015: the figures differ in unit_measure: 'GBP', 'USD'",
        "GBR 2015: the figures differ in source: 'a', 'b'",
    )


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("unit_measure", "GBP", "USD"),
        ("base_per", "2015", "2020"),
        ("basis", "1", "2"),
        ("freq", "A", "Q"),
        ("sex", "M", "F"),
        ("source", "office", "ministry"),
        ("vintage", "2024", "2025"),
        ("measure", "gva", "turnover"),
        ("region", "_T", "KZ-75"),
    ],
)
def test_figures_of_two_kinds_are_not_added(column, one, other):
    parts = drawn("""
        measure | ref_area | sector        | time_period | value
        gva     | GBR      | dcms_gambling | 2015        | 11
        gva     | GBR      | dcms_sport    | 2015        | 8
    """).with_columns(pl.Series(column, [one, other]))
    with pytest.raises(
        MayNotBeAdded, match=f"differ in {column}: '{one}', '{other}'|differ in {column}: '{other}', '{one}'"
    ):
        add_sectors(parts)


def test_which_sources_may_be_mixed_is_for_the_asker_to_say():
    text = """
        measure | ref_area | sector        | time_period | source | authority          | value
        gva     | GBR      | dcms_gambling | 2015        | a      | government         | 11
        gva     | GBR      | dcms_sport    | 2015        | b      | government         | 8
    """
    refused(text, "differ in source")
    assert added(text, "value", same=("authority",)) == [(19.0,)]


def test_a_target_is_no_part_of_a_sum():
    refused(
        """
        measure | ref_area | sector        | time_period | kind     | value
        gva     | GBR      | dcms_gambling | 2025        | observed | 11
        gva     | GBR      | dcms_sport    | 2025        | target   | 8
        """,
        "a figure of the kind target is no outcome",
    )


def test_a_figure_whose_year_nobody_states_is_not_added_to_one_of_that_year():
    refused(
        """
        measure | ref_area | sector        | time_period | period_basis | value
        gva     | GBR      | dcms_gambling | 2025        | stated       | 11
        gva     | GBR      | dcms_sport    | 2025        | publication  | 8
        """,
        "the period of a figure is not stated",
    )


def test_shares_and_growth_are_not_added():
    refused(
        """
        measure      | ref_area | sector        | time_period | unit_measure | value
        share_of_gdp | USA      | acpsa_museums | 2023        | PT_GDP       | 1
        share_of_gdp | USA      | acpsa_unions  | 2023        | PT_GDP       | 2
        """,
        "share_of_gdp (Share of GDP, as stated) does not add up over sectors",
        "ratio_of_sums",
    )


def test_two_figures_for_one_sector_are_rivals_not_parts():
    refused(
        """
        measure | ref_area | sector        | time_period | value
        gva     | USA      | acpsa_museums | 2023        | 12
        gva     | USA      | acpsa_museums | 2023        | 13
        """,
        "acpsa_museums has more than one figure; take the headlines",
    )


def test_a_missing_part_is_not_zero():
    assert added(
        """
        measure | ref_area | sector        | time_period | value
        gva     | USA      | acpsa_museums | 2022        | 12
        gva     | USA      | acpsa_unions  | 2022        | 2
        gva     | USA      | acpsa_museums | 2023        | 13
        gva     | USA      | acpsa_unions  | 2023        |
        """,
        "time_period",
        "value",
        "missing",
        "reason",
    ) == [("2022", 14.0, [], None), ("2023", None, ["acpsa_unions"], "no sum: nothing for acpsa_unions")]


def test_a_sum_is_as_open_as_its_parts_and_as_doubtful():
    assert added(
        """
        measure | ref_area | sector        | time_period | hedge | obs_status | value | low | high
        gva     | USA      | acpsa_museums | 2023        | exact | P          | 12    | 12  | 12
        gva     | USA      | acpsa_unions  | 2023        | over  | A          | 2     | 2   | inf
        """,
        "value",
        "low",
        "high",
        "hedge",
        "obs_status",
    ) == [(14.0, 14.0, inf, "over", "P")]


def test_a_part_that_is_only_a_range_leaves_the_sum_a_range():
    assert added(
        """
        measure | ref_area | sector        | time_period | hedge   | value | low | high
        gva     | USA      | acpsa_museums | 2023        | exact   | 12    | 12  | 12
        gva     | USA      | acpsa_unions  | 2023        | between |       | 2   | 7
        """,
        "value",
        "low",
        "high",
        "hedge",
    ) == [(None, 14.0, 19.0, "between")]


def test_a_stated_total_is_kept_and_what_is_counted_twice_is_the_residual():
    stated = Amount(15, 15, 15)
    parts = [Amount(10, 10, 10), Amount(8, 8, 8)]
    assert residual(stated, parts) == Amount(-3, -3, -3)


def test_the_residual_of_hedged_figures_is_a_range():
    stated = Amount(100, 100, 100)
    parts = [Amount(40, 40, inf, "over"), Amount(20, 18, 22, "about")]
    assert residual(stated, parts) == Amount(None, -inf, 42.0, "between")


# Areas

TURKIC = """
    measure          | ref_area | time_period | source | value
    exports_services | AZE      | 2018        | a      | 10
    exports_services | KAZ      | 2018        | k      | 20
    exports_services | KGZ      | 2018        | g      | 3
    exports_services | TUR      | 2018        | t      | 100
    exports_services | UZB      | 2018        | u      | 5
    exports_services | HUN      | 2018        | h      | 70
    exports_services | AZE      | 2019        | a      | 11
    exports_services | KAZ      | 2019        | k      | 22
    exports_services | KGZ      | 2019        | g      | 4
    exports_services | TUR      | 2019        | t      | 110
    exports_services | UZB      | 2019        | u      | 6
    exports_services | HUN      | 2019        | h      | 71
"""


def of_services(text):
    return (
        text.replace("| time_period", "| counterpart_area | time_period")
        .replace("| 2018", "| _T | 2018")
        .replace("| 2019", "| _T | 2019")
    )


def test_who_is_a_member_at_the_end_of_the_year_is_added_and_an_observer_is_not():
    assert computed(of_services(TURKIC), "OTS", "year", "value", "members", "missing") == [
        (2018, 133.0, ["AZE", "KAZ", "KGZ", "TUR"], []),
        (2019, 153.0, ["AZE", "KAZ", "KGZ", "TUR", "UZB"], []),  # Uzbekistan since 14 October 2019
    ]


def test_the_members_of_one_day_can_be_taken_for_all_years():
    assert computed(of_services(TURKIC), "OTS", "year", "value", composition=date(2024, 12, 31)) == [
        (2018, 138.0),
        (2019, 153.0),
    ]


def test_a_fixed_composition_is_of_those_with_data_in_every_year():
    text = of_services("""
        measure          | ref_area | time_period | value
        exports_services | AZE      | 2018        | 10
        exports_services | KAZ      | 2018        | 20
        exports_services | TUR      | 2018        | 100
        exports_services | AZE      | 2019        | 11
        exports_services | KGZ      | 2019        | 4
        exports_services | TUR      | 2019        | 110
    """)
    seen = ("year", "value", "members", "missing", "coverage")
    assert computed(text, "OTS", *seen, composition=FIXED, needed=0) == [
        (2018, 110.0, ["AZE", "TUR"], ["KAZ", "KGZ"], 0.5),
        (2019, 121.0, ["AZE", "TUR"], ["KAZ", "KGZ", "UZB"], 0.4),
    ]


WEIGHTS = table("""
    ref_area | year | value
    KAZ      | 2018 | 180
    KGZ      | 2018 | 8
    TJK      | 2018 | 8
    TKM      | 2018 | 41
    UZB      | 2018 | 53
""")


def test_the_coverage_is_the_weight_of_those_with_data():
    text = """
        measure    | ref_area | time_period | unit_measure | value
        employment | KAZ      | 2018        | PS           | 95
        employment | UZB      | 2018        | PS           | 50
    """
    seen = ("value", "coverage", "coverage_by", "missing", "unweighted")
    assert computed(text, "CENTRAL_ASIA", *seen, weights=WEIGHTS) == [
        (145.0, 233 / 290, "GDP", ["KGZ", "TJK", "TKM"], []),
    ]


def test_where_a_missing_member_has_no_weight_the_coverage_is_not_made_to_look_better():
    text = """
        measure    | ref_area | time_period | unit_measure | value
        employment | KAZ      | 2018        | PS           | 95
        employment | UZB      | 2018        | PS           | 50
    """
    known = WEIGHTS.filter(pl.col("ref_area") != "TKM")
    assert computed(
        text, "CENTRAL_ASIA", "value", "coverage", "coverage_by", "unweighted", weights=known
    ) == [
        (None, 0.4, "members", ["TKM"]),
    ]


def test_below_the_coverage_that_is_needed_there_is_no_sum_and_the_reason_is_said():
    text = """
        measure    | ref_area | time_period | unit_measure | value
        employment | UZB      | 2018        | PS           | 50
        employment | KGZ      | 2018        | PS           | 9
    """
    assert computed(text, "CENTRAL_ASIA", "value", "low", "high", "hedge", "reason", weights=WEIGHTS) == [
        (None, None, None, None, "withheld: members with data are 21% of the group by GDP, 66% is needed"),
    ]
    assert computed(text, "CENTRAL_ASIA", "value", weights=WEIGHTS, needed=0.2) == [(59.0,)]
    assert computed(text, "CENTRAL_ASIA", "value", "coverage", "coverage_by", needed=0.4) == [
        (59.0, 0.4, "members")
    ]


def test_a_year_without_any_figure_is_a_row_that_says_so():
    text = """
        measure    | ref_area | time_period | unit_measure | value
        employment | KAZ      | 2018        | PS           | 50
    """
    assert computed(text, "SOUTH_CAUCASUS", "year", "value", "missing", "reason", years=[2018]) == [
        (2018, None, ["ARM", "AZE", "GEO"], "no member has a figure"),
    ]


def test_what_is_reported_for_the_group_stands_beside_the_sum_and_is_no_part_of_it():
    sums = aggregate_areas(
        drawn("""
            figure_id | measure  | ref_area       | time_period | unit_measure | value
            G         | turnover | SOUTH_CAUCASUS | 2023        | USD          | 500
            A         | turnover | ARM            | 2023        | USD          | 1
            B         | turnover | AZE            | 2023        | USD          | 2
            C         | turnover | GEO            | 2023        | USD          | 3
        """),
        "SOUTH_CAUCASUS",
    )
    assert sums.select("ref_area", "kind", "value", "figure_ids").rows() == [
        ("SOUTH_CAUCASUS", "reported", 500.0, ["G"]),
        ("SOUTH_CAUCASUS", "computed", 6.0, ["A", "B", "C"]),
    ]


def test_trade_with_one_partner_is_no_part_of_a_total_of_trade():
    text = """
        figure_id | measure          | ref_area | counterpart_area | time_period | value
        ALL       | exports_services | ARM      | _T               | 2023        | 10
        RUS       | exports_services | GEO      | RUS              | 2023        | 4
        AZE       | exports_services | AZE      | _T               | 2023        | 2
    """
    assert computed(text, "SOUTH_CAUCASUS", "value", "members", "missing", "set_aside") == [
        (12.0, ["ARM", "AZE"], ["GEO"], ["RUS (GEO): with the partner RUS, not the total"]),
    ]


def test_a_joint_figure_of_several_countries_is_neither_divided_nor_added():
    text = """
        figure_id | measure     | ref_area    | time_period | unit_measure | value
        JOINT     | enterprises | KAZ_KGZ_UZB | 2023        | ENT          | 3000
        K         | enterprises | KAZ         | 2023        | ENT          | 900
    """
    assert computed(text, "CENTRAL_ASIA", "value", "members", "set_aside", needed=0) == [
        (900.0, ["KAZ"], ["JOINT (KAZ_KGZ_UZB): a joint figure, not divisible into countries"]),
    ]


def test_a_city_is_not_its_country_and_an_undated_figure_has_no_year():
    text = """
        figure_id | measure     | ref_area | region | time_period | period_basis | unit_measure | value
        CITY      | enterprises | KAZ      | KZ-75  | 2023        | stated       | ENT          | 400
        UNDATED   | enterprises | UZB      | _T     | 2023        | publication  | ENT          | 300
    """
    assert computed(text, "CENTRAL_ASIA", "value", "set_aside") == [
        (
            None,
            ["CITY (KAZ): of the region KZ-75, not the country", "UNDATED (UZB): its period is not stated"],
        ),
    ]


def test_more_than_in_one_country_is_more_than_in_the_group():
    text = """
        measure  | ref_area | time_period | unit_measure | hedge   | value | low | high
        turnover | ARM      | 2023        | USD          | exact   | 1     | 1   | 1
        turnover | AZE      | 2023        | USD          | over    | 2     | 2   | inf
        turnover | GEO      | 2023        | USD          | exact   | 3     | 3   | 3
    """
    seen = ("value", "low", "high", "hedge")
    assert computed(text, "SOUTH_CAUCASUS", *seen) == [(6.0, 6.0, inf, "over")]
    ranged = text.replace("over    | 2     | 2   | inf", "between |       | 2   | 9  ")
    assert computed(ranged, "SOUTH_CAUCASUS", *seen) == [(None, 6.0, 13.0, "between")]


@pytest.mark.parametrize(
    "measure",
    [
        "share_of_gdp",
        "gva_growth",
        "gdp_deflator",
        "event_countries",
        "exchange_rate",
        "gva_constant",
        "films_released",
    ],
)
def test_what_does_not_add_up_over_countries_is_refused(measure):
    figures = drawn("""
        measure | ref_area | time_period | value
        x       | ARM      | 2023        | 1
        x       | AZE      | 2023        | 2
    """).with_columns(pl.lit(measure).alias("measure"))
    with pytest.raises(MayNotBeAdded, match="does not add up over areas"):
        aggregate_areas(figures, "SOUTH_CAUCASUS")


def test_two_currencies_or_two_claims_make_no_sum():
    text = """
        measure | ref_area | time_period | unit_measure | value
        gva     | ARM      | 2023        | AMD          | 1000
        gva     | AZE      | 2023        | USD          | 2
        gva     | AZE      | 2023        | USD          | 3
    """
    with pytest.raises(MayNotBeAdded) as caught:
        aggregate_areas(drawn(text), "SOUTH_CAUCASUS")
    assert caught.value.faults == (
        "the figures differ in unit_measure: 'AMD', 'USD'",
        "AZE has 2 figures for 2023; take the headlines",
    )


def test_a_sum_of_one_publication_only_can_be_asked_for():
    text = """
        measure | ref_area | time_period | source | value
        gva     | ARM      | 2023        | bank   | 1
        gva     | AZE      | 2023        | office | 2
    """
    assert computed(text, "SOUTH_CAUCASUS", "value", "sources") == [(3.0, ["bank", "office"])]
    with pytest.raises(MayNotBeAdded, match="differ in source: 'bank', 'office'"):
        aggregate_areas(drawn(text), "SOUTH_CAUCASUS", same=("source",))


def test_a_half_year_is_not_added_to_another_half():
    half = drawn("""
        measure | ref_area | time_period | freq | value
        gva     | ARM      | 2023-S1     | S    | 1
        gva     | AZE      | 2023-S2     | S    | 2
    """)
    with pytest.raises(MayNotBeAdded, match="2023: the figures differ in time_period: '2023-S1', '2023-S2'"):
        aggregate_areas(half, "SOUTH_CAUCASUS")


def test_a_share_of_a_group_is_the_sum_over_the_sum_of_the_same_countries():
    gva = drawn("""
        measure | ref_area | time_period | value
        gva     | ARM      | 2023        | 1
        gva     | AZE      | 2023        | 2
        gva     | KAZ      | 2023        | 9
    """)
    gdp = drawn("""
        measure | ref_area | sector | time_period | value
        gdp     | ARM      | _T     | 2023        | 10
        gdp     | AZE      | _T     | 2023        | 90
        gdp     | GEO      | _T     | 2023        | 30
    """)
    shares = ratio_of_sums(gva, gdp, group="SOUTH_CAUCASUS")
    assert shares.select(
        "year", "value", "numerator", "denominator", "areas", "left_out", "coverage"
    ).rows() == [
        (2023, 3.0, 3.0, 100.0, ["ARM", "AZE"], ["GEO"], 2 / 3),  # the average of 10 and 2.2 would be 6.1
    ]


def test_a_share_of_a_group_keeps_the_open_end_of_a_part():
    gva = drawn("""
        measure | ref_area | time_period | hedge | value | low | high
        gva     | ARM      | 2023        | over  | 1     | 1   | inf
        gva     | AZE      | 2023        | exact | 2     | 2   | 2
    """)
    gdp = drawn("""
        measure | ref_area | sector | time_period | value
        gdp     | ARM      | _T     | 2023        | 10
        gdp     | AZE      | _T     | 2023        | 90
    """)
    assert ratio_of_sums(gva, gdp).select("value", "low", "high", "hedge").rows() == [(3.0, 3.0, inf, "over")]


def test_a_share_of_a_group_below_the_coverage_is_withheld_and_a_fixed_one_keeps_its_countries():
    gva = drawn("""
        measure | ref_area | time_period | value
        gva     | ARM      | 2022        | 1
        gva     | AZE      | 2022        | 2
        gva     | AZE      | 2023        | 3
    """)
    gdp = drawn("""
        measure | ref_area | sector | time_period | value
        gdp     | ARM      | _T     | 2022        | 10
        gdp     | AZE      | _T     | 2022        | 80
        gdp     | AZE      | _T     | 2023        | 100
    """)
    seen = ("year", "value", "areas", "missing", "figure_ids", "reason")
    short = "withheld: members with data are 33% of the group by members, 66% is needed"
    assert ratio_of_sums(gva, gdp, group="SOUTH_CAUCASUS").select(seen).rows() == [
        (2022, 300 / 90, ["ARM", "AZE"], ["GEO"], ["F1", "F2", "F1", "F2"], None),
        (2023, None, ["AZE"], ["ARM", "GEO"], ["F3", "F3"], short),
    ]
    fixed = ratio_of_sums(gva, gdp, group="SOUTH_CAUCASUS", composition=FIXED, needed=0)
    assert fixed.select("value", "areas").rows() == [(2.5, ["AZE"]), (3.0, ["AZE"])]
    assert ratio_of_sums(gva.clear(), gdp, group="SOUTH_CAUCASUS").is_empty()


def test_a_figure_that_is_no_part_is_on_neither_side_of_a_ratio():
    exports = drawn("""
        measure          | ref_area | counterpart_area | time_period | value
        exports_services | ARM      | _T               | 2023        | 1
        exports_services | AZE      | RUS              | 2023        | 2
    """)
    heads = drawn("""
        measure    | ref_area | sector | time_period | unit_measure | value
        population | ARM      | _T     | 2023        | PS           | 4
        population | AZE      | _T     | 2023        | PS           | 10
    """)
    assert ratio_of_sums(exports, heads, times=1).select("value", "areas").rows() == [(0.25, ["ARM"])]


@pytest.mark.parametrize(("above", "below", "share"), [
    # hedge | value | low | high       hedge | value | low | high       value, low, high, hedge
    ("exact   | 2  | 2   | 2",         "exact   | 50 | 50 | 50",        (4.0, 4.0, 4.0, "exact")),
    ("between |    | 2   | 4",         "exact   | 50 | 50 | 50",        (None, 4.0, 8.0, "between")),
    ("exact   | 2  | 2   | 2",         "about   | 50 | 40 | 80",        (4.0, 2.5, 5.0, "about")),
    ("exact   | 2  | 2   | 2",         "over    | 50 | 50 | inf",       (None, 0.0, 4.0, "between")),
    ("exact   | -2 | -2  | -2",        "about   | 50 | 40 | 80",        (-4.0, -5.0, -2.5, "about")),
    ("between |    | -2  | 4",         "about   | 50 | 40 | 80",        (None, -5.0, 10.0, "between")),
    ("between |    | -4  | 0",         "about   | 50 | 40 | 80",        (None, -10.0, 0.0, "between")),
    ("exact   | 0  | 0   | 0",         "about   | 50 | 40 | 80",        (0.0, 0.0, 0.0, "about")),
    ("exact   | 2  | 2   | 2",         "up_to   | 50 | 0  | 50",        (None, None, None, "exact")),
    ("exact   | 2  | 2   | 2",         "exact   | 0  | 0  | 0",         (None, None, None, "exact")),
])  # fmt: skip
def test_a_share_holds_every_quotient_of_its_two_sums(above, below, share):
    gva = drawn(f"""
        measure | ref_area | time_period | hedge | value | low | high
        gva     | ARM      | 2023        | {above}
    """)
    gdp = drawn(f"""
        measure | ref_area | sector | time_period | hedge | value | low | high
        gdp     | ARM      | _T     | 2023        | {below}
    """)
    assert ratio_of_sums(gva, gdp).select("value", "low", "high", "hedge").row(0) == share


def test_what_one_side_alone_has_is_left_out_in_its_year_only():
    gva = drawn("""
        measure | ref_area | time_period | value
        gva     | ARM      | 2022        | 1
        gva     | ARM      | 2023        | 1
        gva     | GEO      | 2022        | 1
        gva     | AZE      | 2023        | 2
    """)
    gdp = drawn("""
        measure | ref_area | sector | time_period | value
        gdp     | ARM      | _T     | 2022        | 10
        gdp     | ARM      | _T     | 2023        | 10
        gdp     | KAZ      | _T     | 2023        | 90
    """)
    assert ratio_of_sums(gva, gdp).select("year", "areas", "left_out").rows() == [
        (2022, ["ARM"], ["GEO"]),
        (2023, ["ARM"], ["AZE", "KAZ"]),
    ]
