"""The ledger: a slip of the pen in one row stops the build with its row and what to write."""

import shutil
from pathlib import Path

import pytest

from etl.collect import collect
from etl.errors import BuildStopped
from etl.source import sources
from tests.conftest import RAW
from tests.etl.test_faults import KAZ, replaced

LEDGER = next(source for source in sources() if source.id == "claims")
PAK = KAZ.replace("KAZ", "PAK")
PEOPLE = '"149,600 people",exact,149600,,0,PS'

SLIPS = [
    # what was done,                       file, from,                 to,                                                exit code, what is said
    ("a power of ten in superscript",      KAZ, PEOPLE,               '"149,600 people",exact,149600,,³,PS',                    13, ["unit_mult '³'", "expected a power of ten, 0 to 15"]),
    ("a power of ten that is none",        KAZ, PEOPLE,               '"149,600 people",exact,149600,,16,PS',                   13, ["unit_mult '16'", "expected a power of ten"]),
    ("a decimal more than can be held",    KAZ, PEOPLE,               '"149,600 people",exact,149600.00000000001,,0,PS',        13, ["149600.00000000001", "at most 10 decimals"]),
    ("a range without its second end",     KAZ, PEOPLE,               '"149,600 people",between,149600,,0,PS',                  13, ["value_high ''", "second end for `between`"]),
    ("a range that runs backwards",        KAZ, PEOPLE,               '"149,600 people",between,149600,140000,0,PS',            13, ["'140000'", "expected more than 149600"]),
    ("a second end that is no range's",    KAZ, PEOPLE,               '"149,600 people",exact,149600,150000,0,PS',              13, ["second end for `between`, and only there"]),
    ("constant prices without their base", PAK, "PKR,1999-07/2000-06", "PKR,",                                                  16, ["base_per None", "expected the base period"]),
    ("a base that is no period",           PAK, "PKR,1999-07/2000-06", "PKR,1999-2000",                                         13, ["'1999-2000' is no period", "2024-07/2025-06"]),
]  # fmt: skip


@pytest.fixture
def raw(tmp_path):
    """The ledger alone, to spoil."""
    shutil.copytree(RAW / "claims", tmp_path / "claims")
    return tmp_path


def told(raw: Path) -> BuildStopped:
    """How a build of this ledger would stop."""
    return BuildStopped(collect(LEDGER, raw).faults)


@pytest.mark.parametrize(
    ("what", "file", "old", "new", "code", "said"), SLIPS, ids=[slip[0] for slip in SLIPS]
)
def test_a_slip_of_the_pen_is_a_fault_and_never_a_crash(raw, what, file, old, new, code, said):
    replaced(old, new)(raw / file)
    stopped = told(raw)
    assert stopped.exit_code == code
    for words in said:
        assert words in str(stopped)


@pytest.mark.parametrize("spoil", [
    lambda content: content[:200] + b"\x98\xff" + content[200:],
    lambda content: b"",
    lambda content: content.replace(b"publication,", b"text,", 1),
    lambda content: content[:-1] + b',"left open\n',
], ids=["no UTF-8", "empty", "a column is gone", "a quote left open"])  # fmt: skip
def test_a_register_that_cannot_be_read_is_a_fault_and_never_a_crash(raw, spoil):
    register = next((raw / "claims").glob("*/publications.csv"))
    register.write_bytes(spoil(register.read_bytes()))
    assert "publications.csv" in str(told(raw))


def test_a_register_that_was_changed_and_not_received_is_a_changed_file(raw):
    register = next((raw / "claims").glob("*/publications.csv"))
    register.write_bytes(register.read_bytes().replace(b"Kazakhstanskaya", b"Kazakhstanskaja"))
    assert "publications.csv" in str(told(raw))


def test_a_reader_of_the_ledger_may_be_a_person_and_nobody_else(raw):
    replaced(",person,", ",machine,")(raw / KAZ)
    assert "expected nothing or 'person'" in str(told(raw))


def test_the_ledger_as_it_is_has_no_fault(raw):
    assert collect(LEDGER, raw).faults == ()
