"""The same number everywhere: answers to questions drawn at random, in every format, read back, compared.

What is expected comes from the Answer alone; every reader stands in reading.py and uses nothing of exports/.
"""

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from math import inf

import polars as pl
import pytest

from exports.columns import NAMES
from exports.formats import FORMATS
from exports.sdmx import csv_data, json_data, ml_data
from exports.sdmx.artefacts import artefacts
from exports.sdmx.rows import rows
from exports.table import table
from indicators.answer import answer
from indicators.formulas import PER
from indicators.query import MEMBERS, ROUNDINGS, Query, check
from indicators.reconcile import RULES
from indicators.transform import TRANSFORMS
from tests.exports import reading
from tests.exports.served import site

SEED, DRAWN, EACH, LEAST = 20261123, 150, 30, 450
"""Questions; how many answers each format is asked to give, and how many claims are compared, at least."""
LANGUAGES = ("en", "ru", "az", "kk", "tr", "bg")
WIDE = ("exports_services", "employment", "films_national", "imports_services_per_head") * 2
"""Indicators with many figures, drawn more often."""
GROUPS = ("CIS", "OTS", "CENTRAL_ASIA")
MOST = 600
"""Claims of an answer that is drawn; larger ones are measured elsewhere."""


def draw(store, catalogue, dice):
    """A question that a reader can ask: any indicator, and any wish that goes with it."""
    indicator = dice.choice([*catalogue, *(catalogue[name] for name in WIDE)])
    there = store.ask("coverage").filter(measure=indicator.numerator.measure)
    areas = [*there["ref_area"].unique().sort(), dice.choice([*GROUPS, "FJI"])]
    wished = {
        "sector": dice.choice(indicator.sectors[:2]),
        "sex": dice.choice("FM"),
        "since": dice.choice([2005, 2010, 2015]),
        "until": dice.choice([2020, 2024]),
        "currency": dice.choice(["USD", "EUR", "KZT", "local"]),
        "prices": dice.choice([2015, 2020]),
        "per": dice.choice([*PER]),
        "transform": dice.choice(TRANSFORMS),
        "members": dice.choice(MEMBERS),
        "rounding": dice.choice(ROUNDINGS),
        "carry": dice.choice([1, 3, 10]),
        "rule": dice.choice(RULES),
        "as_of": dice.choice([date(2025, 6, 1), date(2026, 1, 1)]),
    }
    query = Query(indicator.id, tuple(dice.sample(areas, min(len(areas), dice.choice([1, 3, 9, 20])))))
    query = replace(query, lang=dice.choice(LANGUAGES))
    if indicator.id != "employment":  # of nothing else is there a sex
        del wished["sex"]
    for name in dice.sample([*wished], dice.randint(0, 4)):
        asked = replace(query, **{name: wished[name]})
        query = query if check(asked, catalogue) else asked
    return query


@pytest.fixture(scope="module")
def drawn(store, catalogue):
    """Answers to questions that differ, few of them empty."""
    dice, found = random.Random(SEED), {}
    while len(found) < DRAWN:
        query = draw(store, catalogue, dice)
        given = answer(query, store, catalogue)
        if given.frame.height <= MOST and (given.frame.height or dice.random() < 0.05):
            found[query] = given
    return list(found.values())


@pytest.fixture(scope="module")
def tables(drawn, store, catalogue):
    return [table(given, store, catalogue) for given in drawn]


def neutral(text):
    """A text as a spreadsheet may be given it: what would be a formula begins with an apostrophe."""
    risky = text and (text.strip()[:1] in set("=+-@") or text[0] in "\t\r\n")
    return f"'{text}" if risky else text


def one_line(text):
    """A text as SDMX-CSV has it, whose readers take a line for a row."""
    return text.replace("\n", " ")


def literal(text):
    """What the file for Excel does beside: 1,5 would be 15 to it in English."""
    return "'" + text if re.fullmatch("[+-]?[0-9]+[.,][0-9]+|[0-9]+e[0-9]+", text) else neutral(text)


