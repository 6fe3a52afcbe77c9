"""The sign of a figure: a minus, or a word that says it fell.

A word for a fall (sign_words.csv) makes the figure negative where a relation `by` stands beside it
("снизился на 5%", "17.6%-ით შემცირდა"), or where the word itself does, by its place:

    before       "down 5%", "fell almost 5%"
    after        "%5 azaldı", "5 faiz azalıb": one word may stand between
    comparative  "5% less", "меньше на 5%"; elsewhere it is a hedge ("less than 5") and no fall

A relation `level` beside the figure makes it what was reached: "fell to 5%" is 5. A fall that is
told neither way ("exports of $5 billion fell") is refused.
"""

from collections.abc import Iterator

from etl.steps.words.figures import Figure
from etl.steps.words.joints import Span, nearest_before
from etl.steps.words.text import DASHES, HYPHENS, Text

_MINUS = frozenset("-−‐‑")


def is_negative(text: Text, span: Span) -> bool:
    """Whether the figure is below zero. Raises UnreadableNumeral when that is open."""
    minus = _has_minus(text, span.low)
    beside = list(_fall_words(text, span))
    if span.is_change or not beside:
        return minus
    relations = {
        nearest_before(text, span.low.start, ("level", "by")),
        *_relation_after(text, span),
    }
    if "level" in relations:
        return minus
    if not (any(beside) or "by" in relations):
        raise text.unreadable(
            "a word says that something fell, but not whether it fell by or to this figure."
        )
    if minus:
        raise text.unreadable("a minus sign and a word for a fall: a double negative.")
    return True


def _fall_words(text: Text, span: Span) -> Iterator[bool]:
    """For every word for a fall, whether it stands where it means "by" without saying so."""
    for at in range(len(text.tokens)):
        found = text.words.falls.match(text.tokens, at)
        if found is None:
            continue
        beside = any(_is_beside(text, span, place, at, found[1]) for place in found[0])
        if beside or "comparative" not in found[0]:
            yield beside


def _is_beside(text: Text, span: Span, place: str, start: int, end: int) -> bool:
    """Whether the word at tokens `start` to `end` - 1 stands right by the figure, as placed."""
    if end <= span.low.start:
        return place != "after" and _leads_to(text, end, span.low.start, place)
    words = text.words_between(span.end, start) if start >= span.end else None
    if place == "before" or words is None or words > 1:
        return False
    return not any("after" in _hedge_places(text, at) for at in range(span.end, start + 1))


def _leads_to(text: Text, at: int, start: int, place: str) -> bool:
    """Only signs, and hedges or (comparative) a word for "by", stand before the figure."""
    said_by = False
    while at < start:
        hedge = text.words.hedges.match(text.tokens, at)
        relation = text.words.relations.match(text.tokens, at)
        if text.is_sign(at):
            at += 1
        elif place == "before" and hedge is not None:
            at = hedge[1]
        elif place == "comparative" and relation is not None and "by" in relation[0]:
            said_by, at = True, relation[1]
        else:
            return False
    return said_by or place == "before"


def _hedge_places(text: Text, at: int) -> set[str]:
    """The places of the hedge that begins here: "or less" is no fall."""
    found = text.words.hedges.match(text.tokens, at)
    return {word.place for word in found[0]} if found else set()


def _relation_after(text: Text, span: Span) -> tuple[str, ...]:
    """The roles of the case ending or postposition behind a figure: "17.6%-ით"."""
    end = span.end
    while text.is_per_cent(end) or text.is_mark(end, HYPHENS):
        end += 1
    found = text.words.relations.match(text.tokens, end)
    return found[0] if found else ()


def _has_minus(text: Text, figure: Figure) -> bool:
    """Whether a minus sign stands before the figure. Raises when a dash may be either."""
    at = figure.start
    while text.is_sign(at - 1):
        at -= 1
    if not text.is_mark(at - 1, DASHES) or not text.touches(at):
        return False
    dash, behind = text.tokens[at - 1].text, at - 2
    if dash in "~〜∼" or (text.touches(at - 1) and text.is_word(behind)):
        return False
    opens = behind < 0 or not text.touches(at - 1) or text.is_mark(behind, "([")
    if opens and (dash in _MINUS or (behind < 0 and dash == "–")):
        return True
    raise text.unreadable("a dash touches the number: print a minus sign, or a space behind it.")
