"""What is passed on: citations, and files of the whole release."""

from collections.abc import Mapping

from exports import cite
from exports.api.asked import Asked, Sent
from exports.api.lists import file_name
from exports.api.numbers import question
from exports.api.problems import Problem
from exports.bulk import File
from exports.table import table
from indicators.answer import answer
from indicators.holdings import passport

WRITTEN = {
    "text": "text/plain; charset=utf-8",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
"""Formats of a citation beside JSON."""


def citation(asked: Asked) -> dict[str, object] | Sent:
    """How a figure, or an answer, is cited.

    Raises:
        Problem: both are named, or neither is.
        UnknownFigure, BadQuery: what is named is not there.
    """
    found = _cited(asked)
    if asked.format in WRITTEN:
        body: str = getattr(found, asked.format)
        return Sent(body.encode(), WRITTEN[asked.format])
    return {"release": asked.store.release.id, **found.content()}


def _cited(asked: Asked) -> cite.Citation:
    if asked["figure"] is None:
        if asked["indicator"] is None:
            raise Problem(
                400, [("figure", "say figure= of a figure, or indicator= and the rest of a question")]
            )
        made = answer(question(asked.values), asked.store, asked.catalogue)
        return cite.table(table(made, asked.store, asked.catalogue), asked.address)
    more = [name for name in asked.values if name not in ("figure", "lang", "release", "format")]
    if more:
        raise Problem(
            400,
            [(name, f"{name}= belongs to a question; a figure is named by figure= alone") for name in more],
        )
    return cite.figure(passport(asked.store, asked["figure"]), asked.language, asked.address)


def file(asked: Asked, downloads: Mapping[str, File]) -> Sent:
    """One file of the whole release, in pieces.

    Raises:
        Problem: there is no such file.
    """
    wanted = downloads.get(asked["id"])
    if wanted is None:
        raise Problem(
            404, [("id", f"there is no file {asked['id']!r}; there is {', '.join(downloads) or 'none'}")]
        )
    return Sent(wanted.write(asked.store), wanted.media, file_name(wanted, asked))
