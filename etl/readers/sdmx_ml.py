"""SDMX-ML: generic and structure-specific data of 2.1 and 3.0, and structure messages.

Read as a stream, an observation at a time, into lists per column. What pysdmx does well (models,
validation) needs the whole document in memory, has no place for a cell and refuses real messages: no
value, no `Structure` beside a footer, code lists left out.

In structure-specific messages dimensions and attributes look alike. Without the data structure
definition the names of the SDMX guidelines tell them apart; a name that the key needs is put back.
"""

import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from etl.readers.bad_file import together
from etl.readers.cells import BadFile, Publication, Table
from etl.readers.sdmx_definition import Definition
from etl.readers.sdmx_ml_data import DataSet, Structure, local_name
from etl.readers.sdmx_ml_structure import structures

SDMX = "://www.sdmx.org/resources/sdmxml/schemas/v"
WATCHED = ("DataSet", "Series", "Obs", "Group", "Atts", "Header", "Footer")
AGAIN = "Ask the publisher for the file again."
DOCTYPE = "<!DOCTYPE"
LONG = re.compile(rb"<[^<]{262144}")
TOGETHER = 256
"""Observations after which those before are let go of."""
GONE = frozenset({"Obs", "Series", "Group", "Atts"})
TOP = frozenset(
    {
        "ID",
        "Test",
        "Prepared",
        "DataSetAction",
        "DataSetID",
        "Extracted",
        "Name",
        "Source",
        "ReportingBegin",
        "ReportingEnd",
        "EmbargoDate",
    }
)


@dataclass
class Message:
    """What was read of a message so far.

    Attributes:
        header: texts of the header.
        structures: by the id that data sets refer to.
        open: the data set that is being read.
        tables: data sets that are done.
        footers: texts of the footer, with code and severity.
        observations: how many were met.
        faults: of data sets that are done.
        definitions: structures from elsewhere, that tell dimensions and attributes apart.
    """

    header: dict[str, str] = field(default_factory=dict)
    structures: dict[str, Structure] = field(default_factory=dict)
    open: DataSet | None = None
    tables: list[Table] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    observations: int = 0
    faults: list[BadFile] = field(default_factory=list)
    definitions: Sequence[Definition] = ()

    def dataset(self, element: "etree._Element") -> DataSet | None:
        """The data set that an element ends in, opened where it is the first; None outside of all."""
        if self.open is None:
            above = (
                element
                if local_name(element) == "DataSet"
                else next(element.iterancestors("{*}DataSet"), None)
            )
            if above is None:
                return None
            self.open = DataSet(_structure(self, above), self.definitions)
            self.open.element = self.observations
        return self.open


def read(path: Path, format: str, definitions: Sequence[Definition] = ()) -> Publication:
    """A message as a table per data set, or per code list.

    Args:
        path: the file, unpacked.
        format: "sdmx-ml-2.1-generic", "sdmx-ml-2.1-specific", "sdmx-ml-3.0" or "sdmx-ml-structure".
        definitions: structures that lie beside it; names tell dimensions apart where none fits.

    Raises:
        BadFile: a document type, XML that ends or breaks, no data set, a key twice.
    """
    harmless(path)
    if format == "sdmx-ml-structure":
        return structures(path, parsed(path, None))
    message = Message(definitions=definitions)
    encoding = ""
    try:
        for element in parsed(path, WATCHED):
            encoding = encoding or element.getroottree().docinfo.encoding or "UTF-8"
            _take(message, element)
    except BadFile as bad:
        raise together([*message.faults, bad]) from bad
    if message.faults:
        raise together(message.faults)
    if not message.tables:
        said = "; ".join(message.footers)
        raise BadFile(
            "",
            f"a message without data{': ' + said if said else ''}",
            "a DataSet",
            "Follow what the publisher says there." if said else AGAIN,
        )
    remarks = [*(f"the publisher says: {f}" for f in message.footers), *message.remarks]
    return Publication(path, format, encoding.lower(), message.tables, remarks)


