"""python -m indicators.locale: brings every catalogue in step with the texts and names what lacks one.

A text is collected from where it stands; adding one is one act. A new text is added to every catalogue
with an empty translation, one that is gone is removed, a changed one counts as new: no guess is ever
kept as a translation. Run it, fill in what it names, commit both.

indicators/locale    names, questions, themes and caveats of definitions/*.yaml; `definition` and units of
                     the code lists; texts in the Python of this package
dashboard/locale     texts in the Python of the dashboard
exports/locale       texts in the Python of exports
"""

import ast
import csv
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PACKAGE, SURFACES = ROOT / "indicators", ("dashboard", "exports")
SPOKEN = {"text": 1, "message": 1, "woven": 1, "plural": 2}
"""Functions that say a text → how many texts they are given."""
Text = tuple[str | tuple[str, str], str]
"""A text, or its singular and plural, and where it stands."""


def of_code_lists(folder: Path) -> Iterator[Text]:
    """Definitions, hedges and units of the code lists."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                where = f"codelists/{path.name}"
                if row.get("definition"):
                    yield row["definition"], where
                if row.get("prefix_en"):
                    yield f"{row['prefix_en']} {{figure}}", where
                if row.get("singular_en"):
                    yield (f"{{n}} {row['singular_en']}", f"{{n}} {row['label_en']}"), where
                if row.get("kind") == "share" and len(row.get("symbol", "")) > 1:
                    yield row["symbol"], where
                    yield row["symbol"].replace("%", "{percent}"), where


def of_definitions(folder: Path) -> Iterator[Text]:
    """What the definitions of indicators say to a reader."""
    for path in sorted(folder.glob("*.yaml")):
        said = yaml.safe_load(path.read_text("utf-8"))
        for text in (said["name"], said["question"], said["theme"], *said["caveats"]):
            yield text, f"definitions/{path.name}"


def of_python(folder: Path) -> Iterator[Text]:
    """Texts handed as they are to the functions of SPOKEN in the Python below `folder`."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = [a.value for a in node.args if isinstance(a, ast.Constant)]
                said = [text for text in given if isinstance(text, str)]
                if len(said) >= SPOKEN.get(name, len(said) + 1):
                    where = path.relative_to(folder).as_posix()
                    yield (said[0], said[1]) if SPOKEN[name] == 2 else said[0], where


def texts(domain: Path) -> Iterator[Text]:
    """All texts of one folder of catalogues, in a fixed order."""
    if domain == PACKAGE:
        yield from of_definitions(domain / "definitions")
        yield from of_code_lists(domain / "codelists")
    yield from of_python(domain)


def in_step(path: Path, code: str, domain: Path) -> Catalog:
    """The catalogue of `path` with exactly the texts of `domain`; translations that it has are kept."""
    old = Catalog(locale=code)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=code)
    new = Catalog(locale=code, project="Creative Economy Indicators", fuzzy=False)
    for text, where in texts(domain):
        kept = old.get(text if isinstance(text, str) else text[0])
        had = kept.string if kept is not None and not kept.fuzzy and kept.id == text else None
        new.add(text, had, locations=[(where, 0)])
    return new


def written(catalog: Catalog) -> bytes:
    """The .po file of a catalogue: no dates and no line numbers, so that it changes with its texts only."""
    file = BytesIO()
    write_po(file, catalog, width=100, omit_header=True, include_lineno=False)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalog.locale_identifier}\\n"\n"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return head.encode() + file.getvalue()


def lacking(catalog: Catalog) -> list[str]:
    """The texts without a whole translation."""
    empty = []
    for entry in catalog:
        forms = entry.string if isinstance(entry.string, list | tuple) else [entry.string]
        if entry.id and not all(forms):
            empty.append(str(entry.id if isinstance(entry.id, str) else entry.id[0]))
    return empty


def main() -> int:
    """Write every catalogue; 1 where one of them lacks a translation."""
    with (PACKAGE / "codelists" / "language.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)][1:]
    whole = True
    for domain in (PACKAGE, *(ROOT / surface for surface in SURFACES)):
        for code in codes:
            path = domain / "locale" / code / "messages.po"
            catalog = in_step(path, code, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(catalog))
            for text in lacking(catalog):
                whole = False
                sys.stdout.write(f"{path.relative_to(ROOT)}: no translation of {text!r}\n")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
