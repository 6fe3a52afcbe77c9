"""Archives and compressed files that want to harm."""

import bz2
import gzip
import io
import struct
import zipfile
from pathlib import Path

from tests.etl.readers.hostile import case, simple

GOOD = b"country,year,value\nKAZ,2020,5\nKAZ,2021,7\n"
MB = b"0,1,2,3\n" * (1 << 17)


def zipped(path: Path, members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def streamed(path: Path, name: str, piece: bytes, times: int) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as out,
    ):
        for _ in range(times):
            out.write(piece)


@case("t.zip", "archive bomb")
def zip_bomb_of_zeros(path: Path) -> None:
    streamed(path, "t.csv", bytes(1 << 20), 1000)


@case("t.zip", "more than|archive bomb", heavy=True)
def zip_of_2_GB_of_rows(path: Path) -> None:
    streamed(path, "t.csv", MB, 2000)


@case("t.zip", "archive")
def zip_in_a_zip_in_a_zip(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", bytes(10 << 20))
    for _ in range(3):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
            for i in range(10):
                archive.writestr(f"{i}.zip", inner.getvalue())
        inner = outer
    path.write_bytes(inner.getvalue())


@case("t.zip", "files", heavy=True)
def zip_of_a_million_members(path: Path) -> None:
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21, 0, 0, 0, 6, 0)
    entries, at = [], 0
    with path.open("wb") as out:
        for i in range(1_000_000):
            name = f"{i:06d}".encode()
            entries.append(
                b"PK\x01\x02"
                + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 6, 0, 0, 0, 0, 0, at)
                + name
            )
            out.write(local + name)
            at += len(local) + 6
        directory = b"".join(entries)
        out.write(directory)
        end = at + len(directory)
        out.write(
            b"PK\x06\x06"
            + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1_000_000, 1_000_000, len(directory), at)
        )
        out.write(b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1))
        out.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))


@case("t.zip", "leads out of the archive")
def zip_with_path_traversal(path: Path) -> None:
    zipped(path, {"../../../tmp/evil.csv": GOOD})


@case("t.zip", "leads out of the archive")
def zip_with_an_absolute_path(path: Path) -> None:
    zipped(path, {"/etc/cron.d/evil.csv": GOOD})


@case("t.zip", "leads out of the archive")
def zip_with_an_absolute_windows_path(path: Path) -> None:
    zipped(path, {"C:\\Windows\\evil.csv": GOOD})


@case("t.zip", "leads out of the archive")
def zip_whose_member_is_called_dot_dot(path: Path) -> None:
    zipped(path, {"..": GOOD})


@case("t.zip", "the name")
def zip_whose_member_has_a_long_name(path: Path) -> None:
    zipped(path, {"x" * 5000 + ".csv": GOOD})


@case("t.zip", "one name|twice")
def zip_with_one_name_twice(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("t.csv", GOOD)
        archive.writestr("t.csv", GOOD.replace(b"5", b"6"))


@case("t.zip", "password|encrypted")
def zip_encrypted(path: Path) -> None:
    zipped(path, {"t.csv": GOOD})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))


@case("t.zip", "link|without files|archive")
def zip_with_a_symlink(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("t.csv")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")


@case("t.zip", "bytes|archive|CRC")
def zip_with_a_forged_size(path: Path) -> None:
    zipped(path, {"t.csv": GOOD * 100})
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        where = raw.find(mark) + at
        raw[where : where + 4] = struct.pack("<I", 0xFFFFFF)
    path.write_bytes(bytes(raw))


@case("t.zip", "archive")
def zip_truncated(path: Path) -> None:
    zipped(path, {"t.csv": GOOD * 1000})
    path.write_bytes(path.read_bytes()[:-30])


@case("t.zip", "archive|CRC")
def zip_with_damaged_bytes(path: Path) -> None:
    zipped(path, {"t.csv": GOOD}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"KAZ,2020,5", b"KAZ,2020,9"))


@case("t.zip", "archive|overlap", heavy=True)
def zip_whose_members_overlap(path: Path) -> None:
    """One body, a thousand entries that all point at it."""
    zipped(path, {"0.csv": b"a,b\n" + b"1,2\n" * 1_000_000})
    raw = path.read_bytes()
    at = raw.find(b"PK\x01\x02")
    end = raw.find(b"PK\x05\x06")
    entry = raw[at:end]
    made = b"".join(
        entry[:28] + struct.pack("<H", 7) + entry[30:46] + f"{i:03d}.csv".encode() for i in range(900)
    )
    path.write_bytes(
        raw[:at] + made + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 900, 900, len(made), at, 0)
    )


@case("t.zip", "", total=12 * 300)
def zip_of_300_small_tables(path: Path) -> None:
    zipped(path, {f"{i}.csv": GOOD for i in range(300)})


@case("t.zip", "a picture")
def zip_of_pictures(path: Path) -> None:
    zipped(path, {"a.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "b.pdf": b"%PDF-1.4"})


@case("t.zip", "archive")
def zip_deflate64(path: Path) -> None:
    zipped(path, {"t.csv": GOOD})
    raw = bytearray(path.read_bytes())
    raw[8], raw[raw.find(b"PK\x01\x02") + 10] = 9, 9
    path.write_bytes(bytes(raw))


@case("t.csv.gz", "archive bomb|more than", heavy=True)
def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb", 9) as out:
        for _ in range(3000):
            out.write(bytes(1 << 20))


@case("t.csv.gz", "gzip|archive bomb|rows|fields|memory|seconds|more than", heavy=True)
def gzip_of_rows_just_below_the_ratio(path: Path) -> None:
    with gzip.open(path, "wb", 1) as out:
        out.write(b"a,b,c,d\n")
        for i in range(1500):
            out.write(MB.replace(b"3", str(i).encode()))


@case("t.csv.gz", "gzip")
def gzip_truncated(path: Path) -> None:
    path.write_bytes(gzip.compress(GOOD * 1000)[:-12])


@case("t.csv.gz", "gzip")
def gzip_with_a_false_sum(path: Path) -> None:
    raw = gzip.compress(GOOD)
    path.write_bytes(raw[:-8] + b"\0\0\0\0" + raw[-4:])


@case("t.csv.gz", "gzip")
def gzip_in_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.compress(GOOD)))


@case("t.csv.gz", "", total=12)
def gzip_of_two_members(path: Path) -> None:
    path.write_bytes(gzip.compress(GOOD[:30]) + gzip.compress(GOOD[30:]))


@case("t.csv.gz", "gzip")
def gzip_followed_by_rubbish(path: Path) -> None:
    path.write_bytes(gzip.compress(GOOD) + b"rubbish")


@case("t.zip", "archive")
def zip_with_a_name_that_is_no_utf8(path: Path) -> None:
    zipped(path, {"t\u00e9.csv": GOOD})
    path.write_bytes(path.read_bytes().replace("\u00e9".encode(), b"\xdfx"))


simple("bzip2", "t.csv.bz2", bz2.compress(GOOD), "bzip2")
simple("seven zip", "t.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(100), "7z")
simple("xz", "t.xz", b"\xfd7zXZ\x00" + bytes(100), "xz")
simple("rar", "t.rar", b"Rar!\x1a\x07\x01\x00" + bytes(100), "rar|RAR")
simple("zstd", "t.csv.zst", b"\x28\xb5\x2f\xfd" + bytes(100), "zstd|Zstandard")
simple("tar", "t.tar", b"t.csv" + bytes(252) + b"ustar\x0000" + bytes(800), "tar")
simple("empty zip", "t.zip", b"PK\x05\x06" + bytes(18), "empty zip")
