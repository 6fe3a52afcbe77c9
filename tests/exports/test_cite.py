"""Citations: what is cited, who said it, from which release, when read; and code that fetches it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from exports import cite
from exports.table import LOCALE, table
from indicators.answer import answer
from indicators.holdings import passport
from indicators.language import languages, speak
from indicators.query import Query
from tests.exports.served import live, site

SITE, DAY = "https://indicators.example", date(2026, 11, 22)


@pytest.fixture(scope="module")
def found(store):
    return passport(store, "KAZ-056")


@pytest.fixture(scope="module")
def asked(store, catalogue):
    query = Query("employment", ("KAZ", "UZB"), since=2015)
    return table(answer(query, store, catalogue), store, catalogue)


def fields(entry: str) -> dict[str, str]:
    """The fields of one BibTeX entry, by counting braces as BibTeX does; it must be one entry and whole."""
    head = re.match(r"@misc\{([A-Za-z0-9-]+),\s*", entry)
    assert head, entry
    said, at = {}, head.end()
    while name := re.compile(r"([a-z]+) = \{").match(entry, at):
        depth, at, start = 1, name.end(), name.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(entry[at], 0)
            at += 1
        said[name[1]] = entry[start : at - 1]
        at = re.compile(r",?\s*").match(entry, at).end()
    assert entry[at:] == "}\n"
    return said


def tags(record: str) -> list[tuple[str, str]]:
    """The lines of a RIS record."""
    lines = record.split("\r\n")
    assert lines.pop() == ""
    read = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in lines]
    assert all(read), record
    return [(m[1], m[2]) for m in read]


def test_a_figure_is_cited_with_all_that_finds_it_again(found, store):
    cited = cite.figure(found, speak("en", LOCALE), SITE, DAY)
    address = f"{SITE}/figure/KAZ-056?release={store.release.id}"
    assert cited.address == address
    assert cited.text == (
        "Kazakhstan, Gross value added, Creative industries, 2025: over US$2,000,000,000. "
        "Kazinform (www.inform.kz), citing Akorda, “News report on the proposed CIS Association of Creative "
        f"Industries”, 11 October 2025. Creative Economy Indicators. Figure KAZ-056, release {store.release.id}. "
        f"{address} (accessed 22 November 2026)."
    )
    entry = fields(cited.bibtex)
    assert (entry["url"], entry["urldate"], entry["year"]) == (address, "2026-11-22", "2025")
    assert store.release.id in entry["note"]
    record = dict(tags(cited.ris))
    assert (record["TY"], record["UR"], record["Y2"]) == ("DATA", address, "2026/11/22/")
    assert tags(cited.ris)[-1] == ("ER", "")


def test_a_target_is_cited_as_a_target(store):
    text = cite.figure(passport(store, "UZB-014"), speak("en", LOCALE), SITE, DAY).text
    assert text.startswith("Uzbekistan, Employment, Target, ")
    region = cite.figure(passport(store, "AZE-022"), speak("en", LOCALE), SITE, DAY).text
    assert ", Planned, " in region
    assert ", Baku" in region
    assert ": over 50 " in region


def test_every_language_has_its_own_sentence(found, asked):
    texts = {cite.figure(found, speak(code, LOCALE), SITE, DAY).text for code in languages()}
    assert len(texts) == len(list(languages())) == 6
    spoken = [replace(asked, language=speak(code, LOCALE)) for code in languages()]
    assert len({cite.table(one, SITE, DAY).text for one in spoken}) == 6
    assert "дата обращения: 22 ноября 2026" in cite.figure(found, speak("ru", LOCALE), SITE, DAY).text


def test_an_answer_is_cited_by_its_question_and_its_publishers(asked, store):
    cited = cite.table(asked, SITE, DAY)
    assert cited.address == f"{SITE}/explore?{asked.query.to_url()}&release={store.release.id}"
    assert cited.text.startswith("Creative Economy Indicators. Employment: Kazakhstan, Uzbekistan, 2015–…. ")
    assert all(p in cited.text for p in asked.publications["publisher"])
    assert store.release.id in fields(cited.bibtex)["note"]
    assert '{"value", type number}' in cited.use["excel"]
    assert cited.use["excel"].count('"en-US"') == 1


@pytest.mark.parametrize(
    ("low", "high", "value", "hedge", "written"),
    [
        (1.0, 1.0, 1.0, "exact", "1 person"),
        (2.0, float("inf"), 2.0, "over", "over 2 persons"),
        (10.0, 20.0, None, "between", "10 – 20 persons"),
        (10.0, float("inf"), None, "over", "at least 10 persons"),
        (float("-inf"), 20.0, None, "under", "up to 20 persons"),
        (None, None, None, None, "Not available"),
    ],
)
def test_an_amount_keeps_its_hedge_and_its_interval(low, high, value, hedge, written):
    status = "A" if low is not None else "O"
    row = {
        "low": low,
        "high": high,
        "value": value,
        "hedge": hedge,
        "unit_measure": "PS",
        "obs_status": status,
    }
    assert cite.amount(row, speak("en", LOCALE)) == written


def test_a_title_full_of_tricks_stays_one_entry_and_one_record(found):
    hostile = "50% & {more} _x_ \\input{a}}\n@misc{evil,\r\nER  - \r\nTY  - BOOK"
    tricked = replace(found, figure={**found.figure, "title": hostile, "publisher": "A } {{ B # $ ~ ^"})
    cited = cite.figure(tricked, speak("en", LOCALE), SITE, DAY)
    assert set(fields(cited.bibtex)) >= {"title", "author", "url"}
    assert r"50\% \& " in cited.bibtex
    assert [tag for tag, _ in tags(cited.ris)].count("TY") == 1
    assert tags(cited.ris)[-1] == ("ER", "")


def test_the_python_of_a_citation_fetches_the_same_numbers(releases, catalogue, asked, found):
    """The snippets run as they are; those for R, Excel and Stata name the same addresses."""
    with live(site(releases, catalogue)) as address:
        cited, known = cite.table(asked, address, DAY), {}
        exec(cited.use["python"], known)
        frame = known["figures"]
        assert frame["figure_id"].tolist() == asked.frame["figure_id"].to_list()
        assert frame["value"].tolist() == asked.frame["value"].to_list()
        assert frame["hedge"].tolist() == asked.frame["hedge"].to_list()
        one = cite.figure(found, speak("en", LOCALE), address, DAY)
        exec(one.use["python"], known)
        assert known["figure"]["figure_id"] == "KAZ-056"
        assert (known["figure"]["low"], known["figure"]["open_end"]) == (2e9, "high")
    (data,) = re.findall(r'"(http\S+)"', cited.use["python"])
    assert all(f'"{data}"' in cited.use[program] for program in ("r", "excel"))
    assert f'"{data.removesuffix("csv")}dta"' in cited.use["stata"]
