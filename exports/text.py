"""Text in cells that spreadsheets open: a text that would be read as a formula is made a text again.

Excel and others take a cell that begins with = + - @, a tab or a carriage return for a formula (OWASP,
CSV Injection). Only texts are touched, by an apostrophe before them; numbers stay numbers, and the
columns of figures never pass here. Machine formats (Parquet, SDMX, JSON) keep every text as it is.
"""

import polars as pl

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters of what a spreadsheet may take for a formula; full-width ones too, as Excel does."""
_FORMULA = "^ *[" + "".join(f"\\x{{{ord(c):x}}}" for c in STARTS) + "]"
_HIDDEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
"""Characters that XML and spreadsheets cannot hold."""


def neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every text that would be a formula made harmless."""
    risky = _columns_with(frame, _FORMULA)
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA))
        .then(pl.concat_str(pl.lit("'"), pl.col(name)))
        .otherwise(pl.col(name))
        .alias(name)
        for name in risky
    )


def clean(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without control characters in its texts."""
    return frame.with_columns(
        pl.col(name).str.replace_all(_HIDDEN, "") for name in _columns_with(frame, _HIDDEN)
    )


def _columns_with(frame: pl.DataFrame, pattern: str) -> list[str]:
    """The few columns in which the pattern occurs at all."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if not texts:
        return []
    found = frame.lazy().select(pl.col(name).str.contains(pattern).any() for name in texts).collect()
    return [name for name in texts if found[name].item()]


def neutral_text(text: str) -> str:
    """One text, as `neutral`."""
    return f"'{text}" if text.lstrip(" ")[:1] in STARTS else text
