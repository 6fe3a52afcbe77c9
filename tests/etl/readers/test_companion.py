"""SDMX data with their structure in a file beside them: every pair of syntaxes, and what must be refused."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from etl.__main__ import main
from etl.readers.cells import BadFile
from etl.readers.companion import in_archive
from etl.readers.inspect import inspected, recognised
from etl.readers.parts import parts
from tests.conftest import needs_shared
from tests.etl.readers.truths import FORMATS

SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
NS = f'xmlns:m="{SCHEMAS}/message" xmlns:s="{SCHEMAS}/structure" xmlns:c="{SCHEMAS}/common"'
NAMES = {
    "AREA": ("Territory", "Territoire"),
    "BAND": ("Age band", "Tranche"),
    "TIME_PERIOD": ("Time", "Temps"),
}
CODES = {
    "CL_AREA": {"KZ": ("Kazakhstan", "Le Kazakhstan"), "FR": ("France", "La France")},
    "CL_BAND": {"1": ("Young", "Jeunes"), "2": ("Old", "Vieux")},
    "CL_KIND": {"x": ("Estimated", "Estimé"), "y": ("Measured", "Mesuré")},
}  # fmt: skip
LISTS = {"AREA": "CL_AREA", "BAND": "CL_BAND", "KIND": "CL_KIND"}


def named(names: tuple[str, str]) -> str:
    return f'<c:Name xml:lang="fr">{names[1]}</c:Name><c:Name xml:lang="en">{names[0]}</c:Name>'


def component(tag: str, ident: str) -> str:
    codes = (
        f'<s:LocalRepresentation><s:Enumeration><Ref id="{LISTS[ident]}" agencyID="X" version="1.0"/>'
        "</s:Enumeration></s:LocalRepresentation>" if ident in LISTS else ""
    )  # fmt: skip
    return (
        f'<s:{tag} id="{ident}"><s:ConceptIdentity><Ref id="{ident}" agencyID="X" maintainableParentID="CS" '
        f'maintainableParentVersion="1.0"/></s:ConceptIdentity>{codes}</s:{tag}>'
    )


def structure_ml(dimensions: tuple[str, ...] = ("AREA", "BAND"), ident: str = "DSD") -> str:
    lists = "".join(
        f'<s:Codelist id="{ident_}" agencyID="X" version="1.0">'
        + "".join(f'<s:Code id="{code}">{named(names)}</s:Code>' for code, names in codes.items())
        + "</s:Codelist>"
        for ident_, codes in CODES.items()
    )
    concepts = "".join(f'<s:Concept id="{i}">{named(names)}</s:Concept>' for i, names in NAMES.items())
    keys = "".join(component("Dimension", d) for d in dimensions) + component("TimeDimension", "TIME_PERIOD")
    return f"""<?xml version="1.0"?><m:Structure {NS}><m:Header><m:ID>1</m:ID></m:Header><m:Structures>
