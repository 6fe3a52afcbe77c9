"""The format of a file from its content: its first bytes, its root element, its keys, its header.

A name is only asked where contents are alike by design: CSV and TSV with one column. Nothing is parsed
here; what looks like a format and is none is the reader's to refuse.
"""

import re
import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from etl.readers.cells import BadFile
from etl.readers.json_text import peek

HEAD = 65536
"""Bytes looked at."""
BYTE_ORDER = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

READERS = {
    "sdmx-ml-2.1-generic": "sdmx_ml", "sdmx-ml-2.1-specific": "sdmx_ml", "sdmx-ml-3.0": "sdmx_ml",
    "sdmx-ml-structure": "sdmx_ml", "sdmx-json-1.0": "sdmx_json", "sdmx-json-2.0": "sdmx_json",
    "sdmx-csv-1.0": "sdmx_csv", "sdmx-csv-2.0": "sdmx_csv", "sdmx-csv-2.1": "sdmx_csv",
    "json-stat-1": "json_stat", "json-stat-2": "json_stat", "px": "px", "eurostat-tsv": "eurostat",
    "worldbank-csv": "worldbank", "worldbank-json": "worldbank", "comtrade-json": "agency_json",
    "siat-json": "agency_json", "records-json": "agency_json", "csv": "delimited", "tsv": "delimited",
    "xlsx": "workbook", "xls": "workbook", "ods": "workbook", "parquet": "columnar", "arrow": "columnar",
}  # fmt: skip
"""Format → module of this package that reads it."""

NAMES = {
    "sdmx-ml-2.1-generic": "SDMX-ML 2.1, generic data", "sdmx-ml-3.0": "SDMX-ML 3.0 data",
    "sdmx-ml-2.1-specific": "SDMX-ML 2.1, structure-specific data",
    "sdmx-ml-structure": "SDMX-ML structures", "sdmx-json-1.0": "SDMX-JSON 1.0",
    "sdmx-json-2.0": "SDMX-JSON 2.0", "sdmx-csv-1.0": "SDMX-CSV 1.0", "sdmx-csv-2.0": "SDMX-CSV 2.0",
    "sdmx-csv-2.1": "SDMX-CSV 2.1", "json-stat-1": "JSON-stat 1.x", "json-stat-2": "JSON-stat 2.0",
    "px": "PC-Axis", "eurostat-tsv": "Eurostat TSV", "worldbank-csv": "World Bank CSV",
    "worldbank-json": "World Bank API JSON", "comtrade-json": "UN Comtrade JSON",
    "siat-json": "SIAT JSON", "records-json": "JSON records", "csv": "CSV", "tsv": "TSV",
    "xlsx": "Excel workbook", "xls": "Excel 97-2003 workbook", "ods": "OpenDocument spreadsheet",
    "parquet": "Parquet", "arrow": "Arrow",
}  # fmt: skip


