"""Code lists: facts as files, one CSV each, read once and never changed."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "codelists"

Row = Mapping[str, str]


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

    def nearest(self, code: str) -> str | None:
        """The code most like `code`, by its letters or by its English label."""
        for words in (list(self.rows), [r.get("label_en", "") for r in self.rows.values()]):
            close = get_close_matches(code.lower(), [w.lower() for w in words], n=1, cutoff=0.6)
            if close:
                return list(self.rows)[[w.lower() for w in words].index(close[0])]
        return None

    def label(self, code: str, language: str = "en") -> str:
        """The label in `language`, in English where that is missing, else the code itself."""
        row = self[code]
        return row.get(f"label_{language}") or row.get("label_en") or code


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
