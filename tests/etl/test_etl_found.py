"""Faults found while the tests were written; each test says what is right and fails until it is so."""

import shutil
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
import yaml

from etl.__main__ import main
from etl.draft import Draft
from etl.errors import Kind
from etl.source import sources
from etl.steps.amounts import read_amounts
from etl.steps.receive import stamp, vintages
from indicators.concepts.release import current_release
from tests.conftest import RAW
from tests.etl.test_faults import KAZ, replaced


def amount(text: str, power: int = 0):
    """One cell of a table, read: its row and its faults."""
    cell = pl.DataFrame({"file": ["f.csv"], "row": [2], "value": [text], "unit_mult": [str(power)]})
    read = read_amounts(Draft(cell, "a_source 2025"), value="value", marks={"": {"value": "required"}})
    return read.frame.row(0, named=True), read.faults


# ------------------------------------------------------------------------ exact or refused (etl/steps/amounts.py)


@pytest.mark.parametrize("text", ["0.12345678901", "0.00000000001", "132.880000000049"])
def test_a_number_with_more_digits_than_fit_is_refused_and_never_cut(text):
    """Cut silently to ten decimals: 0.00000000001 becomes the value 0, beside obs_low 1e-11."""
    row, faults = amount(text)
    assert row["obs_value"] == Decimal(text) or [fault.kind for fault in faults] == [Kind.BAD_VALUE]


def test_a_number_too_large_to_hold_is_refused_and_never_lost():
    """31 digits give a null value with status A and ends of 1.2e30, and no fault."""
    row, faults = amount("1234567890123456789012345", power=6)
    assert row["obs_value"] is not None or [fault.kind for fault in faults] == [Kind.BAD_VALUE]


# ------------------------------------------------------------------------ a crash is no message


def test_a_power_of_ten_in_superscript_is_a_fault_and_not_a_crash(workshop, capsys):
    """etl/sources/claims/job.py: "³".isdigit() holds and int("³") raises ValueError."""
    replaced('"149,600 people",exact,149600,,0,PS', '"149,600 people",exact,149600,,³,PS')(
        workshop / "raw" / KAZ
    )
    assert main(["--data", str(workshop), "check"]) == 13
    assert "expected a power of ten" in capsys.readouterr().err


def test_status_of_a_release_that_was_deleted_says_what_to_run(workshop, capsys):
    """etl/status.py catches NoRelease only; the pointer names a folder that is gone: FileNotFoundError."""
    shutil.rmtree(current_release(workshop / "processed").folder)
    assert main(["--data", str(workshop), "status"]) == 0
    assert "python -m etl build" in capsys.readouterr().out


# ------------------------------------------------------------------------ what is said


def test_where_nothing_changed_the_operator_is_told_so(workshop, capsys):
    """`build --if-changed` ends with 0 and says nothing at all, so that `make run` looks as if it hung or failed."""
    assert main(["--data", str(workshop), "build", "--if-changed"]) == 0
    said = capsys.readouterr()
    assert "up to date" in said.out + said.err


# ------------------------------------------------------------------------ nothing is lost


def test_a_receipt_is_stamped_without_losing_what_it_says(tmp_path):
    """etl/steps/receive.py, stamp: the head is cut at the first "files:", be it in a remark."""
    shutil.copytree(RAW / "uis_feature_films", tmp_path / "uis_feature_films")
    path = next(tmp_path.rglob("receipt.yaml"))
    before = path.read_text("utf-8")
    path.write_text(before.replace('remark: "', 'remark: "Made of two files: '), "utf-8")
    uis = next(source for source in sources() if source.id == "uis_feature_films")
    for vintage in vintages(uis, tmp_path)[0]:
        stamp(vintage)
    stamped = yaml.safe_load(path.read_text("utf-8"))
    assert stamped["remark"].startswith("Made of two files: Excludes co-productions")
    assert set(stamped) == set(yaml.safe_load(before))


def test_a_figure_at_constant_prices_names_its_base_year(processed):
    """measure.csv: "value added at the prices of a base year named with the figure"; PAK-008 has it in a remark only."""
    rows = pl.read_parquet(processed / "current" / "observations" / "*.parquet")
    constant = rows.filter(pl.col("measure") == "gva_constant").select("figure_id", "base_per", "obs_comment")
    assert constant.filter(pl.col("base_per").is_null()).rows() == []


def test_a_text_without_an_address_has_none(processed):
    """sources.parquet: the ledger's own row has the address "" and all other texts without one have null."""
    register = pl.read_parquet(processed / "current" / "sources.parquet")
    assert register.filter(pl.col("address") == "")["source"].to_list() == []


# ------------------------------------------------------------------------ periods


@pytest.mark.parametrize("written", ["٢٠٢٤", "２０２４", "२०२४-H1", "٢٠٢٤-Q1"])
def test_a_year_in_other_digits_is_refused_or_is_the_same_period(written):
    r"""indicators/concepts/period.py: \d matches them, and time_period keeps them, so that no rival is found."""
    from indicators.concepts.period import UnreadablePeriod, parse

    try:
        period = parse(written)
    except UnreadablePeriod:
        return
    assert period.time_period.isascii()
    assert period.start >= date(2024, 1, 1)
