"""Stock clients against a live server, told nothing but its address; their values beside the table."""

import io

import polars as pl
import pytest
import sdmx
from pysdmx.api.fmr import RegistryClient
from pysdmx.api.qb import (
    ApiVersion,
    AvailabilityFormat,
    AvailabilityQuery,
    DataContext,
    DataFormat,
    DataQuery,
    RestService,
)
from pysdmx.io import read_sdmx

from exports.table import table
from indicators.answer import answer
from indicators.query import Query

FLOW, INDICATOR, AREA = "EMPLOYMENT", "employment", "KAZ"
KEYS = {ApiVersion.V2_0_0: f"*.*.{AREA}.*.*.*.*.*", ApiVersion.V1_5_0: f"..{AREA}....."}
CHECKED = ("value", "low", "high", "hedge", "obs_status", "open_end", "source", "figure_id")
IDS = {"value": "OBS_VALUE", "low": "OBS_LOW", "high": "OBS_HIGH"}


def plain(value):
    """A number as a number, nothing as nothing, any other value as its text."""
    if value is None or value != value or value == "":
        return None
    try:
        return float(value)
    except ValueError:
        return str(value)


@pytest.fixture(scope="module")
def expected(store, catalogue):
    """Figure id, period and sex → what the tables of the same questions say."""
    frames = [
        table(answer(Query(INDICATOR, (AREA,), sex=sex), store, catalogue), store, catalogue).frame
        for sex in ("_T", "F", "M")
    ]
    found = {
        (row["figure_id"], row["time_period"], row["sex"]): [plain(row[name]) for name in CHECKED]
        for row in pl.concat(frames).iter_rows(named=True)
    }
    assert found
    return found


@pytest.fixture(scope="module")
def client(address):
    source = sdmx.source.Source(id="US", url=f"{address}/2.1", name="any name")
    sdmx.source.sources["US"] = source
    yield sdmx.Client("US")
    del sdmx.source.sources["US"]


def test_sdmx1_browses_and_reads_the_values_of_the_table(client, catalogue, expected):
    assert len(client.dataflow().dataflow) == len(list(catalogue)) + 1
    described = client.dataflow(FLOW)
    assert AREA in described.codelist["CL_AREA"]
    assert list(described.constraint) == [f"CR_{FLOW}"]
    message = client.data(FLOW, key={"REF_AREA": AREA})
    found = {}
    for o in (o for data in message.data for o in data.obs):
        said = {name: attribute.value for name, attribute in o.attrib.items()} | {"OBS_VALUE": o.value}
        place = (said["FIGURE_ID"], o.key["TIME_PERIOD"].value, o.key["SEX"].value)
        found[place] = [plain(said.get(IDS.get(name, name.upper()))) for name in CHECKED]
    assert found == expected


@pytest.mark.parametrize("version", KEYS)
@pytest.mark.parametrize(
    "form", ["SDMX_CSV_1_0_0", "SDMX_CSV_2_0_0", "SDMX_ML_2_1_GEN", "SDMX_ML_2_1_STR", "SDMX_ML_3_0"]
)
def test_pysdmx_reads_the_values_of_the_table_in_every_format(address, expected, version, form):
    service = RestService(address, version, data_format=DataFormat[form], timeout=60)
    body = service.data(DataQuery(DataContext.DATAFLOW, "CEI", FLOW, "1.0.0", KEYS[version]))
    (data,) = read_sdmx(io.BytesIO(body), validate=True).data
    found = {
        (row["FIGURE_ID"], str(row["TIME_PERIOD"]), row["SEX"]): [
            plain(row.get(IDS.get(name, name.upper()))) for name in CHECKED
        ]
        for row in data.data.to_dict("records")
    }
    assert found == expected


def test_pysdmx_browses_by_the_address_alone(address, catalogue):
    client = RegistryClient(address)
    assert [a.id for a in client.get_agencies("SDMX")] == ["CEI"]
    assert len(client.get_dataflows("*")) == len(list(catalogue)) + 1
    schema = client.get_schema("dataflow", "CEI", FLOW, "1.0.0")
    assert AREA in [code.id for code in schema.components["REF_AREA"].enumeration]
    form = AvailabilityFormat.SDMX_JSON_2_0_0
    service = RestService(address, ApiVersion.V2_0_0, avail_format=form, timeout=60)
    body = service.availability(AvailabilityQuery(DataContext.DATAFLOW, "CEI", FLOW))
    (there,) = read_sdmx(io.BytesIO(body), validate=True).structures
    values = {k.id: [v.value for v in k.values] for k in there.cube_region.key_values}
    assert values["INDICATOR"] == [INDICATOR]
    assert AREA in values["REF_AREA"]


def test_pysdmx_reads_a_dataflow_whose_name_it_takes_for_a_part_of_the_message(get):
    for version in ("2.1", "3.0"):
        path = "2.1/data/TURNOVER" if version == "2.1" else "3.0/data/dataflow/CEI/TURNOVER"
        body = get(path, lastNObservations="1", format=f"ml-{version}")[2]
        assert len(read_sdmx(io.BytesIO(body), validate=True).data[0].data)