def expected(asked, *, carried=False, year=True, text=lambda text: text):
    """The claims of an answer, by the definitions of the columns and by nothing that renders them.

    Args:
        asked: the table; of it only the answer, and the target that stands beside a series.
        carried: whether a carried figure stands at the year it fills.
        year: whether the format says it beside the period.
        text: what the format does to free texts.
    """
    answered, found = asked.answer, []
    beside = asked.frame.select(n for n in NAMES if n.startswith("target_")).to_dicts()
    for row, aim in zip(answered.frame.to_dicts(), beside, strict=True):
        low, high = row["low"], row["high"]
        ends = {(True, True): "both", (True, False): "low", (False, True): "high", (False, False): "none"}
        said = {
            **row, **aim, "indicator": answered.query.indicator, "kind": "observed", "release": answered.release,
            "open_end": None if low is None else ends[low == -inf, high == inf],
            **{n: text(row[n]) if row[n] else None for n in ("title", "publisher")},
            "low": None if low == -inf else low, "high": None if high == inf else high,
        }  # fmt: skip
        if carried and row["carried_from"] is not None:
            said["time_period"] = str(row["year"])
        said |= {} if year else {"year": None}
        found.append(said)
    return reading.claims(found)


def compare(said, wanted):
    """Claim by claim, whatever their order; of the first that differs, how. The number of claims."""
    one, other = ([tuple(sorted(c.items())) for c in claims] for claims in (said, wanted))
    extra, lost = [*(Counter(one) - Counter(other))], [*(Counter(other) - Counter(one))]
    assert not extra, set(extra[0]) ^ set(min(lost, key=lambda c: len(set(c) ^ set(extra[0])), default=()))
    assert not lost, lost[0]
    return len(said)


def by(reader, with_names=False):
    return (lambda *a: reader(*a, NAMES)) if with_names else reader


READERS = {
    "csv": [reading.strict_csv, reading.strict_csv_by_duckdb],
    "csv-excel": [by(reading.excel_csv, True)],
    "xlsx": [by(reading.xlsx_by_calamine, True), by(reading.xlsx_by_openpyxl, True)],
    "parquet": [reading.parquet_by_duckdb],
    "arrow": [reading.arrow_by_pyarrow],
    "jsonstat": [reading.json_stat],
    "dta": [reading.stata_by_readstat, reading.stata_by_pandas],
}


SLOW = 4
"""Every so many files and messages are read by a further reader, which takes its time."""
SHEETS = {"csv": neutral, "csv-excel": literal, "xlsx": neutral}
"""Formats that spreadsheets open, and what they do to texts."""


def test_every_format_has_a_reader_of_others():
    assert set(FORMATS) == {*READERS, "sdmx-csv", "sdmx-ml", "sdmx-json"}  # SDMX below, in more forms


@pytest.mark.parametrize("format_id", READERS)
def test_a_file_says_what_the_answer_says(tables, tmp_path, format_id):
    """Each format gets its share of the answers, and each of its readers a share of those."""
    compared = 0
    for number, asked in enumerate(random.Random(format_id).sample(tables, EACH)):
        content = FORMATS[format_id].write(asked)
        reader = READERS[format_id][-1 if number % SLOW == 0 else 0]
        said = reader(content, asked.language.code, tmp_path)
        text = SHEETS.get(format_id, str)
        compared += compare(said, expected(asked, carried=format_id == "jsonstat", text=text))
    assert compared > LEAST


SDMX = {
    "csv-2.0": (lambda f, _: csv_data.csv(f), [reading.sdmx_csv, reading.sdmx_by_pysdmx]),
    "csv-1.0": (lambda f, _: csv_data.csv(f, version="1.0"), [reading.sdmx_csv, reading.sdmx_by_pysdmx]),
    "generic-2.1": (
        lambda f, _: ml_data.data_message(f, layout=ml_data.GENERIC),
        [reading.sdmx_generic_by_lxml, reading.sdmx_by_sdmx1],
    ),
    "specific-2.1": (
        lambda f, _: ml_data.data_message(f),
        [reading.sdmx_specific_by_lxml, reading.sdmx_by_pysdmx],
    ),
    "specific-3.0": (
        lambda f, _: ml_data.data_message(f, version="3.0", at=ml_data.FLAT),
        [reading.sdmx_specific_by_lxml, reading.sdmx_by_pysdmx],
    ),
    "json-2.0": (lambda f, made: [json_data.data_message(f, made)], [reading.sdmx_json]),
    "json-2.0-flat": (
        lambda f, made: [json_data.data_message(f, made, at=ml_data.FLAT)],
        [reading.sdmx_json],
    ),
}


