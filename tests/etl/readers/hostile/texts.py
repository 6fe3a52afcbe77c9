"""Delimited texts, PC-Axis and what is no file of data at all."""

import os
from pathlib import Path

from tests.etl.readers.hostile import case, simple

HEAD = "country,year,value\n"


@case("t.csv", "columns")
def csv_of_a_million_columns(path: Path) -> None:
    row = ",".join(map(str, range(1_000_000)))
    path.write_text(f"{row}\n{row}\n")


@case("t.tsv", "columns", heavy=True)
def tsv_of_5_million_columns(path: Path) -> None:
    path.write_text("\t".join(["c"] * 5_000_000) + "\n" + "\t".join(["1"] * 5_000_000) + "\n")


@case("t.csv", "columns")
def csv_of_a_million_columns_below_a_short_header(path: Path) -> None:
    path.write_text(HEAD + ",".join(map(str, range(1_000_000))) + "\n")


@case("t.csv", "letters|bytes|long", heavy=True)
def csv_with_a_field_of_50_MB(path: Path) -> None:
    path.write_text(HEAD + "KAZ,2020,5\n" + 'UZB,2020,"' + "x" * 50_000_000 + '"\n')


@case("t.csv", "letters|bytes|long|columns|divides|row 1", heavy=True)
def one_line_of_100_MB(path: Path) -> None:
    path.write_bytes(b"x" * 100_000_000)


@case("t.csv", "quotation", heavy=True)
def csv_with_a_quote_that_never_closes_in_60_MB(path: Path) -> None:
    path.write_text(HEAD + 'KAZ,2020,"5\n' + "KAZ,2020,5\n" * 5_500_000)


@case("t.csv", "quotation")
def csv_with_a_quote_that_never_closes(path: Path) -> None:
    path.write_text(HEAD + "KAZ,2020,5\n" * 50 + 'KAZ,2021,"5\n' + "KAZ,2022,5\n" * 50)


@case("t.csv", "key", heavy=True)
def csv_of_3_million_rows_with_one_key(path: Path) -> None:
    path.write_text(HEAD + "KAZ,2020,5\n" * 3_000_000)


@case("t.csv", "", heavy=True, total=sum(range(1_000_000)))
def csv_of_a_million_honest_rows(path: Path) -> None:
    with path.open("w") as out:
        out.write(HEAD)
        out.writelines(f"C{i // 100:05d},{1900 + i % 100},{i}\n" for i in range(1_000_000))


@case("t.csv", "", heavy=True, total=sum(range(1_000_000)))
def csv_of_a_thousand_by_thousand(path: Path) -> None:
    with path.open("w") as out:
        out.write("country," + ",".join(f"i{c}" for c in range(1000)) + "\n")
        out.writelines(
            f"R{r}," + ",".join(str(r * 1000 + c) for c in range(1000)) + "\n" for r in range(1000)
        )


@case("t.csv", "", heavy=True, total=10 * sum(range(8000)))
def csv_of_8000_columns(path: Path) -> None:
    head = "country," + ",".join(f"i{c}" for c in range(8000))
    path.write_text(
        head + "\n" + "".join(f"R{r}," + ",".join(map(str, range(8000))) + "\n" for r in range(10))
    )


