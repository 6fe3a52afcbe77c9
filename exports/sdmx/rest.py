"""SDMX REST: a path, a query and headers in; a status, headers and the body out.

    2.1   /dataflow/…, /datastructure/…, /codelist/…, /data/{flow}/{key}, /availableconstraint/{flow}/{key}
    3.0   /structure/{type}/…, /data/dataflow/{agency}/{flow}/{version}/{key}, /availability/…

Beside the standard stand format=, lang= and release= (the id of a release that is kept). Nothing is computed
here: what is asked becomes Queries, and what is answered is written.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from weakref import WeakKeyDictionary

import polars as pl
from werkzeug.http import parse_accept_header, parse_etags

from exports.api.negotiation import tag as named
from exports.sdmx import csv_data, json_data, json_structure, ml_data, ml_structure
from exports.sdmx.artefacts import (
    CODELIST,
    CONCEPT_SCHEME,
    DATAFLOW,
    Artefact,
    Constraint,
    Structures,
    artefacts,
)
from exports.sdmx.components import COMPONENTS, CONCEPTS, EVERYTHING
from exports.sdmx.faults import SYNTAX, Refused, error_json, error_xml
from exports.sdmx.markup import V21, V30
from exports.sdmx.media import AVAILABILITY, DATA, STRUCTURE, Media, chosen
from exports.sdmx.related import relations, structures
from exports.sdmx.request import Parameters, Selection, Wanted, not_found, read
from exports.sdmx.rows import held
from exports.sdmx.select import availability, frames
from indicators.catalogue import Catalogue
from indicators.language import ENGLISH, languages
from indicators.query import BadQuery
from indicators.store import Store

Response = tuple[int, dict[str, str], Iterable[bytes]]
"""Status, headers, body a part at a time."""
UNCHANGED = 304
_VARY = "Accept, Accept-Language, Accept-Encoding"


def respond(
    path: str, query: Parameters, headers: Mapping[str, str], store: Store, catalogue: Catalogue
) -> Response:
    """The response to GET `path`.

    Args:
        path: below the address of the service.
        query: parameters, each with its values; a plus sign is a plus sign.
        headers: of the request, names in lower case.
        store: the release that answers.
        catalogue: the definitions.
    """
    accept = headers.get("accept", "")
    try:
        what, dialect, asked = read(path, query)
        _of_release(query, store)
        language = _language(query, headers)
        form = chosen(what, dialect, accept, (query.get("format") or [""])[-1])
        tag = _etag(store, what, dialect, path, query, form, language)
        said = {"Content-Type": form.header, "ETag": tag, "Vary": _VARY, "Content-Language": language}
        if parse_etags(headers.get("if-none-match")).contains_weak(tag[3:-1]):
            return UNCHANGED, said, []
        return 200, said, _body(what, asked, form, language, store, catalogue)
    except Refused as refused:
        return error(refused, accept)
    except BadQuery as bad:
        return error(Refused(SYNTAX, *bad.faults), accept)


def _of_release(query: Parameters, store: Store) -> None:
    asked = (query.get("release") or [""])[-1]
    if asked not in ("", store.release.id):
        raise not_found(f"release {asked!r} is not kept here; the current one is {store.release.id}")


def _language(query: Parameters, headers: Mapping[str, str]) -> str:
    """The first language asked for that we speak, else English."""
    given = (query.get("lang") or [""])[-1]
    if given and given not in languages():
        raise Refused(SYNTAX, f"lang={given!r} is none of {', '.join(languages())}")
    liked = parse_accept_header(headers.get("accept-language"))
    wanted = [name.partition("-")[0].lower() for name, weight in liked if weight > 0]
    return given or next((code for code in wanted if code in languages()), ENGLISH)


def _etag(
    store: Store, what: str, dialect: str, path: str, query: Parameters, form: Media, language: str
) -> str:
    """Weak: the moment of preparation differs between two bodies that say the same."""
    asked = repr((what, dialect, path, sorted((k, list(v)) for k, v in query.items()), form.header, language))
    return f'W/"{named(store.release.id, asked)}"'


def error(refused: Refused, accept: str) -> Response:
    """The message that says all that is wrong with a request."""
    if "json" in accept:
        return refused.status, {"Content-Type": "application/json", "Vary": _VARY}, [error_json(refused)]
    headers = {"Content-Type": "application/vnd.sdmx.error+xml;version=2.1; charset=utf-8", "Vary": _VARY}
    return refused.status, headers, [error_xml(refused)]


def _body(
    what: str, asked: Wanted | Selection, form: Media, language: str, store: Store, catalogue: Catalogue
) -> Iterable[bytes]:
    if isinstance(asked, Wanted):
        made = structures(
            asked, artefacts(catalogue, held(store)), lambda flow: _constraint(flow, store, catalogue)
        )
        return [_structure(made, form, language)]
    if what == AVAILABILITY:
        return [_structure(_available(asked, store, catalogue), form, language)]
    return _data(asked, form, language, store, catalogue)


def _constraint(flow: str, store: Store, catalogue: Catalogue) -> Constraint:
    """What there is of a dataflow; nothing where it has no data."""
    known = _THERE.setdefault(store, {})
    if flow not in known:
        try:
            known[flow] = availability(Selection((flow,)), flow, store, catalogue)
        except Refused:
            known[flow] = Constraint(flow, {}, (), None, 0, 0)
    return known[flow]


_THERE: WeakKeyDictionary[Store, dict[str, Constraint]] = WeakKeyDictionary()
"""Store → dataflow → what there is of it; a release never changes."""


def _available(asked: Selection, store: Store, catalogue: Catalogue) -> Structures:
    flow = asked.flows[0] if len(asked.flows) == 1 else EVERYTHING
    constraint = availability(asked, flow, store, catalogue)
    kinds = relations(["dataconstraint"], asked.references)
    made = [a for a in artefacts(catalogue, held(store)) if a.kind in kinds]
    return Structures(tuple(a for a in made if a.kind != "dataflow" or a.id == flow), (constraint,))


def _structure(made: Structures, form: Media, language: str) -> bytes:
    if form.layout == "json":
        return json_structure.structure_message(made, language)
    return ml_structure.structure_message(made, V21 if form.version == V21 else V30)


def _data(
    asked: Selection, form: Media, language: str, store: Store, catalogue: Catalogue
) -> Iterable[bytes]:
    found = _peeked(frames(asked, store, catalogue, language))
    flow = asked.flows[0] if len(asked.flows) == 1 else EVERYTHING
    if form.layout == "csv":
        names = csv_data.UNNAMED
        if form.options.labels != csv_data.ID:
            names = _names(artefacts(catalogue, held(store)), flow, language)
        version = "1.0" if form.version.startswith("1") else "2.0"
        return csv_data.csv(found, flow, version=version, options=form.options, names=names)
    if form.layout == "json":
        return [
            json_data.data_message(
                found, artefacts(catalogue, held(store)), flow, at=asked.at, language=language
            )
        ]
    layout = ml_data.GENERIC if form.layout == "generic" else ml_data.SPECIFIC
    version = V21 if form.version == V21 else V30
    return ml_data.data_message(found, flow, version=version, layout=layout, at=asked.at)


def _names(made: Iterable[Artefact], flow: str, language: str) -> csv_data.Names:
    """What the components and codes of a dataflow are called in a language."""
    by_id = {(a.kind, a.id): a for a in made}
    titles = {c.id: c.names[language] for c in by_id[CONCEPT_SCHEME, CONCEPTS].items}
    lists = {
        c.id: {i.id: i.names.get(language) or i.id for i in by_id[CODELIST, c.codes].items}
        for c in COMPONENTS
        if c.codes
    }
    return csv_data.Names(by_id[DATAFLOW, flow].names[language], titles, lists)


def _peeked(found: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same, looked into once, so that nothing found is said before the first byte leaves."""
    try:
        first = next(found)
    except StopIteration:
        raise not_found("there are no data for this key, these periods and this day") from None
    return chain([first], found)


__all__ = ["DATA", "STRUCTURE", "Response", "error", "respond"]
