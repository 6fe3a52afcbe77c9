"""The layers of the house, as sentences in pyproject.toml, checked by import-linter."""

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_the_layers_hold_and_have_no_exceptions():
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_every_module_of_indicators_stands_in_the_contracts():
    contracts = (ROOT / "pyproject.toml").read_text("utf-8")
    for path in (ROOT / "indicators").glob("*.py"):
        named = contracts.count(f'"indicators.{path.stem}"')
        assert named >= (2 if path.stem == "store" else 3) or path.stem == "__init__", path.stem


def test_every_module_of_etl_but_the_hash_stays_away_from_duckdb():
    contracts = (ROOT / "pyproject.toml").read_text("utf-8")
    modules = {
        path.stem
        for path in (ROOT / "etl").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {m for m in modules if f'"etl.{m}"' not in contracts} == {"__init__", "digest"}


def test_the_program_opens_and_serves_and_computes_nothing():
    text = (ROOT / "app.py").read_text("utf-8")
    imported = re.findall(r"^(?:from|import) ([a-z_.]+)", text, re.MULTILINE)
    ours = {name for name in imported if name.split(".")[0] in ("etl", "indicators", "exports", "dashboard")}
    assert ours == {
        "dashboard", "exports", "exports.sdmx", "indicators", "indicators.concepts.release", "indicators.store",
    }  # fmt: skip
    assert not {"duckdb", "polars", "plotly"} & set(imported)


def test_powers_of_ten_are_applied_in_one_place_only():
    words = ("scaleb", "1e3", "1e6", "1e9", "10 **", "10**", "* 1000", "* 1_000")
    guilty = [
        f"{path.relative_to(ROOT)}: {word}"
        for folder in ("etl", "indicators")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "scale.py"
        for word in words
        if word in path.read_text("utf-8")
    ]
    assert guilty == []


def test_the_lock_files_name_hashes_and_no_registry():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")


def test_nothing_is_read_opened_or_connected_at_import():
    """The serving modules load in a process that may open no file but Python's own and no socket."""
    script = (
        "import sys, builtins, pathlib\n"
        "import dash, polars, duckdb, plotly, babel, yaml\n"
        "def guard(event, args):\n"
        "    if event == 'open' and str(args[0]).endswith(('.csv', '.yaml', '.sql', '.parquet', '.json')):\n"
        "        raise SystemExit(f'opened {args[0]} at import')\n"
        "    if event in ('socket.connect', 'socket.bind'):\n"
        "        raise SystemExit(event)\n"
        "sys.addaudithook(guard)\n"
        "import app, indicators.answer, indicators.overview, indicators.holdings, indicators.targets, indicators.doorway, etl.run, etl.__main__\n"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
