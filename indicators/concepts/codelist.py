"""Code lists: facts as files, one CSV each, read once and never changed."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "codelists"

Row = Mapping[str, str]
SHORT = 3
"""Letters up to which a word is a code, not a name."""


class UnknownCode(LookupError):
    """A code that its list does not hold; says the nearest one that it does."""

    def __init__(self, codelist: str, code: str, nearest: str | None) -> None:
        hint = f"; the nearest known is {nearest!r}" if nearest else ""
        super().__init__(f"{code!r} is not a code of {codelist}.csv{hint}")
        self.codelist, self.code, self.nearest = codelist, code, nearest


@dataclass(frozen=True)
class Codelist:
    """One list: codes in the order of the file, each with its row."""

    name: str
    rows: Mapping[str, Row]

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __getitem__(self, code: str) -> Row:
        try:
            return self.rows[code]
        except KeyError:
            raise UnknownCode(self.name, code, self.nearest(code)) from None

    def of_kind(self, kind: str) -> list[str]:
        """The codes whose column `kind` says so, in the order of the file: countries, currencies."""
        return [code for code, row in self.rows.items() if row["kind"] == kind]

    def nearest(self, code: str) -> str | None:
        """The code whose name in any column is most like `code`, or None where none is near.

        A name is nearer than a code: "Kazahstan" means Kazakhstan, not the code spelt most like it.
        Among codes the same letters in another order come first, KZA for KAZ.
        """
        seen = code.strip().casefold()
        names = {text.casefold(): c for c, row in self.rows.items() for text in _names(row)}
        codes = {c.casefold(): c for c in self.rows}
        for known in (codes, names):
            if seen in known:
                return known[seen]
        if len(seen) <= SHORT:
            best = max(codes, key=lambda c: _alike(c, seen))
            return codes[best] if _alike(best, seen) >= (False, max(len(seen) - 1, 1)) else None
        for known in (names, codes):
            close = get_close_matches(seen, known, n=1, cutoff=0.6)
            if close:
                return known[close[0]]
        return None

    def label(self, code: str, language: str = "en") -> str:
        """The label in `language`, in English where that is missing, else the code itself."""
        row = self[code]
        return row.get(f"label_{language}") or row.get("label_en") or code


def _alike(code: str, seen: str) -> tuple[bool, int]:
    """Whether two short codes have the same letters, and how many stand in the same place."""
    return sorted(code) == sorted(seen), sum(a == b for a, b in zip(code, seen, strict=False))


def _names(row: Row) -> Iterator[str]:
    """Every name of a row: its labels in all languages and the codes of other classifications."""
    return (text for column, text in row.items() if text and column.startswith(("label_", "alpha")))


@cache
def codelist(name: str) -> Codelist:
    """The list called `name`.

    Raises:
        FileNotFoundError: no such list.
        ValueError: two rows of the file have one code.
    """
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows: dict[str, Row] = {}
        for row in csv.DictReader(file):
            if row["code"] in rows:
                raise ValueError(f"{name}.csv: the code {row['code']!r} stands there twice")
            rows[row["code"]] = row
    return Codelist(name, rows)


def source_labels(name: str, classifications: set[str]) -> dict[str, str]:
    """What sources write → our code, for the given classifications of a list with `source_label`."""
    rows = codelist(name).rows.items()
    return {r["source_label"]: code for code, r in rows if r["classification"] in classifications}
