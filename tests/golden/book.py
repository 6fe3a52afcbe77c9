"""The golden figures: what they hold, and how a release is written down beside them.

`<collection>.csv`       figures chosen for what they show, each with every column of its row
`<collection>.sums.csv`  the whole collection: its rows by measure and status, exact sums by measure and unit
`findings.csv`           what became of rows that are not, or not only, among the observations

Nothing here is computed by the code under test but the release itself.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent
SHOWS = "shows"
COLUMNS = (
    "figure_id", "measure", "ref_area", "region", "counterpart_area", "sector", "sex",
    "freq", "time_period", "period_start", "period_end", "period_basis",
    "reported_value", "reported_unit_mult", "obs_value", "obs_low", "obs_high", "hedge", "kind",
    "unit_measure", "base_per", "obs_status", "conf_status", "obs_comment", "correction",
    "reported_at", "source", "vintage", "published_on", "retrieved_on",
)  # fmt: skip
SUMS = ("measure", "by", "code", "rows", "with_value", "obs_value")
FINDINGS = ("collection", "kind", "fate", "figure_id", "refers_to", "reported_at")

Row = Mapping[str, str]


def figures(release: Path, collection: str) -> pl.DataFrame:
    """All figures of a collection, plans and targets included, sorted by their id."""
    observed = pl.read_parquet(release / "observations" / f"{collection}.parquet")
    publications = pl.read_parquet(release / "sources.parquet").filter(pl.col("collection") == collection)
    targets = pl.read_parquet(release / "targets.parquet").join(
        publications, on=["source", "vintage"], how="semi"
    )
    return pl.concat([observed, targets]).sort("figure_id")


def chosen(release: Path, collection: str, golden: Iterable[Row]) -> list[dict[str, str]]:
    """The rows of the release for the ids of a golden file, in its order and with its words."""
    rows = {r["figure_id"]: r for r in figures(release, collection).to_dicts()}
    said = ((g, rows.get(g["figure_id"], {"figure_id": g["figure_id"]})) for g in golden)
    return [{SHOWS: g[SHOWS], **{c: text(row.get(c)) for c in COLUMNS}} for g, row in said]


def sums(release: Path, collection: str) -> list[dict[str, str]]:
    """Rows by measure and status, and by measure and unit with the exact decimal sum of the values."""
    counted: dict[tuple[str, str, str], list[Decimal | None]] = {}
    for row in figures(release, collection).to_dicts():
        measure = row["measure"] if row["kind"] == "observed" else f"{row['measure']} ({row['kind']})"
        for by in ("obs_status", "unit_measure"):
            counted.setdefault((measure, by, row[by]), []).append(row["obs_value"])
    said = []
    for (measure, by, code), values in sorted(counted.items()):
        known = [value for value in values if value is not None]
        with localcontext(prec=60):  # the usual 28 digits would round a long sum
            total = text(sum(known, Decimal(0))) if by == "unit_measure" else ""
        said.append(
            dict(zip(SUMS, (measure, by, code, str(len(values)), str(len(known)), total), strict=True))
        )
    return said


def findings(release: Path) -> list[dict[str, str]]:
    """Every finding, without its sentence."""
    found = pl.read_parquet(release / "findings.parquet").select(FINDINGS)
    return [{c: text(row[c]) for c in FINDINGS} for row in found.to_dicts()]


def text(value: object) -> str:
    """A cell: nothing for null, a number without needless zeros, a day as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        written = f"{value:f}"
        return written.rstrip("0").rstrip(".") if "." in written else written
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    assert value != "", "an empty text is not null: the two would look alike in a golden file"
    return str(value)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a golden file; none where there is no file yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(rows: Iterable[Row], columns: Iterable[str]) -> str:
    """Rows as the text of a golden file."""
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return page.getvalue()


def pages(release: Path, folder: Path = FOLDER) -> dict[str, str]:
    """Name of each golden file → the text that this release gives it."""
    collections = sorted(p.stem for p in (release / "observations").glob("*.parquet"))
    made = {"findings.csv": written(findings(release), FINDINGS)}
    for name in collections:
        golden = read(folder / f"{name}.csv")
        made[f"{name}.csv"] = written(chosen(release, name, golden), (SHOWS, *COLUMNS))
        made[f"{name}.sums.csv"] = written(sums(release, name), SUMS)
    return made
