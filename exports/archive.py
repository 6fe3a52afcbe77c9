"""Archives of fixed times, so that the same content gives the same bytes."""

import re
import zipfile
from io import BytesIO

LONG_AGO = (2000, 1, 1, 0, 0, 0)
"""The time of every part."""
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
"""When a workbook says that it was written."""


def settled(content: bytes) -> bytes:
    """The same archive with every part of one time and of one system, workbooks inside it too."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            fresh = zipfile.ZipInfo(part.filename, LONG_AGO)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.create_system = 0
            new.writestr(fresh, _still(part.filename, old.read(part)), compresslevel=1)
    return target.getvalue()


def _still(name: str, body: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return settled(body)
    return _WRITTEN.sub(rb"\g<1>2000-01-01T00:00:00Z", body) if name == "docProps/core.xml" else body
