"""SDMX-ML: the truths of real files, every arrangement of observations, and what must be refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers.cells import BadFile, Publication
from etl.readers.sdmx_ml import read
from tests.conftest import needs_shared
from tests.etl.readers.truths import FORMATS, Truth, check, in_words, params

SPECIFIC = "sdmx-ml-2.1-structurespecific"
STRUCTURES = ("ecb_ng_structure-full.xml", "estat_demography_structure.xml")
NO_DATA = (*STRUCTURES, "estat_footer_413.xml", "estat_footer2.xml", "estat_footer2.zip")
SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/"


def message(kind: str, data: str, at: str = "TIME_PERIOD", version: str = "v2_1", after: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:{kind} xmlns:m="{SCHEMAS}{version}/message" xmlns:g="{SCHEMAS}{version}/data/generic"
 xmlns:c="{SCHEMAS}{version}/common" xmlns:f="{SCHEMAS}{version}/message/footer"
 xmlns:d="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:ID>1</m:ID><m:Prepared>2020-01-01</m:Prepared><m:Sender id="ECB"><c:Name>Bank</c:Name></m:Sender>
<m:Structure structureID="S" dimensionAtObservation="{at}"><c:Structure><Ref agencyID="ECB" id="EXR" version="1.0"/>
</c:Structure></m:Structure></m:Header>{data}{after}</m:{kind}>"""


def specific(
    data: str, at: str = "TIME_PERIOD", version: str = "v2_1", after: str = "", *, open_: str = ""
) -> str:
    return message(
        "StructureSpecificData", f'<m:DataSet structureRef="S" {open_}>{data}</m:DataSet>', at, version, after
    )


SERIES = (
    '<Group xsi:type="d:Sibling" CURRENCY="USD" TITLE="Dollar"/>'
    '<Series FREQ="M" CURRENCY="USD" UNIT_MULT="0"><Obs TIME_PERIOD="2020-01" OBS_VALUE="1.50" OBS_STATUS="A" OBS_CONF="F"/>'
    '<Obs TIME_PERIOD="2020-02" OBS_VALUE="NaN" OBS_STATUS="M"/></Series>'
    '<Series FREQ="M" CURRENCY="CHF"><Obs TIME_PERIOD="2020-01"/></Series>'
)


def made(tmp_path: Path, text: str | bytes, kind: str = "sdmx-ml-2.1-specific") -> Publication:
    file = tmp_path / "t.xml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read(file, kind)


@needs_shared
@pytest.mark.parametrize("truth", params("sdmx-ml-2.1-generic", SPECIFIC, without=NO_DATA))
def test_every_truth_of_the_shared_files_is_obtained(truth: Truth) -> None:
    check(truth, read(truth.path, "sdmx-ml-2.1-generic"))


@needs_shared
@pytest.mark.parametrize("truth", params("sdmx-ml-3.0", without=("valuelist.xml",)))
def test_every_truth_of_3_0_is_obtained(truth: Truth) -> None:
    check(truth, read(truth.path, "sdmx-ml-3.0"))


@needs_shared
@pytest.mark.parametrize("name", ["estat_footer_413.xml", "estat_footer2.xml"])
def test_a_footer_without_data_is_told(name: str) -> None:
    with pytest.raises(BadFile, match=r"413: Due to the large query .*http://ec.europa.eu"):
        read(FORMATS / "sdmx-ml-2.1-generic" / name, "sdmx-ml-2.1-generic")


@needs_shared
@pytest.mark.parametrize(
    ("name", "lists"),
    [
        (
            "insee_IPI-2010-A21_structure.xml",
            {"CL_FREQ": 7, "CL_NAF2_A21": 30, "CL_NATURE": 25, "CONCEPTS_INSEE": 97},
        ),
        ("sgr_common-structure.xml", {"CL_DECIMALS": 10, "CL_UNIT_MULT": 9, "CROSS_DOMAIN_CONCEPTS": 12}),
        ("unsd_codelist_partial.xml", {"CL_AGE_GROUP_SDG": 2, "CL_AREA": 8}),
        ("unicef_GLOBAL_DATAFLOW_structure.xml", {"CL_SEX": 7, "UNICEF_CONCEPTS": 184}),
    ],
)
def test_code_lists_are_tables(name: str, lists: dict[str, int]) -> None:
    tables = read(FORMATS / "sdmx-ml-2.1-structure" / name, "sdmx-ml-structure").tables
    assert {t.name: t.cells.height for t in tables}.items() >= lists.items()


