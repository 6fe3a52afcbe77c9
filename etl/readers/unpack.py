"""Compressed files and archives, opened with limits before anything is inflated in full.

A size that a header declares is a claim: what counts is what comes out, read in pieces and stopped at
the limit. Workbooks are zip archives too and are left as they are; their reader looks inside.
"""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISLNK
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, ZipInfo

from etl.readers.bad_file import BadFile, together
from etl.readers.guard import allowed

MOST = 4 << 30
"""Bytes that may come out of one archive."""
RATIO = 200
"""How many times its packed size a member may be; tables of text reach 30, bombs 1,000."""
MEMBERS = 1000
PARTS = 10_000
"""Parts that a workbook may have."""
TAIL = 1 << 17
"""Bytes at the end of an archive among which its directory ends."""
ENCRYPTED = 0x1
LONGEST_NAME = 200
ABROAD = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
"""The name of a member that an incautious program would unpack elsewhere; nobody publishes such."""
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
        elif magic == b"PK\x03\x04" and _few(path) and not _is_workbook(path):
            yield _unzip(path, Path(folder))
        else:
            yield [path]


def _is_workbook(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise BadFile("", f"a broken archive ({broken})", "a whole one", "Download it again.") from None
    return any(n in names for n in ("[Content_Types].xml", "mimetype"))


def _gunzip(path: Path, folder: Path) -> Path:
    target = folder / (path.stem if path.suffix == ".gz" else path.name)
    try:
        with gzip.open(path) as source:
            _copy(source, target, min(_most(), max(RATIO * path.stat().st_size, PIECE)), path.name)
    except (EOFError, OSError, zlib.error) as broken:
        raise BadFile("", f"a broken gzip file ({broken})", "a whole one", "Download it again.") from None
    return target


def _unzip(path: Path, folder: Path) -> list[Path]:
    try:
        with ZipFile(path) as archive:
            left, made = _most(), list[Path]()
            for at, member in enumerate(_data_members(archive.infolist())):
                made.append(_member(archive, member, folder / f"{at:03d}", left))
                left -= made[-1].stat().st_size
            return made
    except BadFile:
        raise
    except (BadZipFile, EOFError, zlib.error, RuntimeError, OSError, ValueError) as broken:
        seen = f"an archive that cannot be read ({broken})"
        raise BadFile("", seen, "a whole one", "Download it again.") from None


def _most() -> int:
    """Bytes that may come out: no more than a guarded process could hold."""
    megabytes = allowed()
    return MOST if megabytes is None else min(MOST, megabytes << 20)


def _few(path: Path) -> bool:
    """Whether the end of an archive says that it has few files, before any list of them is made.

    Raises:
        BadFile: more than an archive of tables, or a workbook, has.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    count = 0
    for mark, start, width in ((b"PK\x05\x06", 10, 2), (b"PK\x06\x06", 32, 8)):
        at = tail.rfind(mark)
        if at >= 0:
            count = max(count, int.from_bytes(tail[at + start : at + start + width], "little"))
    if count > PARTS:
        raise BadFile("", f"an archive of {count:,} files", f"at most {MEMBERS:,}", "Unpack it by hand.")
    return True


def _data_members(members: list[ZipInfo]) -> list[ZipInfo]:
    """Files that hold data, those that only describe it left out where there are others.

    Raises:
        BadFile: none, too many, one name twice, a link, a password.
    """
    if len(members) > MEMBERS:
        raise BadFile(
            "", f"an archive of {len(members):,} files", f"at most {MEMBERS:,}", "Unpack it by hand."
        )
    names = Counter(m.filename for m in members)
    faults = [fault for m in members if (fault := _fault(m, names))]
    if faults:
        raise together(faults)
    files = [m for m in members if not m.is_dir() and not _bare(m).startswith((".", "__"))]
    data = [m for m in files if not _bare(m).lower().startswith(DESCRIPTIVE)]
    if not files:
        raise BadFile("", "an archive without files", "a published table inside", "Download it again.")
    return data or files


def _fault(member: ZipInfo, names: Mapping[str, int]) -> BadFile | None:
    """What is wrong with a member, before anything of it is read."""
    name, ask = member.filename[:80], "Ask the publisher for the archive again."
    if S_ISLNK(member.external_attr >> 16):
        return BadFile(name, "a symbolic link", "files with data", "Put the file itself into the archive.")
    if member.flag_bits & ENCRYPTED:
        return BadFile(name, "a file with a password", "an open one", "Unpack it and read each file.")
    if ABROAD.search(member.filename):
        return BadFile(name, "a path that leads out of the archive", "a name, or a folder within", ask)
    if not member.is_dir() and (_bare(member) in ("", "..") or len(_bare(member).encode()) > LONGEST_NAME):
        return BadFile(name, f"the name {name!r}", f"a name of at most {LONGEST_NAME} letters", ask)
    if names[member.filename] > 1:
        return BadFile(name, "two files of one name", "each file once", ask)
    return None


def _bare(member: ZipInfo) -> str:
    """The last part of a name: a path in an archive, of whatever system, leads nowhere here."""
    return re.split(r"[/\\]", member.filename)[-1]


def _member(archive: ZipFile, member: ZipInfo, folder: Path, left: int) -> Path:
    """One file of an archive under its bare name."""
    folder.mkdir()
    target = folder / _bare(member)
    with archive.open(member) as source:
        _copy(source, target, min(left, max(RATIO * member.compress_size, PIECE)), member.filename)
    size = target.stat().st_size
    if size != member.file_size:
        raise BadFile(member.filename, f"{size:,} bytes", f"the {member.file_size:,} that the archive says",
                      "Download it again.")  # fmt: skip
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
                    "It may be an archive bomb: unpack it by hand if you know it, and read each file.",
                )
            out.write(piece)
