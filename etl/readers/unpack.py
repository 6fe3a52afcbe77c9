"""Compressed files and archives, opened with limits before anything is inflated in full.

A size that a header declares is a claim: what counts is what comes out, read in pieces and stopped at
the limit. Workbooks are zip archives too and are left as they are; their reader looks inside.
"""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, ZipInfo

from etl.readers.cells import BadFile

MOST = 4 << 30
"""Bytes that may come out of one archive."""
RATIO = 200
"""How many times its packed size a member may be; tables of text reach 30, bombs 1,000."""
MEMBERS = 1000
PIECE = 1 << 20
DESCRIPTIVE = ("metadata_", "readme", "license", "licence")
"""How files that describe the data begin, in archives of the World Bank and others."""


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """The data files in `path`: itself, or what a .gz or an archive holds, in a folder that goes again.

    Raises:
        BadFile: a broken or dangerous archive, or one without data.
    """
    with path.open("rb") as file:
        magic = file.read(4)
    with TemporaryDirectory() as folder:
        if magic[:2] == b"\x1f\x8b":
            yield [_gunzip(path, Path(folder))]
        elif magic == b"PK\x03\x04" and not _is_workbook(path):
            yield _unzip(path, Path(folder))
        else:
            yield [path]


def _is_workbook(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError) as broken:
        raise BadFile("", f"a broken archive ({broken})", "a whole one", "Download it again.") from None
    return any(n in names for n in ("[Content_Types].xml", "mimetype"))


def _gunzip(path: Path, folder: Path) -> Path:
    target = folder / (path.stem if path.suffix == ".gz" else path.name)
    try:
        with gzip.open(path) as source:
            _copy(source, target, min(MOST, max(RATIO * path.stat().st_size, PIECE)), path.name)
    except (EOFError, OSError, zlib.error) as broken:
        raise BadFile("", f"a broken gzip file ({broken})", "a whole one", "Download it again.") from None
    return target


def _unzip(path: Path, folder: Path) -> list[Path]:
    try:
        with ZipFile(path) as archive:
            members = _data_members(archive.infolist())
            return [_member(archive, m, folder / f"{i:03d}") for i, m in enumerate(members)]
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, OSError) as broken:
        seen = f"an archive that cannot be read ({broken})"
        raise BadFile("", seen, "a whole one", "Download it again.") from None


def _data_members(members: list[ZipInfo]) -> list[ZipInfo]:
    """Files that hold data, those that only describe it left out where there are others."""
    if len(members) > MEMBERS:
        raise BadFile(
            "", f"an archive of {len(members):,} files", f"at most {MEMBERS:,}", "Unpack it by hand."
        )
    files = [m for m in members if not m.is_dir() and not Path(m.filename).name.startswith((".", "__"))]
    data = [m for m in files if not Path(m.filename).name.lower().startswith(DESCRIPTIVE)]
    if not files:
        raise BadFile("", "an archive without files", "a published table inside", "Download it again.")
    if sum(m.file_size for m in data) > MOST:
        raise BadFile("", "an archive of more than 4 GB", "less", "Unpack it by hand and read each file.")
    return data or files


def _member(archive: ZipFile, member: ZipInfo, folder: Path) -> Path:
    """One file of an archive under its bare name: a path in an archive leads nowhere here."""
    folder.mkdir()
    target = folder / Path(member.filename).name
    with archive.open(member) as source:
        _copy(source, target, max(RATIO * member.compress_size, PIECE), member.filename)
    return target


def _copy(source: object, target: Path, most: int, name: str) -> None:
    """Copy piece by piece; stop at `most` bytes."""
    size = 0
    with target.open("wb") as out:
        while piece := source.read(PIECE):  # type: ignore[attr-defined]
            size += len(piece)
            if size > most:
                raise BadFile(
                    name,
                    f"more than {most:,} bytes come out of it",
                    "a table",
                    "It may be an archive bomb; do not open it.",
                )
            out.write(piece)
