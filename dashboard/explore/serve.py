"""What Explore asks of the server beside its pages: GET /explore/areas, a long table with all its areas."""

import orjson
from dash import Dash
from flask import Response, request

from dashboard import links, route
from dashboard.explore import answering, asking, tables
from dashboard.explore.parts import Years
from indicators.catalogue import Catalogue
from indicators.concepts.release import UnknownRelease
from indicators.query import BadQuery
from indicators.store import Releases


def register(app: Dash, releases: Releases, catalogue: Catalogue) -> None:
    """Answer the address of a whole table from `app`."""

    def areas() -> Response:
        try:
            table = whole(releases, catalogue, request.query_string.decode("utf-8", "replace"))
        except (BadQuery, UnknownRelease):
            table = None
        if table is None:
            return Response("there is no such table", 404)
        body = orjson.dumps({"rows": table.rows, "publishers": table.publishers})
        return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})

    app.server.add_url_rule(tables.AREAS, "areas", areas)


def whole(releases: Releases, catalogue: Catalogue, search: str) -> Years | None:
    """The table of a page and a unit with every area; None where it has no such table.

    Args:
        releases: which there are.
        catalogue: of the indicators.
        search: query string of the page, with `tables.UNIT` beside it.

    Raises:
        BadQuery: what the page could not be asked either.
        UnknownRelease: it is no longer kept.
    """
    view = route.read(links.EXPLORE, search)
    page = route.View(
        view.path,
        {k: v for k, v in view.parameters.items() if k != tables.UNIT},
        language=view.language,
        release=view.release,
    )
    store = releases.of(page.release)
    found = answering.found(asking.asked(page, catalogue), store, catalogue)
    return tables.whole(page, found, view.parameters.get(tables.UNIT, ""))
