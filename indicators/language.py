"""Languages: every label, unit, note and definition in the reader's words, numbers and dates by CLDR.

Labels     columns `label_<code>` of the code lists.
Long texts gettext catalogues, `locale/<code>/messages.po`; the English text is its own key, and a
           surface adds a folder of catalogues of its own. `python -m indicators.locale` collects them.
Formats    of CLDR, by Babel, for the locale that language.csv names.

A language is a row of language.csv, a column in every code list and a .po file in every folder of
catalogues. What lacks a translation is shown in English with MISSING after it, never silently.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_currency_symbol

from indicators.concepts.codelist import codelist

ENGLISH = "en"
LOCALE = Path(__file__).parent / "locale"
"""Catalogues of the texts of this package: definitions, names of indicators, notes."""
NBSP = "\u00a0"
MINUS = "−"
FLOAT_DIGITS = 15
MOST_DECIMALS = 10
"""Digits after the point of a number that is written out in full."""
LISTED = ("area", "sector", "measure")
"""Places of notes whose codes are shown by their labels; of two in one note, sector1 and sector2."""
MISSING = f"{NBSP}[en]"
"""Stands after a text that is shown in English for want of a translation."""

Key = tuple[str, str]
"""Context, usually empty, and English text."""


def message(text: str) -> str:
    """The text as it is; says to `python -m indicators.locale` that it is translated where it is shown."""
    return text


CITING = ", citing "
"""Stands in the name of a publisher before the names of those whom it cites."""
UNDRAWN = ("₼",)
"""Signs that our letters and those of many machines lack: a box would stand there."""


def ended(sentence: str) -> str:
    """The sentence with its full stop; one that ends in an abbreviation ("2025 г.") has it already."""
    return sentence if sentence.endswith(".") else f"{sentence}."


SCALES = {12: message("tn"), 9: message("bn"), 6: message("m"), 3: message("thousand")}
"""Power of ten → its short word. Its translations are CLDR's compact forms, the short or the long one."""
SCALES_SPELT = {12: message("trillion"), 9: message("billion"), 6: message("million"), 3: message("thousand")}


@dataclass(frozen=True)
class Note:
    """A sentence that code composes, with places for what differs: ("divided by {year}", its label)."""

    pattern: re.Pattern[str]
    english: str
    translated: str


