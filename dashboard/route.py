"""What an address asks for: a page, its parameters, its language, and the passport that lies open on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl

from dashboard import links
from dashboard.links import Links
from dashboard.wording import Wording, wording
from indicators.concepts.codelist import codelist
from indicators.language import languages
from indicators.query import BadQuery, not_known, refusal

MOST = 50
"""Parameters of an address that is read."""


@dataclass(frozen=True)
class View:
    """One state of the site.

    Attributes:
        path: path of the page.
        parameters: of the query string, without the passport's and the language's.
        passport: id of the figure whose passport is open, or None.
        language: code of language.csv; empty for the usual one.
        release: id of the release to which the address is frozen; empty for the current one.
    """

    path: str
    parameters: Mapping[str, str]
    passport: str | None = None
    language: str = ""
    release: str = ""

    @property
    def words(self) -> Wording:
        """The words of its language."""
        return wording(self.language)

    @property
    def links(self) -> Links:
        """Addresses that keep its language and its release."""
        return Links(self.language, self.release)

    def with_passport(self, figure_id: str | None, **more: str) -> str:
        """The address of this view with another passport open, or none; a figure's own page gives way."""
        if self.path.startswith(links.FIGURE) and figure_id:
            return self.links.permanent(figure_id, {**self.parameters, **more})
        return self.links.address(self.path, {**self.parameters, **more, links.PASSPORT: figure_id or ""})

    def in_language(self, code: str) -> str:
        """The address of this view in another language."""
        kept = {**self.parameters, links.PASSPORT: self.passport or ""}
        return Links("" if code == languages()[0] else code, self.release).address(self.path, kept)


def read(pathname: str | None, search: str | None) -> View:
    """The view of an address.

    Raises:
        BadQuery: a parameter that stands there twice, too many of them, or a language that there is not.
    """
    pairs = _pairs(search)
    if len(pairs) > MOST:
        raise BadQuery([f"{len(pairs)} parameters stand there; a page of this site takes at most {MOST}"])
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults = [f"the parameter {name!r} stands there twice" for name in twice]
    parameters = dict(pairs)
    passport = parameters.pop(links.PASSPORT, None)
    language = parameters.pop(links.LANGUAGE, "")
    release = parameters.pop(links.RELEASE, "")
    if language and language not in languages():
        faults.append(refusal(links.LANGUAGE, language, languages()))
    if faults:
        raise BadQuery(faults)
    path = (pathname or "").rstrip("/") or links.MONITOR
    path = links.FORMER.get(path, path)
    spoken = "" if language == languages()[0] else language
    return View(path, MappingProxyType(parameters), passport or None, spoken, release)


def spoken(search: str | None) -> str:
    """The language of an address that may be misspelt elsewhere; the usual one where it names none."""
    named = dict(_pairs(search)).get(links.LANGUAGE, "")
    return named if named in languages()[1:] else ""


def _pairs(search: str | None) -> list[tuple[str, str]]:
    """Names and values of a query string, as they stand there."""
    return parse_qsl((search or "").removeprefix("?"), keep_blank_values=True)


def unknown(parameters: Mapping[str, str], known: Sequence[str]) -> list[str]:
    """A sentence for each parameter that the page does not know, with the nearest that it does."""
    return [refusal("parameter of this page", name, known) for name in parameters if name not in known]


def one_of(
    parameters: Mapping[str, str], name: str, usual: str, known: Sequence[str], faults: list[str]
) -> str:
    """The value of a parameter, or a fault where it is none of `known`."""
    value = parameters.get(name) or usual
    if value not in known:
        faults.append(refusal(name, value, known))
    return value


def area(parameters: Mapping[str, str], usual: str, faults: list[str]) -> str:
    """The area asked for; an unknown one is a fault that names the nearest by code or by name."""
    code = parameters.get("area") or usual
    if code not in codelist("area"):
        faults.append(not_known("area", code, codelist("area").nearest(code)))
    return code
