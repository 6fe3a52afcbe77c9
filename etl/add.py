"""A new source from a published file: look at it, propose a mapping, try it, write when told to.

The file is read in a guarded process; what comes back is plain data (readers/inspect.py). Writing makes
two folders and nothing else: etl/sources/<id> with source.yaml, and data/raw/<id>/<vintage> with the
file and its receipt; each appears whole or not at all. The same functions can stand behind a page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from glob import escape
from pathlib import Path
from typing import Any

import yaml

from etl.collect import Collected
from etl.errors import BuildStopped
from etl.proposal import Proposal
from etl.propose import NEEDED, propose
from etl.readers.guard import guarded, signed, structured
from etl.settle import Said, astray, idle
from etl.source import SOURCES
from etl.steps.label_tables import LABEL_OF
from etl.steps.mapping import ASIDE, OPEN, names
from etl.trial import RECEIPT, lacking_receipt, receipt_of, tried, vintage_name, written
from indicators.concepts.codelist import codelist

PREVIEW = 5


@dataclass(frozen=True)
class Added:
    """What is proposed for a file.

    Attributes:
        found: of `readers.inspect.inspected`.
        proposals: one for each table that is wanted, in the order of the file, with its name.
        said: what a person has said.
        structure: the structure of SDMX data, where it is a file of its own; it is kept beside them.
    """

    found: Mapping[str, Any]
    proposals: Sequence[tuple[str, Proposal]]
    said: Said = field(default_factory=Said)
    structure: Path | None = None

    @property
    def open(self) -> list[str]:
        """Every question of every table."""
        return [question for _, made in self.proposals for question in made.questions]


def looked_at(
    path: Path,
    said: Said | None = None,
    tables: Sequence[str] = (),
    *,
    structure: Path | None = None,
    language: str = "",
    seconds: float = 10,
    megabytes: int = 480,
) -> Added:
    """What the file holds, and a mapping for each of its tables.

    Args:
        path: the file.
        said: what a person has said of it.
        tables: names or patterns of the tables that are wanted; none = all.
        structure: a file with the structure of SDMX data, for their names.
        language: of these names; "" for English.
        seconds: the reader is ended after so long.
        megabytes: and beyond so much memory.

    Raises:
        BadFile: it cannot be read.
        ValueError: a table, a dimension or a label that was named is not there; all of them.
    """
    said = said or Said()
    asked = [
        "--cells",
        str(PREVIEW),
        *signed(said.decimal),
        *structured(structure, language),
        "--",
        str(path.absolute()),
    ]
    found = guarded(asked, seconds=seconds, megabytes=megabytes)
    pairs = [(part, table) for part in found["files"] for table in part["tables"]]
    figures = any(t["numeric"] for _, t in pairs)
    wanted = [
        (p, t)
        for p, t in pairs
        if any(t["name"] == n or fnmatchcase(t["name"], n) for n in tables)
        or (not tables and (t["numeric"] or not figures) and not t["removes"])
    ]
    there = ", ".join(t["name"] for _, t in pairs[:20])
    lost = [f"there is no table {name!r}; there is {there}" for name in tables
            if not any(t["name"] == name or fnmatchcase(t["name"], name) for _, t in pairs)]  # fmt: skip
    refused = wanted if tables else [] if wanted else pairs
    if gone := [t["name"] for _, t in refused if t["removes"]]:
        lost.append(f"the action of {', '.join(gone[:20])} is Delete: these observations are to be removed, "
                    "and state no figures")  # fmt: skip
    lost += astray(said, [table for _, table in wanted]) if wanted else []
    if lost:
        raise ValueError("; ".join(lost))
    proposals = []
    for part, table in wanted:
        made = propose(part, table, said)
        beside = {"structure": _pattern(structure.name)} if structure else {}
        made.entry |= {"files": _pattern(path.name)} | beside | _inside(part, found["files"])
        proposals.append((table["name"], made))
    if lost := idle(said, [made.entry for _, made in proposals]):
        raise ValueError("; ".join(lost))
    return Added(found, proposals, said, structure)


def _pattern(name: str) -> str:
    """The name of a file with stars for its numbers, so that the next edition fits too."""
    return re.sub(r"(\d+|\*+)+", "*", escape(name)) if not re.search(r"[\[\]*?]", name) else escape(name)


def _inside(part: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {"inside": escape(part["name"])} if len(files) > 1 else {}


def page(added: Added) -> str:
    """The proposal for people: what was placed where, a preview, and what is not settled."""
    lines = []
    tables = {t["name"]: t for part in added.found["files"] for t in part["tables"]}
    lines += [f"{part['name']}: {said}" for part in added.found["files"] for said in part["remarks"]]
    bare = [
        name
        for name, t in tables.items()
        if not t["numeric"] and not t["removes"] and name not in dict(added.proposals)
    ]
    lines += [f"{n}: to be removed, not added; left out" for n, t in tables.items() if t["removes"]]
    lines += [f"{name}: without a number, left out; --table '{name}' takes it" for name in bare]
    for name, made in added.proposals:
        table = tables[name]
        titled = f": {table['title']}" if table["title"] and table["title"] != name else ""
        lines.append(f"{name}{titled}: {made.entry['format']}, {table['cells']:,} cells")
        lines += [f"  {column:13} {how}" for column, how in made.placed.items()]
        lines += [f"  {column:13} {said}" for column, said in made.entry.get("set", {}).items()]
        lines += ["  preview"] + [f"    {_mapped(made.entry, table, cell)}" for cell in table["first"]]
        lines += [f"  ? {question}" for question in made.questions] or ["  nothing is open"]
    return "\n".join(lines)


def _mapped(entry: Mapping[str, Any], table: Mapping[str, Any], cell: Mapping[str, Any]) -> str:
    """One cell in our codes; what has none stands as ?."""
    said = dict(entry.get("set", {}))
    attributes = {f"@{name}": text for name, text in {**table["attributes"], **cell["attributes"]}.items()}
    key = cell["key"]
    attributes |= {LABEL_OF + d["id"]: d["codes"].get(key.get(d["id"])) or key.get(d["id"], "")
                   for d in table["dimensions"]}  # fmt: skip
    for column, says in entry.get("columns", {}).items():
        theirs = " ".join(str({**cell["key"], **attributes}.get(name, "")) for name in names(says))
        said[column] = says["map"].get(theirs, OPEN) if "map" in says else theirs
    for dimension, labels in entry.get("each", {}).items():
        told = labels.get(cell["key"].get(dimension))
        said |= told if isinstance(told, Mapping) else {dimension: told} if told == ASIDE else {}
    if ASIDE in said.values() or _left(entry, cell):
        return "left aside: " + ", ".join(f"{name}={code}" for name, code in cell["key"].items())
    key = ", ".join(f"{c}={said.get(c, OPEN)}" for c in dict.fromkeys((*NEEDED, *said)))
    value = f"{cell['value']:.12g}" if cell["value"] is not None else f"missing {cell['mark']!r}"
    return f"{key} → {value}" + (f" ({cell['flags']})" if cell["flags"] else "")


def _left(entry: Mapping[str, Any], cell: Mapping[str, Any]) -> bool:
    """Whether `where` or `without` leaves a cell aside; an open `where` leaves none."""
    taken = {d: codes for d, codes in entry.get("where", {}).items() if OPEN not in codes}
    return any(cell["key"].get(d) not in codes for d, codes in taken.items()) or any(
        cell["key"].get(d) in codes for d, codes in entry.get("without", {}).items()
    )


def results(made: Collected) -> str:
    """What a mapping makes of the whole file, once nothing is open."""
    frame = made.observations.frame
    lines = [
        f"{frame.height:,} observations, {made.targets.height:,} not yet outcomes, {made.aside:,} cells aside"
    ]
    for column in (
        "measure",
        "ref_area",
        "region",
        "sector",
        "sex",
        "time_period",
        "unit_measure",
        "obs_status",
    ):
        codes = frame[column].unique().sort().to_list()
        shown = ", ".join(codes[:8]) + (f" … {codes[-1]}" if len(codes) > 8 else "")
        lines.append(f"  {column:13} {len(codes):,}: {shown}")
    for row in frame.head(PREVIEW).to_dicts():
        value = (
            f"{row['obs_value']:f}".rstrip("0").rstrip(".")
            if row["obs_value"] is not None
            else row["obs_status"]
        )
        key = " ".join(row[c] for c in ("measure", "ref_area", "region", "sector", "time_period"))
        lines.append(
            f"  {key} = {value} {row['unit_measure']}  ({row['reported_value']!r}; {row['reported_at']})"
        )
    return "\n".join(lines)


def entries_of(added: Added) -> list[dict[str, Any]]:
    """The entries of all tables; tables that are mapped alike share one."""
    made: list[dict[str, Any]] = []
    for _, proposal in added.proposals:
        entry = dict(proposal.entry)
        name = entry.pop("tables", None)
        same = next((e for e in made if {k: v for k, v in e.items() if k != "tables"} == entry), None)
        if same is None:
            made.append(entry | ({"tables": [name]} if name else {}))
        elif name:
            same["tables"].append(name)
    return made


def refusals(
    added: Added, path: Path, source_id: str, receipt: Mapping[str, str], *, unsettled: bool = False
) -> list[str]:
    """Why a source cannot be written: its name, its receipt, open questions; all of it, none = it can."""
    named = re.fullmatch(r"[a-z][a-z0-9_]{2,60}", source_id)
    rule = "use 3 to 61 small letters, digits and _, a letter first"
    faults = [] if named else [f"{source_id!r} is no name of a source: {rule}"]
    faults += lacking_receipt(receipt, path.name)
    if added.structure and _pattern(added.structure.name) == _pattern(path.name):
        faults.append(f"{added.structure.name} is named as the data are; give the structure another name")
    if added.open and not unsettled:
        faults.append(f"{len(added.open)} questions are open (--unsettled writes them into source.yaml as ?)")
    return faults


def write(
    added: Added,
    path: Path,
    source_id: str,
    receipt: Mapping[str, str],
    *,
    raw: Path,
    folder: Path = SOURCES,
    unsettled: bool = False,
    made: Collected | None = None,
) -> list[Path]:
    """Write the source folder and the vintage; refuses to write over either.

    Args:
        added: of `looked_at`.
        path: the file that was looked at.
        source_id: name of the source: small letters, digits and _.
        receipt: what is known of the publication, RECEIPT; title, publisher and authority are needed.
        raw: data/raw.
        folder: etl/sources.
        unsettled: write although questions are open; they stand in source.yaml as `?`, and every build
            stops until they are answered there.
        made: of `tried_out`, where that has been done.

    Returns:
        The files written.

    Raises:
        ValueError: a name that is none, a receipt without what it needs, or open questions; all of it.
        FileExistsError: the source or the vintage is there already.
        BuildStopped: the mapping does not make observations of the whole file. Nothing was written.
    """
    if faults := refusals(added, path, source_id, receipt, unsettled=unsettled):
        raise ValueError("; ".join(faults))
    at, source = raw / source_id / vintage_name(receipt), folder / source_id
    for there in (at, source):
        if there.exists():
            raise FileExistsError(f"{there} is there already")
    texts = {"source.yaml": _yaml(added, receipt["title"])}
    beside = added.structure
    said = receipt_of(receipt, path.name, added.found["bytes"], added.found["sha256"], beside)
    if not unsettled:
        made = made or tried(source_id, texts, path, said, vintage_name(receipt), beside)
        if made.faults:
            raise BuildStopped(list(made.faults))
    return written(path, at, said, source, texts, beside)


def _yaml(added: Added, title: str) -> str:
    """source.yaml; what is open stands above as comments, beside the ? in its place."""
    questions = [f"# To be settled: {' '.join(q.split())}\n" for q in added.open]
    facts = {"title": title, "published": entries_of(added)}
    return "".join(questions) + yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=100)


def tried_out(
    added: Added, path: Path, receipt: Mapping[str, str], source_id: str = "new_source"
) -> Collected:
    """What the proposed mapping makes of the whole file; writes nothing that stays.

    What the receipt does not say yet is asked for when the source is written (`refusals`).
    """
    unsaid = {"publisher": source_id, "title": source_id, "authority": next(iter(codelist("authority")))}
    receipt = {**receipt, **{field: receipt.get(field) or text for field, text in unsaid.items()}}
    beside, texts = added.structure, {"source.yaml": _yaml(added, "new")}
    said = receipt_of(receipt, path.name, added.found["bytes"], added.found["sha256"], beside)
    return tried(source_id, texts, path, said, vintage_name(receipt), beside)


__all__ = ["RECEIPT", "Added", "looked_at", "page", "refusals", "results", "tried_out", "write"]
