"""Sums are exact and never too narrow; the facts about sectors hold together; published totals are met."""

import csv
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import combinations, permutations
from math import inf, isinf

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import sectors
from indicators.aggregate import Amount, MayNotBeAdded, add_sectors, aggregate_areas, overlaps, residual
from indicators.composites import members_on
from indicators.concepts.codelist import FOLDER, UnknownCode, codelist
from indicators.sums import exact_sum, hedge_of_sum, minus, plus
from tests.conftest import released
from tests.published.at_hand import needs_official
from tests.published.dcms import DCMS, YEARS, published


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Sums

CENTS = st.integers(-(10**12), 10**12).map(lambda n: n / 100)
ENDS = st.tuples(CENTS, CENTS, st.sampled_from(["shut", "open"])).map(
    lambda t: (min(t[:2]), inf if t[2] == "open" else max(t[:2]))
)


@given(st.lists(CENTS, max_size=12), st.randoms(use_true_random=False))
def test_a_sum_of_decimals_is_exact_in_any_order(numbers, chance):
    shuffled = chance.sample(numbers, len(numbers))
    assert exact_sum(numbers) == exact_sum(shuffled) == float(sum(Decimal(repr(n)) for n in numbers))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), max_size=8))
def test_a_sum_of_any_floats_does_not_depend_on_their_order(numbers):
    assert len({repr(exact_sum(order)) for order in list(permutations(numbers))[:24]}) <= 1


def test_a_sum_is_not_the_sum_of_the_errors_of_binary_fractions():
    assert sum([0.1] * 10) != 1.0
    assert exact_sum([0.1] * 10) == 1.0
    assert exact_sum([Decimal("1e20"), Decimal("0.1"), Decimal("-1e20")]) == 0.1


@pytest.mark.parametrize("numbers", [[float("nan")], [1.0, float("nan")], [inf, -inf]])
def test_what_has_no_sum_is_refused(numbers):
    with pytest.raises(ValueError, match=r"NaN|no sum"):
        exact_sum(numbers)


@given(st.lists(st.tuples(ENDS, st.floats(0, 1)), min_size=1, max_size=8))
def test_the_sum_of_intervals_holds_the_sum_of_any_points_in_them(drawn):
    parts = [Amount(None, low, high, "between") for (low, high), _ in drawn]
    points = [low + at * (1e6 if isinf(high) else high - low) for (low, high), at in drawn]
    total = plus(parts)
    slack = 1e-9 * (1 + sum(abs(p) for p in points))
    assert total.low - slack <= sum(points) <= total.high + slack


@given(st.lists(ENDS, min_size=1, max_size=5), ENDS)
def test_the_residual_holds_the_difference_of_the_ends(parts, total):
    left = residual(Amount(None, *total, "between"), [Amount(None, *p, "between") for p in parts])
    most = total[1] - sum(p[0] for p in parts)
    least = total[0] - sum(p[1] for p in parts)
    assert left.low == pytest.approx(least, rel=1e-9, abs=0.01)
    assert left.high == pytest.approx(most, rel=1e-9, abs=0.01)


@pytest.mark.parametrize(
    ("hedges", "of_the_sum"),
    [
        (["exact", "exact"], "exact"),
        (["exact", "over"], "over"),
        (["at_least", "over"], "over"),
        (["at_least", "at_least"], "at_least"),
        (["about", "almost", "exact"], "about"),
        (["up_to", "under"], "under"),
        (["over", "under"], "between"),
        (["about", "over"], "between"),
        (["between", "exact"], "between"),
    ],
)
def test_the_hedge_of_a_sum_is_true_of_it(hedges, of_the_sum):
    assert hedge_of_sum(hedges) == of_the_sum


def test_nothing_known_makes_nothing_known():
    nothing = Amount(None, None, None)
    assert plus([]) == plus([Amount(1, 1, 1), nothing]) == minus(nothing, Amount(1, 1, 1)) == nothing