@pytest.mark.parametrize("form", SDMX)
def test_a_message_of_sdmx_says_what_the_answer_says(tables, catalogue, form):
    write, readers = SDMX[form]
    """Each format is asked for in two forms or more: together they get the share of a format."""
    made, compared = artefacts(catalogue), 0
    full = [t for t in tables if t.frame.height]
    for number, asked in enumerate(random.Random(form).sample(full, EACH // 2)):
        content = b"".join(write([rows(asked)], made))
        said = readers[-1 if number % SLOW == 0 else 0](content, "", None)
        text = one_line if form.startswith("csv") else str
        compared += compare(said, expected(asked, carried=True, year=False, text=text))
    assert compared > LEAST // 2


def test_the_api_says_what_the_answer_says(tables, releases, catalogue):
    client, compared = site(releases, catalogue).test_client(), 0
    for asked in random.Random("api").sample(tables, EACH):
        content = client.get(f"/api/v1/data?{asked.query.to_url()}&page_size=1000")
        assert content.status_code == 200, content.text
        compared += compare(reading.api_json(content.data, "", None), expected(asked))
    assert compared > LEAST


# What no source has said yet, and one may say tomorrow

# The largest is below 8.988e307, where a double of Stata ends and its missing values begin.
AWKWARD = (
    0.1 + 0.2, 1 / 3, -0.0, 0.0, 5e-324, 8.9e307, 9007199254740993.0, 123456789012345680.0,
    -1234567.8901234567, 1e21, 1e-7, 2**53 + 2.0, 99999.99999999999, None,
)  # fmt: skip
ENDS = ((0.0, 0.0), (-inf, inf), (-inf, -0.5), (0.1 + 0.2, inf), (None, None), (-1e-300, 1e300))
SAID = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'grew'", 'say "over"; a, b', "Қазақстан; Ґжель, Şəki",
    "two\nlines", "\ttabbed", "trailing ", "1,5", "007", "1e5", "NaN", "NA", "true", "漢字 🎭", "<a>&amp;</a>",
)  # fmt: skip
PERIODS = (
    ("Q", "2024-Q2", date(2024, 4, 1), date(2024, 6, 30)), ("M", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("S", "2025-S1", date(2025, 1, 1), date(2025, 6, 30)), ("D", "2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ("_O", "2016-07-01/P1Y", date(2016, 7, 1), date(2017, 6, 30)), ("A", "2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("_X", "_X", None, None),
)  # fmt: skip
STATUS = ("A", "M", "N", "U", "P", "E", "B")


@pytest.fixture(scope="module")
def awkward(store, catalogue):
    """A table of claims that are hard to write: numbers at the edge, texts that readers misread."""
    given = answer(Query("exports_services", ("KAZ", "UZB", "AZE", "GEO", "TUR", "ARM")), store, catalogue)
    frame = given.frame.head(len(AWKWARD) * 6)
    changed = {
        "value": [AWKWARD[n % len(AWKWARD)] for n in range(frame.height)],
        "low": [ENDS[n % len(ENDS)][0] for n in range(frame.height)],
        "high": [ENDS[n % len(ENDS)][1] for n in range(frame.height)],
        "obs_status": [STATUS[n % len(STATUS)] for n in range(frame.height)],
        "is_headline": [n % 3 > 0 for n in range(frame.height)],
        **{c: [SAID[n % len(SAID)] for n in range(frame.height)] for c in ("title", "publisher")},
    }
    places = [PERIODS[n % len(PERIODS)] for n in range(frame.height)]
    times = zip(("freq", "time_period", "period_start", "period_end"), zip(*places, strict=True), strict=True)
    kinds = frame.schema
    spoiled = frame.with_columns(
        *(pl.Series(n, v, kinds[n]) for n, v in (changed | {n: list(v) for n, v in times}).items()),
        pl.Series("year", [p[3] and p[3].year for p in places], kinds["year"]),
    )
    return table(replace(given, frame=spoiled), store, catalogue)


@pytest.mark.parametrize(("format_id", "place"), [(f, n) for f, r in READERS.items() for n in range(len(r))])
def test_awkward_claims_survive_every_file(awkward, tmp_path, format_id, place):
    said = READERS[format_id][place](FORMATS[format_id].write(awkward), "en", tmp_path)
    text = SHEETS.get(format_id, str)
    wanted = expected(awkward, carried=format_id == "jsonstat", text=text)
    assert compare(said, wanted) == awkward.frame.height


@pytest.mark.parametrize(("form", "place"), [(f, n) for f, (_, r) in SDMX.items() for n in range(len(r))])
def test_awkward_claims_survive_every_message(awkward, catalogue, form, place):
    write, readers = SDMX[form]
    content = b"".join(write([rows(awkward)], artefacts(catalogue)))
    said = readers[place](content, "", None)
    text = one_line if form.startswith("csv") else str
    assert compare(said, expected(awkward, carried=True, year=False, text=text)) == awkward.frame.height
