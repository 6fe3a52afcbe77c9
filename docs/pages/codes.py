"""The page of code lists: what each holds, how much, and which standard it follows."""

import csv
import re
from collections import Counter
from pathlib import Path

from docs.pages.markdown import page, table
from indicators.concepts.codelist import FOLDER, Codelist, codelist

SAYS = {
    "area": "countries, territories and groups of countries",
    "classification": "who named a set of sectors, in which version",
    "currency_version": "currencies that gave way to another, with the rate of the exchange",
    "note": "sentences that an answer says beside a figure",
    "name": "publishers, and titles that we gave to publications, where they hold words of ours",
    "remark": "what sources and the ledger remark of a figure, or where it stands in them",
    "target": "what is known of an aim beside its figure: direction, owner, act, baseline",
    "target_status": "where an aim stands",
    "target_reason": "why its status is what it is",
    "language": "languages of labels and of the interface",
    "authority": "whose figure it is; the rank orders rival claims",
    "conf_status": "confidentiality",
    "freq": "length of a period",
    "hedge": "how a source qualifies a number, and how wide that is",
    "kind": "an outcome, or not yet one",
    "measure": "what is measured: one definition, its units, its least value",
    "measure_detail": "measures with a figure a day: in the detail, not in summaries of countries and years",
    "obs_status": "state of a value; three absences are kept apart",
    "period_basis": "how the period of a figure is known",
    "region": "parts of countries that figures speak of",
    "sector": "activities, as named by somebody; sectors overlap",
    "sex": "persons by sex",
    "unit": "units after scaling; currencies among them",
}
WHOLE = (
    "classification",
    "currency_version",
    "authority",
    "hedge",
    "kind",
    "period_basis",
    "obs_status",
    "conf_status",
    "freq",
    "sex",
    "region",
    "target_status",
    "target_reason",
)
"""Lists short enough to be shown whole; the others are counted, or shown by their definitions."""
MOST_STANDARDS = 4
RELATIONS = {
    "group_member": "members of groups, by date",
    "sector_class": "classes of activity that a sector holds",
    "sector_relation": "sectors that hold or overlap one another",
}
"""Lists that relate codes to one another."""


def pages() -> dict[str, str]:
    """Path below docs/ → text."""
    names = sorted(path.stem for path in FOLDER.glob("*.csv") if _is_list(path))
    rows = [_counted(codelist(name)) for name in names]
    lead = (
        "One CSV each, in `indicators/codelists/`. Every row names its reference there; this page counts "
        "them. A sector's code says what a source called it, not that two sources mean the same."
    )
    head = ["List", "Says", "Codes", "Languages of labels", "Follows"]
    blocks = [table(head, rows, numbers=[2]), _relations()]
    blocks += [f"## {n}\n\n" + _whole(codelist(n)) for n in names if n in WHOLE]
    blocks += ["## measure\n\n" + _measures(), "## sector\n\n" + _sectors(), "## area\n\n" + _areas()]
    blocks += ["## unit\n\n" + _units(), _groups()]
    return {"codes.md": page("Codes", lead, *blocks)}


def _counted(listed: Codelist) -> list[object]:
    at = f"[{listed.name}](../indicators/codelists/{listed.name}.csv)"
    return [at, SAYS.get(listed.name, ""), len(listed.rows), _languages(listed), _follows(listed)]


def _is_list(path: Path) -> bool:
    return path.read_text("utf-8").startswith("code,")


def _languages(listed: Codelist) -> str:
    first = next(iter(listed.rows.values()))
    columns = [c.removeprefix("label_") for c in first if c.startswith("label_")]
    return ", ".join(c for c in columns if all(row[f"label_{c}"] for row in listed.rows.values()))


def _follows(listed: Codelist) -> str:
    """The standards its references name, the commonest first; sectors follow their classifications."""
    if listed.name == "sector":
        return f"{len({row['classification'] for row in listed.rows.values()})} classifications, see below"
    named = Counter(_standard(row["reference"]) for row in listed.rows.values() if row.get("reference"))
    shown = [name for name, _ in named.most_common(MOST_STANDARDS)]
    return "; ".join(shown) + (" and others" if len(named) > len(shown) else "") if shown else "own list"


def _standard(reference: str) -> str:
    """The name of the standard in a reference: what stands before a detail, a bracket or a remark."""
    return re.split(r"[;,(]|: ", reference)[0].strip()


def _whole(listed: Codelist) -> str:
    first = next(iter(listed.rows.values()))
    columns = [c for c in first if not c.startswith("label_") or c == "label_en"]
    head = ["name" if c == "label_en" else c.replace("_", " ") for c in columns]
    return table(
        head, [[f"`{r[c]}`" if c == "code" else r[c] for c in columns] for r in listed.rows.values()]
    )


def _measures() -> str:
    rows = [
        [f"`{code}`", r["label_en"], r["flow_or_stock"], r["units"].replace("|", ", "), r["definition"]]
        for code, r in codelist("measure").rows.items()
    ]
    return table(["Code", "Name", "Flow or stock", "Units", "Definition"], rows)


def _sectors() -> str:
    rows = [
        [
            f"`{code}`",
            r["label_en"],
            r["classification"],
            f"`{r['parent']}`" if r["parent"] else "",
            r["definition"],
        ]
        for code, r in codelist("sector").rows.items()
    ]
    return table(["Code", "Name", "Classification", "Part of", "Definition"], rows)


def _areas() -> str:
    kinds = Counter(r["kind"] for r in codelist("area").rows.values())
    counted = table(["Kind", "Codes"], sorted(kinds.items()), numbers=[1])
    others = [
        [f"`{code}`", r["label_en"], r["kind"], r["reference"]]
        for code, r in codelist("area").rows.items()
        if r["kind"] != "country"
    ]
    return counted + "\n\n" + table(["Code", "Name", "Kind", "Reference"], others)


def _units() -> str:
    rows = [
        [f"`{code}`", r["label_en"], r["symbol"], r["kind"], r["reference"]]
        for code, r in codelist("unit").rows.items()
        if r["kind"] != "currency"
    ]
    currencies = sum(r["kind"] == "currency" for r in codelist("unit").rows.values())
    return f"{currencies} currencies (ISO 4217), and:\n\n" + table(
        ["Code", "Name", "Symbol", "Kind", "Reference"], rows
    )


def _relations() -> str:
    made = []
    for path in sorted(FOLDER.glob("*.csv")):
        if not _is_list(path):
            rows = _rows(path.stem)
            at = f"[{path.stem}](../indicators/codelists/{path.name})"
            made.append([at, RELATIONS.get(path.stem, ""), len(rows), ", ".join(rows[0])])
    return "Tables that relate codes to one another:\n\n" + table(
        ["Table", "Says", "Rows", "Columns"], made, numbers=[2]
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _groups() -> str:
    now: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    for r in _rows("group_member"):
        said = r["area"] + ("" if r["role"] == "member" else f" ({r['role']})")
        until = f" until {r['valid_to']}" if r["valid_to"] else ""
        (left if until else now).setdefault(r["group"], []).append(said + until)
    made = [
        [f"`{g}`", len(now.get(g, [])), ", ".join(sorted(now.get(g, []))), ", ".join(sorted(left.get(g, [])))]
        for g in sorted({*now, *left})
    ]
    return "## Members of groups\n\n" + table(["Group", "Now", "Members", "Formerly"], made, numbers=[1])
