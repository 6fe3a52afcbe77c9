"""What there is: indicators, areas, sources, releases, downloads."""

from datetime import UTC, datetime

import polars as pl

from exports.api.asked import Asked, Rows
from exports.api.shapes import Row, field, fields_of
from exports.bulk import File
from indicators.concepts.codelist import codelist

INDICATORS = (
    field("id", "As in `indicator=`."),
    field("name", "In the language asked for."),
    field("question", "What it answers."),
    field("theme"),
    field("formula", "How it is made of what is reported."),
    field("unit", "Code of its unit, or where its unit comes from."),
    field("decimals:whole", "Digits after the point that are worth showing."),
    field("polarity", "Whether more is better, less is, or neither."),
    field("sectors:texts", "Codes that it may be asked for, the usual one first."),
    field("freqs:texts", "Frequencies of its series, SDMX CL_FREQ."),
    field("caveats:texts", "What must be known of every figure of it."),
    field("basis:whole", "Raised when the way it is made changes published figures."),
)
AREAS = (
    field("code", "ISO 3166-1 alpha-3, or the code of a group."),
    field("label", "In the language asked for."),
    field("kind", "Country, group, or what else it is."),
    field("alpha2", "ISO 3166-1 alpha-2."),
    field("m49", "Code of UN M49."),
    field("figures:whole", "Observed figures of this release, from the newest vintages."),
    field("first:whole", "Year of the first figure."),
    field("last:whole", "Year of the last figure."),
)
SOURCES = fields_of((
    "source", "vintage", "collection", "publisher", "cites", "authority", "title", "address", "published_on",
    "retrieved_on", "known_from:day", "language", "licence", "remark", "figures:whole",
))  # fmt: skip
RELEASES = (
    field("release", "As in `release=`."),
    field("published_at", "When it last became current, UTC; null where that was not recorded."),
    field("is_current:flag", "Whether it is the one that answers when none is named."),
)
BULK = (
    field("id", "As in the address."),
    field("name"),
    field("media", "Media type."),
    field("file", "Name under which it is saved."),
    field("address", "From where it is streamed."),
)


def indicators(asked: Asked) -> Rows:
    """Every definition."""
    words = asked.language
    found: list[Row] = [
        {
            "id": i.id, "name": words.text(i.name), "question": words.text(i.question),
            "theme": words.text(i.theme), "formula": i.formula, "unit": i.unit, "decimals": i.decimals,
            "polarity": i.polarity, "sectors": list(i.sectors), "freqs": list(i.freqs),
            "caveats": [words.note(c) for c in i.caveats], "basis": i.basis,
        }
        for i in asked.catalogue
    ]  # fmt: skip
    return Rows(found)


def areas(asked: Asked) -> Rows:
    """Every area, with how much there is on it."""
    counted = asked.store.ask("coverage").group_by("ref_area").agg(
        pl.col("figures").sum(), pl.col("first").min(), pl.col("last").max()
    )  # fmt: skip
    known = {row["ref_area"]: row for row in counted.to_dicts()}
    nothing = {"figures": 0, "first": None, "last": None}
    found = []
    for code, row in codelist("area").rows.items():
        if asked["kind"] not in (None, row["kind"]):
            continue
        held = known.get(code, nothing)
        found.append({
            "code": code, "label": asked.language.label("area", code), "kind": row["kind"],
            "alpha2": row["alpha2"] or None, "m49": row["m49"] or None,
            **{name: held[name] for name in nothing},
        })  # fmt: skip
    return Rows(found)


def sources(asked: Asked) -> Rows:
    """Every publication, with how many figures it states."""
    found = asked.store.ask("publications")
    if asked["as_of"]:
        found = found.filter(pl.col("known_from") <= asked["as_of"])
    return Rows(found)


def releases(asked: Asked) -> Rows:
    """The releases that are kept."""
    current = asked.releases.current().release.id
    return Rows([
        {"release": p.id, "published_at": _utc(p.at), "is_current": p.id == current}
        for p in asked.releases.kept()
    ])  # fmt: skip


def _utc(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at and at.tzinfo else at.isoformat() if at else None


def bulk(asked: Asked, downloads: dict[str, File]) -> Rows:
    """The files of the whole release."""
    found = [
        {
            "id": d.id, "name": d.name, "media": d.media, "file": file_name(d, asked),
            "address": f"{asked.address}/api/v1/bulk/{d.id}",
        }
        for d in downloads.values()
    ]  # fmt: skip
    return Rows(found)


def file_name(download: File, asked: Asked) -> str:
    """The name under which a file of a release is saved."""
    stem = download.id.removesuffix(f".{download.suffix}")
    return f"creative-economy-{asked.store.release.id}-{stem}.{download.suffix}"
