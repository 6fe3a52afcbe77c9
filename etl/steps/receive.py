"""Receive: are these the files of the receipt, and can every row of them be read?

Nothing of a raw file is interpreted here: all cells stay text, each with its file and row.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from etl.draft import Draft
from etl.errors import Fault, Kind
from etl.inputs import digest
from etl.source import Source, Vintage

RECEIPT = "receipt.yaml"
_FILES = re.compile(r"^files:.*?(?=^[^\s#-]|\Z)", re.MULTILINE | re.DOTALL)
PUBLICATIONS = "publications.csv"
"""The register of a ledger's texts: received and checked, but its rows are no figures."""
REQUIRED = (
    "publisher", "title", "address", "published_on", "retrieved_on", "licence", "language",
    "authority", "files",
)  # fmt: skip


def vintages(source: Source, raw: Path, also: Path | None = None) -> tuple[list[Vintage], list[Fault]]:
    """The editions of a source, oldest first, and what is wrong with their receipts.

    Args:
        source: whose editions.
        raw: data/raw.
        also: a folder beside it: laid out like data/raw, or with the files that the source's receipts/
            name. A vintage there takes the place of the one of the same name below `raw`.
    """
    found: dict[str, Vintage] = {}
    faults: list[Fault] = []
    for root in (raw, also) if also else (raw,):
        for folder in sorted(f for f in (root / source.id).glob("[!.]*") if f.is_dir()):
            receipt, wrong = _receipt(f"{source.id} {folder.name}", folder / RECEIPT)
            faults += wrong
            if not wrong:
                found[folder.name] = Vintage(source, folder.name, folder, receipt)
    for path in source.receipts if also else ():
        receipt, wrong = _receipt(f"{source.id} {path.stem}", path)
        faults += wrong
        vintage = Vintage(source, path.stem, path.parent, receipt, _standing(receipt, also or raw))
        if vintage.elsewhere and not wrong:
            found[path.stem] = vintage
    if not found and not faults and not source.may_be_absent:
        faults.append(_setup(source.id, "", f"no vintage below data/raw/{source.id}"))
    return [found[name] for name in sorted(found)], faults


def _standing(receipt: Mapping[str, Any], folder: Path) -> dict[str, Path]:
    """Files of a receipt → where they are below a folder: at their path, or deeper with it as the end."""
    there = {}
    for name in (str(listed["file"]) for listed in receipt.get("files") or []):
        deeper = (p for p in sorted(folder.rglob(Path(name).name)) if p.as_posix().endswith(f"/{name}"))
        path = folder / name
        if path.is_file() or (path := next(deeper, path)).is_file():
            there[name] = path
    return there


def _receipt(where: str, path: Path) -> tuple[Mapping[str, Any], list[Fault]]:
    try:
        receipt = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}, [_setup(where, path.name, "there is no receipt")]
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        return {}, [_setup(where, path.name, f"the receipt is no YAML: {fault}")]
    if not isinstance(receipt, dict):
        return {}, [_setup(where, path.name, "the receipt is empty")]
    lacking = [field for field in REQUIRED if field not in receipt]
    return receipt, [_setup(where, path.name, f"the receipt lacks {field!r}") for field in lacking]


def _setup(where: str, file: str, seen: str) -> Fault:
    fix = "Write receipt.yaml beside the files (see CONTRIBUTING.md, adding a source)."
    return Fault(Kind.BAD_SETUP, where, file, None, None, seen, f"expected {', '.join(REQUIRED)}", fix)


def printed(vintage: Vintage) -> Iterator[Draft]:
    """All rows of all files of a vintage as they stand there.

    Yields:
        Drafts with columns `file`, `row` (the spreadsheet's: header is row 1) and the union of the
        files' columns, every cell a string: one, or for published files one after another.
    """
    yield from _as_published(vintage) if vintage.as_published else [_as_extracted(vintage)]


