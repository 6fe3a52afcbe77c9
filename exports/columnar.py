"""Parquet and Arrow: the table with its types, and what must be known of it in the schema's metadata."""

import json
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from exports.columns import COLUMNS
from exports.table import Table
from indicators.concepts.observation import OBSERVED

ABOUT = b"creative_economy_indicators"
"""Key of the metadata: one JSON object."""


def parquet(table: Table) -> bytes:
    """An Apache Parquet file; zstd."""
    target = BytesIO()
    pq.write_table(described(table), target, compression="zstd", version="2.6")
    return target.getvalue()


def arrow(table: Table) -> bytes:
    """An Arrow IPC file (Feather 2)."""
    content = described(table)
    target = BytesIO()
    with pa.ipc.new_file(target, content.schema) as writer:
        writer.write_table(content)
    return target.getvalue()


def described(table: Table) -> pa.Table:
    """The table with the definition of every column, and title, notes, question and release of the whole."""
    content = table.frame.to_arrow()
    says = {c.name: table.language.text(c.says) for c in COLUMNS}
    fields = [f.with_metadata({"description": says[f.name]}) for f in content.schema]
    about = json.dumps(about_of(table), ensure_ascii=False, sort_keys=True).encode()
    return content.cast(pa.schema(fields, metadata={ABOUT: about}))


def about_of(table: Table) -> dict[str, object]:
    """What must be known of a table, as plain data: for metadata of files and messages."""
    indicator = table.answer.indicator
    return {
        "title": table.title,
        "question": table.language.text(indicator.question),
        "query": table.query.to_url(),
        "notes": table.notes,
        "method": indicator.method,
        "basis": indicator.basis,
        "kind": OBSERVED,
        "release": table.release,
        "language": table.language.code,
        "sources": [
            {k: v for k, v in row.items() if v is not None}
            for row in table.publications.iter_rows(named=True)
        ],
    }
