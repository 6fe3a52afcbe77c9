"""Markdown: tables, links, and the sentence that a page is generated."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `make docs`. Change the data it is made of, not this page. -->"


def page(title: str, *blocks: str) -> str:
    """A page: title, the note that it is generated, blocks parted by empty lines."""
    return "\n\n".join([f"# {title}", GENERATED, *(b for b in blocks if b)]) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[int] = ()) -> str:
    """A table; the columns `numbers` stand to the right. Nothing where there are no rows."""
    body = ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    if not body:
        return ""
    rule = ["---:" if i in numbers else "---" for i in range(len(header))]
    return "\n".join(["| " + " | ".join(header) + " |", "| " + " | ".join(rule) + " |", *body])


def cell(value: object) -> str:
    """One cell: no line breaks and no bar that is not meant."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return " ".join(str(value).replace("|", "\\|").split())


def link(text: str, target: str | None) -> str:
    """A link, or the bare text where there is no http(s) address."""
    shown = text.replace("[", "\\[").replace("]", "\\]")
    return f"[{shown}](<{target}>)" if target and target.startswith(("http://", "https://")) else shown


def bullets(items: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {item}" for item in items)