def recognise(path: Path) -> str:
    """The format of an unpacked file, a key of READERS.

    Raises:
        BadFile: an empty file, a web page in place of data, or nothing that a reader knows.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00 \r\n\t"):
        raise BadFile("", "an empty file", "a published table", "Download it again.")
    return _binary(path, head) or _textual(head, path)


PACKED = {
    b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "RAR",
    b"\x28\xb5\x2f\xfd": "Zstandard (zstd)", b"\x1f\x8b": "gzip within an archive",
    b"PK\x05\x06": "empty zip", b"\x04\x22\x4d\x18": "LZ4", b"\x1f\x9d": "compress (.Z)",
}  # fmt: skip
"""First bytes of what is packed in a way that is not unpacked here."""


def _refuse_other(head: bytes) -> None:
    """Binary content that no reader takes, by its name.

    Raises:
        BadFile: a document, a picture, or an archive of another kind.
    """
    for magic, name in PACKED.items():
        if head.startswith(magic):
            raise BadFile("", f"an archive of the kind {name}", "a table, alone or in one .zip or .gz",
                          "Unpack it and read what is inside.")  # fmt: skip
    if head[257:262] == b"ustar":
        raise BadFile("", "an archive of the kind tar", "a table, alone or in one .zip or .gz", "Unpack it.")
    if head.startswith(b"%PDF"):
        raise BadFile("", "a PDF document", "a table as data", "Ask the publisher for the table itself.")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise BadFile("", "a picture", "a table as data", "Ask the publisher for the table itself.")


def _binary(path: Path, head: bytes) -> str | None:
    _refuse_other(head)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"ARROW1", b"FEA1", b"\xff\xff\xff\xff")):
        return "arrow"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    if head.startswith(b"PK\x03\x04"):
        return _office(path)
    return None


def _office(path: Path) -> str:
    """A zip archive that is a workbook; archives of files were unpacked before."""
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist()[:1000])
            kind = b""
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    kind = part.read(100)
    except (BadZipFile, OSError, RuntimeError, EOFError, ValueError, zlib.error) as broken:
        raise BadFile("", f"a broken archive ({broken})", "a whole one", "Download it again.") from None
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    raise BadFile("", "an archive that is no workbook", "XLSX or ODS", "Unpack it and read the data file.")


def decoded(head: bytes) -> str:
    """The beginning of a text, well enough to see what it is; readers decode strictly."""
    for mark, encoding in BYTE_ORDER.items():
        if head.startswith(mark):
            return head[: len(head) // 2 * 2].decode(encoding, "ignore").lstrip("\ufeff")
    if head[:400].count(0) > len(head[:400]) // 4:
        return head[: len(head) // 2 * 2].decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "ignore")
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError as broken:
        return head.decode("utf-8" if broken.start > len(head) - 4 else "cp1252", "ignore")


def _textual(head: bytes, path: Path) -> str:
    text = decoded(head).lstrip()
    if re.match(r"(?i)<!doctype html|<html|<head|<body", text):
        raise BadFile(
            "", "a web page", "data", "Open the address in a browser: it may ask to log in or to wait."
        )
    if text.startswith("<"):
        return _xml(text)
    if text.startswith(("{", "[")):
        return _json(peek(path))
    if re.match(
        r'(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|CREATION-DATE|MATRIX|DECIMALS|SUBJECT-)[\w-]*(?:\[\w+\])?="?',
        text,
    ):
        return "px"
    return _delimited(text, path)


_ROOTS = {
    "sdmx-ml-3.0": r"<(?:\w+:)?StructureSpecificData\b[^>]*/v3_",
    "sdmx-ml-2.1-specific": r"<(?:\w+:)?StructureSpecific(?:TimeSeries)?Data\b",
    "sdmx-ml-2.1-generic": r"<(?:\w+:)?Generic(?:TimeSeries)?Data\b",
    "sdmx-ml-structure": r"<(?:\w+:)?Structure\b",
}
"""Format → its root element; the first that is found is it."""


def _xml(text: str) -> str:
    for name, root in _ROOTS.items():
        if re.search(root, text):
            return name
    found = re.search(r"<([A-Za-z_][\w:.-]*)", re.sub(r"<[?!][^>]*>", "", text))
    seen = f"XML with the root element {found.group(1) if found else 'missing'}"
    raise BadFile("", seen, "SDMX-ML", "Ask the service for SDMX, JSON-stat or CSV.")


def _json(told: object) -> str:
    """The format of JSON by its own keys, wherever in the file they stand."""
    if isinstance(told, list):
        return _json_list(told)
    if not isinstance(told, dict):
        raise BadFile("", "JSON of a single value", "an object or a list", "Ask the service for data.")
    inner = told.get("data")
    inside = inner if isinstance(inner, dict) else {}
    if "dataSets" in told or "dataSets" in inside:
        return "sdmx-json-2.0" if "structures" in inside else "sdmx-json-1.0"
    if {"codelists", "dataStructures", "dataflows", "conceptSchemes"} & {*inside, *told}:
        raise BadFile("", "SDMX structures", "SDMX data", "Ask the service for the data of the flow.")
    if "class" in told and told["class"] in ("dataset", "collection", "dimension"):
        return "json-stat-2"
    if any(isinstance(v, dict) and "dimension" in v for v in told.values()) or "dimension" in told:
        return "json-stat-1"
    records = told.get("dataset", inner)
    first = records[0] if isinstance(records, list) and records and isinstance(records[0], dict) else {}
    return "comtrade-json" if {"rtCode", "reporterCode", "cmdCode"} & set(first) else "records-json"


def _json_list(told: list[Any]) -> str:
    first = told[0] if told and isinstance(told[0], dict) else {}
    told_off = len(told) == 1 and isinstance(first.get("message"), list)  # an error of the same API
    if "per_page" in first or "countryiso3code" in first or told_off:
        return "worldbank-json"
    return "siat-json" if {"metadata", "data"} <= set(first) else "records-json"


def _delimited(text: str, path: Path) -> str:
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    if not lines:
        raise BadFile("", "no text", "a published table", "Download it again.")
    first = lines[0].strip().strip('"').lstrip("\ufeff")
    if re.match(r'STRUCTURE(?:\[[^\]]*\])?"?[;,\t|]"?STRUCTURE_ID\b', first):
        return "sdmx-csv-2.0"
    if re.match(r'DATAFLOW"?[;,\t|]', first):
        return "sdmx-csv-1.0"
    if re.match(r"[\w,]+\\\w+\t", first):
        return "eurostat-tsv"
    if any(re.match(r'"?Country Name"?,"?Country Code"?,"?Indicator Name"?', line) for line in lines[:8]):
        return "worldbank-csv"
    if "\t" in lines[0] and lines[0].count("\t") >= max(lines[0].count(s) for s in ",;|"):
        return "tsv"
    if len(first.split()) and not any(s in "".join(lines[:20]) for s in ",;|\t") and path.suffix == "":
        raise BadFile("", f"text without columns ({first[:60]!r})", "a table", "Check what was downloaded.")
    return "csv"
