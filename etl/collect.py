"""Collect: everything of one source, act by act: read → normalise → identify → correct → check → keep."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from etl.coded import CODE, IN_WORK, as_texts
from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.kept import Figures, Keeper
from etl.publications import SCHEMA as REGISTER
from etl.publications import publications
from etl.source import Source, Vintage
from etl.steps import findings
from etl.steps.check import check, impossible, shaped
from etl.steps.correct import correct, unmatched
from etl.steps.identify import identify
from etl.steps.receive import PUBLICATIONS, printed, vintages
from indicators.concepts.observation import KEY, OBSERVED, SCHEMA

SIDE_BY_SIDE = 2
"""Drafts that are worked on at a time; each needs some 300 MB."""
Item = TypeVar("Item")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Collected:
    """What one source gave: every row received has one fate."""

    source: Source
    rows_in: int
    observations: Figures
    targets: pl.DataFrame
    findings: pl.DataFrame
    publications: pl.DataFrame
    faults: tuple[Fault, ...]
    aside: int = 0

    @property
    def account(self) -> dict[str, object]:
        """rows_in = observations + targets + withheld; `noted` findings are remarks on kept rows.

        `aside` cells of published files are not asked for by the source and are not among rows_in.
        """
        withheld = self.findings.filter(pl.col("fate") == findings.WITHHELD).height
        return {
            "collection": self.source.id,
            "rows_in": self.rows_in,
            "observations": self.observations.height,
            "targets": self.targets.height,
            "withheld": withheld,
            "aside": self.aside,
            "noted": self.findings.height - withheld,
        }


def collect(source: Source, raw: Path, also: Path | None = None, spool: Path | None = None) -> Collected:
    """Everything of one source (see receive.vintages), with all its faults; bad figures raise nothing.

    Args:
        source: which.
        raw: data/raw.
        also: a folder beside it.
        spool: where figures are set down if they are many; None: all stay in memory.
    """
    editions, faults = vintages(source, raw, also)
    return of_editions(source, editions, faults, spool)


def of_editions(
    source: Source, editions: Sequence[Vintage], faults: Iterable[Fault] = (), spool: Path | None = None
) -> Collected:
    """Everything of the given editions of one source, as `collect` has it."""
    with Keeper(source.id, spool) as keeper:
        made = _Made(keeper)
        for vintage in editions:
            _edition(vintage, made)
        figures = keeper.figures()
    if editions and made.whole:
        made.faults += unmatched(source.id, source.corrections, made.matched)
    return Collected(
        source=source,
        rows_in=made.rows_in,
        observations=figures,
        targets=_concat(made.targets, SCHEMA).sort(KEY),
        findings=_concat(made.findings, findings.SCHEMA).sort("kind", "figure_id", "reported_at"),
        publications=_concat(made.publications, REGISTER),
        faults=(*faults, *made.faults),
        aside=made.aside,
    )


class _Made:
    """What has come of a source so far; `matched` corrections, and whether all of it went all the way."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.matched: set[str] = set()
        self.whole = True
        self.rows_in = self.aside = 0
        self.targets: list[pl.DataFrame] = []
        self.findings: list[pl.DataFrame] = []
        self.publications: list[pl.DataFrame] = []
        self.faults: list[Fault] = []


def _edition(vintage: Vintage, made: _Made) -> None:
    """Add what one vintage gives, draft after draft."""
    drafts = printed(vintage)
    first = next(drafts)
    if any(f.kind is Kind.UNREADABLE and f.file == PUBLICATIONS for f in first.faults):
        made.faults += first.faults  # without its register nothing of a ledger can be named
        made.whole = False
        return
    table, wrong = publications(vintage)
    made.publications.append(table)
    made.faults += wrong
    for done in in_turn(chain([first], drafts), lambda draft: _worked(draft, vintage, table)):
        made.rows_in += done.rows_in
        made.aside += done.aside
        made.faults += done.faults
        made.findings += done.findings
        made.targets += [done.aims] if done.aims.height else []
        made.matched |= done.matched
        made.whole &= done.whole
        made.keeper.take(done.kept)


