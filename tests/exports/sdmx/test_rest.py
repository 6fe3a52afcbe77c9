"""Requests: every form is valid, every fault is said with its status, and nothing more than asked is given."""

import io

import polars as pl
import pytest

from exports.sdmx import csv_data
from exports.sdmx.markup import V21
from exports.sdmx.media import chosen
from exports.sdmx.rows import rows as claims
from exports.table import table
from indicators.answer import answer
from indicators.query import Query

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


def test_labels_and_keys_of_sdmx_csv_are_written_as_asked(get):
    def lines(accept: str, path: str = "2.1/data/EMPLOYMENT/..KAZ.....", **query: str):
        status, said, body = get(path, accept, headers={"accept-language": "ru"}, **query)
        assert status == 200, body
        return said["Content-Type"], pl.read_csv(io.BytesIO(body), infer_schema=False)

    plain = lines(CSV)[1]
    media, both = lines(f"{CSV}; labels=both; timeFormat=normalized; keys=both")
    assert "labels=both" in media
    assert both.columns[:5] == ["STRUCTURE", "STRUCTURE_ID", "ACTION", "SERIES_KEY", "OBS_KEY"]
    assert both["STRUCTURE_ID"][0].startswith("CEI:EMPLOYMENT(1.0.0): ")
    area = next(name for name in both.columns if name.startswith("REF_AREA: "))
    assert both[area].unique().to_list() == ["KAZ: Казахстан"]
    value = next(name for name in both.columns if name.startswith("OBS_VALUE: "))
    assert both[value].to_list() == plain["OBS_VALUE"].to_list()
    time = next(name for name in both.columns if name.startswith("TIME_PERIOD: "))
    ends = plain["PERIOD_END"].fill_null(plain["TIME_PERIOD"])
    assert both[time].to_list() == ends.to_list()
    assert both["OBS_KEY"][0] == f"{both['SERIES_KEY'][0]}.{both[time][0]}"
    name = lines(f"{CSV}; labels=name")[1]
    at = name.columns.index("REF_AREA")
    assert (name["REF_AREA"][0], name[:, at + 1][0]) == ("KAZ", "Казахстан")
    assert name.width == 2 * plain.width - 2
    assert lines(f"{DATA}csv;version=1.0.0;labels=both")[1]["DATAFLOW"][0].startswith(
        "CEI:EMPLOYMENT(1.0.0): "
    )


@pytest.mark.parametrize(
    "asked", ["labels=all", "keys=some", "timeFormat=short", "version=1.0.0;labels=name"]
)
def test_what_sdmx_csv_cannot_be_asked_is_refused(get, asked):
    status, _, body = get("2.1/data/EMPLOYMENT/..KAZ.....", f"{DATA}csv;{asked}")
    assert (status, b"labels=id|name|both" in body) == (406, True)
    assert get("2.1/data/EMPLOYMENT/..KAZ.....", f"{DATA}csv;{asked}, {DATA}json;q=0.1")[0] == 200


def test_a_long_message_leaves_in_parts_in_its_order(store, catalogue):
    shown = claims(table(answer(Query("employment", rule="all"), store, catalogue), store, catalogue))
    many = pl.concat([shown] * (2 * csv_data.ROWS // shown.height + 2))
    parts = list(csv_data.csv([many.head(10), many]))
    assert len(parts) > 3
    assert pl.read_csv(io.BytesIO(b"".join(parts)))["FIGURE_ID"].to_list() == [
        *many["FIGURE_ID"].head(10).to_list(), *many["FIGURE_ID"].to_list()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"startPeriod": "1800"}, 200),
        ({"startPeriod": "1800", "endPeriod": "1801-03"}, 404),
        ({"startPeriod": "1800-13"}, 400),
        ({"endPeriod": "9999-12-31"}, 200),
        ({"includeHistory": "perhaps"}, 400),
        ({"updatedAfter": "soon"}, 400),
        ({"updatedAfter": "2020-01-01T00:00:00Z"}, 501),
    ],
)
def test_a_bound_may_lie_beyond_all_that_is_stated(get, query, status):
    assert get("2.1/data/EMPLOYMENT/..KAZ.....", CSV, **query)[0] == status


def test_kinds_that_are_not_kept_are_not_found_in_either_dialect(get):
    assert get("structure/valuelist")[0] == get("3.0/structure/categoryscheme")[0] == 404
