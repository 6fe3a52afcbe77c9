"""The same number where it is read by people: pages and slides beside the Answer, and raw files beside both.

A number on a page is rounded, so what is asked of it is that it is the value, rounded as it says: to the
digits it has, in the power of ten of its table, and a bound never away from its open side.
"""

import csv
import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import inf

import polars as pl
import pytest
from pptx import Presentation

from dashboard import site
from dashboard.explore.parts import Years
from dashboard.graph import Chart
from dashboard.grid import Grid
from exports.slides.deck import pptx
from exports.slides.spec import Deck, Slide
from exports.table import table
from indicators.answer import answer
from indicators.query import Query
from tests.conftest import RAW
from tests.dashboard.test_pages import nodes
from tests.exports.test_everywhere import draw

SEED, PAGES, DECKS = 1122, 40, 25
POWERS = {0: "", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
NUMBER = re.compile(r"[−-]?\d[\d.,\s]*")
ROUNDED = Decimal("0.5000001")
LOWER, UPPER = ("over", "at_least"), ("under", "up_to", "almost")


@pytest.fixture(scope="module")
def drawn(store, catalogue):
    """Answers of one sector, none empty."""
    dice, found = random.Random(SEED), {}
    while len(found) < PAGES:
        query = draw(store, catalogue, dice)
        query = replace(query, sector=query.sector or catalogue[query.indicator].sectors[0])
        given = answer(query, store, catalogue)
        if 0 < given.frame.height <= 400:
            found[query] = given
    return list(found.values())


def numbers(text, language):
    """The numbers of a text as people of the language read them, each with its digits after the point."""
    found = []
    for match in NUMBER.findall(text):
        bare = re.sub(r"\s", "", match.replace("−", "-")).rstrip(".,")
        grouped, point = (",", ".") if language == "en" else (".", ",")
        bare = bare.replace(grouped, "").replace(point, ".")
        found.append((Decimal(bare), len(bare.partition(".")[2])))
    return found


def exact(value):
    return Decimal(repr(float(value)))


def power_of(pairs):
    """The one power of ten in which a table writes: that in which its largest number is right."""
    known = [(abs(exact(v)), abs(n)) for n, v in pairs if v and n]
    if not known:
        return 0
    value, number = max(known)
    return min(POWERS, key=lambda p: abs(number.scaleb(p) / value - 1))


def holds(row, text, language, power):
    """Whether a text says the figure of a row."""
    said = [(n.scaleb(power), Decimal(1).scaleb(power - digits)) for n, digits in numbers(text, language)]
    if row["value"] is not None:
        assert len(said) == 1, (row, text)
        ((number, step),) = said
        off = number - exact(row["value"])
        if row["hedge"] in LOWER or (row["low"] != row["high"] and row["high"] == inf):
            return -max(step, abs(number) / 50) <= off <= 0
        if row["hedge"] in UPPER or row["low"] == -inf:
            return 0 <= off <= max(step, abs(number) / 50)
        return abs(off) <= step * ROUNDED
    ends = [e for e in (row["low"], row["high"]) if abs(e) != inf]
    near = [abs(n - exact(e)) <= max(step, abs(n) / 50) for (n, step), e in zip(said, ends, strict=True)]
    return all(near)


def shown(releases, catalogue, query, **more):
    address = "&".join([query.to_url(), *(f"{k}={v}" for k, v in more.items())])
    content = site.page(releases, catalogue, "/explore", f"?{address}")[0]
    return nodes(content)


def by_id(given):
    """Figure id and year → its row; a carried figure stands in several years."""
    return {(r["figure_id"], r["year"]): r for r in given.rows if r["figure_id"]}


def of_chart(traces, rows):
    """(number drawn, its row) of every mark of a value, rivals too."""
    return [
        (Decimal(repr(float(y))), rows[i, x])
        for t in traces
        if t.get("name") in ("headline", "rival")
        for i, y, x in zip(t["customdata"], t["y"], t["x"], strict=True)
        if i
    ]


def test_a_page_says_what_the_answer_says(drawn, releases, catalogue):
    """The chart and the table of years: every mark and every cell with a figure id."""
    cells = marks = 0
    for given in drawn:
        rows, language = by_id(given), given.query.lang
        parts = shown(releases, catalogue, given.query)
        for part in (p for p in parts if isinstance(p, Years)):
            lines = [zip(part.head[1:], line[1:], strict=True) for line in part.rows]
            said = [(c, rows[c[0], int(year)]) for line in lines for year, c in line if c and c[0]]
            held = [(c, r) for c, r in said if r["low"] is not None and r["obs_status"] != "N"]
            one = [(numbers(c[1], language)[0][0], r["value"]) for c, r in held if r["value"] is not None]
            power = power_of(one)
            assert language != "en" or POWERS[power] in part.head[0], part.head[0]
            for cell, row in held:
                assert holds(row, cell[1], language, power), (given.query.to_url(), cell, row)
                assert (cell[4], row["is_headline"]) == (row["rivals"], True)
            assert all(not numbers(c[1], language) for c, r in said if (c, r) not in held)
            cells += len(said)
        for part in (p for p in parts if isinstance(p, Chart)):
            own = of_chart(part.figure["data"], rows)
            power = power_of([(n, r["value"]) for n, r in own])
            for number, row in own:
                value = exact(row["value"])
                assert abs(number.scaleb(power) - value) <= abs(value) * Decimal("1e-14"), row
            marks += len(own)
    assert cells > 300
    assert marks > 300


def test_the_grid_of_a_page_holds_every_claim_in_full(drawn, releases, catalogue):
    compared = 0
    for given in drawn[::2]:
        language = given.query.lang
        parts = shown(releases, catalogue, given.query, table="figures")
        grid = next((p for p in parts if isinstance(p, Grid)), None)
        if grid is None:  # a page that can draw nothing lists nothing
            assert not any(r["low"] is not None and r["obs_status"] != "U" for r in given.rows)
            continue
        assert len(grid.rows) == given.frame.height
        ordered = sorted(given.rows, key=lambda r: (-(r["year"] or 0), r["ref_area"]))
        for line, row in zip(grid.rows, ordered, strict=True):
            assert line["id"] == (row["figure_id"] or "")
            ends = [row[n] for n in ("value", "low", "high") if row[n] is not None and abs(row[n]) != inf]
            assert line["figure"].get("value") == (ends[0] if ends else None), row
            assert line["rivals"].get("value") == row["rivals"]
            for end in ("low", "high"):
                written = numbers(line[end].get("text", ""), language)
                open_end = row[end] is None or abs(row[end]) == inf or row["low"] == row["high"]
                assert line[end].get("value") == (None if open_end else row[end])
                assert bool(written) != open_end, (line[end], row)
                for number, _ in written[:1]:
                    assert abs(number - exact(row[end])) <= Decimal("1e-10"), (line[end], row)
            compared += 1
    assert compared > 300


def test_a_chart_of_a_slide_says_what_the_answer_says(drawn, store, catalogue):
    """Each number that can be drawn, in the unit that most have, is one of the chart, and none besides."""
    compared = 0
    for given in drawn[:DECKS]:
        found = table(given, store, catalogue)
        deck = Deck("A deck", (Slide("chart", table=found),), given.query.lang, date(2026, 11, 22), base="")
        (slide,) = Presentation(BytesIO(pptx(deck))).slides
        charts = [s.chart for s in slide.shapes if s.has_chart]
        drawable = found.frame.filter(
            "is_headline", pl.col("year").is_not_null(), pl.col("obs_status") != "U"
        )
        drawable = drawable.filter(pl.any_horizontal(pl.col("value", "low", "high").is_not_null()))
        counts = (
            drawable["unit_measure"].value_counts().sort("count", "unit_measure", descending=[True, False])
        )
        assert len(charts) == min(counts.height, 1)
        for chart in charts:
            wanted = drawable.filter(unit_measure=counts["unit_measure"][0])["value"].drop_nulls().to_list()
            series = chart.plots[0].series
            values = [v for s in series for v in s.values if v is not None]
            assert set(values) <= set(wanted)
            if len(series) < 8:
                assert sorted(values) == sorted(wanted), given.query.to_url()
            compared += len(values)
    assert compared > 100


def slides_of(store, catalogue, query, kind="chart"):
    found = table(answer(query, store, catalogue), store, catalogue)
    deck = Deck("A deck", (Slide(kind, table=found),), query.lang, date(2026, 11, 22), base="")
    (slide,) = Presentation(BytesIO(pptx(deck))).slides
    return found.frame, slide


def test_claims_that_contradict_stand_beside_each_other_on_a_slide(store, catalogue):
    """Where the rule chooses none, a chart or a table of a slide does not choose either."""
    query = Query("museum_attendance", ("BLR",), rule="all")
    frame, slide = slides_of(store, catalogue, query)
    wanted = sorted(frame.filter(year=2023)["value"])
    assert len(set(wanted)) == 2
    (chart,) = [s.chart for s in slide.shapes if s.has_chart]
    at = list(chart.plots[0].categories).index("2023")
    assert sorted(s.values[at] for s in chart.plots[0].series) == wanted
    _, slide = slides_of(store, catalogue, query, "table")
    (grid,) = [s.table for s in slide.shapes if s.has_table]
    column = [c.text for c in grid.rows[0].cells].index("2023")
    cells = [line.cells[column].text for line in list(grid.rows)[1:]]
    power = power_of(
        [(n, v) for v, (n, _) in zip(wanted, sorted(numbers(" ; ".join(cells), "en")), strict=True)]
    )
    assert sorted(n.scaleb(power) for n, _ in numbers(" ; ".join(cells), "en")) == [exact(v) for v in wanted]


def test_a_slide_says_that_a_figure_is_carried(store, catalogue):
    query = Query("museum_attendance", ("BLR",), carry=2)
    frame, slide = slides_of(store, catalogue, query, "table")
    carried = frame.filter(pl.col("carried_from").is_not_null(), is_headline=True)
    (grid,) = [s.table for s in slide.shapes if s.has_table]
    years = [c.text for c in grid.rows[0].cells]
    cells = [grid.rows[1].cells[years.index(str(y))].text for y in carried["year"] if str(y) in years]
    assert cells
    assert all(text.endswith("\N{NO-BREAK SPACE}c") for text in cells)  # the letter does not part from it
    assert any(
        "c: carried from an earlier year" in s.text_frame.text for s in slide.shapes if s.has_text_frame
    )


def test_a_table_of_a_slide_names_a_period_that_is_no_year(store, catalogue):
    frame, slide = slides_of(store, catalogue, Query("theatre_attendance", ("TUR",)), "table")
    seasons = frame.filter(pl.col("freq") != "A", is_headline=True)
    (grid,) = [s.table for s in slide.shapes if s.has_table]
    said = {h.text: c.text for h, c in zip(grid.rows[0].cells, grid.rows[1].cells, strict=True)}
    for row in seasons.iter_rows(named=True):
        assert f"{row['year'] - 1}/{row['year'] % 100}" in said[str(row["year"])]
    assert seasons.height > 2


# Raw files, read by a program of ten lines that shares nothing with etl/


def raw(pattern):
    (path,) = RAW.glob(pattern)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(store, catalogue, query):
    frame = answer(query, store, catalogue).frame
    return {(r["ref_area"], r["year"], r["source"]): r for r in frame.iter_rows(named=True)}


def test_exports_of_services_are_those_of_the_raw_file_in_millions(store, catalogue):
    said = found(store, catalogue, Query("exports_services", rule="all"))
    own = {(a, y): r for (a, y, source), r in said.items() if source == "unctad_creative_services"}
    compared = 0
    for line in raw("unctad_creative_services/*/*.csv"):
        row = own.get((line["economy_code"], int(line["year"])))
        if line["flow"] != "Exports" or row is None:
            continue
        expected = line["usd_million"] and float(Decimal(line["usd_million"]).scaleb(6))
        assert row["value"] == (expected if line["usd_million"] else None), line
        assert row["unit_measure"] == "USD"
        compared += 1
    assert compared > 1500


def test_films_are_those_of_the_raw_file(store, catalogue):
    said = found(store, catalogue, Query("films_national", rule="all"))
    own = {(a, y): r for (a, y, source), r in said.items() if source == "uis_feature_films"}
    lines = raw("uis_feature_films/*/*.csv")
    both = [(line, own[key]) for line in lines if (key := (line["location"], int(line["year"]))) in own]
    assert all(row["value"] == float(line["films"]) for line, row in both if line["films"])
    assert len(both) > 300


def test_employment_is_that_of_the_raw_file_in_thousands(store, catalogue):
    for sex, name in (("_T", "Total"), ("F", "Females"), ("M", "Males")):
        rows = answer(Query("employment", sector="culture", sex=sex, rule="all"), store, catalogue).frame
        own = rows.filter(source="eurostat_cultural_employment")
        lines = [
            line for line in raw("eurostat_cultural_employment/*/*.csv")
            if line["sex"] == name and line["value"] != ":"
        ]  # fmt: skip
        there = {float(Decimal(line["value"]).scaleb(3)) for line in lines}
        assert set(own["value"].drop_nulls()) <= there
        assert own.height > 100


def test_the_claims_of_kazakhstan_are_those_of_the_raw_file(store, catalogue):
    """Every claim of the file that an indicator shows as reported, by its figure id."""
    lines = {line["figure"]: line for line in raw("claims/*/figures/KAZ.csv")}
    compared = set()
    for indicator in catalogue:
        if indicator.formula != "as_reported":
            continue
        for row in answer(Query(indicator.id, ("KAZ",), rule="all"), store, catalogue).rows:
            line = lines.get(row["figure_id"])
            if line is None or not line["value"]:
                continue
            mult = int(line["unit_mult"] or 0)
            stated = float(Decimal(line["value"]).scaleb(mult))
            assert stated in (row["value"], row["low"], row["high"]), (line, row)
            assert row["unit_measure"] == line["unit"]
            assert row["time_period"] in (line["period"], "_X") or row["period_basis"] == "publication", line
            compared.add(row["figure_id"])
    assert len(compared) > 30
