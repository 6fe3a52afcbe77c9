"""A table as one SDMX message, for whoever asks for a file and not for a dataflow."""

from collections.abc import Callable
from dataclasses import dataclass

from exports.sdmx import csv_data, json_data, ml_data
from exports.sdmx.artefacts import artefacts, flow_id
from exports.sdmx.markup import V30
from exports.sdmx.media import MESSAGES
from exports.sdmx.rows import numbered, rows
from exports.table import Table


@dataclass(frozen=True)
class Message:
    """One kind of message.

    Attributes:
        media: its media type.
        write: the whole message, of the dataflow of the indicator.
    """

    media: str
    write: Callable[[Table], bytes]


def csv(table: Table) -> bytes:
    """SDMX-CSV 2.0."""
    return b"".join(csv_data.csv([rows(table)], flow_id(table.answer.indicator.id)))


def markup(table: Table) -> bytes:
    """SDMX-ML 3.0, of the data structure."""
    return b"".join(ml_data.data_message([rows(table)], flow_id(table.answer.indicator.id), version=V30))


def json(table: Table) -> bytes:
    """SDMX-JSON 2.0, with the names of codes in all languages."""
    flow, spoken, shown = flow_id(table.answer.indicator.id), table.language.code, rows(table)
    made = artefacts(table.catalogue, numbered(shown))
    return json_data.data_message([shown], made, flow, language=spoken)


_MEDIA = {(form.layout, form.version): form.header for form in MESSAGES}
CSV = Message(_MEDIA["csv", "2.0.0"], csv)
MARKUP = Message(_MEDIA["ml", "3.0.0"], markup)
JSON = Message(_MEDIA["json", "2.0.0"], json)
