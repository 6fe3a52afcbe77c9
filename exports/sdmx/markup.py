"""SDMX-ML: elements, names in every language, the header; as the XML schemas of 2.1 and 3.0 ask."""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from exports.sdmx.artefacts import Words
from exports.sdmx.components import AGENCY

V21, V30 = "2.1", "3.0"
_BASE = "http://www.sdmx.org/resources/sdmxml/schemas/v{}/{}"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def namespace(version: str, part: str) -> str:
    """The namespace of a part (message, structure, common, data/generic) of a version."""
    return _BASE.format(version.replace(".", "_"), part)


def quoted(text: str) -> str:
    """A text as the value of an attribute: a reader makes spaces of line breaks and tabs not escaped."""
    return escape(text).replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def tag(name: str, *inside: str, **attributes: str | None) -> str:
    """An element; `inside` is markup already, attributes are escaped, those of None left out.

    A colon in the name of an attribute is written as two underlines: xml__lang.
    """
    given = "".join(
        f' {key.replace("__", ":")}="{quoted(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inside)
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def spoken(name: str, words: Words) -> str:
    """One element a language."""
    return "".join(tag(name, escape(text, quote=False), xml__lang=code) for code, text in words.items())


def now() -> str:
    """The moment of preparation, as headers write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def header(structure: str = "", message_id: str = "CEI") -> str:
    """The header of a message."""
    return tag(
        "mes:Header",
        tag("mes:ID", message_id),
        tag("mes:Test", "false"),
        tag("mes:Prepared", now()),
        tag("mes:Sender", id=AGENCY),
        structure,
    )


def opening(root: str, version: str, others: Iterable[tuple[str, str]]) -> str:
    """The declaration and the start of the root element; `others` are prefixes and their namespaces."""
    spaces = [
        ("mes", namespace(version, "message")),
        ("com", namespace(version, "common")),
        ("xsi", XSI),
        *others,
    ]
    declared = " ".join(f'xmlns:{prefix}="{escape(name)}"' for prefix, name in spaces)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<mes:{root} {declared}>'
