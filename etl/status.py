"""Status: what is published, and the account of rows by source."""

from pathlib import Path

from etl.source import sources
from indicators.concepts.release import NoRelease, current_release

_COLUMNS = ("rows_in", "observations", "targets", "withheld", "aside", "noted")


def status(raw: Path, processed: Path, *, stale: bool) -> str:
    """A page of plain text: the release, then rows in = observations + targets + withheld by source."""
    try:
        manifest = current_release(processed).manifest
    except NoRelease as missing:
        return str(missing)
    except FileNotFoundError as missing:
        return f"the current release is gone ({missing.filename}): run `python -m etl build`"
    accounts = [*manifest["account"], _total(manifest["account"])]
    width = max(len(str(a["collection"])) for a in accounts)
    head = f"{'':{width}}  " + "  ".join(f"{c:>12}" for c in _COLUMNS)
    lines = [f"{a['collection']:{width}}  " + "  ".join(f"{a[c]:>12,}" for c in _COLUMNS) for a in accounts]
    waiting = [s.id for s in sources() if "service" in s.facts and not any((raw / s.id).glob("[!.]*"))]
    news = f"{raw} or the code has changed since: run `python -m etl build`" if stale else "up to date"
    return "\n".join(
        [
            f"release {manifest['release']} ({news})",
            "", head, *lines, "",
            "rows in = observations + targets (plans, targets, forecasts) + withheld findings",
            "noted findings are remarks on rows that were kept; aside are cells that a source does not take",
            *([f"not fetched yet (python -m etl fetch SOURCE): {', '.join(waiting)}"] if waiting else []),
        ]
    )  # fmt: skip


def _total(accounts: list[dict[str, int]]) -> dict[str, int | str]:
    sums: dict[str, int | str] = {c: sum(a[c] for a in accounts) for c in _COLUMNS}
    return {"collection": "all sources", **sums}
