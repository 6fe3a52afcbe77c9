"""The value of digits as printed, with their marks: "5 810,6", "299.739.183,69".

A mark that can only be one thing is that thing, whatever the language: the comma of
"299.739.183,69" and the point of "1.05" are decimal marks, the commas of "1,234,567" group. One
mark before exactly three digits is what separators.csv says for the language, and refused where
the language uses that mark for neither. Spaces of any width group thousands everywhere.
"""

import re
from decimal import Decimal

from etl.steps.words.text import Text

_FIRST_GROUP = re.compile(r"\d{1,3}")
_NEVER_GROUPS = ("'", "٫")


def value_of(text: Text, digits: str) -> Decimal:
    """The value of one run of digits and marks of a text. Raises UnreadableNumeral."""
    parts = re.split(r"\D", digits)
    marks = ["space" if mark.isspace() else mark for mark in re.findall(r"\D", digits)]
    if parts[0].startswith("0") and parts[0] != "0":
        raise text.unreadable(f"{digits!r} begins with a zero, like a date or a code.")
    decimals = _has_decimals(text, digits, parts, marks)
    whole, groups = (parts[:-1], marks[:-1]) if decimals else (parts, marks)
    if not (all(parts) and _is_grouped(whole, groups)):
        raise text.unreadable(
            f"{digits!r} is no number: thousands come in threes with one mark, as in 1 234 567."
        )
    return Decimal("".join(whole) + ("." + parts[-1] if decimals else ""))


def _has_decimals(text: Text, digits: str, parts: list[str], marks: list[str]) -> bool:
    """Whether the last mark is a decimal mark."""
    if not marks or marks[-1] in ("space", "٬"):
        return False
    last = marks[-1]
    if last == "٫" or len(set(marks)) > 1:
        return marks.count(last) == 1
    if len(marks) > 1 or last == "'":
        return False
    if len(parts[1]) != 3 or parts[0] == "0" or last == text.words.decimal:
        return True
    if last == text.words.thousands:
        return False
    if len(parts[0]) > 3:
        return True
    raise text.unreadable(
        f"{digits!r} may be thousands or decimals: {text.words.language} uses {last!r} for "
        "neither (words/separators.csv). Print it with the mark of the language."
    )


def _is_grouped(parts: list[str], marks: list[str]) -> bool:
    """Whole digits, or threes behind one to three digits, all with the same mark."""
    if not marks:
        return True
    threes = all(len(part) == 3 for part in parts[1:])
    one_mark = len(set(marks)) == 1 and marks[0] not in _NEVER_GROUPS
    return threes and one_mark and bool(_FIRST_GROUP.fullmatch(parts[0]))
