"""Rendering: what the server does for a page, beside the answer that the page shows."""

import json
from collections.abc import Iterator
from typing import Any

from bench.answers import PROCESSED
from bench.measure import Figure, alternately
from dashboard import site
from indicators.answer import answer
from indicators.catalogue import load
from indicators.overview import overview
from indicators.query import Query
from indicators.store import Releases

REPEATS = 40
COMPARED = Query("exports_services_per_head", ("KAZ", "AZE", "UZB", "GEO", "TUR"), currency="USD")
EVERYBODY = Query("exports_services_per_head", currency="USD")


def figures() -> Iterator[Figure]:
    """Each page through the server's own door: the callback that fills it, answer as bytes included."""
    releases, catalogue = Releases(PROCESSED), load()
    client = site.build(releases, catalogue, most_kept=0).server.test_client()
    callbacks = client.get("/_dash-dependencies").get_json()
    store = releases.current()
    pages = {
        "Board of Kazakhstan": (
            "/", "?area=KAZ", lambda: overview(store, catalogue, "KAZ", "as_reported")),
        "Explore five countries": (
            "/explore", f"?{COMPARED.to_url()}", lambda: answer(COMPARED, store, catalogue)),
        "Explore everybody": (
            "/explore", f"?{EVERYBODY.to_url()}", lambda: answer(EVERYBODY, store, catalogue)),
    }  # fmt: skip
    for name, (path, search, bare) in pages.items():
        body = request(callbacks, [path, search])
        size = len(_sent(client, body))
        shown, answered = alternately(lambda b=body: _sent(client, b), bare, repeats=REPEATS)
        beside = "`overview()`" if path == "/" else "`answer()`"
        yield Figure(f"{name}, the page", shown, beside, answered, note=f"{size / 1000:,.0f} kB of JSON")


def request(callbacks: list[dict[str, Any]], view: list[str]) -> dict[str, Any]:
    """What the browser sends when the address is `view`, by the callbacks that the site has told."""
    (page,) = [c for c in callbacks if f"{site.SHOWN}.tree" in c["output"] and not c["clientside_function"]]
    outputs = [
        {"id": o.rsplit(".", 1)[0], "property": o.rsplit(".", 1)[1]}
        for o in page["output"].strip(".").split("...")
    ]
    inputs = [{**i, "value": view if i["id"] == site.VIEW else None} for i in page["inputs"]]
    changed = [f"{i['id']}.{i['property']}" for i in inputs]
    return {
        "output": page["output"],
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": changed,
        "state": [],
    }


def _sent(client: Any, body: dict[str, Any]) -> bytes:
    response = client.post("/_dash-update-component", data=json.dumps(body), content_type="application/json")
    if response.status_code != 200:
        raise RuntimeError(f"the page was not made: {response.status_code}")
    content: bytes = response.get_data()
    return content
