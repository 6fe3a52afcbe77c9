"""The order of the acts, once, for every source: receive → read → normalise → correct → check → publish."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from etl import inputs
from etl.compare import differences
from etl.draft import Draft
from etl.errors import BuildLocked, BuildStopped, Fault, Kind
from etl.lock import hold
from etl.publications import SCHEMA as REGISTER
from etl.publications import publications
from etl.source import Source, Vintage, sources
from etl.steps import findings
from etl.steps.check import check, duplicates, impossible, shaped
from etl.steps.correct import correct
from etl.steps.identify import identify
from etl.steps.publish import publish
from etl.steps.receive import PUBLICATIONS, printed, vintages
from etl.steps.summarise import coverage, national
from indicators.concepts.observation import KEY, OBSERVED, SCHEMA
from indicators.concepts.release import NoRelease, current_release

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Collected:
    """What one source gave: every row received has one fate."""

    source: Source
    rows_in: int
    observations: pl.DataFrame
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


def collect(source: Source, raw: Path, also: Path | None = None) -> Collected:
    """Everything of one source (see receive.vintages), with all its faults; bad figures raise nothing."""
    editions, faults = vintages(source, raw, also)
    frames = [edition(vintage) for vintage in editions]
    kept = _concat([p.kept for p in frames], SCHEMA)
    outcome = pl.col("kind") == OBSERVED
    return Collected(
        source=source,
        rows_in=sum(p.rows_in for p in frames),
        observations=kept.filter(outcome).sort(KEY),
        targets=kept.filter(~outcome).sort(KEY),
        findings=_concat([p.findings for p in frames], findings.SCHEMA).sort(
            "kind", "figure_id", "reported_at"
        ),
        publications=pl.concat([p.publications for p in frames]) if frames else pl.DataFrame(),
        faults=(*faults, *(f for p in frames for f in p.faults)),
        aside=sum(p.aside for p in frames),
    )


@dataclass(frozen=True)
class Edition:
    """What one vintage gave, with its faults."""

    rows_in: int
    kept: pl.DataFrame
    findings: pl.DataFrame
    publications: pl.DataFrame
    faults: tuple[Fault, ...]
    aside: int = 0


def edition(vintage: Vintage) -> Edition:
    """Everything of one vintage; bad figures raise nothing."""
    received = printed(vintage)
    rows_in = received.frame.height
    if any(f.kind is Kind.UNREADABLE and f.file == PUBLICATIONS for f in received.faults):
        return Edition(rows_in, _empty(SCHEMA), _empty(findings.SCHEMA), _empty(REGISTER), received.faults)
    table, wrong = publications(vintage)
    draft = received.noting(wrong)
    if rows_in:
        draft = vintage.job.normalise(draft, vintage)
    withheld = _empty(findings.SCHEMA)
    if draft.frame.is_empty() or _hopeless(draft):
        return Edition(rows_in, _empty(SCHEMA), withheld, table, draft.faults)
    draft = identify(draft.to(draft.frame.join(_dates(table), on=["source", "vintage"], how="left")))
    if "same_as" in draft.frame.columns:
        again = pl.col("same_as").is_not_null()
        withheld = findings.same_statement(draft.frame.filter(again), vintage.source.id)
        draft = draft.to(draft.frame.filter(~again))
    draft = check(correct(draft, vintage.source.corrections))
    if _hopeless(draft):
        return Edition(rows_in, _empty(SCHEMA), withheld, table, draft.faults)
    kept = shaped(draft)
    draft = draft.noting(_unexplained(draft, kept))
    noted = [
        findings.of_corrections(kept, vintage.source.id),
        findings.of_impossible(impossible(kept), vintage.source.id),
        findings.of_unstated_periods(kept, vintage.source.id),
    ]
    found = pl.concat([withheld, *noted])
    return Edition(rows_in, kept, found, table, draft.faults, received.aside)


def _hopeless(draft: Draft) -> bool:
    """Whether a fault leaves columns that later steps cannot work with."""
    return any(fault.kind is not Kind.CHANGED_FILE for fault in draft.faults)


def _unexplained(draft: Draft, kept: pl.DataFrame) -> Iterable[Fault]:
    odd = impossible(kept).filter(pl.col("correction").is_null())["figure_id"].to_list()
    rows = draft.frame.filter(pl.col("figure_id").is_in(odd)).select("file", "row", "obs_value")
    fix = "Correct the row; if it is what the source printed, declare it in corrections.yaml (flag)."
    return [
        draft.fault(Kind.BROKEN_RULE, r, "value", f"{r['obs_value']:f} per cent", "cannot be", fix)
        for r in rows.to_dicts()
    ]


def _dates(table: pl.DataFrame) -> pl.DataFrame:
    return table.select("source", "vintage", "published_on", "retrieved_on")


def _empty(schema: Any) -> pl.DataFrame:
    return pl.DataFrame(schema=schema)


def _concat(frames: list[pl.DataFrame], schema: Any) -> pl.DataFrame:
    return pl.concat(frames) if frames else _empty(schema)


def build(
    raw: Path, processed: Path, *, say: Progress, also: Path | None = None, publishing: bool = True
) -> str | None:
    """Make a release of everything below `raw`.

    Args:
        raw: data/raw.
        processed: data/processed.
        also: publications that are not kept in the repository (see receive.vintages).
        say: told which source is being read, for a progress bar.
        publishing: False checks everything and writes nothing.

    Returns:
        The id of the release now current; None when nothing was to be published.

    Raises:
        BuildStopped: something received is wrong; nothing was written.
        BuildLocked: another build is running.
        BrokenRelease: the release did not read back as written; the last one still serves.
    """
    with _lock(processed):
        made_of = {"raw": inputs.raw_files(raw, also), "code_version": inputs.code_version()}
        parts = []
        for source in sources():
            say(source.id)
            part = collect(source, raw, also)
            parts += [part] if part.rows_in or part.faults else []
        faults = [*(f for p in parts for f in p.faults), *_across(parts), *_gone(raw, processed)]
        if faults:
            raise BuildStopped([*faults, *_against_last(parts, faults, processed)])
        if not publishing:
            return None
        say("publish")
        accounts = [p.account for p in parts]
        return publish(_tables(parts), {**made_of, "account": accounts}, processed)


def _across(parts: list[Collected]) -> list[Fault]:
    """What can only be seen with all sources together."""
    frames = [f for p in parts for f in (p.observations, p.targets) if f.height]
    together = pl.concat(frames) if frames else _empty(SCHEMA)
    faults = duplicates(together)
    for part in parts:
        account = part.account
        fates = sum(int(str(account[k])) for k in ("observations", "targets", "withheld"))
        if not part.faults and fates != part.rows_in:
            faults.append(
                Fault(
                    Kind.BAD_SETUP,
                    part.source.id,
                    "job.py",
                    row=None,
                    column=None,
                    seen=f"{part.rows_in} rows came in, {fates} have a fate",
                    expected="expected as many",
                    fix=f"Find where etl/sources/{part.source.id}/job.py loses or doubles rows.",
                )
            )
    return faults


def _gone(raw: Path, processed: Path) -> list[Fault]:
    """Live sources of the last release whose vintages are no more: not fetched yet is no fault, lost is."""
    try:
        before = current_release(processed).manifest.get("raw", {})
    except (NoRelease, FileNotFoundError, ValueError):
        return []
    had = {path.partition("/")[0] for path in before}
    fix = "Restore the folder, or fetch it again; to do without the source delete etl/sources/{}."
    return [
        Fault(Kind.BAD_SETUP, s.id, "", None, None, f"no vintage below data/raw/{s.id}",
              "expected those of the last release", fix.format(s.id))
        for s in sources()
        if "service" in s.facts and s.id in had and not any((raw / s.id).glob("[!.]*"))
    ]  # fmt: skip


def _against_last(parts: list[Collected], faults: list[Fault], processed: Path) -> list[Fault]:
    """For files that are not those of their receipt: which figures the last release had otherwise."""
    changed = {f.where.split()[0] for f in faults if f.kind is Kind.CHANGED_FILE}
    readable = [p for p in parts if p.source.id in changed and p.observations.height]
    return [
        fault for p in readable for fault in differences(p.source.id, p.observations, p.targets, processed)
    ]


def _tables(parts: list[Collected]) -> dict[str, pl.DataFrame]:
    observations = pl.concat([p.observations for p in parts])
    publications = pl.concat([p.publications for p in parts]).sort("source", "vintage")
    tables = {f"observations/{p.source.id}.parquet": p.observations for p in parts}
    return {
        **tables,
        "targets.parquet": pl.concat([p.targets for p in parts]).sort(KEY),
        "sources.parquet": publications,
        "findings.parquet": pl.concat([p.findings for p in parts]).sort("collection", "kind", "figure_id"),
        "summaries/coverage.parquet": coverage(observations),
        "summaries/national.parquet": national(observations, publications),
        "summaries/account.parquet": pl.DataFrame([p.account for p in parts]),
    }


@contextmanager
def _lock(processed: Path) -> Iterator[None]:
    """Hold the build lock; the system frees it when the process dies, however it dies."""
    processed.mkdir(parents=True, exist_ok=True)
    with (processed / ".lock").open("a") as file:
        try:
            hold(file.fileno())
        except OSError:
            raise BuildLocked(f"another build is running in {processed}; wait for it to end") from None
        yield
