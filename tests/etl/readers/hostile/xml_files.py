"""SDMX-ML messages."""

from pathlib import Path

from tests.etl.readers.hostile import case, simple
from tests.etl.readers.test_sdmx_ml import message, specific

LOLS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
GOOD = specific(
    '<Series GEO="KZ"><Obs TIME_PERIOD="2020" OBS_VALUE="5"/><Obs TIME_PERIOD="2021" OBS_VALUE="6"/></Series>'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def spoiled(old: str, new: str) -> str:
    if old not in GOOD:
        raise ValueError(old)
    return GOOD.replace(old, new)


simple("SDMX-ML", "t.xml", GOOD, "", 11)
simple(
    "SDMX-ML with a billion laughs",
    "t.xml",
    GOOD.replace(HEAD, HEAD + f'<!DOCTYPE x [<!ENTITY l0 "lol">{LOLS}]>').replace('"KZ"', '"&l9;"'),
    "document type",
)
simple(
    "SDMX-ML with an external entity",
    "t.xml",
    GOOD.replace(HEAD, HEAD + '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace(
        '"KZ"', '"&e;"'
    ),
    "document type",
)
simple(
    "SDMX-ML with a DTD from elsewhere",
    "t.xml",
    GOOD.replace(HEAD, HEAD + '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'),
    "document type",
)
simple(
    "SDMX-ML with a DOCTYPE in UTF-16",
    "t.xml",
    GOOD.replace("UTF-8", "UTF-16")
    .replace(
        HEAD.replace("UTF-8", "UTF-16"), HEAD.replace("UTF-8", "UTF-16") + '<!DOCTYPE x [<!ENTITY e "x">]>'
    )
    .encode("utf-16"),
    "document type",
)
simple(
    "SDMX-ML with a DOCTYPE in UTF-7",
    "t.xml",
    HEAD.replace("UTF-8", "UTF-7").encode()
    + b"+ADwAIQ-DOCTYPE x [+ADwAIQ-ENTITY e 'x'+AD4AXQA+-"
    + GOOD.replace(HEAD, "").encode(),
    "XML|document type|root",
)
simple("SDMX-ML in EBCDIC", "t.xml", GOOD.replace("UTF-8", "IBM037").encode("cp037"), "")
simple("SDMX-ML with an undeclared entity", "t.xml", spoiled("KZ", "&e;"), "broken XML")
simple("SDMX-ML cut off", "t.xml", GOOD[:-80], "broken XML")
simple("SDMX-ML with NUL", "t.xml", spoiled("KZ", "K\0Z"), "broken XML|NUL")
simple("SDMX-ML with a key twice", "t.xml", spoiled('"2021" OBS', '"2020" OBS'), "twice")
simple(
    "SDMX-ML with an observation twice with one value",
    "t.xml",
    spoiled('"2021" OBS_VALUE="6"', '"2020" OBS_VALUE="5"'),
    "twice",
)
simple("SDMX-ML with infinity", "t.xml", spoiled('"6"', '"INF"'), "INF")
simple("SDMX-ML with NaN", "t.xml", spoiled('"6"', '"NaN"'), "", 5)
simple("SDMX-ML with an endless number", "t.xml", spoiled('"6"', '"1e999"'), "1e999")
simple("SDMX-ML with a text for a value", "t.xml", spoiled('"6"', '"six"'), "", 5)
simple("SDMX-ML without observations", "t.xml", specific(""), "")
simple("SDMX-ML that is another XML", "t.xml", "<rss><channel/></rss>", "rss")
simple(
    "SDMX-ML with an XInclude",
    "t.xml",
    spoiled("<Series", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/><Series'),
    "",
    11,
)
simple(
    "SDMX-ML nested 10,000 deep",
    "t.xml",
    spoiled("<Series", "<a>" * 10_000 + "</a>" * 10_000 + "<Series"),
    "broken XML|deep|nested",
)
simple("SDMX-ML in another namespace", "t.xml", GOOD.replace("www.sdmx.org", "www.example.org"), "")
simple(
    "SDMX-ML with a style sheet",
    "t.xml",
    GOOD.replace(HEAD, HEAD + '<?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>'),
    "",
    11,
)


def repeated(path: Path, piece: str, times: int) -> None:
    before, after = GOOD.split("<Series", 1)
    with path.open("w") as out:
        out.write(before)
        for _ in range(times // 1000):
            out.write(piece * 1000)
        out.write("<Series" + after)


@case("t.xml", "memory", heavy=True)
def sdmx_ml_with_3_million_foreign_elements(path: Path) -> None:
    repeated(path, "<x:y xmlns:x='urn:z' a='1'/>", 3_000_000)


@case("t.xml", "names of attributes", heavy=True)
def sdmx_ml_with_a_million_names(path: Path) -> None:
    path.write_text(
        spoiled("<Obs", "".join(f'<Obs TIME_PERIOD="{i}" A{i}="1"/>' for i in range(100_000)) + "<Obs")
    )


@case("t.xml", "tag or text|attributes")
def sdmx_ml_with_a_million_attributes_in_one_tag(path: Path) -> None:
    path.write_text(spoiled('GEO="KZ"', " ".join(f'a{i}="1"' for i in range(1_000_000))))


@case("t.xml", "tag or text", heavy=True)
def sdmx_ml_with_a_text_of_50_MB(path: Path) -> None:
    path.write_text(spoiled("Bank", "x" * 50_000_000))


def honest(path: Path, series: int, periods: int, comment: str = "") -> None:
    before, after = specific("HERE").split("HERE")
    with path.open("w") as out:
        out.write(before)
        for s in range(series):
            out.write(f'<Series FREQ="A" GEO="C{s}" UNIT="EUR">')
            out.write(
                "".join(
                    f'<Obs TIME_PERIOD="{p}" OBS_VALUE="{p}.5" OBS_STATUS="A"{comment}/>'
                    for p in range(1000, 1000 + periods)
                )
            )
            out.write("</Series>")
        out.write(after)


@case("t.xml", "", heavy=True, total=5000 * sum(p + 0.5 for p in range(1000, 1100)))
def sdmx_ml_of_500000_honest_observations(path: Path) -> None:
    honest(path, 5000, 100)


@case("t.xml", "", heavy=True, total=2000 * sum(p + 0.5 for p in range(1000, 1100)))
def sdmx_ml_generic_of_200000_honest_observations(path: Path) -> None:
    before, after = message("GenericData", '<m:DataSet structureRef="S">HERE</m:DataSet>').split("HERE")
    with path.open("w") as out:
        out.write(before)
        for s in range(2000):
            out.write(
                f'<g:Series><g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="GEO" value="C{s}"/></g:SeriesKey>'
            )
            for p in range(1000, 1100):
                out.write(
                    f'<g:Obs><g:ObsDimension value="{p}"/><g:ObsValue value="{p}.5"/><g:Attributes><g:Value id="OBS_STATUS" value="A"/></g:Attributes></g:Obs>'
                )
            out.write("</g:Series>")
        out.write(after)
