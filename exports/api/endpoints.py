"""The addresses of the API: what each is asked, how it answers, and what its rows hold.

One declaration reads the parameters, checks them, and stands in the OpenAPI description.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from exports.api import lists, numbers, passed
from exports.api.asked import Asked, Rows, Sent
from exports.api.parameters import Choice, Day, Parameter, Part, Several, Whole, Written
from exports.api.shapes import DATA, Field, schema
from exports.bulk import File
from exports.formats import FORMATS
from indicators.catalogue import Catalogue
from indicators.concepts.codelist import codelist
from indicators.concepts.period import EARLIEST, LATEST
from indicators.concepts.target import Status
from indicators.conflicts import DIFFERENCES
from indicators.convert import currencies
from indicators.formulas import PER
from indicators.language import languages
from indicators.query import MEMBERS, OLDEST_CARRIED, ROUNDINGS
from indicators.reconcile import RULES
from indicators.transform import TRANSFORMS

JSON = "json"
USUAL_PAGE, LARGEST_PAGE, LAST_PAGE = 1_000, 10_000, 1_000_000
"""Rows of a page of JSON where none is said, and at most; the highest number of a page."""
TEXT: dict[str, Any] = {"type": "string"}
_FIGURE = Written("[A-Z0-9]{3}-[0-9]{1,6}|[A-Z0-9]{6,16}", "KAZ-001")
_NAMES: dict[str, Any] = {
    "type": "object",
    "properties": dict.fromkeys(("address", "short", "text", "bibtex", "ris"), TEXT)
    | {"use": {"type": "object", "additionalProperties": TEXT}},
    "required": ["address", "short", "text", "bibtex", "ris", "use"],
}
"""A citation."""


@dataclass(frozen=True)
class Replaced:
    """Since when an address is deprecated, until when it answers, and what stands in its place.

    Attributes:
        since: seconds since 1970, for `Deprecation` (RFC 9745).
        until: a date of HTTP, for `Sunset` (RFC 8594).
        by: address of the successor.
    """

    since: int
    until: str
    by: str


@dataclass(frozen=True)
class Endpoint:
    """One address.

    Attributes:
        path: below /api/v1, with {id} for a part.
        summary: what it gives, in English.
        handle: makes the answer: Rows (sent by pages), Sent (as it is), or plain data.
        parameters: what it may be asked, by name.
        fields: of its rows.
        content: schema of plain data; None where it gives rows or files.
        about: schemas of what stands beside the rows.
        media: format → media type, beside JSON.
        paged: whether JSON is sent by pages.
        dated: whether an answer also depends on the day.
        streams: whether it gives files only.
        replaced: where it is deprecated.
        together: what does not go together in values that are right one by one.
    """

    path: str
    summary: str
    handle: Callable[[Asked], Rows | Sent | dict[str, Any]]
    parameters: Mapping[str, Parameter]
    fields: tuple[Field, ...] = ()
    content: Mapping[str, Any] | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    paged: bool = True
    dated: bool = False
    streams: bool = False
    replaced: Replaced | None = None
    together: Callable[[Mapping[str, Any]], list[str]] | None = None


def endpoints(catalogue: Catalogue, downloads: Mapping[str, File]) -> tuple[Endpoint, ...]:
    """Every address, for a catalogue and the files that can be taken away."""
    asked, page = _questions(catalogue), _pages()
    release, lang, areas, as_of = _release(), _lang(), asked["areas"], asked["as_of"]
    measure = Parameter("measure", Choice(tuple(codelist("measure")), "measure"), "Code of a measure.")
    kinds = tuple(dict.fromkeys(row["kind"] for row in codelist("area").rows.values()))
    tables = {name: form.media for name, form in FORMATS.items()}
    return (
        Endpoint("/indicators", "Every indicator: what it answers and how it is made.", lists.indicators,
                 _named(lang, release, *page), lists.INDICATORS),
        Endpoint("/areas", "Every area, with how much there is on it.", lists.areas,
                 _named(Parameter("kind", Choice(kinds), "Only areas of this kind."), lang, release, *page),
                 lists.AREAS),
        Endpoint("/sources", "Every publication that figures are taken from.", lists.sources,
                 _named(_known_by("Only publications known on that day."), release, *page), lists.SOURCES),
        Endpoint("/releases", "The releases that are kept, the oldest first.", lists.releases,
                 _named(*page), lists.RELEASES),
        Endpoint("/figures/{id}", "The passport of one figure: where it stands, and who contradicts it.",
                 numbers.figure, _named(_identity(_FIGURE, "Id of a figure."), lang, release),
                 content=_passport(), paged=False, dated=True),
        Endpoint("/data", "The answer to a question: every claim, hedged as its source hedged it.",
                 numbers.data, _named(*asked.values(), _format(tables), release, *page), DATA,
                 about=_ABOUT_DATA, media=tables, together=partial(numbers.together, catalogue)),
        Endpoint("/conflicts", "Where claims for one cell differ, those furthest apart first.",
                 numbers.conflicts, _named(areas, measure, _differing(), release, *page), numbers.CONFLICTS),
        Endpoint("/targets", "Targets, plans, forecasts and scenarios, and where each stands.",
                 numbers.targets, _named(areas, *_aims(catalogue), as_of, release, *page), numbers.TARGETS),
        Endpoint("/revisions", "Figures that their own publisher stated anew, the largest change first.",
                 numbers.revisions,
                 _named(areas, measure, _known_by("Only revisions known on that day."), release, *page),
                 numbers.REVISIONS),
        Endpoint("/citation", "How a figure, or the answer to a question, is cited and fetched.",
                 passed.citation,
                 _named(*_optional(asked), Parameter("figure", _FIGURE, "A figure, instead of a question."),
                        _format(passed.WRITTEN), release),
                 content=_named_release(_NAMES), media=passed.WRITTEN, paged=False, dated=True,
                 together=partial(numbers.together, catalogue)),
        Endpoint("/bulk", "The files in which the whole release can be taken away.",
                 partial(lists.bulk, downloads=dict(downloads)), _named(release, *page), lists.BULK),
        Endpoint("/bulk/{id}", "One file of the whole release, streamed, without any limit of rows.",
                 partial(passed.file, downloads=downloads),
                 _named(_identity(Written("[a-z0-9.-]{1,40}", next(iter(downloads), "csv")), "Id of a file."),
                        release),
                 media={d.id: d.media for d in downloads.values()}, paged=False, streams=True),
    )  # fmt: skip


def _named(*parameters: Parameter) -> dict[str, Parameter]:
    return {p.name: p for p in parameters}


def _questions(catalogue: Catalogue) -> dict[str, Parameter]:
    """The fields of a Query as parameters."""
    area = Choice(tuple(codelist("area")), "area")
    sectors = tuple(dict.fromkeys(s for i in catalogue for s in i.sectors))
    year = Whole(EARLIEST, LATEST)
    return _named(
        Parameter("indicator", Choice(tuple(i.id for i in catalogue)), "Id of an indicator.", required=True),
        Parameter("areas", Several(area), "Codes of areas; every area that has a figure, if none is named."),
        Parameter("sector", Choice(sectors, "sector"), "One sector; every one of it, if none is named."),
        Parameter("sex", Choice(tuple(codelist("sex"))), "_T for all."),
        Parameter("partner", Choice((*area.values, "_T", "_X", "_Z"), "area"), "Of a flow; _T for all."),
        Parameter("since", year, "First year."),
        Parameter("until", year, "Last year."),
        Parameter("currency", Choice(tuple(currencies()), "unit"), "Of money; as_reported if not said."),
        Parameter("prices", year, "Year at whose prices and rates all years are shown."),
        Parameter("per", Choice(tuple(PER)), "What an amount is divided by."),
        Parameter("transform", Choice(tuple(TRANSFORMS)), "What is made of the series."),
        Parameter("base", year, "Year compared with, for an index or annual growth."),
        Parameter("members", Choice(MEMBERS), "Sum groups from their members too."),
        Parameter("coverage", Part(), "Least part of a group that must have a figure."),
        Parameter("rounding", Choice(ROUNDINGS), "How exact a printed figure is taken to be."),
        Parameter("carry", Whole(0, OLDEST_CARRIED), "Years for which a figure may stand in."),
        Parameter("rule", Choice(tuple(RULES)), "How the headline among rivals is chosen."),
        Parameter("as_of", Day(), "The day as of which it is asked: what was published later is not known."),
        _lang(),
    )  # fmt: skip


def _optional(asked: Mapping[str, Parameter]) -> list[Parameter]:
    return [Parameter(p.name, p.kind, p.says) for p in asked.values()]


def _pages() -> tuple[Parameter, Parameter]:
    return (
        Parameter("page", Whole(1, LAST_PAGE), "Number of the page, from 1; JSON only."),
        Parameter(
            "page_size", Whole(1, LARGEST_PAGE), f"Rows of a page, {USUAL_PAGE} if not said; JSON only."
        ),
    )


def _release() -> Parameter:
    says = "Id of a release that is kept: the answer never changes. The newest, if not said."
    return Parameter("release", Written("[0-9a-f]{12}", "0123456789ab"), says)


def _lang() -> Parameter:
    return Parameter("lang", Choice(tuple(languages())), "Language of labels and notes; changes no figure.")


def _format(media: Mapping[str, str]) -> Parameter:
    return Parameter("format", Choice((JSON, *media)), "In which it is sent; goes before the header Accept.")


def _identity(kind: Written, says: str) -> Parameter:
    return Parameter("id", kind, says, required=True, within="path")


def _known_by(says: str) -> Parameter:
    return Parameter("as_of", Day(), says)


def _differing() -> Parameter:
    return Parameter("difference", Choice(tuple(DIFFERENCES)), "Only cells that differ in this.")


def _aims(catalogue: Catalogue) -> tuple[Parameter, ...]:
    kinds = tuple(code for code in codelist("kind") if code != "observed")
    return (
        Parameter("indicator", Choice(tuple(i.id for i in catalogue)), "Only aims of this indicator."),
        Parameter("kind", Choice(kinds), "Only aims of this kind."),
        Parameter("status", Choice(tuple(str(s) for s in Status)), "Only aims that stand so."),
    )


_ABOUT_DATA: dict[str, Any] = {
    "title": TEXT,
    "question": TEXT,
    "query": {**TEXT, "description": "The question as an address has it, without what is usual."},
    "notes": {"type": "array", "items": TEXT, "description": "What holds for the whole answer."},
    "reason": {"type": ["string", "null"], "description": "Why there are no rows."},
    "basis": {"type": "integer"},
}


def _named_release(content: Mapping[str, Any]) -> dict[str, Any]:
    properties = {"release": TEXT, **content["properties"]}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _passport() -> dict[str, Any]:
    claims = {"type": "array", "items": schema(numbers.FIGURE)}
    return _named_release({"properties": {
        "label": TEXT, "figure": schema(numbers.FIGURE), "rivals": claims, "undated": claims,
        "findings": {"type": "array", "items": schema(numbers.FINDING)}, "citation": _NAMES,
    }})  # fmt: skip
