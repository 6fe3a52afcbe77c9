"""Archives of fixed times, so that the same content gives the same bytes."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

LONG_AGO = (2000, 1, 1, 0, 0, 0)
"""The time of every part."""
_TIME, _AT = slice(10, 14), b"\x00\x00\x21\x28"
"""Where an archive says of when its first part is, and how it says LONG_AGO."""
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
"""When a workbook says that it was written."""


def settled(content: bytes) -> bytes:
    """The same archive with every part of one time and of one system, workbooks inside it too."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        return packed((name, old.read(name)) for name in old.namelist())


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of parts with their names, each of one time and of one system, workbooks inside it too."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for name, body in parts:
            fresh = zipfile.ZipInfo(name, LONG_AGO)
            nested = name.endswith(".xlsx")
            fresh.compress_type = zipfile.ZIP_STORED if nested else zipfile.ZIP_DEFLATED
            fresh.create_system = 0
            new.writestr(fresh, _still(name, body), compresslevel=1)
    return target.getvalue()


def _still(name: str, body: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return body if body[_TIME] == _AT else settled(body)
    return _WRITTEN.sub(rb"\g<1>2000-01-01T00:00:00Z", body) if name == "docProps/core.xml" else body