simple("NUL in csv", "t.csv", HEAD.encode() + b"KAZ,20\x0020,5\n", "row|line 2.*NUL|NUL")
simple("NULs at the end", "t.csv", HEAD.encode() + b"KAZ,2020,5\n" + bytes(4000), "NUL")
simple("only NULs", "t.csv", bytes(5000), "empty|NUL")
simple("lone surrogates", "t.csv", HEAD.encode() + b"K\xed\xa0\x80Z,2020,5\n", "")
simple(
    "utf-16 with half a letter",
    "t.csv",
    b"\xff\xfe" + (HEAD + "KAZ,2020,5\n").encode("utf-16-le") + b"\x00",
    "utf-16",
)
simple(
    "utf-16 with a lone surrogate",
    "t.csv",
    b"\xff\xfe" + HEAD.encode("utf-16-le") + b"\x00\xd8,\x001\x00,\x005\x00\n\x00",
    "utf-16",
)
simple("utf-7", "t.csv", HEAD + "K+AGE-Z,2020,5\n", "", 5)
simple("mixed line ends", "t.csv", b"country,year,value\r\nKAZ,2020,5\nUZB,2020,6\r\nTJK,2020,7\n", "", 18)
simple(
    "carriage returns amid line feeds",
    "t.csv",
    b"country,year,value\nKAZ,2020,5\rUZB,2020,6\nTJK,2020,7\n",
    "",
    18,
)
simple("carriage returns only", "t.csv", b"country,year,value\rKAZ,2020,5\rUZB,2020,6\r", "", 11)
simple("ragged rows", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020\nTJK,2020,7,8\n", "row 3.*2 fields")
simple(
    "key twice with two values", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,1\nKAZ,2020,6\n", "rows 2 and 4.*twice"
)
simple(
    "key twice with one value", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,1\nKAZ,2020,5\n", "rows 2 and 4.*twice"
)
simple("infinity as text", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,inf\nTJK,2020,-Infinity\n", "row 3.*inf")
simple("nan as text", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,NaN\n", "", 5)
simple("a number too large", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,1e999\n", "row 3.*1e999")
simple("a number of 10,000 digits", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020," + "9" * 10_000 + "\n", "row 3")
simple(
    "a long number that is none", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020," + "1," * 0 + "1 " * 5000 + "\n", ""
)
simple(
    "Excel's months",
    "t.csv",
    "age,year,value\nJan-24,2020,5\n5-Sep,2020,6\n10-14,2020,7\n15-19,2020,8\n",
    "Jan-24|5-Sep",
)
simple(
    "Excel's months among figures",
    "t.csv",
    HEAD + "KAZ,2020,5.1\nUZB,2020,2-Mar\nTJK,2020,Jan-24\n",
    "row 3.*2-Mar",
)
simple("Excel's serial dates", "t.csv", "country,date,value\nKAZ,43831,5\nUZB,44197,6\n", "")
simple("hash marks for narrow columns", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,########\n", "row 3.*####")
simple("Excel's errors", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,#REF!\n", "", 5)
simple("formula in csv", "t.csv", HEAD + "KAZ,2020,5\nUZB,2020,=1+1\n", "row 3.*formula")
simple("command in csv", "t.csv", HEAD + "KAZ,2020,5\n=cmd|'/c calc'!A0,2020,6\n", "row 3.*formula")
simple("scientific rounding", "t.csv", HEAD + "KAZ,2020,1.23E+09\nUZB,2020,2\n", "", 1230000002)
simple("both decimal signs", "t.csv", "country;year;value\nKAZ;2020;1,5\nUZB;2020;1.5\n", "decimal|sign")
simple("mixed units", "t.csv", "country,year,unit,value\nKAZ,2020,thousand,5\nUZB,2020,million,6\n", "")
simple("header only", "t.csv", HEAD, "nothing below")
simple("one word", "t.csv", "hello", "table|nothing below|divides")
simple("web page", "t.csv", "<!DOCTYPE html><html><body>Wait</body></html>", "web page")
simple("empty file", "t.csv", b"", "empty file")
simple("blank file", "t.csv", b" \r\n \r\n", "empty file")
simple("binary", "t.csv", os.urandom(1) * 0 + bytes(range(1, 256)) * 50, "")
simple("header twice in the middle", "t.csv", HEAD + "KAZ,2020,5\n" + HEAD + "UZB,2020,6\n", "row 3")
simple("a header name twice", "t.csv", "country,year,value,value\nKAZ,2020,5,6\n", "")

PX = ('CHARSET="ANSI";\nMATRIX="T";TITLE="t";STUB="a";HEADING="b";VALUES("a")="x","y";VALUES("b")="1","2";'
      "UNITS=\"u\";DATA=\n1 2 3 4;\n")  # fmt: skip


def spoiled(old: str, new: str) -> str:
    if old not in PX:
        raise ValueError(old)
    return PX.replace(old, new)


simple("px that is sound", "t.px", PX, "", 10)
simple("px with too few figures", "t.px", spoiled("1 2 3 4", "1 2 3"), "3 .*4|4")
simple("px with too many figures", "t.px", spoiled("1 2 3 4", "1 2 3 4 5"), "4")
simple("px without data", "t.px", PX[: PX.index("DATA")], "DATA")
simple("px cut in a value", "t.px", PX[:70], "")
simple("px with a variable without values", "t.px", spoiled('HEADING="b"', 'HEADING="b","c"'), "c")
simple("px with infinity", "t.px", spoiled("1 2 3 4", "1 inf 3 4"), "inf")
simple("px with NUL", "t.px", spoiled("1 2 3 4", "1 \0 3 4"), "NUL")
simple("px with a heading of 1e12", "t.px", 'CHARSET="ANSI";\nMATRIX="T";TITLE="t";STUB="a";HEADING="b","c","d";'
       + "".join(f'VALUES("{v}")=' + ",".join(f'"{i}"' for i in range(1000)) + ";" for v in "abcd")
       + 'UNITS="u";DATA=\n1 2 3 4;\n', "1,?000,?000,?000,?000|cells|values")  # fmt: skip
simple(
    "px with a time list of a million years",
    "t.px",
    spoiled('VALUES("b")="1","2"', 'TIMEVAL("b")=TLIST(A1,"0001"-"999999")'),
    "",
)


@case("t.px", "values|figures|cells|long", heavy=True)
def px_with_3_million_values(path: Path) -> None:
    values = ",".join(f'"{i}"' for i in range(3_000_000))
    path.write_text(spoiled('VALUES("b")="1","2"', f'VALUES("b")={values}'))


@case("t.px", "", heavy=True, total=4 * 1_000_000)
def px_of_a_million_figures(path: Path) -> None:
    names = ",".join(f'"v{i}"' for i in range(1000))
    text = spoiled('VALUES("a")="x","y";VALUES("b")="1","2"', f'VALUES("a")={names};VALUES("b")={names}')
    path.write_text(text.replace("1 2 3 4", ("4 " * 1000 + "\n") * 1000))


TSV = "freq,unit,geo\\TIME_PERIOD\t2020 \t2021 \nA,PC,AT\t1.5 \t2 e\nA,PC,BE\t: \t3 \n"
simple("Eurostat TSV", "t.tsv", TSV, "", 6.5)
simple("Eurostat TSV with a short key", "t.tsv", TSV.replace("A,PC,BE", "A,BE"), "row 3")
simple("Eurostat TSV with a short row", "t.tsv", TSV.replace("\t: \t3 ", "\t3 "), "row 3")
simple("Eurostat TSV with a key twice", "t.tsv", TSV + "A,PC,BE\t7 \t8 \n", "twice")
simple("Eurostat TSV with infinity", "t.tsv", TSV.replace("1.5", "inf"), "inf")
simple("Eurostat TSV with a period twice", "t.tsv", TSV.replace("2021 ", "2020 "), "2020")

SDMX_CSV = (
    "DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nE:F(1.0),A,KZ,2020,5,A\nE:F(1.0),A,KZ,2021,6,A\n"
)
simple("SDMX-CSV", "t.csv", SDMX_CSV, "", 11)
simple("SDMX-CSV with a key twice", "t.csv", SDMX_CSV + "E:F(1.0),A,KZ,2021,7,A\n", "rows 3 and 4|twice")
simple("SDMX-CSV with infinity", "t.csv", SDMX_CSV + "E:F(1.0),A,KZ,2022,INF,A\n", "INF")
simple("SDMX-CSV with NaN", "t.csv", SDMX_CSV + "E:F(1.0),A,KZ,2022,NaN,A\n", "", 11)
simple("SDMX-CSV with a short row", "t.csv", SDMX_CSV + "E:F(1.0),A,KZ\n", "row 4")
simple("SDMX-CSV with text for a value", "t.csv", SDMX_CSV + "E:F(1.0),A,KZ,2022,five,A\n", "")
simple("SDMX-CSV without values", "t.csv", "DATAFLOW,FREQ,GEO\nE:F(1.0),A,KZ\n", "")

WB = '"Data Source","World Development Indicators",\n\n"Last Updated Date","2025-01-01",\n\n"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",\n"Aruba","ABW","GDP","NY.GDP","1.5","2",\n'
simple("World Bank CSV", "t.csv", WB, "", 3.5)
simple(
    "World Bank CSV with a country twice", "t.csv", WB + '"Aruba","ABW","GDP","NY.GDP","9","9",\n', "twice"
)
simple("World Bank CSV with infinity", "t.csv", WB.replace('"1.5"', '"inf"'), "inf")


@case("", "folder|directory")
def a_folder(path: Path) -> None:
    path.mkdir(exist_ok=True)


@case("pipe.csv", "pipe|ordinary|regular")
def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@case("zero.csv", "device|ordinary")
def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@case("loop.csv", "link")
def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


@case("gone.csv", "no such file")
def a_link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


@case("line\nfeed \x1b[31m.csv", "", total=5)
def a_name_with_a_line_feed_and_an_escape(path: Path) -> None:
    path.write_text(HEAD + "KAZ,2020,5\n")


@case("-cells.csv", "", total=5)
def a_name_that_begins_with_a_hyphen(path: Path) -> None:
    path.write_text(HEAD + "KAZ,2020,5\n")


@case("t.csv", "3 GB|GB|large|bytes", heavy=True)
def a_sparse_file_of_20_GB(path: Path) -> None:
    with path.open("wb") as out:
        out.write(HEAD.encode())
        out.truncate(20 << 30)


for odd in ("$1.5", "€ 3", "3 mln", "1,5 млрд"):
    rows = f"country;2020;2021\nKAZ;5;6\nUZB;{odd};7\n"
    simple(f"{odd} amid figures", "t.csv", rows, "row 3.*unit of its own")
simple(
    "two columns called value",
    "t.csv",
    "country,year,value,value\nKAZ,2020,5,6\n",
    "two columns called 'value'",
)
