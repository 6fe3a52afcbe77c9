"""Faults: the exit codes that are documented are those that are given, and the report reads well."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import __main__ as command
from etl import errors
from etl.errors import BrokenRelease, BuildLocked, BuildStopped, EtlError, Fault, FetchFailed, Kind, report
from tests.etl.test_faults import FAULTS


def fault(kind: Kind = Kind.BAD_VALUE, row: int | None = 2, seen: str = "'x'", **other: str) -> Fault:
    said = {"where": "claims 2026-11-22", "file": "figures/KAZ.csv", "column": "value"} | other
    return Fault(kind=kind, row=row, seen=seen, expected="expected a number", fix="Correct the row.", **said)


# ------------------------------------------------------------------------ exit codes


def documented() -> dict[str, int]:
    """Name → exit code, as the tree at the top of etl/errors.py draws it."""
    lines = re.findall(r"^(?:[│├└─ ]*)([A-Z]\w+)\s+(\d\d)\s", errors.__doc__, re.MULTILINE)
    return {name: int(code) for name, code in lines}


def test_the_exit_codes_at_the_top_of_the_file_are_those_that_are_given():
    kinds = {kind.name: kind.value for kind in Kind}
    others = {error.__name__: error.exit_code for error in (BuildLocked, BrokenRelease, FetchFailed)}
    assert documented() == kinds | others


def test_the_help_of_the_command_names_the_same_codes():
    first, last = min(kind.value for kind in Kind), max(kind.value for kind in Kind)
    assert f"{first} to {last} the raw figures have faults" in command.__doc__
    assert f"{BuildLocked.exit_code} another build" in command.__doc__
    assert f"{BrokenRelease.exit_code} a release" in command.__doc__


def test_no_two_failures_share_an_exit_code():
    codes = [kind.value for kind in Kind] + [
        error.exit_code for error in EtlError.__subclasses__() if error is not BuildStopped
    ]
    assert len(codes) == len(set(codes))
    assert not {0, 1, 2} & set(codes), "0 is done, 1 a crash, 2 wrong words"


def test_every_kind_of_fault_is_shown_by_a_spoiled_file():
    """tests/etl/test_faults.py spoils a raw file for each code that a build can end with."""
    assert {code for _, _, _, code, _ in FAULTS} == {kind.value for kind in Kind}


@given(st.lists(st.sampled_from(Kind), min_size=1))
def test_a_build_ends_with_the_code_of_its_gravest_fault_and_a_changed_file_is_the_least(kinds):
    code = BuildStopped([fault(kind) for kind in kinds]).exit_code
    others = [kind.value for kind in kinds if kind is not Kind.CHANGED_FILE]
    assert code == (max(others) if others else Kind.CHANGED_FILE.value)


# ------------------------------------------------------------------------ what is said


def test_one_fault_reads_as_place_row_value_and_way_out():
    assert report((fault(),)) == (
        "claims 2026-11-22, figures/KAZ.csv: bad value (1)\n"
        "  row 2: value 'x'; expected a number\n"
        "  Correct the row."
    )


def test_the_same_value_in_several_rows_is_said_once_with_its_rows_in_order():
    said = report((fault(row=7), fault(row=3), fault(row=5, seen="'y'")))
    assert "bad value (3)" in said
    assert "  row 3, 7: value 'x'; expected a number\n  row 5: value 'y'" in said
    assert said.count("Correct the row.") == 1


def test_a_fault_of_a_whole_file_names_no_row_and_no_column():
    gone = Fault(
        Kind.UNREADABLE,
        "s v",
        "a.csv",
        None,
        None,
        "the file is missing",
        "the receipt lists it",
        "Restore it.",
    )
    assert report((gone,)).splitlines()[1] == "  the file is missing; the receipt lists it"


def test_two_files_are_two_paragraphs():
    said = report((fault(), fault(file="figures/TUR.csv"), fault(kind=Kind.DUPLICATE)))
    assert re.findall(r"^claims .*$", said, re.MULTILINE) == [
        "claims 2026-11-22, figures/KAZ.csv: bad value (1)",
        "claims 2026-11-22, figures/TUR.csv: bad value (1)",
        "claims 2026-11-22, figures/KAZ.csv: duplicate (1)",
    ]


@pytest.mark.parametrize(
    ("count", "more"), [(30, None), (31, "… and 1 more like these"), (500, "… and 470 more like these")]
)
def test_a_flood_of_faults_is_cut_and_counted(count, more):
    said = report(tuple(fault(row=n, seen=f"'{n}'") for n in range(count)))
    assert f"({count})" in said
    assert said.count("expected a number") == min(count, 30)
    assert more is None or more in said
    assert ("more like these" in said) == (more is not None)


def test_many_rows_of_one_value_are_cut_too():
    said = report(tuple(fault(row=n) for n in range(2, 20)))
    assert "row 2, 3, 4, 5, 6, 7, 8, 9 …: value 'x'" in said
    assert "(18)" in said
