"""Short addresses that need no store of ids: /q/<token> holds the whole address, squeezed.

A token is base32 in small letters of: one byte of version, the release (six bytes, zeros where the
address follows the newest), the address by deflate with a dictionary of what addresses are made of,
and four bytes of CRC-32. What was mistyped is refused, never read as another question. The dictionary
of a version never changes, so a token is good for ever; a better one is another version.
"""

import re
import zlib
from base64 import b32decode, b32encode
from binascii import Error

PATH = "/q/"
VERSION = 1
DICTIONARY = (
    b"culture_expenditure enterprises turnover government_funding cinema_attendance museum_attendance "
    b"theatre_attendance box_office films_produced trade_turnover exports_goods imports_goods "
    b"imports_services exports_services_per_head exports_services employment_share employment gdp_share "
    b"value_added official_first thousand_employed by_date printed annual_growth contribution growth index "
    b"local EUR USD RUS TUR UZB KGZ AZE KAZ &lang=&as_of=&rule=&carry=&rounding=&coverage=&members=&base="
    b"&transform=&per=&prices=&currency=&until=20&since=20&partner=&sex=&sector=&areas=/figure/"
    b"/country?area=/explore?indicator="
)
"""Of version 1: what is most frequent stands last. Never to be changed."""
LONGEST = 2_000
"""Letters of an address, and of a token."""
_SAFE = re.compile(r"/(?!/)[!-~]*")
"""An address of our own site: one slash first, and printable ASCII after it."""
_NEWEST = bytes(6)


class BadToken(ValueError):
    """A token that we never gave; it says so in a sentence."""

    def __init__(self) -> None:
        super().__init__("this short address is mistyped or cut off; copy it whole")


def token(address: str, release: str = "") -> str:
    """The token of an address of this site.

    Args:
        address: path and query without a release, "/explore?indicator=employment".
        release: its id; empty = the address follows the newest.

    Raises:
        ValueError: it is no address of this site, or longer than LONGEST.
    """
    if not _fits(address):
        raise ValueError(f"{address[:60]!r} is no address of this site of at most {LONGEST} letters")
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=DICTIONARY)
    squeezed = squeeze.compress(address.encode("ascii")) + squeeze.flush()
    content = bytes([VERSION]) + (bytes.fromhex(release) or _NEWEST) + squeezed
    sealed = content + zlib.crc32(content).to_bytes(4, "big")
    return _written(sealed)


def _written(sealed: bytes) -> str:
    return b32encode(sealed).decode("ascii").rstrip("=").lower()


def read(text: str) -> tuple[str, str]:
    """The address and the release of a token, as they were given to `token`.

    Raises:
        BadToken: it is none of ours.
    """
    if not 0 < len(text) <= LONGEST or not text.isascii():
        raise BadToken
    try:
        sealed = b32decode(text.upper() + "=" * (-len(text) % 8))
        content, seal = sealed[:-4], sealed[-4:]
        if _written(sealed) != text.lower():  # letters that decode alike are not the same letters
            raise BadToken
        if zlib.crc32(content).to_bytes(4, "big") != seal or content[:1] != bytes([VERSION]):
            raise BadToken
        unpack = zlib.decompressobj(-15, zdict=DICTIONARY)
        address = unpack.decompress(content[7:], LONGEST + 1).decode("ascii")
    except (Error, zlib.error, UnicodeDecodeError) as fault:
        raise BadToken from fault
    if not _fits(address):
        raise BadToken
    return address, "" if content[1:7] == _NEWEST else content[1:7].hex()


def _fits(address: str) -> bool:
    return len(address) <= LONGEST and _SAFE.fullmatch(address) is not None and "\\" not in address