@dataclass(frozen=True)
class Language:
    """One language: its words and its formats; immutable, read once by `speak`.

    Attributes:
        code: code of language.csv, "kk".
        name: what its speakers call it, "Қазақша".
        locale: the CLDR locale.
        alphabet: its letters in their order, small ones.
        messages: translations by context and English text, one string a plural form.
        plural_form: a whole number → the place of its form among those strings.
        notes: composed sentences, the longest first.
        remarks: what sources and the ledger remark of a figure, from its English text.
        names: of publishers and titles that hold words of ours, from the name in the ledger.
    """

    code: str
    name: str
    locale: Locale = field(repr=False)
    alphabet: str = field(repr=False)
    messages: Mapping[Key, tuple[str, ...]] = field(repr=False)
    plural_form: Callable[[int], int] = field(repr=False)
    notes: Sequence[Note] = field(repr=False)
    remarks: Mapping[str, str] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)

    # Words

    def text(self, english: str, context: str = "", /, **fields: object) -> str:
        """The text in this language, with `fields` put in their places.

        Examples:
            >>> speak("ru").text("Interval")
            'Интервал'
        """
        found = self.messages.get((context, english))
        if found:
            return found[0].format(**fields) if fields else found[0]
        written = english.format(**fields) if fields else english
        return written if self.code == ENGLISH else written + MISSING

    def plural(self, one: str, many: str, n: float, /, **fields: object) -> str:
        """The form of a text that goes with the number n; `{n}` in it is the number written out.

        A fraction takes the form of 2, as CLDR's rules for fractions do in all languages here.
        """
        values: dict[str, object] = {"n": self.number(n), **fields}
        whole = int(n) if float(n).is_integer() else 2
        found = self.messages.get(("", one))
        if found:
            return found[min(self.plural_form(whole), len(found) - 1)].format(**values)
        written = (one if n == 1 else many).format(**values)
        return written if self.code == ENGLISH else written + MISSING

    def label(self, name: str, code: str) -> str:
        """The label of a code; the code itself where the list called `name` does not hold it."""
        listed = codelist(name)
        if code not in listed:
            return code
        row = listed[code]
        own = row.get(f"label_{self.code}")
        if own:
            return own
        english = row.get("label_en") or code
        return english if self.code == ENGLISH else english + MISSING

    def note(self, composed: str) -> str:
        """A sentence composed by code, or several joined by "; "; unknown ones in English and marked."""
        if self.code == ENGLISH or not composed:
            return composed
        parts, said, known = composed.split("; "), [], False
        while parts:
            taken, own = self._longest_note(parts)
            known = known or own is not None
            said.append(own if own is not None else "; ".join(parts[:taken]) + MISSING)
            parts = parts[taken:]
        return "; ".join(said) if known else composed + MISSING

    def _longest_note(self, parts: Sequence[str]) -> tuple[int, str | None]:
        """How many parts, from the first, make a known sentence, and it; one and None where none does."""
        for taken in range(len(parts), 0, -1):
            own = self._one_note("; ".join(parts[:taken]))
            if own is not None:
                return taken, own
        return 1, None

    def _one_note(self, composed: str) -> str | None:
        if composed in self.remarks:
            return self.remarks[composed]
        for note in self.notes:
            found = note.pattern.fullmatch(composed)
            if found:
                own = note.translated or note.english + MISSING
                return own.format(**{k: self._inside(k, v) for k, v in found.groupdict().items()})
        found_text = self.messages.get(("", composed))
        return found_text[0] if found_text else None

    def _inside(self, place: str, word: str) -> str:
        """What stands in a place of a note: a code of the list that the place names, a word, a number."""
        listed = place.rstrip("12")
        if listed in LISTED and word in codelist(listed):
            return self.label(listed, word)
        known = self.messages.get(("", word))
        noted = (note.translated for note in self.notes if note.english == word)
        return known[0] if known else next(noted, "") or word

    def called(self, name: str) -> str:
        """A name of name.csv in this language; any other stands as its owner writes it."""
        return self.names.get(name, name)

    def publisher(self, name: str, cites: str | None = None) -> str:
        """Who states it, and whom they cite, which the name itself may say: "A, citing B and C"."""
        said, _, cited = name.partition(CITING)
        if cites and cites not in name:
            cited = cites
        if not cited:
            return self.called(said)
        return self.text("{publisher}, citing {cited}", publisher=self.called(said), cited=self._all(cited))

    def _all(self, cited: str) -> str:
        """Those who are cited, whose names the ledger joins by an English "and"."""
        if cited in self.names or self.code == ENGLISH:
            return self.called(cited)
        return str(format_list([self.called(one) for one in cited.split(" and ")], "standard", self.locale))

    def language_name(self, code: str) -> str:
        """The name of another language, as CLDR has it: Kazakh, казахский."""
        return str(self.locale.languages.get(code, code))

    def lower(self, text: str) -> str:
        """The text with a small first letter, for use inside a sentence; an abbreviation stays."""
        if len(text) > 1 and (text[1].isupper() or not text[1].isalpha()):
            return text
        return self._small(text[:1]) + text[1:]

    def _small(self, text: str) -> str:
        dotless = text.replace("İ", "i").replace("I", "ı") if "ı" in self.alphabet else text
        return dotless.lower()

    def order(self, text: str) -> tuple[tuple[int, str], ...]:
        """The key by which names sort in this alphabet: Ә after А, İ after I."""
        return _placed(self.alphabet, self._small(text))

    # Numbers

    def number(self, value: Decimal | float, decimals: int | None = None) -> str:
        """A number written out: 1,234.5; `decimals` fixed, or as many as the value has (at most 10)."""
        if type(value) is float and decimals is not None and _quick(value, decimals):
            return f"{value:,.{decimals}f}".translate(self._signs)
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        if not exact.is_finite():
            return str(format_decimal(value, locale=self.locale)).replace("-", MINUS)
        written = f"{round(exact, MOST_DECIMALS if decimals is None else decimals):,f}"
        if decimals is None and "." in written:
            written = written.rstrip("0").rstrip(".")
        return written.translate(self._signs)

    @cached_property
    def _signs(self) -> dict[int, str]:
        """The signs of Python's own numbers → those of this language, as CLDR has them."""
        signs = self.locale.number_symbols["latn"]
        return str.maketrans({",": str(signs["group"]), ".": str(signs["decimal"]), "-": MINUS})

    def percent(self, written: str) -> str:
        """A written number with the sign of per cent where the language puts it: 15%, 15 %, %15."""
        return str(self.locale.percent_formats[None].pattern).replace("#,##0", written)

    def scaled(self, written: str, power: int) -> str:
        """A written number with the word of its power of ten: 2.0 bn, 2,0 млрд."""
        return f"{written}{NBSP}{self.text(SCALES[power])}" if power else written

    def currency(self, code: str) -> str:
        """The sign of a currency where CLDR has one that is clear here and can be drawn, else its code."""
        if code not in self._currencies:
            sign = str(get_currency_symbol(code, locale=self.locale))
            self._currencies[code] = code if sign in UNDRAWN else sign
        return self._currencies[code]

    def money(self, written: str, code: str) -> str:
        """A written amount with its currency where the language puts it: US$2.0 bn, 2,0 млрд $."""
        sign = self.currency(code)
        if not self._currency_first:
            return f"{written}{NBSP}{sign}"
        minus, rest = (MINUS, written[1:]) if written.startswith(MINUS) else ("", written)
        return f"{minus}{sign}{NBSP if sign[-1].isalpha() else ''}{rest}"

    @cached_property
    def _currencies(self) -> dict[str, str]:
        """The signs of currencies that were asked before."""
        return {}

    @cached_property
    def _currency_first(self) -> bool:
        formats = self.locale.compact_currency_formats["short"]["other"]
        return str(formats["1000000000"].pattern).startswith("¤")

    # Dates and periods

    def day(self, when: date) -> str:
        """A day: 18 March 2025, 2025 ж. 18 наурыз."""
        return str(format_date(when, format="long", locale=self.locale))

    def month(self, when: date) -> str:
        """A month of a year: March 2025, март 2025 г."""
        return str(format_skeleton("yMMMM", when, locale=self.locale))

    def dated(self, partial: str | date | None) -> str:
        """An ISO date of any precision: 18 March 2025, March 2025, 2025."""
        if not partial:
            return self.text("undated")
        if isinstance(partial, date):
            return self.day(partial)
        parts = [int(part) for part in partial.split("-")]
        if len(parts) == 1:
            return partial
        return self.day(date(*parts)) if len(parts) == 3 else self.month(date(parts[0], parts[1], 1))

    def period(self, freq: str, written: str, start: date | None, end: date | None) -> str:
        """A reference period in words: 2024, first half of 2025, Q2 2023, 2016/17.

        Args:
            freq: code of freq.csv.
            written: the period in SDMX notation, which a calendar year keeps.
            start: its first day, or None where no period is stated.
            end: its last day, or None.
        """
        if start is None or end is None:
            return self.text("period not stated")
        if freq == "S":
            half = "first half of {year}" if start.month == 1 else "second half of {year}"
            return self.text(half, year=start.year)
        if freq == "Q":
            return str(format_skeleton("yQQQ", start, locale=self.locale))
        if freq in ("M", "D"):
            return self.month(start) if freq == "M" else self.day(start)
        return self._span(start, end) if freq == "_O" else written

    def _span(self, start: date, end: date) -> str:
        season = start.month == 7 and end.month == 6 and end.year == start.year + 1
        if season and (start.day, end.day) == (1, 30):
            return f"{start.year}/{end.year % 100:02}"
        whole_years = start.month == start.day == 1 and (end + timedelta(days=1)).timetuple().tm_yday == 1
        skeleton = "y" if whole_years else "yMMMM" if start.year == end.year else "yMMM"
        return str(format_interval(start, end, skeleton, locale=self.locale))


