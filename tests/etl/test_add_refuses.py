"""What `add` refuses, what it writes, and further editions of a source."""

from pathlib import Path

import pytest

from etl.__main__ import main
from tests.etl.desks import RECEIPT, setting, text

TABLE = "Country;2022;2023\nKazakhstan;1;2\nUzbekistan;3;-\n"
OPTIONS = [*setting("measure=exports", "unit_measure=USD", "unit_mult=6", "sector=culture"), "--mark=-=nil"]


def test_open_questions_are_asked_with_the_option_that_settles_each(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", TABLE + "Georgia;1;1\nArmenia;2;2\nKazahstan;5;6\nFar East;7;8\n")
    assert desk.add(path, *RECEIPT, "--write", "a_source") == 2
    said = capsys.readouterr()
    for option in ("--mark='-=MEANING'", "--set measure=CODE", "--set unit_mult=CODE"):
        assert option in said.out
    assert "is it KAZ (Kazakhstan)? --map 'Country:Kazahstan=KAZ'" in said.out
    assert "Far East. --map 'Country:Far East=CODE' for each, or --map 'Country:?=aside'" in said.out
    assert "questions are open (--unsettled" in said.err
    assert desk.files() == []


def test_an_unsettled_source_stops_every_build_and_says_where(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", TABLE)
    assert desk.add(path, *OPTIONS[:-3], *RECEIPT, "--write", "a_source", "--unsettled") == 0
    capsys.readouterr()
    assert main(["--data", str(desk.folder), "build"]) == 17
    said = capsys.readouterr().err
    assert "published[1].set.sector is still open" in said
    assert "published[1].marks.- is still open" in said
    yaml_path = desk.folder / "sources" / "a_source" / "source.yaml"
    settled = yaml_path.read_text("utf-8").replace("sector: '?'", "sector: culture")
    yaml_path.write_text(settled.replace("'-': '?'", "'-': {value: absent, obs_status: M}"), "utf-8")
    assert len(desk.built()) == 4


@pytest.mark.parametrize(("options", "said"), [
    (["--map", "Contry:Kazakhstan=KAZ"], "'Contry:Kazakhstan' names no dimension"),
    (["--map", "Country:Kazahstan=KAZ"], "Country has no label 'Kazahstan'"),
    (["--where", "Country=KAZ"], "--where: Country has no code 'KAZ'"),
    (["--mark=x=nil"], "no value is missing by the mark 'x'"),
    (["--table", "Sheet9"], "there is no table 'Sheet9'"),
    (["--set", "sector"], "--set 'sector': expected NAME=VALUE"),
    (["--authority", "ministry"], "authority is 'ministry'; expected one of statistical_office"),
    (["--published-on", "../../../tmp/x"], "published_on: '../../../tmp/x' is no"),
    (["--language", "english"], "language is 'english'"),
    (["--publisher", ""], "the receipt needs publisher"),
])  # fmt: skip
def test_a_slip_of_the_pen_is_named_and_nothing_is_written(desk, tmp_path, capsys, options, said):
    path = text(tmp_path / "t.csv", TABLE)
    assert desk.add(path, *OPTIONS, *RECEIPT, *options, "--write", "a_source") == 2
    assert said in capsys.readouterr().err
    assert desk.files() == []


@pytest.mark.parametrize(
    "option", ["measure=export", "sector=cultur", "unit_measure=dollar", "unit_mult=million"]
)
def test_a_code_that_is_none_is_named_with_the_nearest(desk, tmp_path, capsys, option):
    path = text(tmp_path / "t.csv", TABLE)
    assert desk.add(path, *OPTIONS, "--set", option, *RECEIPT, "--write", "a_source") == 17
    said = capsys.readouterr().err
    assert f"set.{option.split('=')[0]} is {option.split('=')[1]!r}" in said
    assert "nearest is" in said or "expected a power of ten" in said
    assert desk.files() == []


@pytest.mark.parametrize(
    "name", ["../x_y", "a b", "A", "con/../../etc", "x\nevil: yes", "", "2024", "a" * 90, "a_source."]
)
def test_a_hostile_name_is_none(desk, tmp_path, name):
    path = text(tmp_path / "t.csv", TABLE)
    assert desk.add(path, *OPTIONS, *RECEIPT, "--write", name) == 2 or not name
    assert desk.files() == []


def test_words_that_are_yaml_stay_words(desk, tmp_path, capsys):
    """Labels NO, ~, 1.10 and a title that ends the document, in a file whose name is a mapping."""
    path = text(tmp_path / "a: {b} #c.csv", 'Country;2022\nNO;1.10\n~;2\n"x: y\n- z";3\n')
    evil = ["--title", "x\n---\nfiles: []", "--publisher", "!!python/object:os.system {}", "--authority",
            "government", "--published-on", "2026-05", "--language", "ru"]  # fmt: skip
    labels = ["--map", "Country:NO=NOR", "--map", "Country:~=KAZ", "--map", "Country:?=aside"]
    code = desk.add(
        path, *OPTIONS[:-1], *labels, "--column", "ref_area=Country", *evil, "--write", "a_source"
    )
    assert code == 0, capsys.readouterr()
    assert sorted((row[1], row[7]) for row in desk.built()) == [("KAZ", 2e6), ("NOR", 1.1e6)]


def test_a_mapping_that_makes_impossible_figures_is_not_written(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", TABLE)
    assert desk.add(path, *OPTIONS, "--set", "unit_measure=PS", *RECEIPT, "--write", "a_source") == 16
    assert "exports is measured in currency" in capsys.readouterr().err
    assert desk.files() == []


def test_a_write_that_fails_leaves_nothing(desk, tmp_path, monkeypatch):
    path = text(tmp_path / "t.csv", TABLE)

    def fails(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="no room"):
        desk.add(path, *OPTIONS, *RECEIPT, "--write", "a_source")
    assert desk.files() == []


def test_a_source_that_is_there_is_not_written_over(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", TABLE)
    assert desk.add(path, *OPTIONS, *RECEIPT, "--write", "a_source") == 0
    before = desk.files()
    assert desk.add(path, *OPTIONS, *RECEIPT, "--write", "a_source") == 2
    assert "is there already" in capsys.readouterr().err
    assert desk.files() == before


# ------------------------------------------------------------------------ further editions


@pytest.fixture
def edited(desk, tmp_path):
    title = "Exports, million USD\n"
    path = text(tmp_path / "exports_2023.csv", title + TABLE)
    options = [*setting("measure=exports", "sector=culture"), "--mark=-=nil"]
    assert desk.add(path, *options, *RECEIPT, "--write", "a_source") == 0
    return title


def test_a_further_edition_has_the_same_mapping_and_says_what_changed(desk, edited, tmp_path, capsys):
    newer = edited + TABLE.replace("2023", "2023;2024").replace(";2\n", ";2,5;9\n").replace(";-", ";3,5;4")
    path = text(tmp_path / "exports_2024.csv", newer)
    capsys.readouterr()
    assert desk.add(path, "--to", "a_source", "--published-on", "2026-06-01") == 0
    said = capsys.readouterr().out
    assert "TIME_PERIOD: '2024' is new" in said
    assert "mark '-' is gone" in said
    assert len(desk.built()) == 4 + 6
    assert (desk.folder / "raw" / "a_source" / "2026-06-01" / "receipt.yaml").exists()
    assert desk.add(path, "--to", "a_source", "--published-on", "2026-06-01") == 2


@pytest.mark.parametrize(("change", "said"), [
    (("million USD", "billion USD"), "_title is 'Exports, billion USD', not *million USD*"),
    (("Country", "Economy"), "no dimension Country; there is Economy"),
    (("Uzbekistan", "Üzbekistan"), "'Üzbekistan' has no code"),
    ((";-", ";x"), "'x'; expected a number such as 1234.5 or a known mark"),
    ((";2\n", ";2 r\n"), "the flag 'r'"),
])  # fmt: skip
def test_an_edition_that_has_changed_stops_and_names_what_changed(
    desk, edited, tmp_path, capsys, change, said
):
    path = text(tmp_path / "exports_2024.csv", (edited + TABLE).replace(*change))
    before = desk.files()
    capsys.readouterr()
    assert desk.add(path, "--to", "a_source", "--published-on", "2026-06-01") >= 11
    found = capsys.readouterr()
    assert said in found.err + found.out
    assert desk.files() == before


def test_a_file_of_another_name_is_no_edition(desk, edited, tmp_path, capsys):
    path = text(tmp_path / "imports_2024.csv", edited + TABLE)
    assert desk.add(path, "--to", "a_source") == 2
    assert "imports_2024.csv fits none of exports_*.csv" in capsys.readouterr().err
    assert desk.add(path, "--to", "no_source") == 2