@given(
    st.lists(
        st.tuples(st.sampled_from(["ARM", "AZE", "GEO", "KAZ"]), st.integers(2015, 2018), CENTS),
        unique_by=lambda t: t[:2],
        min_size=1,
    ),
    st.randoms(use_true_random=False),
)
def test_a_group_is_the_sum_of_its_members_however_the_rows_come(drawn, chance):
    def frame(found):
        names = ["ref_area", "year", "value"]
        return pl.DataFrame(found, schema=names, orient="row").with_columns(
            pl.col("value").alias("low"), pl.col("value").alias("high"), pl.lit("gva").alias("measure"),
            pl.lit("film").alias("sector"), pl.lit("USD").alias("unit_measure"),
        )  # fmt: skip

    sums = aggregate_areas(frame(drawn), "SOUTH_CAUCASUS", needed=0)
    assert sums.equals(aggregate_areas(frame(chance.sample(drawn, len(drawn))), "SOUTH_CAUCASUS", needed=0))
    for row in sums.to_dicts():
        inside = {a: v for a, y, v in drawn if y == row["year"] and a != "KAZ"}
        assert row["members"] == sorted(inside)
        assert row["missing"] == sorted({"ARM", "AZE", "GEO"} - set(inside))
        assert row["coverage"] == len(inside) / 3
        expected = float(sum(Decimal(repr(v)) for v in inside.values()))
        assert row["value"] == row["low"] == row["high"] == (expected if inside else None)


# Facts


def test_every_fact_about_sectors_names_listed_sectors_and_its_reference():
    listed = codelist("sector")
    for row in rows("sector_class"):
        assert row["sector"] in listed
        assert row["share"] in ("whole", "part")
        assert row["checked"] in ("read", "known", "assigned")
        assert row["version"]
        assert row["reference"]
        assert re.fullmatch(r"\d\d(\.\d{1,2})?|\d{4}|[A-H]", row["class"]), row
    for row in rows("sector_relation"):
        assert row["one"] in listed
        assert row["other"] in listed
        assert row["relation"] in ("contains", "part_of", "overlaps", "disjoint")
        assert row["reference"]


def test_no_class_and_no_relation_stands_twice():
    classes = [(r["sector"], r["scheme"], r["class"]) for r in rows("sector_class")]
    pairs = [frozenset((r["one"], r["other"])) for r in rows("sector_relation")]
    assert len(classes) == len(set(classes))
    assert len(pairs) == len(set(pairs))


def test_every_sector_has_a_classification_with_a_version_and_a_reference():
    known = {r["code"]: r for r in rows("classification")}
    assert {r["classification"] for r in rows("sector")} == set(known)
    for code, row in known.items():
        assert row["reference"], code
        assert row["version"] or code == "all"


def test_what_was_not_read_again_never_makes_a_list_complete():
    unread = {r["sector"] for r in rows("sector_class") if r["checked"] == "known"}
    complete = {r["code"] for r in rows("sector") if r["classes"] == "complete"}
    assert not unread & complete
    assert complete <= {r["sector"] for r in rows("sector_class")}


def test_a_whole_that_its_parts_make_up_says_where_that_is_written():
    for row in rows("sector"):
        assert row["parts"] in ("", "additive", "disjoint", "overlapping")
        if row["parts"]:
            assert row["reference"], row["code"]
            assert sectors.parts_of(row["code"])


def test_every_relation_reads_the_same_from_the_other_side():
    turned = {"contains": "part_of", "part_of": "contains"}
    codes = [c for c in codelist("sector") if not c.startswith(("ibge_", "acpsa_"))]
    for one, other in combinations([*codes, "acpsa_total", "acpsa_museums", "ibge_core"], 2):
        there, back = sectors.relation(one, other), sectors.relation(other, one)
        assert back.kind == turned.get(there.kind, there.kind), (there, back)
        assert set(back.shared) == set(there.shared)


def test_classes_and_tree_do_not_contradict_each_other():
    """The classes of a DCMS sub-sector lie in its sector, and siblings that add up share none."""
    held = defaultdict(set)
    for row in rows("sector_class"):
        held[row["sector"]].add(row["class"])
    for whole in ("dcms_creative", "dcms_digital", "dcms_cultural"):
        parts = sectors.parts_of(whole)
        assert set.union(*(held[p] for p in parts)) == held[whole]
        assert all(not held[a] & held[b] for a, b in combinations(parts, 2))


SETS = defaultdict(set)
for _row in rows("sector_class"):
    if _row["scheme"] == "SIC2007":
        SETS[_row["sector"]].add(_row["class"])


