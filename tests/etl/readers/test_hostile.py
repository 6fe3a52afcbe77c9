"""Every hostile file is refused with a place and a word, every odd one is read; here in this process."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.readers.bad_file import BadFile, together
from etl.readers.inspect import inspected
from tests.conftest import ROOT
from tests.etl.readers.hostile import CASES, Case
from tests.etl.readers.hostile.__main__ import inspected as guarded

LIGHT = [case for case in CASES if not case.heavy]
GUARDED = (
    "a pipe",
    "a device",
    "arrow of a billion nulls",
    "zip of 2 GB of rows",
    "parquet of 400 million equal cells",
)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", LIGHT, ids=lambda case: case.name)
def test_a_hostile_file_is_refused_and_an_odd_one_read(tmp_path: Path, case: Case) -> None:
    path = tmp_path / case.file if case.file else tmp_path
    case.make(path)
    before = sorted(tmp_path.iterdir())
    total, said = outcome(path)
    if case.says:
        assert total is None
        assert re.search(case.says, said, re.IGNORECASE), said
    else:
        assert case.total is None or total == case.total, said
    assert sorted(tmp_path.iterdir()) == before


def outcome(path: Path) -> tuple[float | None, str]:
    """The sum of what was read, or None and the refusal."""
    try:
        found = inspected(path)
    except (BadFile, OSError) as refused:
        return None, str(refused).replace(str(path), "")
    return sum(t["sum"] or 0 for f in found["files"] for t in f["tables"]), str(found)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is looked up in /proc")
@pytest.mark.parametrize("case", [c for c in CASES if c.name in GUARDED], ids=lambda case: case.name)
def test_what_takes_too_much_is_ended_within_its_limits(tmp_path: Path, case: Case) -> None:
    path = tmp_path / case.file
    case.make(path)
    code, _, megabytes, said = guarded(path)
    assert (code, "Traceback" in said, "broke" in said) == (11, False, False), said
    assert megabytes < 500


def test_faults_are_told_together() -> None:
    faults = [BadFile(f"row {i}", "2 fields", "3", "Correct the row.") for i in range(1, 9)]
    assert str(together(faults, 10)) == (
        "row 1: 2 fields; expected 3. Correct the row. Also: row 2: 2 fields; row 3: 2 fields; row 4: 2 fields; "
        "row 5: 2 fields; and 13 more."
    )
    assert together(faults[:1]) is faults[0]


def test_a_file_may_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "t\n.csv"
    path.write_text("country,year,value\n\x1b[31mKAZ,2020,5\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "etl", "inspect", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b" not in done.stdout
    assert r"\x1b[31mKAZ" in done.stdout
