"""The order of the acts, once, for all sources: collect each → look across → summarise → publish."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from etl import inputs
from etl.collect import Collected, collect
from etl.compare import differences
from etl.errors import BuildLocked, BuildStopped, Fault, Kind
from etl.kept import Figures
from etl.last import Last
from etl.lock import hold
from etl.source import sources
from etl.steps.beside import not_yet_stated
from etl.steps.check import duplicates
from etl.steps.publish import publish
from etl.steps.summarise import coverage, national
from indicators.concepts.observation import KEY

Progress = Callable[[str], None]
SPOOL = ".spool-"
"""Begins the name of a folder where a running build sets down many figures."""


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
    with _lock(processed), _spool(processed if publishing else None) as spool:
        raw_files, code = inputs.raw_files(raw, also), inputs.code_files()
        made_of = {"raw": raw_files, "code_version": inputs.version(code)}
        last = Last.of(processed)
        if publishing and last and last.is_made_of(made_of) and last.is_whole():
            return last.id
        versions = inputs.source_versions(raw_files, code)
        parts: list[Collected] = []
        anew: set[str] = set()
        for source in sources():
            say(source.id)
            untouched = last if anew.isdisjoint(source.facts.get("beside", ())) else None
            same = untouched.collected(source, versions.get(source.id, "")) if untouched else None
            anew |= set() if same else {source.id}
            part = _beside(same or collect(source, raw, also, spool), parts)
            parts += [part] if part.rows_in or part.faults else []
        faults = [*(f for p in parts for f in p.faults), *_across(parts), *_gone(raw, last)]
        if faults:
            raise BuildStopped([*faults, *_against_last(parts, faults, processed)])
        if not publishing:
            return None
        if not parts:
            raise BuildStopped([_nothing(raw)])
        say("publish")
        about = {**made_of, "sources": versions, "account": [p.account for p in parts]}
        return publish(_tables(parts), about, processed)


def _beside(part: Collected, before: list[Collected]) -> Collected:
    """The part without what a collection named under `beside` in its source.yaml holds already.

    Such a collection comes before it in the order of names.
    """
    others = [p for p in before if p.source.id in part.source.facts.get("beside", ())]
    if not others or not part.observations.height:
        return part
    stated = pl.concat([p.observations.lazy() for p in others]).collect()
    registered = pl.concat([p.publications for p in others])
    own = part.observations.lazy().collect()
    kept = not_yet_stated(own, part.publications, stated, registered)
    left = own.height - kept.height
    return (
        replace(part, observations=Figures(kept), rows_in=part.rows_in - left, aside=part.aside + left)
        if left
        else part
    )


def _across(parts: list[Collected]) -> list[Fault]:
    """What can only be seen with all sources together."""
    frames = [f for p in parts for f in (p.observations.lazy(), p.targets.lazy())]
    faults = duplicates(pl.concat(frames)) if frames else []
    for part in parts:
        account = part.account
        fates = sum(int(str(account[k])) for k in ("observations", "targets", "withheld"))
        if not part.faults and fates != part.rows_in:
            faults.append(_lost(part, fates))
    return faults


def _nothing(raw: Path) -> Fault:
    return Fault(
        Kind.BAD_SETUP, "etl/sources", "", None, None, f"no source has a figure below {raw.name}",
        "expected one at least", "Add one: python -m etl add FILE.",
    )  # fmt: skip


def _gone(raw: Path, last: Last | None) -> list[Fault]:
    """Live sources of the last release whose vintages are no more: not fetched yet is no fault, lost is."""
    had = {path.partition("/")[0] for path in last.manifest.get("raw", {})} if last else set()
    fix = "Restore the folder, or fetch it again; to do without the source delete etl/sources/{}."
    return [
        Fault(Kind.BAD_SETUP, s.id, "", None, None, f"no vintage below data/raw/{s.id}",
              "expected those of the last release", fix.format(s.id))
        for s in sources()
        if "service" in s.facts and s.id in had and not any((raw / s.id).glob("[!.]*"))
    ]  # fmt: skip


def _lost(part: Collected, fates: int) -> Fault:
    return Fault(
        Kind.BAD_SETUP, part.source.id, "job.py", None, None,
        f"{part.rows_in} rows came in, {fates} have a fate", "expected as many",
        f"Find where etl/sources/{part.source.id}/job.py loses or doubles rows.",
    )  # fmt: skip


def _against_last(parts: list[Collected], faults: list[Fault], processed: Path) -> list[Fault]:
    """For files that are not those of their receipt: which figures the last release had otherwise."""
    changed = {f.where.split()[0] for f in faults if f.kind is Kind.CHANGED_FILE}
    return [
        fault
        for part in parts
        if part.source.id in changed and part.observations.height
        for fault in differences(part.source.id, part.observations.lazy().collect(), part.targets, processed)
    ]


def _tables(parts: list[Collected]) -> dict[str, pl.DataFrame | Path]:
    observations = pl.concat([p.observations.lazy() for p in parts])
    publications = pl.concat([p.publications for p in parts]).sort("source", "vintage")
    tables: dict[str, pl.DataFrame | Path] = {}
    for part in parts:
        kept = part.observations
        tables |= {f"observations/{path.name}": path for path in kept.files}
        tables |= {} if kept.files else {f"observations/{part.source.id}.parquet": kept.frame}
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
def _spool(processed: Path | None) -> Iterator[Path]:
    """A folder for this build only, on the disk of the releases if there is to be one."""
    for left in processed.glob(f"{SPOOL}*") if processed else ():
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=SPOOL, dir=processed) as folder:
        yield Path(folder)


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
