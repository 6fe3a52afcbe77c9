"""Text in cells that spreadsheets open: a text that would be read as a formula is made a text again.

Excel and others take a cell that begins with = + - @, a tab or a carriage return for a formula (OWASP,
CSV Injection). Only texts are touched, by an apostrophe before them; numbers stay numbers, and the
columns of figures never pass here. Machine formats (Parquet, SDMX, JSON) keep every text as it is.
"""

import polars as pl

_FORMULA = r"""^[\s"\x00-\x1f\x{200b}\x{feff}\x{fffe}\x{ffff}]*[=+\-@＝＋－＠]|^[\t\r\n]"""
"""How a text begins that a spreadsheet may take for a formula: after spaces too, and full-width."""
_NUMBER = r"^[+-]?[0-9][0-9., \x{a0}]*%?$"
"""A number printed as text: what a spreadsheet makes of it is that number."""
_MISREAD = r"^[+-]?[0-9][0-9 \x{a0}]*[.,][0-9., \x{a0}]*%?$|^[0-9]+[eE][0-9]+$"
"""A number printed as text that Excel makes another of, or a date: 69,3 is 693 to it in English, 61.377
is 61 377 in Turkish and 8.9 a day of September in Russian; an id such as 12E4 is a power of ten."""
_HIDDEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
"""Characters that XML and spreadsheets cannot hold."""
LONGEST = 32_767
"""Most letters of a cell of Excel, counted in UTF-16."""
CUT = " […]"
"""Where a text was cut."""


def neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every text that would be a formula made harmless."""
    risky = columns_with(frame, _FORMULA)
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA) & ~pl.col(name).str.contains(_NUMBER))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in risky
    )


def literal(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame whose texts Excel leaves alone, also where it would read a number in its own language."""
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_MISREAD))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in columns_with(frame, _MISREAD)
    )


def clean(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without control characters in its texts."""
    return frame.with_columns(
        pl.col(name).str.replace_all(_HIDDEN, "") for name in columns_with(frame, _HIDDEN)
    )


def columns_with(frame: pl.DataFrame, pattern: str) -> list[str]:
    """The few columns in which the pattern occurs at all."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if not texts:
        return []
    found = frame.lazy().select(pl.col(name).str.contains(pattern).any() for name in texts).collect()
    return [name for name in texts if found[name].item()]


def long(frame: pl.DataFrame) -> list[str]:
    """The columns with a text that no cell of Excel holds."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return [name for name in texts if (frame[name].str.len_bytes().max() or 0) > LONGEST]  # type: ignore[operator]


def fitted(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as cells of a workbook: harmless, lines ended by LF, too long texts cut and marked."""
    safe = clean(neutral(frame))
    safe = safe.with_columns(pl.col(name).str.replace_all("\r\n?", "\n") for name in columns_with(safe, "\r"))
    return safe.with_columns(pl.col(name).map_elements(_cut, return_dtype=pl.String) for name in long(safe))


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT
