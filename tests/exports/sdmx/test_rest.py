"""Requests: every form is valid, every fault is said with its status, and nothing more than asked is given."""

import io

import polars as pl
import pytest

from exports.sdmx.markup import V21
from exports.sdmx.media import chosen

DATA = "application/vnd.sdmx.data+"
CSV = f"{DATA}csv;version=2.0.0"


def rows(get, path, **query):
    status, _, body = get(path, CSV, **query)
    assert status == 200, body
    return pl.read_csv(io.BytesIO(body), infer_schema=False)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/vnd.sdmx.genericdata+xml;version=2.1", "sdmx21"),
        ("application/vnd.sdmx.structurespecificdata+xml;version=2.1", "sdmx21"),
        (f"{DATA}xml;version=3.0.0", "sdmx30"),
        (f"{DATA}json;version=2.0.0", "data"),
    ],
)
@pytest.mark.parametrize("at", ["TIME_PERIOD", "AllDimensions", "SEX"])
def test_every_form_of_the_data_is_valid(get, judge, accept, kind, at):
    status, said, body = get("2.1/data/EMPLOYMENT/..KAZ.....", accept, dimensionAtObservation=at)
    assert status == 200
    assert said["Content-Type"].startswith(accept.split(";")[0])
    judge(body, kind)


def test_a_key_gives_the_rows_of_the_whole_that_it_matches(get):
    whole = rows(get, "2.1/data/EMPLOYMENT")
    some = rows(get, "2.1/data/EMPLOYMENT/A..KAZ+UZB....._".replace("._", ".H"))
    match = pl.col("REF_AREA").is_in(["KAZ", "UZB"]) & (pl.col("CLAIM") == "H")
    assert some.sort(pl.all()).equals(whole.filter(match).sort(pl.all()))


def test_periods_first_last_and_pages(get):
    path = "2.1/data/EMPLOYMENT/A.......H"
    whole = rows(get, path)
    later = rows(get, path, startPeriod="2015", endPeriod="2020")
    assert sorted(later["TIME_PERIOD"].unique()) == [str(y) for y in range(2015, 2021)]
    key = whole.columns[3:11]
    last = rows(get, path, lastNObservations="1")
    assert last.height == whole.select(key).n_unique()
    assert last.join(whole.group_by(key).agg(pl.col("TIME_PERIOD").max()), on=[*key, "TIME_PERIOD"]).height
    page = rows(get, path, offset="3", limit="4")
    assert page["FIGURE_ID"].to_list() == whole["FIGURE_ID"].to_list()[3:7]


@pytest.mark.parametrize(
    ("path", "query", "status", "said"),
    [
        ("2.1/data/EMPLOYMNT", {}, 404, b"EMPLOYMENT"),
        ("2.1/data/EMPLOYMENT/..XXX.....", {}, 404, b"no data"),
        ("2.1/data/EMPLOYMENT/A.B", {"startPeriod": "soon", "colour": "red"}, 400, b"'soon'"),
        ("2.1/data/EMPLOYMENT", {"startPeriod": "2020", "endPeriod": "2010"}, 400, b"after"),
        ("2.1/data/EMPLOYMENT", {"updatedAfter": "2020"}, 501, b"asOf"),
        ("2.1/data/EMPLOYMENT", {"startPeriod": "2020-01-01x", "asOf": "2025-01-01x"}, 400, b"asOf"),
        ("2.1/data/EMPLOYMENT", {"sort": "OBS_VALUE"}, 501, b"sort"),
        ("3.0/data/dataflow/CEI/EMPLOYMENT", {"measures": "NO"}, 400, b"'NO'"),
        ("3.0/data/dataflow/CEI/EMPLOYMENT", {"c__TIME_PERIOD": "ge:soon"}, 400, b"'soon'"),
        ("3.0/data/dataflow/CEI/EMPLOYMENT", {"c__OBS_VALUE": "gt:nan"}, 400, b"'nan'"),
        ("3.0/data/dataflow/CEI/EMPLOYMENT", {"c__REF_AREA": ""}, 400, b"empty"),
        ("3.0/structure/dataflow/CEI", {"c__REF_AREA": "KAZ"}, 400, b"parameter"),
        ("3.0/structure/codelist/CEI/CL_SEX/1.0.0/NONE", {}, 404, b"no artefact"),
        ("3.0/metadata/structure/dataflow/CEI", {}, 501, b"metadata"),
        ("2.1/codelist/CEI/CL_NONE", {}, 404, b"no artefact"),
        ("2.1/nonsense", {}, 400, b"nonsense"),
        ("3.0/data/dataflow/CEI/EMPLOYMENT/2.0.0", {}, 404, b"1.0.0"),
        ("2.1/dataflow", {"format": "pdf"}, 406, b"pdf"),
        ("2.1/dataflow", {"release": "000000000000"}, 404, b"000000000000"),
    ],
)
def test_a_fault_is_an_error_message_of_sdmx(get, judge, path, query, status, said):
    found, _, body = get(path, **query)
    assert found == status
    assert said in body
    judge(body, "sdmx21")


def test_all_faults_are_said_at_once(get):
    body = get("2.1/data/EMPLOYMENT/A.B", startPeriod="soon", colour="red", detail="all")[2]
    assert body.count(b"<com:Text") == 4


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/vnd.sdmx.data+csv;q=0.2, application/vnd.sdmx.data+json;q=0.9", "json"),
        ("*/*;q=0.1, application/vnd.sdmx.genericdata+xml;q=0", "ml-2.1"),
        ("application/vnd.sdmx.data+csv;version=2.0", "csv"),
        ("application/vnd.sdmx.data+json;version=1.0.0, text/csv;q=0.1", "csv"),
    ],
)
def test_accept_is_weighed_and_what_weighs_nothing_is_refused(accept, form):
    assert chosen("data", V21, accept).id == form


def test_the_best_liked_language_is_spoken(get):
    def spoken(asked: str) -> str:
        said = get("2.1/codelist/CEI/CL_SEX", headers={"accept-language": asked})[1]
        return str(said["Content-Language"])

    assert spoken("ru;q=0.2, kk-KZ;q=0.9") == "kk"
    assert spoken("ru;q=0, de, tr;q=0.1") == "tr"


def test_what_has_not_changed_is_not_sent_again(web):
    client, address = web.test_client(), "/sdmx/2.1/codelist/CEI/CL_SEX"
    tag = client.get(address).headers["ETag"]
    for held in (tag, tag.removeprefix("W/"), f'"a", {tag}', "*"):
        again = client.get(address, headers={"If-None-Match": held})
        assert (again.status_code, again.data) == (304, b""), held
    for other in (tag.replace('"', '"x', 1), tag[:-1] + 'x"'):
        assert client.get(address, headers={"If-None-Match": other}).status_code == 200, other


def test_a_parameter_stands_there_once_and_the_service_is_only_read(web):
    client = web.test_client()
    twice = client.get("/sdmx/2.1/codelist?detail=full&detail=allstubs")
    assert (twice.status_code, b"twice" in twice.data) == (400, True)
    written = client.post("/sdmx/2.1/codelist")
    assert (written.status_code, written.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert b"<mes:ErrorMessage" in written.data
    plain = client.get("/sdmx/2.1/codelist/CEI/CL_AREA", headers={"Accept-Encoding": "gzip;q=0"})
    assert plain.data.startswith(b"<?xml")
