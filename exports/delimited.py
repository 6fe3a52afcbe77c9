"""CSV, twice: strict for machines, and as Excel opens it in the reader's language.

Strict     RFC 4180: UTF-8 without a mark, comma, dot for decimals, ISO 8601 dates, true and false,
           empty for what is missing, English column names; line ends CR LF.
For Excel  a byte order mark, the separators of the language's Windows locale, headings in the language;
           an apostrophe before what was printed and Excel would read as another number, or as a date.
"""

from io import BytesIO

import polars as pl

from exports.columns import COLUMNS
from exports.table import Table
from exports.text import literal, neutral
from indicators.language import Language

MARK = b"\xef\xbb\xbf"
HIDDEN = bytes(set(range(32)) - set(b"\t\n\r"))
"""Control characters: in UTF-8 no part of another letter."""


def strict(table: Table) -> bytes:
    """The table for machines."""
    return written(table.frame)


def for_excel(table: Table) -> bytes:
    """The table as a double click opens it in the language of the table."""
    language = table.language
    comma = decimal_comma(language)
    frame = headed(table.frame, language)
    return MARK + written(frame, ";" if comma else ",", decimal_comma=comma)


def headed(frame: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Rows as Excel is given them: texts that it leaves alone, headings in the language."""
    return literal(frame).rename({c.name: language.text(c.title) for c in COLUMNS})


def decimal_comma(language: Language) -> bool:
    """Whether the language writes a comma before decimals, so that a list needs semicolons (CLDR)."""
    return bool(language.locale.number_symbols["latn"]["decimal"] == ",")


def written(
    frame: pl.DataFrame, separator: str = ",", *, decimal_comma: bool = False, header: bool = True
) -> bytes:
    """Rows as CSV, UTF-8 without a mark, no text of which a spreadsheet takes for a formula.

    Control characters, which stop readers, are left out.
    """
    target = BytesIO()
    neutral(frame).write_csv(
        target,
        include_header=header,
        separator=separator,
        decimal_comma=decimal_comma,
        line_terminator="\r\n",
        date_format="%Y-%m-%d",
    )
    return target.getvalue().translate(None, HIDDEN)
