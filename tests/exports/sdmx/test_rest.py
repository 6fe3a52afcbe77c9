"""Requests: every form is valid, every fault is said with its status, and nothing more than asked is given."""

import io

import polars as pl
import pytest

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


def test_what_has_not_changed_is_not_sent_again(web):
    client = web.test_client()
    first = client.get("/sdmx/2.1/codelist/CEI/CL_SEX")
    again = client.get("/sdmx/2.1/codelist/CEI/CL_SEX", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
