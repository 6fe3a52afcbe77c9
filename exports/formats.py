"""The formats in which a table can be taken away: one list for pages, addresses and documentation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exports import columnar, delimited, jsonstat, stata, workbook
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
    """

    id: str
    name: str
    media: str
    suffix: str
    write: Callable[[Table], bytes]


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, Format] = {
    f.id: f
    for f in (
        Format("csv", message("CSV, for programs"), "text/csv; charset=utf-8", "csv", delimited.strict),
        Format("csv-excel", message("CSV, for Excel"), "text/csv; charset=utf-8", "csv", delimited.for_excel),
        Format("xlsx", message("Excel workbook"), XLSX, "xlsx", workbook.xlsx),
        Format("parquet", message("Parquet"), "application/vnd.apache.parquet", "parquet", columnar.parquet),
        Format("arrow", message("Arrow"), "application/vnd.apache.arrow.file", "arrow", columnar.arrow),
        Format("jsonstat", message("JSON-stat"), "application/json", "json", jsonstat.jsonstat),
        Format("sdmx-csv", message("SDMX-CSV"), answered.CSV.media, "csv", answered.CSV.write),
        Format("sdmx-ml", message("SDMX-ML"), answered.MARKUP.media, "xml", answered.MARKUP.write),
        Format("sdmx-json", message("SDMX-JSON"), answered.JSON.media, "json", answered.JSON.write),
        Format("dta", message("Stata"), "application/x-stata-dta", "dta", stata.dta),
    )
}