@dataclass
class _Worked:
    """What one draft gives; `whole` says whether it went all the way."""

    rows_in: int
    aside: int
    kept: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=IN_WORK))
    aims: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    findings: list[pl.DataFrame] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()
    matched: set[str] = field(default_factory=set)
    whole: bool = False


def _worked(draft: Draft, vintage: Vintage, table: pl.DataFrame) -> _Worked:
    """Every act on one draft. Drafts are worked on side by side, so nothing outside is touched."""
    done = _Worked(draft.frame.height, draft.aside)
    if draft.frame.height:
        draft = vintage.job.normalise(draft, vintage)
    if draft.frame.is_empty() or table.is_empty() or _hopeless(draft):
        done.faults, done.whole = draft.faults, draft.frame.is_empty() and not draft.faults
        return done
    draft = identify(draft.to(_dated(draft.frame, table)))
    if "same_as" in draft.frame.columns:
        again = pl.col("same_as").is_not_null()
        done.findings.append(findings.same_statement(draft.frame.filter(again), vintage.source.id))
        draft = draft.to(draft.frame.filter(~again))
    draft = check(correct(draft, vintage.source.corrections, done.matched))
    done.faults = draft.faults
    if _hopeless(draft):
        return done
    _sorted_out(done, draft, vintage.source.id)
    return done


def _sorted_out(done: _Worked, draft: Draft, source_id: str) -> None:
    """Outcomes, aims, and what is to be said of either."""
    kept = shaped(draft)
    done.faults = draft.noting(_unexplained(draft, kept)).faults
    done.findings += [
        findings.of_corrections(kept, source_id),
        findings.of_impossible(impossible(kept), source_id),
        findings.of_unstated_periods(kept, source_id),
    ]
    outcome = pl.col("kind") == OBSERVED
    done.aims = as_texts(kept.filter(~outcome))
    done.kept = kept.filter(outcome) if done.aims.height else kept
    done.whole = True


def in_turn(items: Iterable[Item], work: Callable[[Item], Done]) -> Iterator[Done]:
    """`work` done on each item, two at a time, in the order of the items; no item is fetched far ahead."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        waiting: deque[Future[Done]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > SIDE_BY_SIDE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _hopeless(draft: Draft) -> bool:
    """Whether a fault leaves columns that later steps cannot work with."""
    return any(fault.kind is not Kind.CHANGED_FILE for fault in draft.faults)


def _unexplained(draft: Draft, kept: pl.DataFrame) -> Iterable[Fault]:
    odd = impossible(kept).filter(pl.col("correction").is_null())["figure_id"].to_list()
    if not odd:
        return []
    rows = draft.frame.filter(pl.col("figure_id").is_in(odd))
    fix = "Correct the row; if it is what the source printed, declare it in corrections.yaml (flag)."
    return [
        draft.fault(Kind.BROKEN_RULE, r, "value", f"{r['obs_value']:f} per cent", "cannot be", fix)
        for r in rows.select("file", "row", "obs_value").to_dicts()
    ]


def _dated(frame: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """With the days of their publication; a table has one, a ledger many."""
    dates = table.select("source", "vintage", "published_on", "retrieved_on")
    if dates.height > 1:
        by = ["source", "vintage"]
        dates = dates.with_columns(pl.col(name).cast(frame.schema[name]) for name in by)
        return frame.join(dates, on=by, how="left", maintain_order="left")
    only = dates.row(0, named=True)
    return frame.with_columns(pl.lit(only[day], CODE).alias(day) for day in ("published_on", "retrieved_on"))


def _concat(frames: list[pl.DataFrame], schema: Any) -> pl.DataFrame:
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)
