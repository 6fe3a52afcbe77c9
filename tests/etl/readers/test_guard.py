"""What is read in a guarded process comes back as data; a reader that goes astray ends alone."""

import json
import subprocess
import sys

import pytest

from etl.__main__ import main
from etl.readers import guard
from etl.readers.cells import BadFile
from tests.conftest import ROOT, SHARED, needs_shared


def test_a_table_comes_back_as_plain_data(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("country,year,value\nKAZ,2020,5\nKAZ,2021,..\n", "utf-8")
    found = guard.guarded([str(path), "--cells", "2"])
    (table,) = found["files"][0]["tables"]
    assert (table["cells"], table["numeric"], table["sum"], table["missing"]) == (2, 1, 5.0, {"..": 1})
    assert table["first"][0]["place"]["row"] == 2


def test_a_reader_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(guard.sys, "executable", "sleep")
    monkeypatch.setattr(subprocess, "Popen", _instead(["sleep", "30"]))
    with pytest.raises(BadFile, match=r"more than 0\.3 seconds"):
        guard.guarded(["x"], seconds=0.3)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is looked up in /proc")
def test_a_reader_that_takes_too_much_memory_is_ended(monkeypatch):
    hungry = "import time; x = bytearray(300_000_000); time.sleep(30)"
    monkeypatch.setattr(subprocess, "Popen", _instead([sys.executable, "-c", hungry]))
    with pytest.raises(BadFile, match="more than 100 MB of memory"):
        guard.guarded(["x"], megabytes=100)


def test_a_reader_that_dies_is_reported_and_nothing_else_dies(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", _instead([sys.executable, "-c", "import os; os.abort()"]))
    with pytest.raises(BadFile, match="its reader broke"):
        guard.guarded(["x"])


def _instead(command):
    real = subprocess.Popen

    def popen(_, **options):
        return real(command, **options)

    return popen


def test_inspect_prints_json_and_text_and_writes_nothing(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("country;year;value\nKAZ;2020;5,5\nAZE;2020;6,5\n", "utf-8")
    assert main(["inspect", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["files"][0]["tables"][0]["sum"] == 12.0
    assert main(["inspect", str(path), "--cells", "1"]) == 0
    said = capsys.readouterr().out
    assert "cells    2; numeric 2; missing 0" in said
    assert "→ 5.5" in said
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize(("name", "content", "said"), [
    ("none.csv", None, "no such file"),
    ("page.json", b"<html>wait</html>", "a web page"),
    ("bad.parquet", b"PAR1 cut", "Parquet"),
    ("nul.csv", b"a,b\n1,\x002\n", "NUL"),
])  # fmt: skip
def test_inspect_says_what_is_wrong_with_a_file(tmp_path, capsys, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert main(["inspect", str(path)]) == 11
    assert said in capsys.readouterr().err


@needs_shared
def test_inspect_reads_every_format_at_hand(capsys):
    for name in ("px/ine_14001.px", "json-stat/cso_ie-CIA01.json", "sdmx-csv-1.0/bis_data_v1_attached.csv"):
        assert main(["inspect", str(SHARED / "formats" / name)]) == 0, name
    assert "8,064; numeric 5,804; missing 2,260 ('..' 2,260)" in capsys.readouterr().out


def test_the_child_runs_from_any_folder(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("country,year,value\nKAZ,2020,5\n", "utf-8")
    command = [sys.executable, "-m", "etl", "inspect", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