def _as_extracted(vintage: Vintage) -> Draft:
    """The rows of CSV files of our own layout."""
    faults: list[Fault] = []
    frames: list[pl.DataFrame] = []
    listed = vintage.listed
    present = {p.relative_to(vintage.folder).as_posix() for p in vintage.folder.rglob("*.csv")}
    faults += _missing_or_extra(vintage, set(listed), present)
    for name in sorted(present & set(listed)):
        table = _Table(vintage, name, listed[name])
        frame = table.frame()
        faults += table.faults
        if name != PUBLICATIONS:
            frames.append(frame)
    frame = pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
    return Draft(frame, vintage.where, tuple(faults))


def _as_published(vintage: Vintage) -> Iterator[Draft]:
    """The cells of files in the formats of their publishers."""
    from etl.steps.published import received  # readers load many parsers: only where there is need

    listed = vintage.listed
    present = set(_files(vintage))
    faults = _missing_or_extra(vintage, set(listed), present)
    for name in sorted(present & set(listed)):
        made = digest(vintage.path(name))
        if made != listed[name].get("sha256"):
            faults.append(_changed(vintage, name, made, str(listed[name].get("sha256")), "published file"))
    if faults:
        yield Draft(pl.DataFrame(), vintage.where, tuple(faults))
    yield from received(vintage, sorted(present & set(listed)))


def _files(vintage: Vintage) -> list[str]:
    """Every file of a vintage but its receipt."""
    if vintage.elsewhere:
        return sorted(vintage.elsewhere)
    found = (p.relative_to(vintage.folder).as_posix() for p in vintage.folder.rglob("*") if p.is_file())
    return sorted(name for name in found if name != RECEIPT)


def _changed(vintage: Vintage, name: str, now: str, was: str, said: str) -> Fault:
    return Fault(
        Kind.CHANGED_FILE, vintage.where, name, None, None, seen=f"sha256 {now[:12]}…",
        expected=f"the receipt says {was[:12]}… ({said})",
        fix=f"Undo it, or review it and run `python -m etl receive {vintage.source.id}`.",
    )  # fmt: skip


def _missing_or_extra(vintage: Vintage, listed: set[str], present: set[str]) -> list[Fault]:
    fix = f"Restore the file, or review it and run `python -m etl receive {vintage.source.id}`."
    return [
        Fault(Kind.UNREADABLE, vintage.where, name, None, None, "the file is missing",
              "the receipt lists it", fix)
        for name in sorted(listed - present)
    ] + [
        Fault(Kind.CHANGED_FILE, vintage.where, name, None, None, "the file is new",
              "the receipt does not list it", fix)
        for name in sorted(present - listed)
    ]  # fmt: skip


