"""What was found in a file, as a page of text for people."""

from collections.abc import Iterator, Mapping
from typing import Any

SHOWN = 12
"""Codes of a dimension that are named."""
WIDTH = 160
"""Letters of an attribute or a note that are shown."""


def page(found: Mapping[str, Any]) -> str:
    """What was found, for people."""
    lines = [f"{found['file']}: {found['bytes']:,} bytes, sha256 {found['sha256']}"]
    for part in found["files"]:
        encoding = f", {part['encoding']}" if part["encoding"] else ""
        lines.append(f"{part['name']}: {part['format_name']} ({part['format']}{encoding})")
        lines += [f"  remark: {remark}" for remark in part["remarks"]]
        for table in part["tables"]:
            lines += ["", *_lines(table)]
    lines += [""] * bool(found["skipped"])
    lines += [f"not read: {name}: {why}" for name, why in found["skipped"].items()]
    return "\n".join(map(plain, [*lines, *_unread(found)]))


def _unread(found: Mapping[str, Any]) -> Iterator[str]:
    """Files of an archive that were only counted."""
    unread = found["unread"]
    if unread:
        read = len(found["files"])
        yield ""
        yield f"read: {read} of {read + len(unread):,} files; --files 0 reads all, which may need --seconds"
    for file in unread:
        yield f"not looked into: {file['name']}: {file['format_name']}, {file['bytes']:,} bytes"


def plain(line: str) -> str:
    """A line whose control letters and halves of letters are written out: a file may not steer a terminal."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    title = f": {table['title']}" if table["title"] and table["title"] != table["name"] else ""
    yield f"  {table['name']}{title}"
    missing = sum(table["missing"].values())
    marks = ", ".join(f"{mark or 'empty'!r} {n:,}" for mark, n in table["missing"].items())
    yield f"    cells    {table['cells']:,}; numeric {table['numeric']:,}; missing {missing:,}" + (
        f" ({marks})" if marks else ""
    )
    if table["numeric"]:
        yield f"    values   sum {table['sum']:.10g}, min {table['min']:.10g}, max {table['max']:.10g}"
    if table["units"]:
        yield f"    units    {', '.join(table['units'][:SHOWN])}"
    if table["flags"]:
        yield "    flags    " + ", ".join(f"{flag} {n:,}" for flag, n in table["flags"].items())
    for dimension in table["dimensions"]:
        yield f"    {dimension['id']}{_named(dimension)}: {dimension['size']:,} codes; {_codes(dimension)}"
    told = {name: said for name, said in table["attributes"].items() if "[" not in name and "\n" not in said}
    for name, said in list(told.items())[:SHOWN]:
        yield f"    {name} = {said[:WIDTH]}"
    if len(table["attributes"]) > min(len(told), SHOWN):
        yield f"    {len(table['attributes']) - min(len(told), SHOWN)} more attributes: --json shows all"
    for note in table["notes"][:SHOWN]:
        yield f"    note     {' '.join(note.split())[:WIDTH]}"
    for cell in table["first"]:
        yield f"    {_cell(cell)}"


def _named(dimension: Mapping[str, Any]) -> str:
    said = [s for s in (dimension["label"], dimension["role"]) if s and s != dimension["id"]]
    return f" ({', '.join(said)})" if said else ""


def _codes(dimension: Mapping[str, Any]) -> str:
    shown = [f"{c} {label!r}" if label and label != c else c for c, label in dimension["codes"].items()]
    return ", ".join(shown[:SHOWN]) + (f" and {len(shown) - SHOWN:,} more" if len(shown) > SHOWN else "")


def _cell(cell: Mapping[str, Any]) -> str:
    key = ", ".join(f"{i}={code}" for i, code in cell["key"].items())
    value = f"{cell['value']:.12g}" if cell["value"] is not None else f"missing {cell['mark']!r}"
    flags = f" flags {cell['flags']}" if cell["flags"] else ""
    place = ", ".join(f"{name} {at}" for name, at in cell["place"].items() if at is not None)
    return f"{key} → {value}{flags} ({place or 'no place'})"
