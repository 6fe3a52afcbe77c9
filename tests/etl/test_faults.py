"""Spoiled raw files: the build says what is wrong, writes nothing, and the last release serves."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.__main__ import main
from indicators.concepts.release import current_id
from indicators.store import Releases

UNCTAD = "unctad_creative_services/2026-05-29/trade_in_creative_services.csv"
KAZ = "claims/2026-11-22/figures/KAZ.csv"
RATES = "world_context/2026-03-06/exchange_rate.csv"
FILMS = "uis_feature_films/2021-03/films_100pct_national.csv"


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines(keepends=True)


def replaced(old: str, new: str, times: int = 1) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, times), "utf-8")

    return spoil


def without_row(number: int) -> Callable[[Path], None]:
    return lambda path: path.write_text(
        "".join(line for n, line in enumerate(lines(path), 1) if n != number), "utf-8"
    )


def doubled_row(number: int) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        kept = lines(path)
        path.write_text("".join([*kept, kept[number - 1]]), "utf-8")

    return spoil


def cut_off(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


FAULTS = [
    # what was done,          file,   how,                                                 exit code, what is said
    ("a row is gone",         UNCTAD, without_row(10),                                     10, ["5335 rows", "5336", "is gone", "ATG"]),
    ("a value is altered",    UNCTAD, replaced("AFG,Afghanistan,Exports,2010,101.049", "AFG,Afghanistan,Exports,2010,101.94"), 10, ["row 2", "101940000", "101049000"]),
    ("a row stands twice",    UNCTAD, doubled_row(7),                                      14, ["row 7, 5338", "same key"]),
    ("an unknown label",      UNCTAD, replaced("Exports", "Export"),                       12, ["'Export'", "nearest known is 'Exports'", "row 2", "etl/sources/unctad_creative_services/flow.csv"]),
    ("an unknown country",    UNCTAD, replaced("KAZ,", "KAS,"),                            12, ["'KAS'", "ref_area.csv"]),
    ("a number in words",     UNCTAD, replaced("101.049", "about 101"),                    13, ["'about 101'", "row 2"]),
    ("a decimal comma",       UNCTAD, replaced("101.049", '"101,049"'),                    13, ["'101,049'", "1234.5"]),
    ("a value without reason", UNCTAD, replaced("101.049", ""),                            13, ["no mark says why it is missing"]),
    ("a year of five digits", UNCTAD, replaced("2023", "20233"),                           13, ["'20233'", "is no period"]),
    ("a year out of range",   UNCTAD, replaced(",2023,", ",3023,"),                        13, ["3023", "1900 to 2100"]),
    ("a column renamed",      UNCTAD, replaced("usd_million", "usd_mn"),                   11, ["'usd_million' is gone", "'usd_mn'"]),
    ("a column lost",         FILMS,  replaced("country,year", "year"),                    11, ["'country' is gone"]),
    ("a file cut off",        UNCTAD, cut_off,                                             11, ["cut off"]),
    ("an empty file",         UNCTAD, lambda p: p.write_bytes(b""),                        11, ["the file is empty"]),
    ("a header only",         UNCTAD, lambda p: p.write_text(lines(p)[0]),                 10, ["0 rows", "5336"]),
    ("a wrong encoding",      KAZ,    lambda p: p.write_bytes(p.read_text("utf-8").encode("cp1251", "replace")), 11, ["is not UTF-8", "Windows-1251"]),
    ("UTF-16",                KAZ,    lambda p: p.write_text(p.read_text("utf-8"), "utf-16"), 11, ["UTF-16"]),
    ("a NUL byte",            KAZ,    lambda p: p.write_bytes(p.read_bytes().replace(b"film", b"fi\0m", 1)), 11, ["NUL"]),
    ("a quote left open",     KAZ,    replaced('"19,9', "\"19,9\" \"\n\""),                 11, ["cannot be read"]),
    ("a file that is gone",   KAZ,    lambda p: p.unlink(),                                11, ["the file is missing"]),
    ("the print contradicts", KAZ,    replaced('"149,600 people",exact,149600', '"149,600 people",exact,194600'), 13, ["'149,600 people' reads 149600", "194600"]),
    ("the hedge contradicts", KAZ,    replaced("около 95 тысяч,about", "около 95 тысяч,exact"), 13, ["says 'about'"]),
    ("two hedges at odds",    KAZ,    replaced("около 95 тысяч,about", "более около 95 тысяч,about"), 13, ["более около 95 тысяч"]),
    ("a bound below nothing", KAZ,    replaced("около 95 тысяч,about,95", "около 95 тысяч,up_to,-95"), 13, ["-95", "lies below 0"]),
    ("an unknown hedge",      KAZ,    replaced(",about,", ",roughly,"),                    13, ["'roughly'", "almost"]),
    ("a figure id twice",     KAZ,    replaced("KAZ-002", "KAZ-001"),                      14, ["KAZ-001", "same figure id"]),
    ("an unknown measure",    KAZ,    replaced(",attendance,", ",atendance,"),             12, ["'atendance'", "nearest known is 'attendance'"]),
    ("an unknown text",       KAZ,    replaced("kazakhstanskaya_pravda_undated", "pravda"), 12, ["'pravda'", "publications.csv"]),
    ("a unit of another measure", KAZ, replaced("exact,149600,,0,PS", "exact,149600,,0,PT"), 16, ["employment is measured in"]),
    ("a negative count",      FILMS,  replaced("AUS,Australia,2011,39", "AUS,Australia,2011,-39"), 16, ["-39", "least possible"]),
    ("an outcome in the future", KAZ, replaced(",2019,stated,observed", ",2031,stated,observed"), 16, ["is a plan, a target or a forecast"]),
    ("a rate for nobody",     RATES,  replaced("KAZ,2005", "KAX,2005"),                    12, ["'KAX'", "currency.csv"]),
    ("a correction that bites no more", KAZ.replace("KAZ", "TUR"), replaced("14 milyon 394 kişi,exact,14000394", "14 milyon 394 bin kişi,exact,14394000"), 15, ["TUR-017-thousand", "has probably mended it"]),
    ("no receipt",            "uis_feature_films/2021-03/receipt.yaml", lambda p: p.unlink(), 17, ["there is no receipt"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "file", "spoil", "code", "said"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_stops_the_build_and_is_explained(workshop, capsys, what, file, spoil, code, said):
    before, bytes_before = current_id(workshop / "processed"), everything(workshop / "processed")
    spoil(workshop / "raw" / file)

    assert main(["--data", str(workshop), "build"]) == code

    message = capsys.readouterr().err
    for words in said:
        assert words in message
    assert f"still serves the release {before}" in message
    assert everything(workshop / "processed") == bytes_before
    assert Releases(workshop / "processed").current().release.id == before


def everything(folder: Path) -> dict[str, str]:
    """Hash of every file but the lock and the history, which tells the time."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name not in (".lock", "history.csv"))
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_all_faults_are_told_in_one_run(workshop, capsys):
    path = workshop / "raw" / UNCTAD
    for spoil in (replaced("Exports", "Export"), replaced("101.049", "1O1"), replaced("34.838", "34.838x")):
        spoil(path)
    replaced("KAZ,2005", "KAX,2005")(workshop / "raw" / RATES)
    replaced(",about,", ",roughly,")(workshop / "raw" / KAZ)

    assert main(["--data", str(workshop), "check"]) != 0

    message = capsys.readouterr().err
    for words in ("'Export'", "'KAX'", "'roughly'", "'1O1'", "'34.838x'"):
        assert words in message


def test_a_reviewed_change_is_received_and_published(workshop, capsys):
    replaced("AFG,Afghanistan,Exports,2010,101.049", "AFG,Afghanistan,Exports,2010,102")(
        workshop / "raw" / UNCTAD
    )
    before = current_id(workshop / "processed")

    assert main(["--data", str(workshop), "receive", "unctad_creative_services"]) == 0
    assert main(["--data", str(workshop), "build"]) == 0

    assert current_id(workshop / "processed") != before
    assert "trade_in_creative_services.csv: 5336 rows" in capsys.readouterr().out


def test_a_source_that_is_not_there_cannot_be_received(workshop, capsys):
    assert main(["--data", str(workshop), "receive", "unctad"]) == 2
    assert "br_ibge_siic, claims" in capsys.readouterr().err
