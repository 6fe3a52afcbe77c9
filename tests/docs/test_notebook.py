"""The notebook asks ten questions, and what stands below its cells is what they give."""

import json
import os

import pytest

from docs import generate
from docs.pages import notebook

PATH = generate.DOCS / generate.NOTEBOOK
NOTEBOOK = json.loads(PATH.read_text("utf-8"))


def test_ten_questions_are_asked_each_with_an_answer_that_is_small():
    text = ["".join(cell["source"]) for cell in NOTEBOOK["cells"]]
    asked = [n for n, said in enumerate(text) if said.startswith("## ")]
    assert [text[n].partition("\n")[0].split()[1] for n in asked] == [f"{n}." for n in range(1, 11)]
    assert all(text[n].partition("\n")[0].endswith("?") for n in asked)
    for begin, end in zip(asked, [*asked[1:], None], strict=True):
        assert any(cell.get("outputs") for cell in NOTEBOOK["cells"][begin:end])
    assert PATH.stat().st_size < 60_000


def test_an_output_that_is_no_longer_true_is_replaced_and_so_found_stale(processed, tmp_path):
    path = tmp_path / "notebook.ipynb"
    source = [
        "from indicators import open_release\n",
        "\n",
        "len(open_release().answer('employment').polars())",
    ]
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "execution_count": 9, "source": source,
            "outputs": [{"data": {"text/plain": ["0"]}}]}  # fmt: skip
    path.write_text(json.dumps({"cells": [cell]}), "utf-8")
    before = os.environ.get("CEI_DATA")
    (made,) = json.loads(notebook.page(path, processed))["cells"]
    assert int(made["outputs"][0]["data"]["text/plain"][0]) > 100
    assert made["execution_count"] == 1
    assert os.environ.get("CEI_DATA") == before
    assert generate.stale({path.name: notebook.page(path, processed)}, tmp_path) == [f"{path.name} is stale"]


def test_a_cell_that_fails_stops_the_page(processed, tmp_path):
    path = tmp_path / "notebook.ipynb"
    cell = {"cell_type": "code", "id": "one", "source": ["1 / 0"], "outputs": []}
    path.write_text(json.dumps({"cells": [cell]}), "utf-8")
    with pytest.raises(ZeroDivisionError):
        notebook.page(path, processed)


def test_the_width_of_a_terminal_changes_nothing(processed, tmp_path, monkeypatch):
    path = tmp_path / "notebook.ipynb"
    wide = [
        "import pandas, polars\n",
        "d = {f'column {n}': ['x' * 9] for n in range(12)}\n",
        "pandas.DataFrame(d)",
    ]
    cells = [
        {"cell_type": "code", "id": str(n), "source": source, "outputs": []}
        for n, source in enumerate((wide, ["polars.DataFrame(d)"]))
    ]
    path.write_text(json.dumps({"cells": cells}), "utf-8")
    monkeypatch.setenv("COLUMNS", "300")
    made = notebook.page(path, processed)
    monkeypatch.setenv("COLUMNS", "40")
    assert notebook.page(path, processed) == made
