"""A notebook with what its cells give: run here, without Jupyter, so that the tests can compare it."""

import ast
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl

from indicators.doorway import FOLDER

Cell = dict[str, Any]
PLAIN = ("display.width", 120, "display.max_columns", 20)
"""How wide frames are printed: not as wide as whoever runs this has made the terminal."""


def page(path: Path, processed: Path) -> str:
    """The notebook at `path`, its outputs made anew from the releases below `processed`.

    Its cells are Python, run from top to bottom; what the last expression of a cell gives is its output.
    """
    notebook = json.loads(path.read_text("utf-8"))
    known: dict[str, Any] = {"__name__": "__main__"}
    with _asking(processed), pd.option_context(*PLAIN), pl.Config(tbl_width_chars=100):
        done = 0
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                done += 1
                cell |= {"execution_count": done, "outputs": list(_outputs(cell, known, done))}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def _asking(processed: Path) -> Iterator[None]:
    before = os.environ.get(FOLDER)
    os.environ[FOLDER] = str(processed)
    try:
        yield
    finally:
        del os.environ[FOLDER]
        if before is not None:
            os.environ[FOLDER] = before


def _outputs(cell: Cell, known: dict[str, Any], number: int) -> Iterator[Cell]:
    body = ast.parse("".join(cell["source"])).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), cell["id"], "exec"), known)
    if isinstance(last, ast.Expr):
        given = eval(compile(ast.Expression(last.value), cell["id"], "eval"), known)
        data = {"text/html": given._repr_html_()} if hasattr(given, "_repr_html_") else {}
        data |= {"text/plain": repr(given)}
        yield {
            "data": {media: text.splitlines(keepends=True) for media, text in data.items()},
            "execution_count": number, "metadata": {}, "output_type": "execute_result",
        }  # fmt: skip