HALVES = (message("first half of {year}"), message("second half of {year}"))


def languages() -> list[str]:
    """The codes of all languages, the usual one first."""
    return list(codelist("language"))


def speak(code: str, *surfaces: Path) -> Language:
    """The language `code` with the catalogues of this package and of `surfaces`; read once.

    Args:
        code: code of language.csv.
        surfaces: further folders of catalogues, each with <code>/messages.po.

    Raises:
        UnknownCode: no such language.
        ValueError: a catalogue is there but cannot be read.
    """
    return _speak(code, (LOCALE, *surfaces))


@cache
def _speak(code: str, folders: tuple[Path, ...]) -> Language:
    row = codelist("language")[code]
    messages: dict[Key, tuple[str, ...]] = {}
    plural_form: Callable[[int], int] = _english_plural
    for folder in folders if code != ENGLISH else ():
        path = folder / code / "messages.po"
        if path.exists():
            found, plural_form = _read(path)
            messages |= found
    locale = Locale.parse(row["locale"])
    return Language(
        code,
        row["name"],
        locale,
        row["alphabet"],
        messages,
        plural_form,
        _notes(code),
        _labels("remark", code),
        _labels("name", code),
    )


@lru_cache(maxsize=8192)  # names of areas and sources, which every page puts in order
def _placed(alphabet: str, text: str) -> tuple[tuple[int, str], ...]:
    """Spaces and signs first, then the letters in their order, then letters of other alphabets."""
    places = {letter: alphabet.find(letter) for letter in alphabet}
    last = len(alphabet)
    return tuple((places.get(letter, last) if letter.isalpha() else -1, letter) for letter in text)


