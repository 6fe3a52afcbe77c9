"""How a figure, a chart or a table is cited: its address, a sentence, BibTeX, RIS, and code that reads it.

The address is the page itself, frozen to its release; `exports/short.py` makes the short one of it.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from math import isinf
from typing import Any
from urllib.parse import quote

from exports import short
from exports.measured import is_share, share
from exports.table import Table
from indicators.concepts.codelist import codelist
from indicators.concepts.observation import OBSERVED
from indicators.holdings import Passport
from indicators.language import Language, ended, message
from indicators.query import Query

US = message("Creative Economy Indicators")
API = "/api/v1"
NIL = "N"
"""Status of what is nil or negligible: its number is no zero."""
# BibTeX counts braces whether a backslash stands before them or not: in a text they must have names.
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """How one thing is cited.

    Attributes:
        address: its page, frozen to the release.
        short: the same, short.
        text: the suggested citation, in the reader's language.
        bibtex: an entry for BibTeX.
        ris: a record for RIS.
        use: programs that fetch it, by the name of the program: python, r, excel, stata.
    """

    address: str
    short: str
    text: str
    bibtex: str
    ris: str
    use: Mapping[str, str]

    def content(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


@dataclass(frozen=True)
class _Work:
    """What both reference formats hold."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: str
    address: str
    note: str
    accessed: date
    language: Language


def figure(found: Passport, language: Language, site: str, accessed: date | None = None) -> Citation:
    """How one figure is cited.

    Args:
        found: its passport.
        language: of the sentence.
        site: address of the site, without a slash at its end.
        accessed: the day of reading; None = today (UTC).
    """
    row: dict[str, Any] = dict(found.figure)
    day = accessed or _today()
    path = f"/figure/{quote(str(row['figure_id']), safe='')}"
    address = f"{site}{path}?release={found.release}"
    what = ", ".join((
        language.label("area", row["ref_area"]), language.label("measure", row["measure"]),
        *_about(row, language),
        language.period(row["freq"], row["time_period"], row["period_start"], row["period_end"]),
    ))  # fmt: skip
    stated = ended(f"{what}: {amount(row, language)}")
    published = ended(f"{row['publisher']}, “{row['title']}”, {language.dated(row['published_on'])}")
    identity = language.text(
        "Figure {id}, release {release}. {address} (accessed {day}).",
        id=row["figure_id"], release=found.release, address=address, day=language.day(day),
    )  # fmt: skip
    work = _Work(
        f"cei-{row['figure_id']}-{found.release}", f"{what}. {row['title']}", (str(row["publisher"]),),
        str(row["published_on"] or "")[:4], address,
        f"{language.text(US)}, {row['figure_id']}, {found.release}", day, language,
    )  # fmt: skip
    data = f"{site}{API}/figures/{quote(str(row['figure_id']), safe='')}?release={found.release}"
    text = f"{stated} {published} {language.text(US)}. {identity}"
    return _cited(work, text, site + short.PATH + short.token(path, found.release), _of_json(data))


def table(content: Table, site: str, accessed: date | None = None) -> Citation:
    """How an answer is cited: as a table, or as the chart of it.

    Args:
        content: the table.
        site: address of the site, without a slash at its end.
        accessed: the day of reading; None = today (UTC).
    """
    query, language, day = content.query, content.language, accessed or _today()
    path = f"/explore?{query.to_url()}"
    address = f"{site}{path}&release={content.release}"
    title = f"{content.title}: {_asked(query, language)}"
    publishers = tuple(dict.fromkeys(content.publications["publisher"].drop_nulls().to_list()))
    sources = language.text("Sources: {list}.", list="; ".join(publishers)) if publishers else ""
    identity = language.text(
        "Release {release}. {address} (accessed {day}).",
        release=content.release, address=address, day=language.day(day),
    )  # fmt: skip
    text = " ".join(part for part in (f"{language.text(US)}. {ended(title)}", sources, identity) if part)
    work = _Work(
        f"cei-{query.indicator}-{content.release}", title, (language.text(US),), str(day.year), address,
        " ".join(p for p in (f"{content.release}.", sources) if p), day, language,
    )  # fmt: skip
    data = f"{site}{API}/data?{query.to_url()}&release={content.release}"
    return _cited(work, text, site + short.PATH + short.token(path, content.release), _of_tables(data))


def amount(row: Mapping[str, Any], language: Language) -> str:
    """A figure written out in full, with its hedge and its unit; an interval by its ends."""
    low, high, value, unit = row["low"], row["high"], row["value"], str(row["unit_measure"])
    if low is None or high is None or row["obs_status"] == NIL or (isinf(low) and isinf(high)):
        return language.label("obs_status", str(row["obs_status"]))
    if value is not None and row["hedge"] != "between":
        said = codelist("hedge")[str(row["hedge"])]["prefix_en"]
        number = value
    else:
        said = "at least" if isinf(high) else "up to" if isinf(low) else ""
        number = low if isinf(high) else high
    between = value is None and not said and low != high
    digits = language.number(number)
    written = _measured(f"{language.number(low)} – {digits}" if between else digits, number, unit, language)
    return language.text(f"{said} {{figure}}", figure=written) if said else written


