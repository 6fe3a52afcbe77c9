"""A further edition of a source that is data: tried under the mapping that there is, compared, and kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from etl.collect import Collected
from etl.errors import BuildStopped, Fault
from etl.readers.cells import BadFile
from etl.readers.guard import SIGNS, guarded, signed, structured
from etl.source import Source, Vintage
from etl.steps.receive import vintages
from etl.trial import RECEIPT, lacking_receipt, receipt_of, tried, vintage_name, written

SHOWN = 8


@dataclass(frozen=True)
class Edition:
    """A new file beside the last edition of its source.

    Attributes:
        made: what the mapping makes of it, with its faults.
        changes: what differs in structure, in full sentences; none = as before.
        found: of `readers.inspect.inspected`.
        receipt: receipt.yaml of the new vintage.
        vintage: its name.
        structure: of SDMX data, where the source keeps it beside them.
    """

    made: Collected
    changes: tuple[str, ...]
    found: Mapping[str, Any]
    receipt: str
    vintage: str
    structure: Path | None = None


def compared(
    path: Path,
    source: Source,
    receipt: Mapping[str, str],
    raw: Path,
    *,
    structure: Path | None = None,
    seconds: float = 10,
    megabytes: int = 480,
) -> Edition:
    """Try a new file of a source, and compare it with the last one.

    Args:
        path: the new file.
        source: with `published` in source.yaml.
        receipt: what differs from the receipt of the last edition; published_on names the vintage.
        raw: data/raw.
        structure: of the new file, where it is a file of its own; None for that of the last edition.
        seconds: the reader is ended after so long.
        megabytes: and beyond so much memory.

    Raises:
        BadFile: it cannot be read.
        ValueError: the source is none of published files, or none of its entries takes a file of this name.
    """
    entries = source.facts.get("published", ())
    if not entries:
        raise ValueError(f"{source.id} is no source of published files; its figures are retyped")
    if not any(fnmatch(path.name, e["files"]) for e in entries):
        known = ", ".join(dict.fromkeys(e["files"] for e in entries))
        raise ValueError(
            f"{path.name} fits none of {known}; widen `files` in etl/sources/{source.id}/source.yaml"
        )
    before, _ = vintages(source, raw)
    said = _receipt(before, receipt)
    if faults := lacking_receipt(said, path.name):
        raise ValueError("; ".join(faults))
    beside = structure or _last_structure(entries, path.name, before)
    decimal = next((e["decimal"] for e in entries if "decimal" in e and fnmatch(path.name, e["files"])), None)
    signs = signed(decimal if decimal in SIGNS else None)
    asked = [*signs, *structured(beside, said.get("language", "")), "--", str(path.absolute())]
    found = guarded(asked, seconds=seconds, megabytes=megabytes)
    text, vintage = receipt_of(said, path.name, found["bytes"], found["sha256"], beside), vintage_name(said)
    made = tried(source.id, source.folder, path, text, vintage, beside)
    changes = tuple(_changes(found, path.name, before, seconds, asked[:-2]))
    return Edition(made, changes, found, text, vintage, beside)


def _last_structure(entries: Sequence[Mapping[str, Any]], name: str, before: list[Vintage]) -> Path | None:
    """The structure of the last edition, where the entries of a file name one."""
    if not any("structure" in e and fnmatch(name, e["files"]) for e in entries):
        return None
    kept = (v.path(file) for v in reversed(before) for file in v.listed if _is_structure(file, v.source))
    return next((path for path in kept if path.is_file()), None)


def _is_structure(name: str, source: Source) -> bool:
    return any(fnmatch(name, e.get("structure", "")) for e in source.facts.get("published", ()))


def _receipt(before: list[Vintage], said: Mapping[str, str]) -> dict[str, str]:
    """The receipt of the last edition with what is said of this one; dates are this one's own."""
    last = before[-1].receipt if before else {}
    kept = {k: str(last.get(k) or "") for k in RECEIPT if k not in ("published_on", "retrieved_on")}
    return kept | {k: v for k, v in said.items() if v}


def kept(edition: Edition, path: Path, source: Source, raw: Path) -> list[Path]:
    """Put the new vintage into place.

    Raises:
        BuildStopped: the mapping does not fit the file; nothing was written.
        FileExistsError: the vintage is there already.
    """
    faults: list[Fault] = list(edition.made.faults)
    if faults:
        raise BuildStopped(faults)
    at = raw / source.id / edition.vintage
    if at.exists():
        raise FileExistsError(f"{at} is there already")
    return written(path, at, edition.receipt, beside=edition.structure)


def _changes(
    found: Mapping[str, Any],
    name: str,
    before: list[Vintage],
    seconds: float,
    asked: list[str],
) -> Iterator[str]:
    """What the new file has otherwise than the last one."""
    old = next(
        (v.folder / file for v in reversed(before) for file in v.listed
         if Path(file).suffix == Path(name).suffix and not _is_structure(file, v.source)), None,
    )  # fmt: skip
    if old is None:
        return
    try:
        last = guarded([*asked, "--", str(old.resolve())], seconds=seconds)
    except BadFile as bad:
        yield f"the last edition cannot be read again: {bad}"
        return
    now, then = _tables(found), _tables(last)
    if len(now) == len(then) == 1:
        then = {next(iter(now)): next(iter(then.values()))}
    yield from _differ("table", set(then), set(now))
    for table in (t for t in now if t in then):
        yield from _table(table, then[table], now[table])


def _tables(found: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {table["name"]: table for part in found["files"] for table in part["tables"]}


def _table(name: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    codes = [{d["id"]: set(d["codes"]) for d in table["dimensions"]} for table in (then, now)]
    yield from _differ(f"{name}: dimension", set(codes[0]), set(codes[1]))
    for dimension in (d for d in codes[0] if d in codes[1]):
        yield from _differ(f"{name}: {dimension}:", codes[0][dimension], codes[1][dimension])
    for what in ("missing", "flags"):
        yield from _differ(
            f"{name}: {'mark' if what == 'missing' else 'flag'}", set(then[what]), set(now[what])
        )
    for what in ("title", "units"):
        if then[what] != now[what]:
            yield f"{name}: the {what} was {then[what]!r}, now it is {now[what]!r}"
    if then["cells"] != now["cells"]:
        yield f"{name}: {then['cells']:,} cells before, {now['cells']:,} now"


def _differ(of: str, then: set[str], now: set[str]) -> Iterator[str]:
    for said, codes in (("is new", now - then), ("is gone", then - now)):
        if codes:
            shown = ", ".join(repr(c) for c in sorted(codes)[:SHOWN])
            more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
            yield f"{of} {shown}{more} {said}"
