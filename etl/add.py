"""A new source from a published file: look at it, propose a mapping, show a preview, write when told to.

The file is read in a guarded process; what comes back is plain data (readers/inspect.py). Writing makes
two folders and nothing else: etl/sources/<id> with source.yaml, and data/raw/<id>/<vintage> with the
file and its receipt. The same functions can stand behind a page.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from etl.propose import NEEDED, Proposal, propose
from etl.readers.guard import guarded
from etl.source import SOURCES

PREVIEW = 5
RECEIPT = (
    "publisher",
    "title",
    "address",
    "published_on",
    "retrieved_on",
    "language",
    "authority",
    "licence",
)
"""What a receipt says of a publication, in this order."""


@dataclass(frozen=True)
class Added:
    """What is proposed for a file.

    Attributes:
        found: of `readers.inspect.inspected`.
        proposals: one for each table, in the order of the file, with its name.
    """

    found: Mapping[str, Any]
    proposals: Sequence[tuple[str, Proposal]]


def looked_at(path: Path) -> Added:
    """What the file holds, and a mapping for each of its tables.

    Raises:
        BadFile: it cannot be read.
    """
    found = guarded(["--cells", str(PREVIEW), "--", str(path.absolute())])
    proposals = [(t["name"], propose(part, t)) for part in found["files"] for t in part["tables"]]
    return Added(found, proposals)


def page(added: Added) -> str:
    """The proposal for people: what was placed where, a preview, and what is not settled."""
    lines = []
    tables = [table for part in added.found["files"] for table in part["tables"]]
    for (name, made), table in zip(added.proposals, tables, strict=True):
        lines.append(f"{name}: {made.entry['format']}, {table['cells']:,} cells")
        lines += [f"  {column:13} {how}" for column, how in made.placed.items()]
        lines += [f"  {column:13} {said}" for column, said in made.entry.get("set", {}).items()]
        lines += ["  preview"] + [f"    {_mapped(made.entry, cell)}" for cell in table["first"]]
        lines += [f"  ? {question}" for question in made.questions] or ["  nothing is open"]
    return "\n".join(lines)


def _mapped(entry: Mapping[str, Any], cell: Mapping[str, Any]) -> str:
    """One cell in our codes; what has none stands as ?."""
    said = dict(entry.get("set", {}))
    for column, says in entry.get("columns", {}).items():
        theirs = cell["key"].get(says["from"])
        said[column] = says["map"].get(theirs, "?") if "map" in says else theirs
    key = ", ".join(f"{c}={said.get(c, '?')}" for c in dict.fromkeys((*NEEDED, *said)))
    value = f"{cell['value']:.12g}" if cell["value"] is not None else f"missing {cell['mark']!r}"
    return f"{key} → {value}" + (f" ({cell['flags']})" if cell["flags"] else "")


def write(
    added: Added,
    path: Path,
    source_id: str,
    receipt: Mapping[str, str],
    *,
    raw: Path,
    tables: Sequence[str] = (),
    settled: Mapping[str, str] | None = None,
    folder: Path = SOURCES,
) -> list[Path]:
    """Write the source folder and the vintage; refuses to write over either.

    Args:
        added: of `looked_at`.
        path: the file that was looked at.
        source_id: name of the source: small letters, digits and _.
        receipt: what is known of the publication, RECEIPT; title and publisher are needed.
        raw: data/raw.
        tables: names of the tables wanted; none = all.
        settled: what a person says for all cells, our column → value (goes under `set`).
        folder: etl/sources.

    Returns:
        The files written.

    Raises:
        ValueError: a name that is none, a table that is not there, or a receipt without what it needs;
            all of it. Nothing was written.
        FileExistsError: the source or the vintage is there already.
    """
    named = re.fullmatch(r"[a-z][a-z0-9_]{2,60}", source_id)
    faults = [] if named else [f"{source_id!r} is no name of a source: use small letters, digits and _"]
    faults += [f"the receipt needs {field}" for field in ("publisher", "title") if not receipt.get(field)]
    faults += [f"there is no table {t!r}" for t in tables if t not in dict(added.proposals)]
    if faults:
        raise ValueError("; ".join(faults))
    vintage = receipt.get("published_on") or date.today().isoformat()
    at, source = raw / source_id / vintage, folder / source_id
    for there in (at, source):
        if there.exists():
            raise FileExistsError(f"{there} is there already")
    wanted = [(name, made) for name, made in added.proposals if not tables or name in tables]
    entries = [_settled(made.entry, settled or {}) for _, made in wanted]
    questions = [f"# To be settled: {name}: {q}\n" for name, made in wanted for q in made.questions]
    said = {field: receipt.get(field, "") for field in RECEIPT} | {"retrieved_on": date.today().isoformat()}
    source.mkdir(parents=True)
    at.mkdir(parents=True)
    shutil.copyfile(path, at / path.name)
    digest = (
        f"  - file: {path.name}\n    bytes: {added.found['bytes']}\n    sha256: {added.found['sha256']}\n"
    )
    (at / "receipt.yaml").write_text(_yaml(said) + "files:\n" + digest, "utf-8")
    mapping = _yaml({"title": receipt["title"], "published": entries})
    (source / "source.yaml").write_text("".join(questions) + mapping, "utf-8")
    return [source / "source.yaml", at / path.name, at / "receipt.yaml"]


def _settled(entry: Mapping[str, Any], settled: Mapping[str, str]) -> dict[str, Any]:
    columns = {c: says for c, says in entry.get("columns", {}).items() if c not in settled}
    return {**entry, "columns": columns, "set": {**entry.get("set", {}), **settled}}


def _yaml(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=100)