def _measured(written: str, number: float, unit: str, language: Language) -> str:
    """Digits with their unit, as the language puts it."""
    row = codelist("unit")[unit]
    if row["kind"] == "currency":
        return language.money(written, unit)
    if is_share(unit):
        return share(language, written, unit)
    if row["kind"] == "count":
        return language.plural(f"{{n}} {row['singular_en']}", f"{{n}} {row['label_en']}", number, n=written)
    return f"{written} {language.label('unit', unit)}"


def _about(row: Mapping[str, Any], language: Language) -> list[str]:
    """What else the figure is of; that it is no observation goes first."""
    kind = [] if row["kind"] == OBSERVED else [language.label("kind", str(row["kind"]))]
    listed = (("sector", "sector"), ("sex", "sex"), ("counterpart_area", "area"), ("region", "region"))
    said = [language.label(of, str(row[c])) for c, of in listed if row[c] not in (None, "_T", "_Z", "_X")]
    return kind + said


def _asked(query: Query, language: Language) -> str:
    areas = ", ".join(language.label("area", a) for a in query.areas) or language.text("all areas")
    sector = [language.label("sector", query.sector)] if query.sector else []
    years = (
        [f"{query.since or '…'}–{query.until or '…'}"]
        if query.since is not None or query.until is not None
        else []
    )
    return ", ".join([areas, *sector, *years])


def _today() -> date:
    return datetime.now(UTC).date()


def _cited(work: _Work, text: str, brief: str, use: Mapping[str, str]) -> Citation:
    return Citation(work.address, brief, text, bibtex(work), ris(work), use)


def bibtex(work: _Work) -> str:
    """One entry; braces keep capitals and bodies as they are."""
    fields = {
        "title": "{" + _tex(work.title) + "}",
        "author": " and ".join("{" + _tex(a) + "}" for a in work.authors),
        "year": work.year,
        "howpublished": _tex(work.language.text(US)),
        "note": _tex(work.note),
        "language": work.language.code,
        "url": re.sub(r"[{}\\]", "", work.address),
        "urldate": work.accessed.isoformat(),
    }
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{re.sub('[^A-Za-z0-9-]', '-', work.key)},\n{inside}\n}}\n"


def ris(work: _Work) -> str:
    """One record; a line a field."""
    fields = [
        ("TY", "DATA"), ("ID", work.key), ("TI", work.title), *(("AU", a) for a in work.authors),
        ("PY", work.year), ("PB", work.language.text(US)), ("N1", work.note), ("LA", work.language.code),
        ("UR", work.address), ("Y2", work.accessed.strftime("%Y/%m/%d/")), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {_line(said)}\r\n" for tag, said in fields if said or tag == "ER")


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)


def _line(text: str) -> str:
    return " ".join(text.split())


def _of_tables(address: str) -> dict[str, str]:
    """Programs that read a table from the API."""
    csv, stata = f"{address}&format=csv", f"{address}&format=dta"
    numbers = ", ".join(f'{{"{name}", type number}}' for name in ("year", "value", "low", "high"))
    return {
        "python": (
            f'import pandas as pd\n\nfigures = pd.read_csv("{csv}", keep_default_na=False, na_values=[""])\n'
        ),
        "r": f'figures <- read.csv("{csv}", na.strings = "", encoding = "UTF-8")\n',
        "excel": (
            "let\n"
            f'    File = Web.Contents("{csv}"),\n'
            '    Read = Csv.Document(File, [Delimiter = ",", Encoding = 65001, '
            "QuoteStyle = QuoteStyle.Csv]),\n"
            "    Named = Table.PromoteHeaders(Read),\n"
            # Decimals have a point, whatever the language of the reader's Excel: else they stay text.
            f'    Figures = Table.TransformColumnTypes(Named, {{{numbers}}}, "en-US")\n'
            "in\n"
            "    Figures\n"
        ),
        # `use` would put another .dta behind an address that has no dot in its last part.
        "stata": f'copy "{stata}" figures.dta, replace\nuse figures, clear\n',
    }


def _of_json(address: str) -> dict[str, str]:
    """Programs that read a passport from the API; Stata reads no JSON."""
    return {
        "python": (
            "import json\nfrom urllib.request import urlopen\n\n"
            f'with urlopen("{address}") as answer:\n    figure = json.load(answer)["figure"]\n'
        ),
        "r": f'figure <- jsonlite::fromJSON("{address}")$figure\n',
        "excel": f'let\n    Answer = Json.Document(Web.Contents("{address}")),\n    Figure = Answer[figure]\n'
        "in\n    Figure\n",
    }
