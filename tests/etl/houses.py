"""A house of one source for tests: folders of sources and data, and a build of them."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import yaml

from etl import run
from indicators.concepts.release import current_release
from tests.conftest import released, silent

RECEIPT = {
    "publisher": "An office", "title": "A table", "address": "", "published_on": "2024-05-01",
    "retrieved_on": "2026-06-01", "language": "en", "authority": "statistical_office", "licence": "CC BY 4.0",
}  # fmt: skip


class House:
    """One source, a_table, of one file, table.csv."""

    def __init__(self, folder: Path) -> None:
        self.sources, self.raw, self.processed = folder / "sources", folder / "raw", folder / "processed"
        self.vintage = self.raw / "a_table" / "2024-05-01"
        (self.sources / "a_table").mkdir(parents=True)
        self.vintage.mkdir(parents=True)

    def says(self, *entries: dict) -> None:
        text = yaml.safe_dump(
            {"title": "A table", "published": list(entries)}, sort_keys=False, allow_unicode=True
        )
        (self.sources / "a_table" / "source.yaml").write_text(text, "utf-8")

    def prints(self, text: str) -> None:
        self._lists("table.csv", text.encode())

    def packs(self, members: dict[str, str]) -> None:
        """An archive, table.zip, of files by their names."""
        made = BytesIO()
        with ZipFile(made, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        self._lists("table.zip", made.getvalue())

    def _lists(self, name: str, content: bytes) -> None:
        (self.vintage / name).write_bytes(content)
        listed = {"file": name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
        (self.vintage / "receipt.yaml").write_text(yaml.safe_dump({**RECEIPT, "files": [listed]}), "utf-8")

    def build(self) -> pl.DataFrame:
        run.build(self.raw, self.processed, say=silent)
        return released(self.processed)

    def account(self) -> dict:
        (account,) = current_release(self.processed).manifest["account"]
        return account
