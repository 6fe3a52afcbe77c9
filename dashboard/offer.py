"""What a reader takes away from a page: files of an answer, a citation, programs that fetch the same.

Files are addresses of the API, frozen to the release that is on the screen; the citation is made by the
same API when the reader asks for it (assets/cite.js), so that no page waits for it.
"""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.aria import named
from dashboard.route import View
from dashboard.wording import Wording
from exports.cite import API
from indicators.language import message
from indicators.query import Query

FILES = {
    "xlsx": message("Excel workbook"),
    "csv-excel": message("CSV, for Excel"),
    "csv": message("CSV, for programs"),
    "parquet": message("Parquet"),
    "arrow": message("Arrow"),
    "jsonstat": message("JSON-stat"),
    "dta": message("Stata"),
    "sdmx-csv": message("SDMX-CSV"),
    "sdmx-ml": message("SDMX-ML"),
    "sdmx-json": message("SDMX-JSON"),
}
"""Id of a format (exports/formats.py) → its name, the most wanted first."""
HOLDS = message(
    "Each file holds all figures of this answer, rivals too, with hedges, sources and the release."
)
WHOLE = {"csv": message("CSV, for programs"), "parquet": message("Parquet"), "arrow": message("Arrow")}
"""Suffix of a file of the whole release (exports/bulk.py) → its name."""


def away(view: View, query: Query, release: str) -> html.Section:
    """The files of an answer, and how it is cited and fetched.

    Args:
        view: the page.
        query: what the answer answers.
        release: id of the release that is shown.
    """
    words = view.words
    asked = f"{replace(query, lang=words.language.code).to_url()}&{urlencode({'release': release})}"
    files = [_file(words.text(name), f"{API}/data?{asked}&format={form}") for form, name in FILES.items()]
    return html.Section(
        [
            html.H2(words.text("Take it away")),
            html.Ul(files, className="files", **named(words.text("Files of these figures"))),
            html.P(words.text(HOLDS), className="quiet"),
            cited(words, f"{API}/citation?{asked}"),
        ],
        className="taking",
    )


def whole(view: View, release: str) -> html.Section:
    """The whole release as one file, and where programs ask."""
    words = view.words
    files = [
        _file(words.text(name), f"{API}/bulk/all.{suffix}?{urlencode({'release': release})}")
        for suffix, name in WHOLE.items()
    ]
    programs = words.woven(
        "Programs ask the {api}; SDMX clients need no more than the address {sdmx}.",
        api=html.A(words.text("API"), href=f"{API}/"),
        sdmx=html.Code("/sdmx"),
    )
    return html.Section(
        [
            html.H2(words.text("The whole database as one file")),
            html.Ul(files, className="files", **named(words.text("The whole database as one file"))),
            html.P(programs, className="quiet"),
        ],
        className="taking",
    )


def figure_cited(view: View, figure_id: str, release: str) -> html.Details:
    """How one figure is cited and fetched."""
    asked = urlencode({"figure": figure_id, "lang": view.words.language.code, "release": release})
    return cited(view.words, f"{API}/citation?{asked}")


def cited(words: Wording, address: str) -> html.Details:
    """What assets/cite.js fills, once it is opened, with the citation that `address` gives."""
    said = {
        "text": words.text("Citation"),
        "short": words.text("Short address"),
        "bibtex": "BibTeX",
        "ris": "RIS",
        "python": "Python",
        "r": "R",
        "excel": "Excel (Power Query)",
        "stata": "Stata",
        "copy": words.text("Copy"),
        "copied": words.text("Copied"),
        "waits": words.text("Reading the figures …"),
        "failed": words.text("This could not be read. Close it and open it again in a moment."),
    }
    told: dict[str, Any] = {"data-from": address, "data-words": json.dumps(said, ensure_ascii=False)}
    summary = html.Summary(words.text("Cite it, or fetch it with a program"))
    return html.Details([summary, html.Div(className="cited-here")], className="cite", **told)


def _file(name: str, address: str) -> Component:
    return html.Li(html.A(name, href=address, download="figures", className="way"))  # the answer names itself