@dataclass
class _Table:
    """One CSV file of a vintage while it is being read."""

    vintage: Vintage
    name: str
    listed: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.faults: list[Fault] = []

    def frame(self) -> pl.DataFrame:
        """The rows that can be read; what cannot is in `faults`."""
        content = (self.vintage.folder / self.name).read_bytes()
        text = self._text(content)
        rows = list(self._rows(text)) if text is not None else []
        self._compare(content, len(rows))
        if not rows:
            return pl.DataFrame()
        return pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col("row").cast(pl.Int64))

    def _text(self, content: bytes) -> str | None:
        """The file as text, or None with the fault noted."""
        if not content.strip():
            self._unreadable(None, "the file is empty", "expected a header and rows")
        elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._unreadable(1, "the file is UTF-16", "expected UTF-8")
        elif b"\0" in content:
            self._unreadable(content[: content.index(b"\0")].count(b"\n") + 1, "a NUL byte", "expected text")
        else:
            return self._decoded(content)
        return None

    def _decoded(self, content: bytes) -> str | None:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            row = content[: fault.start].count(b"\n") + 1
            seen = f"byte 0x{content[fault.start]:02x} is not UTF-8 (a file saved as Windows-1251?)"
            self._unreadable(row, seen, "expected UTF-8; save as 'CSV UTF-8'")
            return None

    def _rows(self, text: str) -> Iterator[dict[str, object]]:
        header = self.vintage.source.facts["files"]
        pattern = next((p for p in header if fnmatch(self.name, p)), None)
        if pattern is None:
            self._unreadable(None, "a file of no known kind", f"expected one of {', '.join(header)}")
            return
        if not text.endswith("\n"):
            last = text.count("\n") + 1
            self._unreadable(last, "the last line has no end", "expected a line end: the file is cut off")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            seen = next(reader)
            if not self._same_header(seen, header[pattern]):
                return
            for number, cells in enumerate(reader, start=2):
                if len(cells) != len(seen):
                    self._unreadable(number, f"{len(cells)} cells", f"expected {len(seen)}, as in the header")
                    continue
                yield {"file": self.name, "row": number, **dict(zip(seen, cells, strict=True))}
        except csv.Error as fault:
            self._unreadable(reader.line_num, f"the row cannot be read: {fault}", "expected a closed quote")

    def _same_header(self, seen: Sequence[str], expected: Sequence[str]) -> bool:
        if list(seen) == list(expected):
            return True
        for column in (c for c in expected if c not in seen):
            near = get_close_matches(column, [c for c in seen if c not in expected], n=1, cutoff=0.4)
            hint = f"; the nearest in the file is {near[0]!r}" if near else ""
            self._unreadable(1, f"the column {column!r} is gone", f"expected it in the header{hint}")
        for column in (c for c in seen if c not in expected):
            self._unreadable(1, f"the column {column!r} is new", f"expected {', '.join(expected)}")
        if sorted(seen) == sorted(expected):
            self._unreadable(1, f"the columns stand as {', '.join(seen)}", f"expected {', '.join(expected)}")
        return False

    def _unreadable(self, row: int | None, seen: str, expected: str) -> None:
        fix = (
            f"Mend data/raw/{self.vintage.source.id}/{self.vintage.name}/{self.name}, or, if the "
            f"publisher changed it, etl/sources/{self.vintage.source.id}/source.yaml."
        )
        self.faults.append(
            Fault(Kind.UNREADABLE, self.vintage.where, self.name, row, None, seen, expected, fix)
        )

    def _compare(self, content: bytes, rows: int) -> None:
        made = hashlib.sha256(content).hexdigest()
        if made == self.listed.get("sha256"):
            return
        counted = self.listed.get("rows")
        said = (
            f"{rows} rows that can be read, the receipt counts {counted}"
            if rows != counted
            else "same number of rows"
        )
        self.faults.append(_changed(self.vintage, self.name, made, str(self.listed.get("sha256")), said))


def stamp(vintage: Vintage, facts: Mapping[str, Mapping[str, str]] | None = None) -> list[str]:
    """Write size, rows and hash of every file into the receipt, after a person has reviewed them.

    Args:
        vintage: with the receipt as it was.
        facts: what else is known of a file, by its name, such as the ETag of a download.

    Returns:
        What changed, a line a file.
    """
    path = vintage.folder / (f"{vintage.name}.yaml" if vintage.elsewhere else RECEIPT)
    rest = _FILES.sub("", path.read_text("utf-8"))  # whatever else a person wrote stays as it is
    before = {name: listed.get("sha256") for name, listed in vintage.listed.items()}
    lines, said = [], []
    as_published = vintage.as_published
    for name in (n for n in _files(vintage) if as_published or n.endswith(".csv")):
        content = vintage.path(name).read_bytes()
        made = hashlib.sha256(content).hexdigest()
        unit, size = ("bytes", len(content)) if as_published else ("rows", _rows(content))
        lines += [f"  - file: {name}", f"    {unit}: {size}", f"    sha256: {made}"]
        known = (facts or {}).get(name, {})
        lines += [f"    {fact}: {json.dumps(value)}" for fact, value in known.items()]
        if before.get(name) != made:
            said.append(f"{vintage.where}, {name}: {size} {unit}, sha256 {made[:12]}…")
    path.write_text(rest.rstrip("\n") + "\nfiles:\n" + "\n".join(lines) + "\n", "utf-8")
    return said


def _rows(content: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) - 1
