"""What `add` must not take as certain: powers of ten said twice, quarters like months, rates, base periods."""

import pytest

from etl import run
from etl.errors import BuildStopped
from tests.conftest import silent
from tests.etl.desks import RECEIPT, setting, text

SDMX = "DATAFLOW,FREQ,REF_AREA,{},TIME_PERIOD,OBS_VALUE,{},OBS_STATUS\nX:Y(1.0),A,KAZ,{},2021,1.5,{},A\n"
FILM = setting("measure=turnover", "sector=film")
DOLLARS = setting("unit_measure=USD", "unit_mult=6")


def values(desk) -> list[tuple]:
    return [(period, unit, value) for _, _, _, _, _, period, unit, value, _ in desk.built()]


def test_the_attribute_of_the_power_holds_beside_a_dimension_of_units(desk, tmp_path):
    path = text(tmp_path / "t.csv", SDMX.format("UNIT_MEASURE", "UNIT_MULT", "USD", "6"))
    assert desk.add(path, *FILM, *RECEIPT, "--write", "a_source") == 0
    assert values(desk) == [("2021", "USD", 1.5e6)]


@pytest.mark.parametrize(("unit", "power", "opened"), [("MIO_EUR", "6", False), ("MIO_EUR", "0", True)])
def test_powers_that_contradict_one_another_are_a_question(desk, tmp_path, capsys, unit, power, opened):
    path = text(tmp_path / "t.csv", SDMX.format("UNIT", "UNIT_MULT", unit, power))
    assert desk.add(path, *FILM, *RECEIPT, "--write", "a_source") == (2 if opened else 0)
    assert (f"@UNIT_MULT {power}: is it {power}?" in capsys.readouterr().out) == opened


def test_a_column_of_powers_holds_beside_a_column_of_units(desk, tmp_path):
    rows = "Kazakhstan,U.S. dollars,Billions,225.5\nUzbekistan,U.S. dollars,Millions,90000\n"
    path = text(tmp_path / "t.csv", "Country,Units,Scale,2023\n" + rows)
    assert desk.add(path, *FILM, *RECEIPT, "--write", "a_source") == 0
    assert sorted(values(desk)) == [("2023", "USD", 90000e6), ("2023", "USD", 225.5e9)]


def test_a_power_in_the_only_attribute_of_the_unit_is_not_lost(desk, tmp_path):
    path = text(tmp_path / "t.csv", SDMX.format("KIND", "UNIT_MEASURE", "X", "MIO_EUR"))
    assert desk.add(path, *FILM, *RECEIPT, "--write", "a_source") == 0
    assert values(desk) == [("2021", "EUR", 1.5e6)]


def test_an_edition_without_its_statuses_is_stopped(desk, tmp_path, capsys):
    content = SDMX.format("UNIT", "UNIT_MULT", "EUR", "6")
    path = text(tmp_path / "t_2021.csv", content)
    assert desk.add(path, *FILM, *RECEIPT, "--write", "a_source") == 0
    newer = text(tmp_path / "t_2022.csv", content.replace("OBS_STATUS", "REMARK"))
    assert desk.add(newer, "--to", "a_source", "--published-on", "2026-06-01") == 11
    assert "OBS_STATUS" in capsys.readouterr().err


def test_what_a_rate_is_a_price_of_is_not_its_unit(desk, tmp_path, capsys):
    lines = "X:Y(1.0),A,NZD,EUR,2021,1.5\nX:Y(1.0),A,RUB,EUR,2021,40\n"
    path = text(tmp_path / "t.csv", "DATAFLOW,FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\n" + lines)
    assert desk.add(path, *setting("measure=exchange_rate_eur", "sector=_T")) == 0
    assert "unit_measure=NZD" in capsys.readouterr().out
    each = [w for c, a in (("NZD", "NZL"), ("RUB", "RUS"))
            for w in ("--each", f"CURRENCY:{c}=ref_area:{a},unit_measure:{c},unit_mult:0")]  # fmt: skip
    says = [*setting("measure=exchange_rate_eur", "sector=_T"), *each, *RECEIPT, "--write", "a_source"]
    assert desk.add(path, *says) == 0, capsys.readouterr()
    assert sorted(values(desk)) == [("2021", "NZD", 1.5), ("2021", "RUB", 40)]


QUARTERS = "Country;{};Turnover\n" + "".join(f"Kazakhstan;2022{{0}}{i};{i}\n" for i in (1, 2, 3, 4))


