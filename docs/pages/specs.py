"""Spec tests as readable examples: what is drawn, what is asked, what must come out.

A spec test is a function `test_…` in tests/spec/. Its name is the sentence that it proves. Whatever
text in it is a table (lines with bars) is its input, and each `assert` is its outcome. What it
speaks of is found in this order: an indicator named as a whole string, a measure in the column
`measure` of its tables.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from math import isinf
from pathlib import Path
from textwrap import dedent
from typing import Any

from docs.pages.markdown import table


@dataclass(frozen=True)
class Spec:
    """One spec test.

    Attributes:
        name: the sentence, from the function's name.
        at: file and function, to find it.
        tables: the tables drawn, as text.
        words: every whole string in it; indicators are found among them.
        asked: keywords of its calls, such as currency → USD.
        cases: the table of its parameters, in Markdown, or nothing.
        outcomes: what it asserts, in Markdown.
    """

    name: str
    at: str
    tables: tuple[str, ...]
    words: frozenset[str]
    asked: tuple[str, ...]
    cases: str
    outcomes: tuple[str, ...]

    @property
    def measures(self) -> set[str]:
        """The measures that its tables draw."""
        return {cell for drawn in self.tables for cell in _column(drawn, "measure")}

    def markdown(self) -> str:
        """The example as a reader sees it."""
        given = [f"```\n{drawn}\n```" for drawn in self.tables]
        asked = [f"Asked with {', '.join(self.asked)}." if self.asked else "", self.cases]
        says = f"**{self.name}**  \n`{self.at}`"
        return "\n\n".join([says, *given, *(a for a in asked if a), "must give", *self.outcomes])


def specs(folder: Path) -> list[Spec]:
    """All spec tests that draw a table, in the order of files and lines."""
    return [spec for path in sorted(folder.rglob("test_*.py")) for spec in _of_file(path, folder)]


def _of_file(path: Path, folder: Path) -> Iterator[Spec]:
    text = path.read_text("utf-8")
    module = ast.parse(text)
    named = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and _is_text(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            strings = [n.value for n in ast.walk(node) if _is_text(n)]
            strings += [named[n.id] for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in named]
            tables = tuple(dict.fromkeys(_drawn(s) for s in strings if _is_table(s)))
            if tables:
                yield Spec(
                    name=_sentence(node.name),
                    at=f"{folder.parent.name}/{path.relative_to(folder.parent).as_posix()}::{node.name}",
                    tables=tables,
                    words=frozenset(s for s in strings if "\n" not in s),
                    asked=tuple(dict.fromkeys(_asked(node))),
                    cases=_cases(node),
                    outcomes=tuple(_outcomes(node, text)),
                )


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _sentence(name: str) -> str:
    words = name.removeprefix("test_").replace("_", " ")
    return words[:1].upper() + words[1:]


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all("|" in line for line in lines)


def _drawn(text: str) -> str:
    return "\n".join(line.rstrip() for line in dedent(text).strip("\n").splitlines() if line.strip())


def _column(drawn: str, name: str) -> set[str]:
    header, *rows = [[c.strip() for c in line.split("|")] for line in drawn.splitlines()]
    return {row[header.index(name)] for row in rows} if name in header else set()


def _asked(node: ast.FunctionDef) -> Iterator[str]:
    """Keywords with a plain value of the calls that are no assertion: currency = USD."""
    outcomes = {id(n) for a in ast.walk(node) if isinstance(a, ast.Assert) for n in ast.walk(a)}
    calls = (n for s in node.body for n in ast.walk(s) if isinstance(n, ast.Call) and id(n) not in outcomes)
    for keyword in (k for call in calls for k in call.keywords if k.arg):
        if isinstance(keyword.value, ast.Constant) and not _is_table(str(keyword.value.value)):
            yield f"{keyword.arg} = {keyword.value.value}"


def _cases(node: ast.FunctionDef) -> str:
    """The parameters of a parametrized test as a table."""
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and "parametrize" in ast.dump(mark.func) and len(mark.args) == 2:
            names, given = _literal(mark.args[0]), _literal(mark.args[1])
            if names is not None and given is not None:
                header = names.replace(",", " ").split() if isinstance(names, str) else list(names)
                rows = [row if isinstance(row, tuple) else (row,) for row in given]
                return "For each of these cases:\n\n" + table(header, [[_shown(v) for v in r] for r in rows])
    return ""


def _outcomes(node: ast.FunctionDef, text: str) -> Iterator[str]:
    for test in (n.test for n in ast.walk(node) if isinstance(n, ast.Assert)):
        called = test.func if isinstance(test, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr == "is_empty":
            yield "no figure."
        else:
            yield _compared(test) or f"```python\n{_source(test, text)}\n```"


def _source(test: ast.expr, text: str) -> str:
    """What is asserted, on one line, with a word in the place of a table that was drawn above."""
    said = ast.get_source_segment(text, test) or ""
    for drawn in (n for n in ast.walk(test) if _is_text(n) and _is_table(ast.literal_eval(n))):
        said = said.replace(ast.get_source_segment(text, drawn) or "", "the_table_above")
    said = " ".join(said.split())
    for loose, tight in (("( ", "("), (", )", ")"), (" )", ")"), ("[ ", "["), (", ]", "]"), (" ]", "]")):
        said = said.replace(loose, tight)
    return said


def _compared(test: ast.expr) -> str:
    """`rows(frame, "a", "b") == [(1, 2)]` as a table with the columns a and b; else nothing."""
    if not (isinstance(test, ast.Compare) and isinstance(test.left, ast.Call) and len(test.comparators) == 1):
        return ""
    names = [_literal(a) for a in test.left.args if isinstance(a, ast.Constant)]
    given = _literal(test.comparators[0])
    if not isinstance(given, list) or not given or not all(isinstance(r, tuple) for r in given):
        return ""
    if not names or any(len(row) != len(names) for row in given):
        return ""
    return table([str(n) for n in names], [[_shown(v) for v in row] for row in given])


def _literal(node: ast.expr) -> Any:
    """The value of a literal, float("inf") among them; None where it is none."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "float"
        and node.args
    ):
        return float(str(_literal(node.args[0])))
    if isinstance(node, ast.List | ast.Tuple):
        parts = [_literal(e) for e in node.elts]
        known = all(p is not None or _is_none(e) for p, e in zip(parts, node.elts, strict=True))
        return (tuple(parts) if isinstance(node, ast.Tuple) else parts) if known else None
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _shown(value: object) -> str:
    if value is None:
        return "(none)"
    if isinstance(value, float):
        if isinf(value):
            return "∞" if value > 0 else "−∞"
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.10g}"
    return str(value)
