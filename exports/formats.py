"""The formats in which a table can be taken away: one list for pages, addresses and documentation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from exports import columnar, delimited, jsonstat, pieces, stata, workbook
from exports.sdmx import answered
from exports.table import Table
from indicators.language import message


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        id: as in `format=`.
        name: as a reader chooses it, in English.
        media: its media type.
        suffix: of the file.
        write: the whole file.
        stream: the same in pieces, of a table that comes in parts; None where a file is made whole.
        parted: whether the parts may be answered one after another.
    """

    id: str
    name: str
    media: str
    suffix: str
    write: Callable[[Table], bytes]
    stream: Callable[[Iterable[Table]], Iterator[bytes]] | None = None
    parted: bool = True


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, PARQUET = "text/csv; charset=utf-8", "application/vnd.apache.parquet"
ARROW = "application/vnd.apache.arrow.file"
FORMATS: Mapping[str, Format] = {
    f.id: f
    for f in (
        Format("csv", message("CSV, for programs"), CSV, "csv", delimited.strict, pieces.csv),
        Format(
            "csv-excel", message("CSV, for Excel"), CSV, "csv", delimited.for_excel, pieces.csv_for_excel
        ),
        Format("xlsx", message("Excel workbook"), XLSX, "xlsx", workbook.xlsx),
        Format("parquet", message("Parquet"), PARQUET, "parquet", columnar.parquet, pieces.parquet),
        Format(
            "arrow", message("Arrow"), ARROW, "arrow", columnar.arrow, pieces.arrow, parted=False
        ),
        Format("jsonstat", message("JSON-stat"), "application/json", "json", jsonstat.jsonstat),
        Format(
            "sdmx-csv", message("SDMX-CSV"), answered.CSV.media, "csv", answered.CSV.write, pieces.sdmx_csv
        ),
        Format(
            "sdmx-ml", message("SDMX-ML"), answered.MARKUP.media, "xml", answered.MARKUP.write,
            pieces.sdmx_ml,
        ),
        Format("sdmx-json", message("SDMX-JSON"), answered.JSON.media, "json", answered.JSON.write),
        Format("dta", message("Stata"), "application/x-stata-dta", "dta", stata.dta),
    )
}  # fmt: skip
