"""Two parts of Explore that live: the slider of years and the table of areas by years.

Both are drawn by assets/explore.js. A cell comes as a few letters and numbers instead of the five
components of which it is made on the page: a table of 180 areas is 60 kB and drawn in one go.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.scripted import Scripted


class Slider(Scripted):
    """The year that a chart shows, in the address as `year`; sliding redraws without a request.

    Attributes:
        years: in order.
        year: the one shown.
        words: what it says of itself: title, play, pause.
    """

    def __init__(
        self,
        years: Sequence[int] = (),
        year: int = 0,
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(years=list(years), year=year, words=words)


class Years(Scripted):
    """A table of areas by years; every number is a link to its passport.

    Attributes:
        head: what stands over the names, then the years.
        rows: a name, then a cell for each year: None, or figure id, number, index of its publisher,
            marks, number of rivals, and its period where that is no plain year.
        publishers: those of all cells, each once.
        passport: address of this page up to the id of a figure.
        rest: where the rows of all areas are asked for (serve.py); empty where they are all here.
        words: what it says of itself and of its cells, by the names that explore.js asks for.
    """

    rows: list[Sequence[Any]]
    publishers: list[str]

    def __init__(
        self,
        head: Sequence[str] = (),
        rows: Sequence[Sequence[Any]] = (),
        publishers: Sequence[str] = (),
        passport: str = "",
        rest: str = "",
        words: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            head=list(head),
            rows=list(rows),
            publishers=list(publishers),
            passport=passport,
            rest=rest,
            words=words,
        )