@given(st.sets(st.sampled_from(sorted(SETS)), min_size=1, max_size=4))
def test_sectors_are_added_where_their_sets_of_classes_have_nothing_in_common(chosen):
    parts = pl.DataFrame({"sector": sorted(chosen)}).with_columns(
        [pl.lit(1.0).alias(c) for c in ("value", "low", "high")]
        + [pl.lit(v).alias(c) for c, v in (("measure", "gva"), ("ref_area", "GBR"), ("time_period", "2016"))]
    )
    meeting = [pair for pair in combinations(sorted(chosen), 2) if SETS[pair[0]] & SETS[pair[1]]]
    if not meeting:
        assert add_sectors(parts)["value"].to_list() == [len(chosen)]
        return
    with pytest.raises(MayNotBeAdded) as caught:
        add_sectors(parts)
    assert len(caught.value.faults) == len(meeting)
    for (one, other), fault in zip(meeting, caught.value.faults, strict=True):
        assert fault.startswith(one)
        assert other in fault


def test_a_sector_that_nobody_lists_is_an_error():
    with pytest.raises(UnknownCode):
        sectors.relation("film", "filmm")


def test_a_class_list_that_is_not_complete_can_refuse_but_never_allow():
    assert sectors.relation("fcs2009_a", "fcs2009_e").kind == "unknown"
    assert sectors.relation("fcs2009_a", "museums").kind == "unknown"
    assert "ISIC4 9102" in sectors.relation("fcs2009_a", "museums").shared


def test_every_measure_that_adds_up_says_over_what():
    words = {"area", "region", "sector", "sex", "time"}
    for row in rows("measure"):
        over = [w for w in row["adds_up_over"].split("|") if w]
        assert set(over) <= words, row["code"]
        ratio = set(row["units"].split("|")) & {"PT", "PT_GDP", "TIMES", "RATIO", "IX", "COUNTRY"}
        assert not (ratio and over), row["code"]
        assert not ("time" in over and row["flow_or_stock"] == "stock"), row["code"]


# Groups


@pytest.mark.parametrize(
    ("group", "day", "members"),
    [
        ("CIS", date(2008, 12, 31), 10),
        ("CIS", date(2009, 12, 31), 9),  # Georgia left on 18 August 2009
        ("OTS", date(2019, 12, 31), 5),
        ("OIC", date(1969, 12, 31), 25),
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 12, 31), 27),
        ("ECO", date(2024, 12, 31), 10),
        ("CENTRAL_ASIA", date(1995, 12, 31), 5),
        ("WLD", date(2024, 12, 31), 250),  # every country of area.csv
    ],
)
def test_members_by_date(group, day, members):
    assert len(members_on(group, day)) == members


def test_an_area_without_members_is_no_group():
    with pytest.raises(MayNotBeAdded, match="KAZ is no group"):
        members_on("KAZ", date(2024, 12, 31))
    with pytest.raises(UnknownCode):
        members_on("CSI", date(2024, 12, 31))


def test_the_headlines_of_the_release_add_up_to_the_total_that_eurostat_publishes(processed):
    """EU27_2020 of cultural employment is the sum of its members, within their rounding to 100 persons."""
    found = observed(processed).filter(
        (pl.col("source") == "eurostat_cultural_employment")
        & (pl.col("measure") == "employment")
        & (pl.col("sex") == "_T")
    )
    sums = aggregate_areas(found, "EU27_2020")
    both = sums.filter(pl.col("kind") == "computed").join(
        sums.filter(pl.col("kind") == "reported").select("year", pl.col("value").alias("stated")), on="year"
    )
    assert both.height == 9
    whole = both.filter(pl.col("missing").list.len() == 0)
    assert whole.height > 0
    assert (whole["value"] - whole["stated"]).abs().max() <= 50 * 28


