"""The example of docs/adding-a-source.md does what the page says."""

import re
import shlex
from pathlib import Path

from etl.__main__ import main

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-source.md"


def _block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_becomes_the_table_of_the_page(guarded_desk, tmp_path, capsys, monkeypatch):
    (tmp_path / "culture_2024.csv").write_text(_block("csv"), "utf-8")
    monkeypatch.chdir(tmp_path)
    words = shlex.split(_block("sh"))[4:]
    assert main(["--data", str(guarded_desk.folder), "add", words[0], "--seconds", "60"]) == 0
    asked = capsys.readouterr().out
    assert asked.count("  ? ") == 4
    assert main(["--data", str(guarded_desk.folder), "add", "--seconds", "60", *words]) == 0
    made = {(row[2], row[5]): (row[7], row[8]) for row in guarded_desk.built()}
    rows = re.findall(r"^\| `(\S+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    printed = {
        (region, year): (None, "Q") if cell == "suppressed" else (float(cell), "P" if year == "2024" else "A")
        for region, cells in rows
        for year, cell in zip(("2022", "2023", "2024"), cells.split(" | "), strict=True)
    }
    assert made == printed
    assert len(printed) == 9