@needs_shared
def test_a_structure_message_without_code_lists_says_what_it_is() -> None:
    with pytest.raises(BadFile, match="ContentConstraint: CR_A"):
        read(FORMATS / "sdmx-ml-2.1-structure" / "oecd_actualconstraint.xml", "sdmx-ml-structure")


@needs_shared
def test_a_series_that_stands_twice_as_a_whole_is_told() -> None:
    remarks = read(FORMATS / SPECIFIC / "uz_cbu_nsdp_interest_rates.xml", "sdmx-ml-2.1-specific").remarks
    assert "84 keys stand more than once, all those of 1 series" in remarks[-1]


def test_series_groups_and_marks(tmp_path: Path) -> None:
    publication = made(tmp_path, specific(SERIES, open_='DECIMALS="2" action="Replace"'))
    table = publication.tables[0]
    assert table.name == "ECB:EXR(1.0)"
    assert [d.id for d in table.dimensions] == ["FREQ", "CURRENCY", "TIME_PERIOD"]
    assert table.dimensions[2].role == "time"
    cells = table.cells
    assert cells["_value"].to_list() == [1.5, None, None]
    assert cells["_text"].to_list() == ["1.50", "NaN", None]
    assert cells["_mark"].to_list() == [None, "NaN", ""]
    assert cells["_flags"].to_list() == ["A F", "M", None]
    assert cells["@TITLE"].to_list() == ["Dollar", "Dollar", None]
    assert cells["@UNIT_MULT"].to_list() == ["0", "0", None]
    assert cells["_row"].to_list() == [1, 2, 3]
    assert table.attributes == {
        "DECIMALS": "2",
        "action": "Replace",
        "source": "Bank",
        "updated": "2020-01-01",
    }


def test_generic_flat_and_groups(tmp_path: Path) -> None:
    value = '<g:Value id="{}" value="{}"/>'.format
    group = f"<g:Group type='x'><g:GroupKey>{value('GEO', 'X')}</g:GroupKey><g:Attributes>{value('TITLE', 'ex')}</g:Attributes></g:Group>"
    key = f"<g:ObsKey>{value('GEO', 'X')}{value('TIME_PERIOD', '2020')}</g:ObsKey>"
    more = f"<g:Attributes>{value('OBS_STATUS', 'E')}</g:Attributes>"
    obs = f"<g:Obs>{key}<g:ObsValue value='7'/>{more}</g:Obs><g:Obs>{key.replace('2020', '2021')}</g:Obs>"
    text = message("GenericData", f"<m:DataSet structureRef='S'>{group}{obs}</m:DataSet>", "AllDimensions")
    cells = made(tmp_path, text, "sdmx-ml-2.1-generic").tables[0].cells
    assert cells.select("GEO", "TIME_PERIOD", "_value", "_mark", "_flags", "@TITLE").rows() == [
        ("X", "2020", 7.0, None, "E", "ex"),
        ("X", "2021", None, "", None, "ex"),
    ]


def test_flat_cross_section_and_explicit_measures(tmp_path: Path) -> None:
    flat = specific('<Obs GEO="X" TIME_PERIOD="2020" OBS_VALUE="1" UNIT_MULT="3"/>', "AllDimensions")
    assert [d.id for d in made(tmp_path, flat).tables[0].dimensions] == ["GEO", "TIME_PERIOD"]
    named = specific(
        '<Obs GEO="X" TIME_PERIOD="2020" OBS_VALUE="1"/>', "TIME_PERIOD"
    )  # flat, and does not say so
    assert [d.id for d in made(tmp_path, named).tables[0].dimensions] == ["GEO", "TIME_PERIOD"]
    cross = specific('<Series TIME_PERIOD="2020"><Obs GEO="X" OBS_VALUE="1" SOMETHING="n"/></Series>', "GEO")
    table = made(tmp_path, cross).tables[0]
    assert [d.id for d in table.dimensions] == ["TIME_PERIOD", "GEO"]
    assert table.cells["@SOMETHING"].to_list() == ["n"]
    explicit = specific(
        '<Series TIME_PERIOD="2020"><Obs xsi:type="d:BIRTHS" OBS_VALUE="1"/></Series>', "DEMO"
    )
    assert made(tmp_path, explicit).tables[0].cells["DEMO"].to_list() == ["BIRTHS"]


def test_several_values_of_an_attribute_in_3_0(tmp_path: Path) -> None:
    obs = (
        '<Obs TIME_PERIOD="2020" OBS_VALUE="1"><Comp id="TITLE"><Value>a</Value><Value>b</Value></Comp></Obs>'
    )
    table = made(tmp_path, specific(f'<Series GEO="X">{obs}</Series>', version="v3_0"), "sdmx-ml-3.0").tables[
        0
    ]
    assert table.cells["@TITLE"].to_list() == ["a; b"]


