"""A mapping tried on a file before anything is kept, and what is kept put into place whole."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from etl import inputs
from etl.collect import Collected, collect
from etl.source import Source
from etl.steps.check import duplicates
from indicators.concepts.codelist import codelist
from indicators.concepts.period import UnreadablePeriod, latest_day

RECEIPT = (
    "publisher", "title", "address", "published_on", "retrieved_on", "language", "authority", "licence",
)  # fmt: skip
"""What a receipt says of a publication, in this order."""
NEEDED = ("publisher", "title", "authority")


def lacking_receipt(receipt: Mapping[str, str], name: str) -> list[str]:
    """What keeps a receipt, or the name of a file, from being written; all of it."""
    faults = [f"the receipt needs {field}" for field in NEEDED if not receipt.get(field)]
    authority, day = receipt.get("authority"), receipt.get("published_on")
    if authority and authority not in codelist("authority"):
        faults.append(f"authority is {authority!r}; expected one of {', '.join(codelist('authority'))}")
    try:
        if day:
            latest_day(day)
    except UnreadablePeriod as wrong:
        faults.append(f"published_on: {wrong}")
    if receipt.get("language") and not re.fullmatch(r"[a-z]{2,3}", receipt["language"]):
        faults.append(f"language is {receipt['language']!r}; expected ISO 639, such as kk")
    if name.startswith(".") or name in ("receipt.yaml", "publications.csv") or not name.isprintable():
        faults.append(f"a file named {name!r} cannot be kept; give it another name")
    return faults


def vintage_name(receipt: Mapping[str, str]) -> str:
    """The name of the vintage: the date of publication, or today."""
    return receipt.get("published_on") or date.today().isoformat()


def receipt_of(
    receipt: Mapping[str, str], name: str, size: int, digest: str, beside: Path | None = None
) -> str:
    """receipt.yaml of one file, and of the structure that lies beside it."""
    said: dict[str, Any] = {field: receipt.get(field) or "" for field in RECEIPT}
    said["retrieved_on"] = receipt.get("retrieved_on") or date.today().isoformat()
    files: list[dict[str, Any]] = [{"file": name, "bytes": size, "sha256": digest}]
    if beside:
        of_beside = inputs.digest(beside)
        files.append({"file": beside.name, "bytes": beside.stat().st_size, "sha256": of_beside})
    return _dumped(said) + _dumped({"files": files})


def _dumped(facts: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(facts), allow_unicode=True, sort_keys=False, width=100)


def tried(
    source_id: str,
    texts: Mapping[str, str] | Path,
    path: Path,
    receipt: str,
    vintage: str,
    beside: Path | None = None,
) -> Collected:
    """What a source makes of one file, with all its faults; nothing stays.

    Args:
        source_id: its name, for messages.
        texts: the files of its folder, or the folder itself.
        path: the published file.
        receipt: receipt.yaml.
        vintage: its name.
        beside: the structure of the data, where it is a file of its own.
    """
    with TemporaryDirectory() as folder:
        at = Path(folder) / "raw" / source_id / vintage
        at.mkdir(parents=True)
        for file in (path, beside) if beside else (path,):
            shutil.copyfile(file, at / file.name)
        (at / "receipt.yaml").write_text(receipt, "utf-8")
        source = texts if isinstance(texts, Path) else Path(folder) / "sources" / source_id
        if not isinstance(texts, Path):
            source.mkdir(parents=True)
            for name, text in texts.items():
                (source / name).write_text(text, "utf-8")
        made = collect(Source(source_id, source), Path(folder) / "raw")
        return replace(made, faults=(*made.faults, *duplicates(made.observations.lazy())))


def written(
    path: Path,
    at: Path,
    receipt: str,
    source: Path | None = None,
    texts: Mapping[str, str] | None = None,
    beside: Path | None = None,
) -> list[Path]:
    """Put a vintage, and the folder of its source, into place; each appears whole, or nothing stays.

    Raises:
        FileExistsError: one of them has come into being meanwhile.
    """
    partial = at.parent / f".{at.name}.partial"
    made: list[Path] = []
    files = [path, beside] if beside else [path]
    try:
        partial.mkdir(parents=True)
        for file in files:
            shutil.copyfile(file, partial / file.name)
        (partial / "receipt.yaml").write_text(receipt, "utf-8")
        if source is not None:
            source.mkdir(parents=True)
            made.append(source)
            for name, text in (texts or {}).items():
                (source / f".{name}").write_text(text, "utf-8")
        partial.rename(at)
        made.append(at)
        for name in texts or {}:
            if source is not None:
                (source / f".{name}").replace(source / name)
    except BaseException:
        for folder in (partial, *made):
            shutil.rmtree(folder, ignore_errors=True)
        if not any(at.parent.glob("*")):
            shutil.rmtree(at.parent, ignore_errors=True)
        raise
    kept = [at / name for name in (*(file.name for file in files), "receipt.yaml")]
    return [*((source / name) for name in (texts or {}) if source), *kept]