def _quick(value: float, decimals: int) -> bool:
    """Whether Python rounds a float as the decimal that it is written as would be rounded.

    It does up to fifteen digits, the most that a float holds of any decimal, but for a last 5 to be
    rounded away: 2.675 lies a little below its own middle.
    """
    written = repr(value)
    point = written.find(".")
    if point < 0 or "e" in written or point + decimals > FLOAT_DIGITS:
        return False
    return written[-1] != "5" or len(written) - point - 1 != decimals + 1


def _english_plural(n: int) -> int:
    return int(n != 1)


def _read(path: Path) -> tuple[dict[Key, tuple[str, ...]], Callable[[int], int]]:
    """The translations of a .po file that are there and not fuzzy, and its rule of plurals."""
    with path.open("rb") as file:
        catalog = read_po(file)
    found: dict[Key, tuple[str, ...]] = {}
    for entry in catalog:
        given = entry.string if isinstance(entry.string, list | tuple) else (entry.string,)
        forms = [form for form in given if form]
        if entry.id and len(forms) == len(given) and not entry.fuzzy:
            english = entry.id[0] if isinstance(entry.id, list | tuple) else entry.id
            found[entry.context or "", english] = tuple(forms)
    return found, c2py(catalog.plural_expr)


def _labels(listed: str, code: str) -> dict[str, str]:
    """The labels of a list whose English ones stand in the figures' own files: remarks, names."""
    rows = codelist(listed).rows.values()
    return {row["label_en"]: row[f"label_{code}"] for row in rows if row.get(f"label_{code}")}


def _notes(code: str) -> tuple[Note, ...]:
    """The sentences of note.csv as patterns; those with more fixed text first."""
    rows = sorted(codelist("note").rows.values(), key=lambda row: -len(re.sub(r"{\w+}", "", row["label_en"])))
    return tuple(
        Note(_pattern(row["label_en"]), row["label_en"], row.get(f"label_{code}") or "") for row in rows
    )


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"{(\w+)}", template)
    named = [f"(?P<{part}>(?:(?!; ).)+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)]
    return re.compile("".join(named))
