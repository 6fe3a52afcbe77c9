"""Reads a number as it is printed: digits or words, scale words, several terms, a range, a sign.

Nothing here multiplies. "57 milyon 148 bin 11" is three terms, (57, 6), (148, 3) and (11, 0); the
only power of ten in the repository is in `scale.py`. Words are rows of the tables in `words/`,
and each rule is written where it is kept:

1. **Digits**: what a mark between digits means, by pattern and by language (`words/digits.py`).
2. **Terms**: a coefficient takes the scale words behind it, and a smaller term may follow: "1 млрд
   20 млн", "1 тысячу 973". A scale word that no number counts is refused (`words/figures.py`).
3. **Time**: years, dates, lengths of time and ranks are set aside (`words/times.py`).
4. **Ranges and changes**: two figures that a dash or a word joins (`words/joints.py`).
5. **Sign**: a minus, or a word that says it fell (`words/signs.py`).
6. **One figure** must be left. None, or two that no rule joins, are refused: a person reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.steps.words.figures import Term, figures_in
from etl.steps.words.joints import Span, joined
from etl.steps.words.signs import is_negative
from etl.steps.words.text import Text, UnreadableNumeral, tokenise
from etl.steps.words.times import is_time, without_years

__all__ = ["Located", "Numeral", "Term", "UnreadableNumeral", "locate", "read"]


@dataclass(frozen=True)
class Numeral:
    """A number as printed; the amount is the sum of its terms, each scaled by `scale.to_base`.

    Attributes:
        low: the terms, largest first: "1 млрд 20 млн" is (1, 9), (20, 6).
        high: the terms of the second end of a range ("15–17") or of a from-to pair ("с 65 до
            107"), else None. `hedge.read` tells the two apart: between, or None.
        has_scale_word: the text carries a power of its own; if not, a table header may.
    """

    low: tuple[Term, ...]
    high: tuple[Term, ...] | None
    has_scale_word: bool


@dataclass(frozen=True)
class Located:
    """The numeral of a text and where it stands: tokens `start` to `end` - 1 of `text`.

    Where `is_change` (from 65 to 107) that is the second end, the figure arrived at.
    """

    numeral: Numeral
    text: Text
    start: int
    end: int
    is_change: bool


def read(printed: str, language: str) -> Numeral:
    """The one number that a printed text states.

    Args:
        printed: the words of the source around the figure, "от 80 до 100 картин".
        language: ISO 639-1 code with a row in words/separators.csv.

    Raises:
        UnreadableNumeral: no number, several that no rule joins, or one that is malformed.
    """
    return locate(printed, language).numeral


def locate(printed: str, language: str) -> Located:
    """As `read`, with the place of the number in the text. Raises UnreadableNumeral."""
    text = tokenise(printed, language)
    figures = without_years(text, figures_in(text))
    spans = [span for span in joined(text, figures) if not is_time(text, span)]
    if len(spans) != 1:
        raise text.unreadable(_how_many(text, spans))
    span = spans[0]
    negative = is_negative(text, span)
    numeral = Numeral(
        low=_negated(span.low.terms) if negative else span.low.terms,
        high=span.high.terms if span.high else None,
        has_scale_word=any(figure.is_scaled for figure in span.figures),
    )
    shown = span.figures[-1] if span.is_change else span.low
    return Located(numeral, text, shown.start, span.end, span.is_change)


def _negated(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(Term(term.coefficient.copy_negate(), term.unit_mult) for term in terms)


def _how_many(text: Text, spans: Sequence[Span]) -> str:
    """What to say of a text without, or with more than one figure."""
    if spans:
        said = ", ".join(repr(text.said(span.low.start, span.end)) for span in spans)
        return f"{len(spans)} figures stand in it ({said}) and no rule says which is meant."
    if any(token.kind in ("digits", "date") for token in text.tokens):
        return "its numbers are years, dates, ranks or lengths of time; none is an amount."
    return (
        "no digit and no word of words/number_words.csv stands in it ('one' and articles count "
        "only beside another number or scale word)."
    )