def parsed(path: Path, names: tuple[str, ...] | None) -> Iterator["etree._Element"]:
    """Elements named, any namespace, each at its end; nothing outside the file is looked at.

    Raises:
        BadFile: XML that is broken, cut off, or not SDMX.
    """
    tags = [f"{{*}}{name}" for name in names] if names else None
    try:
        events = etree.iterparse(
            path,
            events=("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        checked = False
        for _, element in events:
            if not checked:
                _is_sdmx(element)
                checked = True
            yield element
        if not checked and events.root is not None:
            _is_sdmx(events.root)
    except (etree.XMLSyntaxError, LookupError, UnicodeError, AssertionError) as e:
        line = getattr(e, "lineno", None)
        raise BadFile(
            f"row {line}" if line else "",
            f"broken XML ({str(e)[:160]})",
            "a whole SDMX-ML message",
            "The file is cut off or damaged: get it again.",
        ) from e


def harmless(path: Path) -> None:
    """Refuses, before any parser sees it, what no message has and what costs a parser dear.

    A document type brings entities; the time for a tag grows with the square of its attributes.
    """
    if not path.stat().st_size:
        raise BadFile("", "an empty file", "an SDMX-ML message", "Get the file again.")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        for encoding in ("ascii", "utf-16-le", "utf-16-be"):
            at = raw.find(DOCTYPE.encode(encoding))
            if at >= 0:
                raise BadFile(f"byte {at}", "a document type (<!DOCTYPE)", "SDMX-ML, which has none",
                              "Do not open this file; ask where it comes from.")  # fmt: skip
        endless = LONG.search(raw)
        if endless:
            raise BadFile(
                f"byte {endless.start()}", "a tag or text of over 256 KB", "parts of a data message", AGAIN
            )


def _is_sdmx(element: "etree._Element") -> None:
    """The root is a message of SDMX."""
    tree = element.getroottree()
    root = tree.getroot()
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise BadFile(
            "", "a document type (<!DOCTYPE)", "SDMX-ML, which has none", "Ask where the file comes from."
        )
    if SDMX not in str(root.tag):
        raise BadFile("", f"the element {root.tag!s:.80}", "a message of SDMX-ML", AGAIN)


def _take(message: Message, element: "etree._Element") -> None:
    """The end of an element; an Obs is by far the commonest."""
    name = local_name(element)
    if name == "Obs":
        _observation(message, element)
    elif name == "Header":
        _header(message, element)
    elif name == "Footer":
        message.footers.extend(_footer(element))
    else:
        dataset = message.dataset(element)
        if dataset is not None:
            _part(message, dataset, name, element)
        _forget(element)


def _observation(message: Message, element: "etree._Element") -> None:
    """An observation; now and then those before it are let go of."""
    dataset = message.dataset(element)
    if dataset is None:
        return
    message.observations += 1
    dataset.observation(element)
    if message.observations % TOGETHER == 0:
        parent = element.getparent()
        for before in element.itersiblings(preceding=True):
            if parent is not None and local_name(before) in GONE:
                parent.remove(before)


def _part(message: Message, dataset: DataSet, name: str, element: "etree._Element") -> None:
    """The end of a group or of the data set."""
    if name in ("Group", "Atts"):
        dataset.group(element)
    elif name == "DataSet":
        number = len(message.tables) + len(message.faults) + 1
        message.open = None
        try:
            table, remarks = dataset.table(number, element, message.header)
        except BadFile as bad:  # those of the next data sets are told with it
            message.faults.append(bad)
            return
        message.tables.append(table)
        message.remarks.extend(remarks)


def _forget(element: "etree._Element") -> None:
    """Lets go of what was read, and of the like before it: a long message takes no more than a short one."""
    element.clear()
    before = element.getprevious()
    if before is not None and local_name(before) in GONE:
        parent = element.getparent()
        if parent is not None:
            parent.remove(before)


def _header(message: Message, header: "etree._Element") -> None:
    """Texts, sender and structures of the header."""
    for child in header:
        name = local_name(child)
        if name in TOP and (child.text or "").strip():
            message.header.setdefault(name, (child.text or "").strip())
        elif name == "Sender":
            message.header["Sender"] = child.get("id", "")
            named = child.findtext("{*}Name")
            message.header["source"] = (named or child.get("id", "")).strip()
        elif name == "Structure":
            message.structures[child.get("structureID", "")] = _described(child)
        elif name == "KeyFamilyRef":
            message.structures[""] = Structure((child.text or "").strip(), "", explicit=False)


def _described(element: "etree._Element") -> Structure:
    """Which structure data sets have, and which dimension stands on the observation."""
    ref = next((r for r in element.iter("{*}Ref") if r.get("id")), None)
    urn = next(
        ((e.text or "").strip() for e in element.iter() if (e.text or "").strip().startswith("urn:")), ""
    )
    flow = (
        f"{ref.get('agencyID', '')}:{ref.get('id')}({ref.get('version', '1.0')})" if ref is not None else ""
    )
    name = flow.removeprefix(":") or urn.rpartition("=")[2] or element.get("structureID", "")
    at = element.get("dimensionAtObservation", "")
    return Structure(name, at, explicit=element.get("explicitMeasures") in ("true", "1"))


def _structure(message: Message, dataset: "etree._Element") -> Structure:
    """The structure that a data set refers to; where it refers to none, the only one."""
    ref = next((v for k, v in dataset.items() if k.rpartition("}")[2] == "structureRef"), "")
    if ref in message.structures:
        return message.structures[ref]
    if len(message.structures) == 1:
        return next(iter(message.structures.values()))
    return Structure(ref, "", explicit=False)


def _footer(footer: "etree._Element") -> list[str]:
    """Messages of a footer: code, severity and texts."""
    out = []
    for said in footer.iter("{*}Message"):
        texts = dict.fromkeys((t.text or "").strip() for t in said.iter("{*}Text"))
        out.append(f"{said.get('severity') or 'message'} {said.get('code', '')}: {' '.join(texts)}")
    return out