<s:Codelists>{lists}</s:Codelists>
<s:Concepts><s:ConceptScheme id="CS" agencyID="X" version="1.0">{concepts}</s:ConceptScheme></s:Concepts>
<s:DataStructures><s:DataStructure id="{ident}" agencyID="X" version="1.0"><s:DataStructureComponents>
<s:DimensionList>{keys}</s:DimensionList><s:AttributeList>{component("Attribute", "KIND")}</s:AttributeList>
<s:MeasureList>{component("PrimaryMeasure", "OBS_VALUE")}</s:MeasureList>
</s:DataStructureComponents></s:DataStructure></s:DataStructures></m:Structures></m:Structure>"""


def structure_json() -> str:
    def concept(i: str) -> str:
        return f"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=X:CS(1.0).{i}"

    def one(i: str) -> dict[str, object]:
        urn = f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=X:{LISTS.get(i)}(1.0)"
        local = {"localRepresentation": {"enumeration": urn}} if i in LISTS else {}
        return {"id": i, "conceptIdentity": concept(i)} | local

    def names(pair: tuple[str, str]) -> dict[str, object]:
        return {"names": {"fr": pair[1], "en": pair[0]}}

    own = {"agencyID": "X", "version": "1.0"}
    parts = {
        "dimensionList": {"dimensions": [one("AREA"), one("BAND")], "timeDimension": one("TIME_PERIOD")},
        "attributeList": {"attributes": [one("KIND")]},
        "measureList": {"primaryMeasure": one("OBS_VALUE")},
    }
    return json.dumps({"data": {
        "dataStructures": [{"id": "DSD", **own, "dataStructureComponents": parts}],
        "codelists": [{"id": i, **own, "codes": [{"id": c} | names(n) for c, n in codes.items()]}
                      for i, codes in CODES.items()],
        "conceptSchemes": [{"id": "CS", **own, "concepts": [{"id": i} | names(n) for i, n in NAMES.items()]}],
    }})  # fmt: skip


CSV = """DATAFLOW,KIND,AREA,TIME_PERIOD,OBS_VALUE,BAND
X:DSD(1.0),x,KZ,2020,1.5,1
X:DSD(1.0),y,KZ,2020,2.5,2
X:DSD(1.0),x,FR,2020,3.5,1
"""
SPECIFIC = f"""<?xml version="1.0"?><m:StructureSpecificData xmlns:m="{SCHEMAS}/message" xmlns:c="{SCHEMAS}/common">
<m:Header><m:ID>1</m:ID><m:Structure structureID="S" dimensionAtObservation="AllDimensions"><c:Structure>
<Ref id="DSD" agencyID="X" version="1.0"/></c:Structure></m:Structure></m:Header><m:DataSet structureRef="S">
<Obs KIND="x" AREA="KZ" TIME_PERIOD="2020" BAND="1" OBS_VALUE="1.5"/>
<Obs KIND="y" AREA="KZ" TIME_PERIOD="2020" BAND="2" OBS_VALUE="2.5"/>
<Obs KIND="x" AREA="FR" TIME_PERIOD="2020" BAND="1" OBS_VALUE="3.5"/></m:DataSet></m:StructureSpecificData>"""


def data_json() -> str:
    def part(i: str, *codes: str) -> dict[str, object]:
        return {"id": i, "values": [{"id": c} for c in codes]}

    said = {
        "links": [{"rel": "datastructure", "urn": "urn:x.DataStructure=X:DSD(1.0)"}],
        "dimensions": {"observation": [part("AREA", "KZ", "FR"), part("BAND", "1", "2"), part("TIME_PERIOD", "2020")]},
        "attributes": {"observation": [part("KIND", "x", "y")]},
    }  # fmt: skip
    cells = {"0:0:0": [1.5, 0], "0:1:0": [2.5, 1], "1:0:0": [3.5, 0]}
    return json.dumps({"data": {"structures": [said], "dataSets": [{"observations": cells}]}})


DATA = {"data.csv": CSV, "data.xml": SPECIFIC, "data.json": data_json()}
STRUCTURES = {"structure.xml": structure_ml(), "structure.json": structure_json()}


def put(folder: Path, **files: str) -> list[Path]:
    made = []
    for name, text in files.items():
        made.append(folder / name)
        made[-1].write_text(text, "utf-8")
    return made


def zipped(folder: Path, **files: str) -> Path:
    with ZipFile(folder / "both.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return folder / "both.zip"


def holds(found: dict, second: int) -> None:
    """Names of everything in English (0) or French (1), the right dimensions, and every figure."""
    [part] = found["files"]
    [table] = part["tables"]
    described = {d["id"]: d for d in table["dimensions"]}
    assert set(described) == {"AREA", "BAND", "TIME_PERIOD"}
    assert described["AREA"]["label"] == NAMES["AREA"][second]
    assert described["AREA"]["codes"] == {c: n[second] for c, n in CODES["CL_AREA"].items()}
    assert described["BAND"]["codes"] == {c: n[second] for c, n in CODES["CL_BAND"].items()}
    assert described["TIME_PERIOD"]["codes"] == {"2020": None}
    assert table["attributes"]["KIND=x"] == CODES["CL_KIND"]["x"][second]
    assert {(c["key"]["AREA"], c["key"]["BAND"], c["attributes"]["KIND"]): c["value"] for c in table["first"]} == {
        ("KZ", "1", "x"): 1.5, ("KZ", "2", "y"): 2.5, ("FR", "1", "x"): 3.5}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "tr"])
@pytest.mark.parametrize("beside", STRUCTURES)
@pytest.mark.parametrize("data", DATA)
def test_names_are_joined(tmp_path: Path, data: str, beside: str, language: str) -> None:
    file, structure = put(tmp_path, **{data: DATA[data], beside: STRUCTURES[beside]})
    found = inspected(file, 9, structure=structure, language=language)
    holds(found, 1 if language == "fr" else 0)


@pytest.mark.parametrize("beside", STRUCTURES)
@pytest.mark.parametrize("data", DATA)
def test_a_structure_in_the_same_archive_is_joined(tmp_path: Path, data: str, beside: str) -> None:
    found = inspected(zipped(tmp_path, **{beside: STRUCTURES[beside], data: DATA[data]}), 9)
    holds(found, 0)
    assert "structure of the data beside it" in found["skipped"][beside]


@pytest.mark.parametrize("data", DATA)
def test_without_a_structure_all_is_as_it_was(tmp_path: Path, data: str) -> None:
    [file] = put(tmp_path, **{data: DATA[data]})
    [table] = inspected(file)["files"][0]["tables"]
    assert all(label is None for d in table["dimensions"] for label in d["codes"].values())


def test_the_structure_and_not_the_names_tells_dimensions_of_csv(tmp_path: Path) -> None:
    """Without it, KIND before the time is taken for a dimension."""
    [file] = put(tmp_path, **{"data.csv": CSV})
    [table] = inspected(file)["files"][0]["tables"]
    assert "KIND" in {d["id"] for d in table["dimensions"]}


@pytest.mark.parametrize("data", DATA)
def test_another_structure_is_refused_where_it_is_named(tmp_path: Path, data: str) -> None:
    file, other = put(tmp_path, **{data: DATA[data], "s.xml": structure_ml(("AREA", "KIND"), "OTHER")})
    with pytest.raises(BadFile, match=r"those of the structure \(X:OTHER\(1\.0\): AREA, KIND, TIME_PERIOD\)"):
        inspected(file, structure=other)


def test_another_structure_in_the_archive_is_a_remark(tmp_path: Path) -> None:
    file = zipped(tmp_path, **{"d.xml": SPECIFIC, "s.xml": structure_ml(("AREA", "KIND"), "OTHER")})
    [part] = inspected(file)["files"]
    assert any("are not joined" in r for r in part["remarks"])
    assert all(label is None for d in part["tables"][0]["dimensions"] for label in d["codes"].values())


def test_of_two_structures_that_fit_the_one_that_the_data_name_is_taken(tmp_path: Path) -> None:
    other = structure_ml(ident="OTHER").replace("Kazakhstan", "Elsewhere")
    file = zipped(tmp_path, **{"a.xml": other, "d.csv": CSV, "s.xml": structure_ml()})
    holds(inspected(file, 9), 0)


def test_a_code_that_the_list_lacks_stays_without_a_name(tmp_path: Path) -> None:
    file, structure = put(tmp_path, **{"d.csv": CSV.replace("FR", "ZZ"), "s.xml": structure_ml()})
    [part] = inspected(file, structure=structure)["files"]
    codes = {d["id"]: d["codes"] for d in part["tables"][0]["dimensions"]}
    assert codes["AREA"] == {"KZ": "Kazakhstan", "ZZ": None}
    assert any("AREA: not in its code list: ZZ" in r for r in part["remarks"])


@pytest.mark.parametrize("text", [CSV, "<a/>", "{}", "", SPECIFIC])
def test_what_is_no_structure_is_refused(tmp_path: Path, text: str) -> None:
    file, other = put(tmp_path, **{"d.csv": CSV, "other": text})
    with pytest.raises(BadFile, match="no data structure in it"):
        inspected(file, structure=other)


def test_the_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    [file] = put(tmp_path, **{"d.csv": CSV})
    with pytest.raises(BadFile, match=r"gone\.xml: no such file"):
        inspected(file, structure=tmp_path / "gone.xml")


def test_a_structure_of_a_table_that_is_no_sdmx_is_refused(tmp_path: Path) -> None:
    file, structure = put(tmp_path, **{"d.csv": "Year,Sales\n2020,1\n2021,2\n", "s.xml": structure_ml()})
    with pytest.raises(BadFile, match="SDMX data, where a structure is named"):
        inspected(file, structure=structure)


def test_the_command_takes_a_structure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, structure = put(tmp_path, **{"d.csv": CSV, "s.xml": structure_ml()})
    assert main(["inspect", str(file), "--structure", str(structure), "--language", "fr"]) == 0
    assert "Le Kazakhstan" in capsys.readouterr().out
    assert main(["add", str(file), "--structure", str(structure)]) == 0
    assert "Old" in capsys.readouterr().out


@needs_shared
@pytest.mark.parametrize(
    ("data", "structure", "key", "code", "label"),
    [
        ("sdmx-ml-2.1-structurespecific/ecb_ng-ts-ss.xml", "sdmx-ml-2.1-structurespecific/ecb_ng_structure-full.xml",
         "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD", "CHF", "Swiss franc"),
        ("sdmx-ml-2.1-generic/ecb_ng-xs.xml", "sdmx-ml-2.1-structurespecific/ecb_ng_structure-full.xml",
         "FREQ CURRENCY CURRENCY_DENOM EXR_TYPE EXR_VAR TIME_PERIOD", "CHF", "Swiss franc"),
        ("sdmx-ml-2.1-structurespecific/estat_demography-xs.xml",
         "sdmx-ml-2.1-structurespecific/estat_demography_structure.xml",
         "FREQ COUNTRY SEX DEMO TIME_PERIOD", "LBIRTHST", "Births in Year X"),
        ("sdmx-ml-2.1-generic/insee_IPI-2010-A21.xml", "sdmx-ml-2.1-structure/insee_IPI-2010-A21_structure.xml",
         "FREQ PRODUIT NATURE TIME_PERIOD", "CVS-CJO", "Seasonal and working-day adjusted index"),
    ],
)  # fmt: skip
def test_shared_pairs(data: str, structure: str, key: str, code: str, label: str) -> None:
    [part] = inspected(FORMATS / data, structure=FORMATS / structure)["files"]
    dimensions = part["tables"][0]["dimensions"]
    assert {d["id"] for d in dimensions} == set(key.split())
    names = {c: said for d in dimensions for c, said in d["codes"].items()}
    assert names[code] == label


@needs_shared
def test_the_shared_json_pair() -> None:
    folder = FORMATS / "sdmx-json-2.0"
    with pytest.raises(BadFile, match="EXR_SUFFIX"):
        inspected(
            FORMATS / "sdmx-ml-2.1-structurespecific/ecb_ng-ts-ss.xml",
            structure=folder / "structure_constructed-sample.json",
        )
    [part] = inspected(
        folder / "constructed-sample-full.json", structure=folder / "structure_constructed-sample.json"
    )["files"]
    assert any("names of the structure ECB:ECB_EXR1(1.0)" in r for r in part["remarks"])


def test_a_build_reads_the_same_dimensions_as_add_shows(tmp_path: Path) -> None:
    """In parts too: the first part settles the layout by the structure."""
    rows = [f"X:DSD(1.0),x,KZ,{year},1.5,{band}" for year in range(1000, 3000) for band in (1, 2)]
    text = "\n".join([CSV.splitlines()[0], *rows]) + "\n"
    data, structure = put(tmp_path, **{"data.csv": text, "s.xml": structure_ml()})
    companion = in_archive([data, structure])
    assert recognised([data, structure], companion) == ([(data, "sdmx-csv-1.0")], {})
    made = list(parts(data, "sdmx-csv-1.0", 20_000, companion))
    assert len(made) > 2
    for part in made:
        assert {d.id for d in part.tables[0].dimensions} == {"AREA", "BAND", "TIME_PERIOD"}
    assert sum(part.tables[0].cells.height for part in made) == len(rows)
