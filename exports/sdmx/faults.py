"""What can be wrong with a request, and the SDMX error message that says all of it."""

from html import escape

import orjson

from exports.sdmx.markup import V21, namespace, tag

SYNTAX, NOT_FOUND, NOT_ACCEPTABLE, NOT_IMPLEMENTED = 400, 404, 406, 501
CODES = {NOT_FOUND: 100, SYNTAX: 140, NOT_ACCEPTABLE: 150, NOT_IMPLEMENTED: 501}
"""HTTP status → code of an SDMX error: no results, syntax, semantic, not implemented."""


class Refused(ValueError):
    """A request that gets no answer.

    Attributes:
        status: of HTTP.
        faults: everything that is wrong with it.
    """

    def __init__(self, status: int, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.status, self.faults = status, faults


def error_xml(refused: Refused) -> bytes:
    """The error message of SDMX-ML 2.1, which is that of 3.0 but for its namespaces."""
    code = str(CODES.get(refused.status, refused.status))
    said = "".join(tag("com:Text", escape(text, quote=False), xml__lang="en") for text in refused.faults)
    spaces = f'xmlns:mes="{namespace(V21, "message")}" xmlns:com="{namespace(V21, "common")}"'
    inside = tag("mes:ErrorMessage", said, code=code)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<mes:Error {spaces}>{inside}</mes:Error>'.encode()


def error_json(refused: Refused) -> bytes:
    """The error message of SDMX-JSON 2.0."""
    code = CODES.get(refused.status, refused.status)
    return orjson.dumps({"errors": [{"code": code, "title": text} for text in refused.faults]})
