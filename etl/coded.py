"""Coded: columns of few texts, held as the numbers of their texts from the mapping to the file.

A table says the same few codes in a million rows. Held as texts they fill memory again at every act, and to
have memory from the system costs as much as the acts do. So every column of our shape that is no print, place
or id is a polars Categorical while it is worked on: it compares, joins and filters as texts do, and each row
is a number. Whoever is handed figures, in memory or in a file, gets plain texts (`as_texts`).
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from indicators.concepts.observation import SCHEMA

APART = ("figure_id", "reported_value", "reported_at")
"""Columns of texts that say something else in every row."""
CODE = pl.Categorical()
IN_WORK = {
    name: CODE if dtype == pl.String and name not in APART else dtype for name, dtype in SCHEMA.items()
}
"""The one shape while figures are worked on."""
FEW = 20_000
"""Distinct texts of a column that are numbered at most."""
LOOKED_AT = 1_000
"""Rows that tell whether a column of texts is worth numbering."""


@dataclass(frozen=True)
class Few:
    """A column without nulls that holds few texts.

    Attributes:
        texts: each once, in their order.
        ranks: of each row, the place of its text; None where there is one text.
    """

    texts: pl.Series
    ranks: pl.Series | None = None

    def at(self, order: pl.Series) -> "Few":
        """The column with its rows in another order."""
        return self if self.ranks is None else replace(self, ranks=self.ranks.gather(order))


def few(column: pl.Series) -> Few | None:
    """A column as its few texts; None where it is of another type, has nulls or many texts."""
    rows = len(column)
    if column.dtype not in (pl.String, CODE) or not rows or column.null_count():
        return None
    if is_lone(column):
        return Few(column.head(1).cast(pl.String))
    if column.dtype == pl.String and rows > LOOKED_AT:
        some = column.gather_every(rows // LOOKED_AT)
        if some.n_unique() > len(some) // 2:
            return None
    if column.dtype == pl.String:
        column = column.cast(CODE)
    return _ranked(column)


def _ranked(column: pl.Series) -> Few | None:
    """A column of codes; the number of a code in memory says where a row with it stands, and its rank."""
    numbers = column.to_physical().to_numpy()
    row_of = np.full(int(numbers.max()) + 1, -1, np.int64)
    row_of[numbers] = np.arange(len(numbers))
    there = np.flatnonzero(row_of >= 0)
    if len(there) > FEW:
        return None
    texts = column.gather(row_of[there]).cast(pl.String)
    order = texts.arg_sort().to_numpy()
    rank_of = np.zeros(len(row_of), np.min_scalar_type(len(there)))
    rank_of[there[order]] = np.arange(len(there))
    return Few(texts.gather(order), pl.Series(rank_of[numbers]))


def is_lone(column: pl.Series) -> bool:
    """Whether a column says one thing in every row, and says it."""
    if not len(column) or column[0] is None or column[-1] != column[0]:
        return False
    return not column.null_count() and bool((column == column[0]).all())


def distinct(column: pl.Series) -> list[str]:
    """What stands in a column of texts, each once; most columns of a table say one thing in every row."""
    return [column[0]] if is_lone(column) else list(column.unique().to_list())


def as_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Figures in the one shape."""
    coded = [name for name, dtype in frame.schema.items() if dtype == CODE]
    return frame.with_columns(pl.col(coded).cast(pl.String)) if coded else frame
