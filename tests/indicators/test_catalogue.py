"""The catalogue: what a definition must say, and that every fault of every file is told at once."""

from pathlib import Path

import pytest
import yaml

from indicators.catalogue import FOLDER, KINDS, OPTIONAL, BadDefinition, UnknownIndicator, load
from indicators.concepts.codelist import codelist
from indicators.concepts.indicator import AS_REPORTED

GONE = object()


def defined(folder: Path, indicator: str, /, **changes: object) -> None:
    """A copy of definitions/<indicator>.yaml in `folder` with other fields; GONE takes one away."""
    fields = yaml.safe_load((FOLDER / f"{indicator}.yaml").read_text("utf-8")) | changes
    kept = {field: value for field, value in fields.items() if value is not GONE}
    (folder / f"{indicator}.yaml").write_text(yaml.safe_dump(kept, allow_unicode=True), "utf-8")


def refused(folder: Path) -> list[str]:
    with pytest.raises(BadDefinition) as said:
        load(folder)
    return str(said.value).splitlines()


FAULTS = [
    # what is wrong,             of,            with,                                          what is said
    ("another id than the file", "gdp_share",   {"id": "gdp_shares"},                          "id 'gdp_shares' is not the file's name"),
    ("an unknown theme",         "gdp_share",   {"theme": "Finance"},                          "theme 'Finance' is none of Economy"),
    ("an unknown formula",       "gdp_share",   {"formula": "portion"},                        "formula 'portion' is none of"),
    ("an unknown polarity",      "gdp_share",   {"polarity": "better"},                        "polarity 'better' is none of more, less, none"),
    ("a share of nothing",       "gdp_share",   {"denominator": GONE},                         "a denominator belongs to"),
    ("a level with a divisor",   "value_added", {"denominator": [{"measure": "gdp"}]},         "a denominator belongs to"),
    ("an unknown measure",       "gdp_share",   {"numerator": {"measure": "gav"}},             "measure 'gav' is not in measure.csv"),
    ("an unknown denominator",   "gdp_share",   {"denominator": [{"measure": "gpd"}]},         "measure 'gpd' is not in measure.csv"),
    ("an unknown sector",        "gdp_share",   {"sectors": ["culture", "cultur"]},            "sector 'cultur' is not in sector.csv"),
    ("an unknown frequency",     "gdp_share",   {"freqs": ["A", "Y"]},                         "freq 'Y' is not in freq.csv"),
    ("an unknown unit",          "gdp_share",   {"unit": "percent"},                           "unit 'percent' is not in unit.csv"),
    ("an unknown field",         "gdp_share",   {"denominators": []},                          "'denominators' is no field; the nearest known is 'denominator'"),
    ("a term without a measure", "gdp_share",   {"numerator": {"mesure": "gva"}},              "expected a term with a measure"),
    ("a term with a slip in it", "gdp_share",   {"numerator": {"measure": "gva", "sectr": "_T"}}, "expected a term with a measure"),
    ("a term that is a word",    "gdp_share",   {"numerator": "gva"},                          "expected a term with a measure"),
    ("a term where terms stand", "gdp_share",   {"denominator": {"measure": "gdp"}},           "expected a list of terms"),
    ("a term of two measures",   "gdp_share",   {"numerator": {"measure": ["gva", "gdp"]}},    "expected a term with a measure"),
    ("a yes that is a word",     "gdp_share",   {"denominator": [{"measure": "gdp", "same_source": "never"}]}, "expected a list of terms"),
    ("a sector of a term",       "gdp_share",   {"denominator": [{"measure": "gdp", "sector": "all"}]}, "sector 'all' is not in sector.csv"),
    ("one caveat, no list",      "gdp_share",   {"caveats": "Read letter by letter."},         "expected a list of at least one"),
    ("no sector at all",         "gdp_share",   {"sectors": []},                               "expected a list of at least one"),
    ("decimals in words",        "gdp_share",   {"decimals": "one"},                           "expected a whole number from 0"),
    ("decimals below none",      "gdp_share",   {"decimals": -1},                              "expected a whole number from 0"),
    ("a basis that is true",     "gdp_share",   {"basis": True},                               "expected a whole number from 0"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "changes", "said"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_faulty_definition_is_refused_with_its_file_and_its_fault(tmp_path, what, name, changes, said):
    defined(tmp_path, name, **changes)
    lines = refused(tmp_path)
    assert any(line.startswith(f"{name}.yaml: ") and said in line for line in lines), lines


@pytest.mark.parametrize("field", sorted(KINDS.keys() - OPTIONAL))
def test_every_field_that_is_required_is_missed(tmp_path, field):
    defined(tmp_path, "gdp_share", **{field: GONE})
    assert f"gdp_share.yaml: lacks {field!r}" in refused(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected fields"),
        ("just words", "expected fields"),
        ("- a list", "expected fields"),
        ("id: [gdp_share", "is no YAML"),
    ],
)
def test_a_file_that_is_no_definition_is_refused_by_its_name(tmp_path, text, said):
    (tmp_path / "gdp_share.yaml").write_text(text, "utf-8")
    (line,) = refused(tmp_path)
    assert line.startswith("gdp_share.yaml: ")
    assert said in line


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    defined(tmp_path, "gdp_share", theme="Finance", polarity="better", sectors=["cultur", "musems"])
    defined(tmp_path, "value_added", unit="roubles")
    defined(tmp_path, "employment", question=GONE, basis=GONE)
    (tmp_path / "box_office.yaml").write_text("id: [", "utf-8")
    said = "\n".join(refused(tmp_path))
    for words in ("Finance", "better", "cultur", "musems", "roubles", "lacks 'basis'", "lacks 'question'"):
        assert words in said
    named = {line.split(":")[0] for line in said.splitlines()}
    assert named == {"gdp_share.yaml", "value_added.yaml", "employment.yaml", "box_office.yaml"}


def test_one_bad_file_is_enough_to_load_none(tmp_path):
    defined(tmp_path, "gdp_share")
    assert [i.id for i in load(tmp_path)] == ["gdp_share"]
    defined(tmp_path, "value_added", unit="roubles")
    refused(tmp_path)


def test_an_indicator_that_is_not_there_is_refused_with_the_nearest(catalogue):
    with pytest.raises(
        UnknownIndicator, match=r"'gdp_shar' is no indicator; the nearest known is 'gdp_share'"
    ):
        catalogue["gdp_shar"]
    with pytest.raises(UnknownIndicator, match=r"'zzz' is no indicator$"):
        catalogue["zzz"]


# ------------------------------------------------------------------------ our own definitions


def test_every_definition_of_ours_is_in_the_catalogue_once(catalogue):
    assert sorted(i.id for i in catalogue) == sorted(path.stem for path in FOLDER.glob("*.yaml"))


def test_every_indicator_asks_a_question_and_says_what_must_be_known(catalogue):
    for indicator in catalogue:
        assert indicator.question.endswith("?"), indicator.id
        assert all(caveat.endswith(".") for caveat in indicator.caveats), indicator.id
        assert indicator.sectors, indicator.id
        assert indicator.freqs, indicator.id
        assert indicator.decimals in range(5), indicator.id
        assert indicator.basis >= 1, indicator.id
        assert indicator.method.startswith(("https://", "http://")), indicator.id


def test_no_indicator_is_made_of_a_growth_as_if_it_were_a_level(catalogue):
    for indicator in catalogue:
        measures = {term.measure for term in (indicator.numerator, *indicator.denominators)}
        assert not [m for m in measures if m.endswith("_growth")], indicator.id


def test_a_sum_of_money_is_shown_in_a_currency_and_a_count_is_not(catalogue):
    for indicator in catalogue:
        if indicator.formula == AS_REPORTED:
            is_money = codelist("measure")[indicator.numerator.measure]["units"] == "currency"
            assert is_money == indicator.is_money, indicator.id
