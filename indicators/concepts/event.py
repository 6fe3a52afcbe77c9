"""Event: a dated act of policy or a forum of the creative economy, kept in codelists/event.csv.

An event explains nothing by itself: it says what was decided or held, when, and where that is written,
so that a reader may see a figure beside it. What nobody dates is not in the list.
"""

from dataclasses import dataclass
from datetime import date

from indicators.concepts.codelist import Row, codelist
from indicators.concepts.observation import TOTAL

LIST = "event"


@dataclass(frozen=True)
class Event:
    """One event.

    Attributes:
        code: code of event.csv, to be labelled by it.
        kind: declaration, forum, strategy or act.
        day: ISO 8601, of the precision that its publication gives: a day or a month.
        day_basis: code of period_basis.csv: "publication" where only the day of publication is known.
        areas: codes of area.csv that it concerns.
        publication: the publication of the ledger that attests it.
        address: of that publication, where it has one.
    """

    code: str
    kind: str
    day: str
    day_basis: str
    areas: tuple[str, ...]
    publication: str
    address: str

    @property
    def at(self) -> float:
        """Where it stands on an axis of years, on which a year's figure stands in its middle.

        2024.0 is the middle of 2024, so that 2 October 2024 is 2024.25; a month stands in its middle.
        """
        parts = [int(part) for part in self.day.split("-")]
        when = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 15)
        days = (date(when.year + 1, 1, 1) - date(when.year, 1, 1)).days
        return when.year + (when - date(when.year, 1, 1)).days / days - 0.5


def events(areas: tuple[str, ...] = ()) -> tuple[Event, ...]:
    """The events that concern one of these areas (none named = all), in order of time."""
    listed = [_read(code, row) for code, row in codelist(LIST).rows.items()]
    kept = (e for e in listed if not areas or TOTAL in e.areas or set(areas) & set(e.areas))
    return tuple(sorted(kept, key=lambda e: (e.day, e.code)))


def _read(code: str, row: Row) -> Event:
    areas = tuple(row["areas"].split())
    return Event(code, row["kind"], row["day"], row["day_basis"], areas, row["publication"], row["address"])
