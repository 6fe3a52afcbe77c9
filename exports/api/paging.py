"""JSON by pages: the rows of one page, how many there are, and links to the others."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import orjson

from exports.api.asked import Asked, Rows
from exports.api.endpoints import USUAL_PAGE
from exports.api.shapes import Field, rows
from indicators.query import SEPARATOR


def paged(
    made: Rows, fields: Sequence[Field], asked: Asked, path: str, *, freezes: bool = True
) -> tuple[bytes, str]:
    """The body of a page, and its Link header; no link where there is one page only.

    A page after the last is empty, and its links lead back. Links name the release, where the address
    takes one (`freezes`): whoever follows them reads one release, whatever is published meanwhile.
    """
    number, size, total = asked["page"] or 1, asked["page_size"] or USUAL_PAGE, len(made.content)
    first = (number - 1) * size
    content = {
        "release": asked.store.release.id, "total": total, "page": number, "page_size": size, **made.about,
        "data": rows(made.content[first : first + size], fields),
    }  # fmt: skip
    query = dict(asked.query) | ({"release": asked.store.release.id} if freezes else {})
    return orjson.dumps(content), _links(number, max(1, -(-total // size)), query, path)


def _links(number: int, last: int, query: Mapping[str, str], path: str) -> str:
    if last == 1 and number == 1:
        return ""
    places = {"first": 1, "prev": min(number - 1, last), "next": number + 1, "last": last}
    kept = {name: text for name, text in query.items() if name != "page"}
    there = {rel: place for rel, place in places.items() if 1 <= place <= last}
    return ", ".join(
        f'<{path}?{urlencode({**kept, "page": place}, safe=SEPARATOR)}>; rel="{rel}"'
        for rel, place in there.items()
    )