@pytest.mark.parametrize("name", ["Trimestre", "Quarter", "Квартал"])
@pytest.mark.parametrize("between", ["-", " - ", "."])
def test_the_name_of_a_column_says_that_it_counts_quarters(desk, tmp_path, name, between):
    rows = "".join(f"Kazakhstan;2022{between}{i};{i}\n" for i in (1, 2, 3, 4))
    path = text(tmp_path / "t.csv", f"Country;{name};Turnover\n{rows}")
    assert desk.add(path, *FILM, *DOLLARS, *RECEIPT, "--write", "a_source") == 0
    assert [period for period, _, _ in values(desk)] == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]


@pytest.mark.parametrize(("counts", "period"), [("quarter", "2022-Q3"), ("month", "2022-03")])
def test_quarters_that_may_be_months_are_a_question(desk, tmp_path, capsys, counts, period):
    path = text(
        tmp_path / "t.csv",
        "Country;Period;V\n" + "".join(f"Kazakhstan;{y}-{i};{i}\n" for y in (2021, 2022) for i in (1, 2, 3)),
    )
    assert desk.add(path, *FILM, *DOLLARS, *RECEIPT, "--write", "a_source") == 2
    assert "quarters or months? --counts quarter, half or month" in capsys.readouterr().out
    assert desk.add(path, *FILM, *DOLLARS, *RECEIPT, "--write", "a_source", "--counts", counts) == 0
    assert period in [p for p, _, _ in values(desk)]


@pytest.mark.parametrize(
    ("name", "period"), [("Trimestre", "2022-Q2"), ("Semestre", "2022-S2"), ("Mes", "2022-02")]
)
def test_a_column_of_numbers_beside_the_year_is_what_it_is_called(desk, tmp_path, name, period):
    path = text(tmp_path / "t.csv", f"Country;Año;{name};V\nKazakhstan;2022;1;5\nKazakhstan;2022;2;6\n")
    assert desk.add(path, *FILM, *DOLLARS, *RECEIPT, "--write", "a_source") == 0
    assert [p for p, _, _ in values(desk)][-1] == period


def test_the_year_of_constant_prices_is_asked_for_where_there_is_one(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country;Series;2022\nKazakhstan;Real;1\nKazakhstan;Nominal;2\n")
    says = [*setting("sector=_T"), *DOLLARS, "--each", "Series:Nominal=measure:gdp", "--each",
            "Series:Real=measure:gdp_constant", *RECEIPT, "--write", "a_source"]  # fmt: skip
    assert desk.add(path, *says) == 2
    assert "what is the base_per of Real? --each 'Series:Real=base_per:2015'" in capsys.readouterr().out
    assert desk.add(path, *says, "--each", "Series:Real=base_per:2015") == 0, capsys.readouterr()
    assert len(desk.built()) == 2


def test_the_year_of_constant_prices_is_asked_for_a_whole_table(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country;2021;2022\nKazakhstan;1;2\n")
    says = [*setting("sector=_T", "measure=gdp_constant"), *DOLLARS, *RECEIPT, "--write", "a_source"]
    assert desk.add(path, *says) == 2
    assert "--set base_per=CODE. The measure is an index" in capsys.readouterr().out
    assert desk.add(path, *says, "--set", "base_per=2015") == 0, capsys.readouterr()


def test_a_trial_needs_no_receipt(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country;2021;2022\nKazakhstan;1;2\n")
    assert desk.add(path, *FILM, *DOLLARS) == 0
    assert "2 observations" in capsys.readouterr().out


def test_a_dimension_called_geo_is_one_of_areas_although_most_are_regions(desk, tmp_path, capsys):
    rows = "".join(f"A,{geo}\t1\n" for geo in ("AT", "AT11", "AT12", "AT13", "AT21", "AT22"))
    path = text(tmp_path / "t.tsv", "freq,geo\\TIME_PERIOD\t2022 \n" + rows)
    assert desk.add(path, *FILM, *DOLLARS, "--map", "geo:?=aside") == 0
    said = capsys.readouterr().out
    assert "1 observations, 0 not yet outcomes, 5 cells aside" in said
    assert "left aside: freq=A, geo=AT11" in said


def test_a_house_without_a_source_is_a_fault_and_no_crash(desk):
    with pytest.raises(BuildStopped, match="no source has a figure"):
        run.build(desk.folder / "raw", desk.folder / "processed", say=silent)


def test_a_billion_behind_a_number_is_no_break_that_is_negligible(desk, tmp_path, capsys):
    path = text(tmp_path / "t.csv", "Country;2021;2022\nKazakhstan;1 bn;2\nUzbekistan;3;4 be\n")
    assert desk.add(path, *FILM, *DOLLARS) == 0
    said = capsys.readouterr().out
    assert "The flag 'bn': what does it say" in said
    assert "The flag 'be'" not in said
