"""The page of sources: each collection with its receipt, account of rows, quirks and corrections."""

import inspect
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from docs.pages.markdown import bullets, link, page, table
from etl.source import Source

LIVE = "From a live service; nothing of it is kept in this repository (`python -m etl fetch`)."
ELSEWHERE = "Read as published, from files that are not kept in this repository (`build --raw DIR`):"


def pages(
    found: Sequence[Source], raw: Path, account: Sequence[Mapping[str, Any]], publications: pl.DataFrame
) -> dict[str, str]:
    """Path below docs/ → text.

    Args:
        found: the source folders.
        raw: data/raw.
        account: rows of the manifest, one a collection.
        publications: sources.parquet, with the number of `figures` each publication states.
    """
    by_id = {str(a["collection"]): a for a in account}
    said = [_section(s, raw, by_id.get(s.id), publications.filter(collection=s.id)) for s in found]
    total = {k: sum(int(a[k]) for a in account) for k in ("rows_in", "observations", "targets", "withheld")}
    lead = (
        f"{len(found)} collections, {publications.height} publications, {total['rows_in']:,} rows received: "
        f"{total['observations']:,} observations, {total['targets']:,} plans and targets, "
        f"{total['withheld']:,} withheld as repetitions. What a raw file must look like stands in "
        "[data/raw](../data/raw/README.md)."
    )
    return {"sources.md": page("Sources", lead, *said)}


def _section(source: Source, raw: Path, account: Mapping[str, Any] | None, publications: pl.DataFrame) -> str:
    receipts = [
        (path.parent.name, yaml.safe_load(path.read_text("utf-8")))
        for path in sorted((raw / source.id).glob("*/receipt.yaml"))
    ]
    elsewhere = [(path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in source.receipts]
    blocks = [
        f"## {source.id}",
        str(source.facts["title"]) + ".",
        *(_receipt(vintage, receipt) for vintage, receipt in receipts),
        _account(account),
        ELSEWHERE if elsewhere else "",
        "" if receipts or elsewhere else LIVE,
        *(_receipt(vintage, receipt) for vintage, receipt in elsewhere),
        "### Quirks handled\n\n" + _quirks(source),
        "### Corrections\n\n" + (_corrections(source) or "None declared."),
    ]
    if publications.height > len(receipts):
        blocks.append(_publications(source.id, publications))
    return "\n\n".join(b for b in blocks if b)


def _receipt(vintage: str, receipt: Mapping[str, Any]) -> str:
    rows = [
        ["Vintage", vintage],
        ["Publisher", receipt["publisher"]],
        ["Title", link(receipt["title"], receipt["address"])],
        ["Published", receipt["published_on"] or "not stated"],
        ["Retrieved", receipt["retrieved_on"]],
        ["Copy from", receipt.get("obtained_from") or "the publisher"],
        ["Licence", receipt["licence"]],
        ["Files", ", ".join(_file(f) for f in receipt["files"])],
        ["Remark", receipt.get("remark") or ""],
    ]
    return table(["", ""], rows)


def _file(listed: Mapping[str, Any]) -> str:
    unit = "rows" if "rows" in listed else "bytes"
    return f"`{listed['file']}` ({listed[unit]:,} {unit})"


def _account(account: Mapping[str, Any] | None) -> str:
    if account is None:
        return ""
    fates = (
        f"{account['observations']:,} observations + {account['targets']:,} plans and targets "
        f"+ {account['withheld']:,} withheld"
    )
    return f"Rows in: {account['rows_in']:,} = {fates}. {account['noted']:,} rows carry a remark."


def _quirks(source: Source) -> str:
    """The opening of job.py, and what each mark and flag of the source means."""
    about = _about(source)
    rows = [
        [f"`{mark}`" if mark else "(none)", meaning.get("says", ""), _becomes(meaning)]
        for group in ("marks", "flags")
        for mark, meaning in source.facts.get(group, {}).items()
    ]
    tables = sorted(p.stem for p in source.folder.glob("*.csv"))
    labels = f"Label tables: {', '.join(f'`{t}.csv`' for t in tables)}." if tables else ""
    return "\n\n".join(b for b in (about, table(["Mark", "Says", "Becomes"], rows), labels) if b)


def _about(source: Source) -> str:
    if not source.has_job:
        return "Mapped by `source.yaml` alone."
    job = import_module(f"etl.sources.{source.id}.job")
    return "```\n" + inspect.cleandoc(job.__doc__ or "") + "\n```"


def _becomes(meaning: Mapping[str, Any]) -> str:
    said = [f"status {meaning['obs_status']}"] if "obs_status" in meaning else []
    if "low" in meaning:
        said.append(f"interval {meaning['low']} to {meaning['high']}")
    if meaning.get("value") in ("absent", "required"):
        said.append(
            {"absent": "no number may stand there", "required": "a number must stand there"}[meaning["value"]]
        )
    return ", ".join(said) or "a remark"


def _corrections(source: Source) -> str:
    rows = [
        [
            f"`{c['id']}`",
            ", ".join(f"{k} {v}" for k, v in c["where"].items()),
            f"{c['obs_value']} put in its place"
            if c["action"] == "override"
            else f"flagged {c.get('obs_status', '')}",
            c["reason"],
            f"{c['reported_by']}, {c['date']}",
        ]
        for c in source.corrections
    ]
    return table(["Correction", "Figure", "Act", "Reason", "Reported"], rows)


def _publications(collection: str, publications: pl.DataFrame) -> str:
    listed = publications.filter(pl.col("source") != collection).sort("publisher", "published_on", "source")
    languages = listed["language"].unique().drop_nulls().sort().to_list()
    rows = [
        [p["publisher"], p["cites"] or "", link(p["title"], p["address"]), p["published_on"] or "undated",
         p["language"] or "", p["figures"]]
        for p in listed.iter_rows(named=True)
    ]  # fmt: skip
    head = ["Publisher", "Citing", "Title", "Published", "Language", "Figures"]
    said = (
        f"{len(rows)} publications in {len(languages)} {'language' if len(languages) == 1 else 'languages'}"
    )
    who = bullets(_authorities(listed))
    return f"### Publications\n\n{said}, by whose figures they state:\n\n{who}\n\n" + table(
        head, rows, numbers=[5]
    )


def _authorities(listed: pl.DataFrame) -> list[str]:
    counted = listed.group_by("authority").len().sort("len", "authority", descending=[True, False])
    return [f"{name.replace('_', ' ')}: {n}" for name, n in counted.iter_rows()]
