"""Reads the hedge of a printed figure ("more than", "почти", "aşkın") and turns it into bounds.

The words are rows of words/hedge_words.csv. A word counts by its `place`:

    before   only right before the figure; currency signs, other hedges and words such as "to" or
             "by" may stand between ("более чем до 1 млрд"). Not "over 10 years", not "under the".
    after    within two words behind it, or with its last word ("143 мыңнан астам", "80 дан кўп"),
             and in the same clause; right_after: with no word between ("50多家", "50+")
    (empty)  anywhere: the word means nothing else ("превысила", "ötüb")

The longest phrase wins: "не менее" is at_least, "менее" alone is under. A row without a hedge is a
phrase that only looks like one ("больше на 5%" is 5% more). `до`, `до`, `do`, `kadar` can mean
"to" or "up to" and are not in the table: the ledger says which.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from etl.steps.numeral import Located, UnreadableNumeral, locate
from etl.steps.words.text import Text, tokenise

HEDGES = ("exact", "about", "over", "at_least", "almost", "up_to", "under", "between")
REACH = 2
"""How many words may stand between the figure and a hedge behind it: "5 milyon ABD dolarından"."""


class UnreadableHedge(ValueError):
    """The text hedges one figure in two ways, or is in a language without tables."""


def read(printed: str, language: str) -> str | None:
    """The hedge a printed text gives its figure.

    Args:
        printed: the words of the source around the figure, "более 22 млрд тенге".
        language: ISO 639-1 code with a row in words/separators.csv.

    Returns:
        One of about, over, at_least, almost, up_to, under, between; None where no hedge word
        stands in the text. Two ends of a range are between. A from-to pair (`numeral` reads a
        `high`, and this None) is a change, of which the ledger says what is kept.

    Raises:
        UnreadableHedge: two different hedges, or an unknown language.
    """
    located, text = _locate(printed, language)
    if located is not None and located.numeral.high is not None and not located.is_change:
        return "between"
    found = {hedge for hedge, _, _ in _hedges(text, located) if hedge}
    if len(found) > 1:
        said = " and ".join(sorted(found))
        raise UnreadableHedge(
            f"{printed!r} ({language}) is hedged as {said}; write the one that holds in the ledger,"
            " or add the whole phrase to words/hedge_words.csv."
        )
    return next(iter(found), None)


def bounds(
    hedge: str,
    value: Decimal | None,
    high: Decimal | None,
    *,
    minimum: Decimal | None,
    widths: Mapping[str, Decimal],
) -> tuple[float, float]:
    """The interval that a hedged figure claims, its ends included.

    Args:
        hedge: one of HEDGES.
        value: the stated number in base units; for between the lower end.
        high: the upper end, for between only.
        minimum: what no figure of the measure goes below (0 for counts), or None. It limits the
            ends found here, not a stated one: exact -5 stays and is for the checks to flag.
        widths: share of the value that about and almost may be off, {"about": Decimal("0.10")}.

    Returns:
        Low and high; an open end is infinite. `value` lies in between.

    Raises:
        ValueError: unknown hedge, no value, an end missing or in the wrong order, no width.
    """
    if hedge not in HEDGES:
        raise ValueError(f"Unknown hedge {hedge!r}: write one of {', '.join(HEDGES)}.")
    if value is None:
        raise ValueError(f"A missing value has no {hedge!r} interval: leave its bounds missing.")
    if hedge == "between":
        return _between(value, high)
    least = float("-inf") if minimum is None else float(minimum)
    low, top = float(value), float(value)
    if hedge in ("over", "at_least"):
        top = float("inf")
    elif hedge in ("under", "up_to"):
        low = least
    elif hedge in ("about", "almost"):
        width = _width(hedge, widths) * abs(value)
        low = max(float(value - width), least)
        top = float(value + width) if hedge == "about" else top
    if low > float(value):
        raise ValueError(f"{hedge} {value} lies below {minimum}, the least its measure can be.")
    return low, top


def _between(value: Decimal, high: Decimal | None) -> tuple[float, float]:
    if high is None:
        raise ValueError(
            f"between {value} and what? A range needs its second end in value_high; "
            "for an open one write at_least or up_to."
        )
    if value > high:
        raise ValueError(
            f"between {value} and {high} has its ends in the wrong order: the lower one is value, "
            "the upper one value_high. A fall from one to the other is a change, not a range."
        )
    return float(value), float(high)


def _width(hedge: str, widths: Mapping[str, Decimal]) -> Decimal:
    width = widths.get(hedge)
    if width is None or width < 0:
        raise ValueError(f"The code list of hedges gives no width for {hedge!r} (0.10 is ten %).")
    return width


def _locate(printed: str, language: str) -> tuple[Located | None, Text]:
    try:
        located = locate(printed, language)
    except UnreadableNumeral:
        try:
            return None, tokenise(printed, language)
        except UnreadableNumeral as unknown:
            raise UnreadableHedge(str(unknown)) from unknown
    return located, located.text


def _hedges(text: Text, located: Located | None) -> Iterator[tuple[str, int, int]]:
    """The hedges that count, each with its first token and the token after its last."""
    at = 0
    while at < len(text.tokens):
        found = text.words.hedges.match(text.tokens, at)
        end = found[1] if found else at + 1
        for word in found[0] if found else ():
            if _counts(text, located, word.place, at, end):
                yield word.hedge, at, end
        at = end


def _counts(text: Text, located: Located | None, place: str, at: int, end: int) -> bool:
    """Whether a hedge word stands where its place lets it count."""
    if place == "" or located is None:
        return place == ""
    if place == "before":
        return end <= located.start and _leads_to(text, end, located.start)
    words = text.words_between(located.end, at) if end > located.end else None
    return words is not None and words <= (0 if place == "right_after" else REACH)


def _leads_to(text: Text, at: int, start: int) -> bool:
    """Only signs, relation words and further hedges stand from token `at` to the figure."""
    while at < start:
        steps = [
            found[1]
            for table in (text.words.relations, text.words.hedges, text.words.numbers)
            for found in [table.match(text.tokens, at)]
            if found is not None
        ]
        if not steps and text.tokens[at].kind != "mark":
            return False
        at = max(steps, default=at + 1)
    return True
