"""CSV, twice: strict for machines, and as Excel opens it in the reader's language.

Strict     RFC 4180: UTF-8 without a mark, comma, dot for decimals, ISO 8601 dates, true and false,
           empty for what is missing, English column names; line ends CR LF.
For Excel  a byte order mark, the separators of the language's Windows locale, headings in the language.
"""

from io import BytesIO

import polars as pl

from exports.columns import COLUMNS
from exports.table import Table
from exports.text import neutral
from indicators.language import Language

MARK = "\ufeff"


def strict(table: Table) -> bytes:
    """The table for machines."""
    return _written(neutral(table.frame), ",", decimal_comma=False).encode()


def for_excel(table: Table) -> bytes:
    """The table as a double click opens it in the language of the table."""
    language = table.language
    comma = decimal_comma(language)
    headings = {c.name: language.text(c.title) for c in COLUMNS}
    frame = neutral(table.frame).rename(headings)
    return (MARK + _written(frame, ";" if comma else ",", decimal_comma=comma)).encode()


def decimal_comma(language: Language) -> bool:
    """Whether the language writes a comma before decimals, so that a list needs semicolons (CLDR)."""
    return bool(language.locale.number_symbols["latn"]["decimal"] == ",")


def _written(frame: pl.DataFrame, separator: str, *, decimal_comma: bool) -> str:
    target = BytesIO()
    frame.write_csv(
        target,
        separator=separator,
        decimal_comma=decimal_comma,
        line_terminator="\r\n",
        date_format="%Y-%m-%d",
    )
    return target.getvalue().decode()