def test_the_lines_of_the_satellite_account_add_up_as_the_list_says(processed):
    found = observed(processed).filter(pl.col("source").is_in(["us_bea_acpsa", "br_ibge_siic"]))
    totals = {(r["measure"], r["sector"], r["year"]): r["value"] for r in found.to_dicts()}
    for whole in (c for c in codelist("sector") if c.startswith(("acpsa", "ibge")) and sectors.adds_up(c)):
        parts = sectors.parts_of(whole)
        for measure in found["measure"].unique():
            sums = add_sectors(found.filter(pl.col("sector").is_in(parts) & (pl.col("measure") == measure)))
            for row in sums.to_dicts():
                rounding = {"gva": 1e6, "turnover": 1e3, "employment": 1e3}.get(measure, 1.0)
                gap = abs(row["value"] - totals[measure, whole, row["year"]])
                assert gap <= rounding * (len(parts) + 1) / 2, (whole, measure, row["year"], gap)


def observed(processed):
    frame = released(processed)
    return frame.filter(pl.col("kind") == "observed").with_columns(
        pl.col("obs_value").cast(pl.Float64).alias("value"), pl.col("obs_low").alias("low"),
        pl.col("obs_high").alias("high"), pl.col("period_end").dt.year().alias("year"),
    )  # fmt: skip


# The United Kingdom: a total that is not the sum of its sectors


@needs_official
def test_the_sectors_of_the_uk_department_are_not_added():
    table = published("GVA_sector_tables.xlsx", 2, {"dcms"})
    parts = table.filter(pl.col("sector") != "dcms_all")
    assert parts["sector"].n_unique() == 8
    with pytest.raises(MayNotBeAdded) as caught:
        add_sectors(parts)
    said = " ".join(caught.value.faults)
    for pair in ("dcms_creative overlaps with dcms_cultural", "dcms_creative overlaps with dcms_digital",
                 "dcms_digital contains dcms_telecoms", "dcms_gambling overlaps with dcms_tourism"):  # fmt: skip
        assert pair in said
    assert len(overlaps(parts["sector"])) == len(caught.value.faults)


@needs_official
def test_the_published_total_is_less_than_the_sum_and_stays_as_published():
    table = published("GVA_sector_tables.xlsx", 2, {"dcms"})
    for year in YEARS:
        of_year = {
            r["sector"]: Amount(r["value"], r["low"], r["high"])
            for r in table.filter(pl.col("year") == year).to_dicts()
        }
        total = of_year.pop("dcms_all")
        left = residual(total, of_year.values())
        assert left.value == left.low == left.high < 0
        assert left.value < -0.4 * total.value  # counted twice or more: more than two fifths of the total
    assert total.value == pytest.approx(248.51526295318106e9)


@needs_official
@pytest.mark.parametrize(
    ("number", "whole"), [(2, "dcms_creative"), (3, "dcms_digital"), (4, "dcms_cultural")]
)
def test_the_sub_sectors_of_one_sector_add_up_to_it(number, whole):
    parts = published("GVA_subsector_tables.xlsx", number, {whole})
    assert set(parts["sector"]) == set(sectors.parts_of(whole))
    stated = published("GVA_sector_tables.xlsx", 2, {"dcms"}).filter(pl.col("sector") == whole)
    sums = add_sectors(parts).join(stated.select("year", pl.col("value").alias("stated")), on="year")
    assert sums.height == len(YEARS)
    for row in sums.to_dicts():
        assert row["value"] == pytest.approx(row["stated"], rel=1e-9)


@needs_official
def test_the_classes_of_the_uk_sectors_are_those_of_the_mapping():
    with (DCMS / "sic_mappings.csv").open(encoding="utf-8", newline="") as file:
        given_rows = list(csv.DictReader(file))
    names = {"creative": "dcms_creative", "culture": "dcms_cultural", "digital": "dcms_digital",
             "telecoms": "dcms_telecoms", "gambling": "dcms_gambling", "sport": "dcms_sport"}  # fmt: skip
    for theirs, ours in names.items():
        mapped = {r["sic"] for r in given_rows if r["sector"] == theirs}
        assert {c.code for c in sectors.activity_classes(ours)} == mapped


def test_headlines_of_an_answer_can_be_added_as_they_are(store, catalogue):
    from indicators.answer import answer
    from indicators.query import Query

    found = answer(Query("exports_services"), store, catalogue)
    sums = aggregate_areas(found.headlines, "OTS", years=[2022], needed=0)
    assert sums["kind"].to_list() == ["computed"]
    assert set(sums["members"][0]) <= {"AZE", "KAZ", "KGZ", "TUR", "UZB"}
