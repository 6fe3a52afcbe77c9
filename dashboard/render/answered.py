"""The slides of a deck, answered anew: as the page says them, and as tables of what they show."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from dashboard import links, passports, route
from dashboard.explore.answering import Found
from dashboard.pages import explore
from dashboard.panel import Panel
from dashboard.present import kpi
from dashboard.present.asked import panel_of
from dashboard.present.content import Content, slide
from dashboard.render.deck import BadRequest, Deck, Wanted
from dashboard.route import View
from dashboard.wording import Wording
from exports.table import Table, table
from indicators.answer import Answer
from indicators.catalogue import Catalogue
from indicators.concepts.release import UnknownRelease
from indicators.holdings import UnknownFigure, passport
from indicators.query import BadQuery
from indicators.store import Releases, Store

Made = TypeVar("Made")


@dataclass(frozen=True)
class Shown:
    """What a slide shows, as tables in the language of its view.

    Attributes:
        view: of its address.
        table: its figures; None where no answer holds them.
        beside, size: of a scatter, the other indicators.
        found, panel: of a chart or a table, what its page draws.
        figure_id: of a kpi.
        written: of a kpi, its number as the page writes it.
        release: from which it is answered.
    """

    view: View
    table: Table | None
    beside: Table | None = None
    size: Table | None = None
    found: Found | None = None
    panel: Panel | None = None
    figure_id: str = ""
    written: str = ""
    release: str = ""

    @property
    def frozen(self) -> str:
        """The address of its page in this release."""
        return replace(self.view, release=self.release).with_passport(self.view.passport)


@dataclass(frozen=True)
class Answers:
    """Where slides are answered from."""

    releases: Releases
    catalogue: Catalogue
    today: date

    def content(self, wanted: Wanted, language: str) -> Content | None:
        """What the page of decks would say of the slide; None of a slide of text. Raises as `shown`."""
        if wanted.kind == "text":
            return None
        address = _in_language(wanted.address, language)
        return slide(self.releases, self.catalogue, address, wanted.kind, wanted.unit, self.today)

    def shown(self, wanted: Wanted, language: str) -> Shown | None:
        """What the slide shows, as tables; None of a slide of text.

        Raises:
            BadQuery: everything in its address that there is not.
            UnknownFigure, UnknownRelease: it is not held, or no longer kept.
        """
        if wanted.kind == "text":
            return None
        view = viewed(_in_language(wanted.address, language))
        store = self.releases.of(view.release)
        if wanted.kind == "kpi":
            return self._figure(view, store)
        return self.panel(view, wanted.unit, listed=wanted.kind == "table")

    def panel(self, view: View, unit: str, *, listed: bool = False) -> Shown:
        """A chart of a page, with the tables of what it draws; or of all that its table lists."""
        store = self.releases.of(view.release)
        asked = panel_of(store, self.catalogue, view, unit)
        extras = asked.found.extras

        def tabled(made: Answer | None) -> Table | None:
            return table(made, store, self.catalogue, view.words.language.code) if made else None

        part = asked.found.listed if listed else asked.found.drawn
        return Shown(
            view,
            tabled(part),
            tabled(extras.beside),
            tabled(extras.size),
            asked.found,
            asked.panel,
            release=store.release.id,
        )

    def _figure(self, view: View, store: Store) -> Shown:
        figure_id = kpi.figure_of(self.catalogue, view)
        stated = passport(store, figure_id).figure
        page = passports.shown(store, self.catalogue, view, stated)
        if page is None:
            return Shown(view, None, figure_id=figure_id, release=store.release.id)
        code = view.words.language.code
        return Shown(
            view,
            table(page.answer, store, self.catalogue, code),
            figure_id=figure_id,
            written=view.words.figure(page.row, page.indicator.decimals),
            release=store.release.id,
        )


def viewed(address: str) -> View:
    """The view of a full address, the usual question of Explore written out."""
    path, _, search = address.partition("?")
    view = route.read(path, search.partition("#")[0])
    return explore.completed(view) if view.path == links.EXPLORE else view


def each(deck: Deck, words: Wording, make: Callable[[Wanted], Made]) -> list[Made]:
    """What `make` makes of every slide.

    Raises:
        BadRequest: every fault of every slide, in `words`.
    """
    made, faults = [], []
    for number, wanted in enumerate(deck.slides, 1):
        try:
            made.append(make(wanted))
        except BadQuery as fault:
            faults += [(number, words.note(f)) for f in fault.faults]
        except (UnknownFigure, UnknownRelease) as fault:
            faults.append((number, words.note(str(fault.args[0]))))
    if faults:
        raise BadRequest([words.text("Slide {n}: {fault}", n=n, fault=f) for n, f in faults])
    return made


def _in_language(address: str, language: str) -> str:
    return viewed(address).in_language(language)


def texts(content: Content) -> list[str]:
    """A figure in words, for a slide that no table stands behind."""
    said: dict[str, Any] = content["kpi"]
    number = " ".join(s for s in (said["before"], said["number"], said["after"]) if s)
    source = ", ".join(s for s in (content["source"], content["dated"]) if s)
    facts = (said["when"], said["hedge"], said["rivals"], source, content["origin"])
    return [number, *(s for s in facts if s)]