def test_a_unit_that_keys_need_is_a_dimension(tmp_path: Path) -> None:
    series = "".join(
        f'<Series GEO="X" UNIT_MEASURE="{u}"><Obs TIME_PERIOD="2020" OBS_VALUE="1"/></Series>' for u in "AB"
    )
    assert [d.id for d in made(tmp_path, specific(series)).tables[0].dimensions] == [
        "GEO",
        "UNIT_MEASURE",
        "TIME_PERIOD",
    ]


def test_data_sets_footers_and_deletions(tmp_path: Path) -> None:
    one = '<m:DataSet structureRef="S" action="{}"><Series GEO="X"><Obs TIME_PERIOD="2020" OBS_VALUE="1"/></Series></m:DataSet>'
    footer = '<f:Footer><f:Message code="510" severity="Warning"><c:Text>cut</c:Text></f:Message></f:Footer>'
    text = message("StructureSpecificData", one.format("Append") + one.format("Delete"), after=footer)
    publication = made(tmp_path, text)
    assert [t.attributes["action"] for t in publication.tables] == ["Append", "Delete"]
    assert [t.cells["_row"].to_list() for t in publication.tables] == [[1], [2]]
    assert publication.remarks[0] == "the publisher says: Warning 510: cut"
    assert "to be removed" in publication.remarks[1]


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(tmp_path: Path, doctype: str, encoding: str) -> None:
    text = specific(SERIES).replace("UTF-8", encoding).replace("?>", "?>" + doctype, 1)
    with pytest.raises(BadFile, match="document type"):
        made(tmp_path, text.encode(encoding))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("   ", "broken XML"),
        ("<html><body/></html>", "the element html"),
        ("<a>" * 5000, "broken XML"),
        (specific(SERIES)[:-30], "broken XML"),
        (specific(SERIES).replace("1.50", "1&#0;"), "broken XML"),
        (specific(SERIES).replace("1.50", "INF"), "INF"),
        (specific(SERIES).replace("1.50", "1e999"), "1e999"),
        (specific(SERIES).replace("1.50", "&unknown;"), "broken XML"),
        (
            specific(SERIES).replace("2020-02", "2020-01"),
            "rows 1 and 2: the same key twice (FREQ=M, CURRENCY=USD",
        ),
        (specific(SERIES).replace("CHF", "USD"), "twice"),
        (specific(SERIES).replace("FREQ", "_value"), "'_value'"),
        (message("StructureSpecificData", ""), "without data"),
        ("\0\0\0", "broken XML"),
        (
            specific("<Obs " + " ".join(f'a{i}="1"' for i in range(40_000)) + "/>"),
            "a tag or text of over 256 KB",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadFile) as caught:
        made(tmp_path, text)
    assert says in str(caught.value)


def test_names_without_end_are_refused(tmp_path: Path) -> None:
    obs = "".join(f'<Obs TIME_PERIOD="{i}" A{i}="1"/>' for i in range(1100))
    with pytest.raises(BadFile, match="names of attributes"):
        made(tmp_path, specific(f'<Series GEO="X">{obs}</Series>'))


def test_long_messages_are_gathered_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.readers.sdmx_ml_data.CHUNK", 3)
    series = "".join(
        f'<Series GEO="G{s}">'
        + "".join(f'<Obs TIME_PERIOD="{t}" OBS_VALUE="{s * 10 + t}"/>' for t in range(4))
        + "</Series>"
        for s in range(5)
    )
    cells = made(tmp_path, specific(series)).tables[0].cells
    assert cells["_value"].to_list() == [s * 10.0 + t for s in range(5) for t in range(4)]
    assert cells["GEO"].to_list() == [f"G{s}" for s in range(5) for _ in range(4)]


@settings(max_examples=200)
@given(
    st.text(max_size=12) | st.sampled_from(["<Obs", "</Series>", '"', "<Series>", "<Obs/>", "&lt;"]),
    st.integers(0, 1400),
    st.integers(0, 40),
)
def test_damage_anywhere_is_an_error_in_words_or_still_tables(
    tmp_path_factory: pytest.TempPathFactory, noise: str, at: int, gone: int
) -> None:
    text = specific(SERIES)
    try:
        publication = made(
            tmp_path_factory.mktemp("ml"), (text[:at] + noise + text[at + gone :]).encode("utf-8", "replace")
        )
    except BadFile as fault:
        in_words(fault)
    else:
        for table in publication.tables:
            assert (table.cells["_value"].is_null() == table.cells["_mark"].is_not_null()).all()


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    with pytest.raises(BadFile):
        made(tmp_path_factory.mktemp("ml"), raw)
