"""A large table on a page: rows that are sorted, searched, filtered, kept in view, chosen and copied.

Drawn by assets/grid.js with AG Grid Community out of dash-ag-grid, whose Python is not imported: its
script weighs more than all others but Plotly and comes only when the table comes near to what is seen.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dashboard.scripted import Scripted
from dashboard.wording import Wording, wording


class Grid(Scripted):
    """One table.

    Attributes:
        columns: of AG Grid (columnDefs), as `column` makes them.
        rows: one a line, field → text or a `cell`.
        says: the name of the table, for who does not see it.
        words: what the table says of itself, by the names that grid.js asks for.
        locale: AG Grid's localeText.
        className: of the element.
    """

    def __init__(
        self,
        columns: Sequence[Mapping[str, Any]] = (),
        rows: Sequence[Mapping[str, Any]] = (),
        says: str = "",
        words: Mapping[str, str] | None = None,
        locale: Mapping[str, str] | None = None,
        className: str = "",  # noqa: N803
    ) -> None:
        super().__init__(
            columns=columns, rows=rows, says=says, words=words, locale=locale, className=className
        )


def grid(
    words: Wording, columns: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], says: str
) -> Grid:
    """The component that shows `rows` in the language of `words`.

    Args:
        words: the language.
        columns: made by `column`.
        rows: field → text, or what `cell` makes.
        says: the name of the table, for who does not see it.
    """
    code = words.language.code
    return Grid(columns, rows, says, _own(code), _locale(code), "grid")


def column(
    field: str, title: str, *, number: bool = False, keep: bool = False, **more: Any
) -> dict[str, Any]:
    """A column.

    Args:
        field: its key in the rows.
        title: its heading.
        number: whether it holds numbers: to the right, sorted and filtered by value, the missing last.
        keep: whether it stays in view at the left.
        more: of AG Grid, such as width.
    """
    kind = {"figure": True} if number else {}
    kept = {"pinned": "left"} if keep else {}
    return {"field": field, "headerName": title, **kind, **kept, **more}


def cell(
    value: float | None, text: str, figure_id: str = "", says: str = "", marks: str = ""
) -> dict[str, Any]:
    """A number in a column of numbers.

    Args:
        value: what it is sorted and filtered by; None where it is missing.
        text: as it is shown and copied, hedge included.
        figure_id: whose passport it opens.
        says: what is said when it is pointed at.
        marks: letters beside it, such as p for provisional; copied with it.
    """
    given = {"value": value, "text": text, "id": figure_id, "says": says, "marks": marks}
    return {key: held for key, held in given.items() if held not in ("", None)}


@cache
def _own(code: str) -> dict[str, str]:
    """What our own script says around a table."""
    words = wording(code)
    return {
        "waits": words.text("The table comes as you scroll to it."),
        "fails": words.text("The table could not be loaded."),
        "again": words.text("Try again"),
        "find": words.text("Find in the table"),
        "keep": words.text("Keep in view"),
        "none": words.text("no further column"),
        "chosen": words.text("Rows chosen: {n}"),
        "copy": words.text("Copy"),
        "copied": words.text("Copied rows: {n}"),
        "keys": words.text(
            "Arrow keys move, Space chooses a row, Enter opens the passport of a figure, Ctrl+C copies."
        ),
    }


@cache
def _locale(code: str) -> dict[str, str]:
    """AG Grid's own words, by its names for them."""
    words = wording(code)
    return {
        "filterOoo": words.text("Filter …"),
        "equals": words.text("Equals"),
        "notEqual": words.text("Does not equal"),
        "lessThan": words.text("Less than"),
        "lessThanOrEqual": words.text("At most"),
        "greaterThan": words.text("More than"),
        "greaterThanOrEqual": words.text("At least"),
        "inRange": words.text("Between"),
        "inRangeStart": words.text("From"),
        "inRangeEnd": words.text("To"),
        "contains": words.text("Contains"),
        "notContains": words.text("Does not contain"),
        "startsWith": words.text("Begins with"),
        "endsWith": words.text("Ends with"),
        "blank": words.text("Empty"),
        "notBlank": words.text("Not empty"),
        "andCondition": words.text("and"),
        "orCondition": words.text("or"),
        "noRowsToShow": words.text("No row fits"),
        "noMatchingRows": words.text("No row fits"),
        "invalidNumber": words.text("Not a number"),
        "ariaFilterInput": words.text("Filter"),
        "ariaFilterValue": words.text("Value of the filter"),
        "ariaFilterFromValue": words.text("Filter from this value"),
        "ariaFilterToValue": words.text("Filter up to this value"),
        "ariaFilteringOperator": words.text("Kind of filter"),
        "ariaFilterMenuOpen": words.text("Open the filter"),
        "ariaLabelColumnFilter": words.text("Filter of the column"),
        "ariaColumnFiltered": words.text("The column is filtered"),
        "ariaFilterColumn": words.text("Ctrl+Enter opens the filter"),
        "ariaSortableColumn": words.text("Enter sorts"),
        "ariaRowSelect": words.text("Space chooses the row"),
        "ariaRowDeselect": words.text("Space leaves the row out"),
        "ariaRowToggleSelection": words.text("Choose or leave out the row with Space"),
        "ariaRowSelectAll": words.text("Choose or leave out all rows with Space"),
        "ariaHeaderSelection": words.text("Choice of rows"),
        "ariaChecked": words.text("chosen"),
        "ariaUnchecked": words.text("not chosen"),
        "ariaIndeterminate": words.text("some chosen"),
        "ariaVisible": words.text("shown"),
        "ariaHidden": words.text("hidden"),
    }
