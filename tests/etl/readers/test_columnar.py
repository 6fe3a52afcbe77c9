"""Parquet and Arrow: types say what is a figure; damage is refused."""

import datetime as dt
import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers import columnar
from etl.readers.cells import BadFile
from tests.conftest import SHARED, needs_shared

PARQUET, OFFICIAL = SHARED / "formats" / "parquet", SHARED / "official"
FRAME = pl.DataFrame({"area": ["KZ", "UZ"], "year": [2020, 2021], "value": [1.5, None], "cv": ["A", None]})


@needs_shared
@pytest.mark.parametrize(
    ("name", "measure", "count", "numeric", "total", "least", "most"),
    [
        ("bcb_ip_services_bop.parquet", None, 750, 750, 132121.8, 0.9, 1389.1),
        ("ibge_pnadc_tab_6_9.parquet", None, 1067, 528, 2040213.319, 0.2856904267, 95446.38057),
        ("cr_bccr_csc_comercio.parquet", "value_crc_million", 150, 132, 3574250.146, 7.52181536, 173782.7743),
        ("cr_bccr_csc_comercio.parquet", "value_usd_million", 150, 132, 6406.238369, 0.01286, 301.197672),
        ("cr_bccr_csc_comercio.parquet", "fx_rate_crc_per_usd", 150, 150, 82942.12672, 499.77, 646.899),
    ],
)
def test_the_truths(name, measure, count, numeric, total, least, most):
    cells = columnar.read(PARQUET / name, "parquet").tables[0].cells
    values = (cells if measure is None else cells.filter(pl.col("_measure") == measure))["_value"]
    assert (len(values), values.count()) == (count, numeric)
    for seen, expected in ((values.sum(), total), (values.min(), least), (values.max(), most)):
        assert math.isclose(seen, expected, rel_tol=5e-10)


@needs_shared
@pytest.mark.parametrize("path", sorted(OFFICIAL.glob("*/*.parquet")), ids=lambda p: p.name)
def test_every_official_file_is_read_with_all_its_columns(path):
    table = columnar.read(path, "parquet").tables[0]
    rows = pl.read_parquet(path)
    assert table.cells["_row"].n_unique() == rows.height
    known = {d.id for d in table.dimensions} | {c.removeprefix("@") for c in table.cells.columns}
    assert known


@needs_shared
def test_marks_that_stand_in_a_column_of_their_own():
    table = columnar.read(
        OFFICIAL / "unctad_creative_services/unctad_services_countries.parquet", "parquet"
    ).tables[0]
    first = table.cells.filter(pl.col("_measure") == "US$ at current prices in millions")
    marks = dict(first["_mark"].drop_nulls().value_counts().rows())
    assert (marks, first["_flags"].drop_nulls().to_list().count("Estimated")) == (
        {"Not publishable": 1375, "Not applicable": 30},
        30,
    )
    assert table.dimensions[1].codes["004"] == "Afghanistan"


def files(folder: Path) -> list[tuple[Path, str]]:
    FRAME.write_parquet(folder / "t.parquet")
    FRAME.write_ipc(folder / "t.arrow")
    FRAME.write_ipc(folder / "t.feather", compression="lz4")
    FRAME.write_ipc_stream(folder / "t.arrows")
    return [(folder / "t.parquet", "parquet"), (folder / "t.arrow", "arrow"), (folder / "t.feather", "arrow"),
            (folder / "t.arrows", "arrow")]  # fmt: skip


def test_parquet_arrow_and_feather_say_the_same(tmp_path):
    for path, format in files(tmp_path):
        table = columnar.read(path, format).tables[0]
        assert table.cells.select("area", "year", "_value", "_mark", "_flags", "_row", "_column").rows() == [
            ("KZ", "2020", 1.5, None, "A", 1, 3), ("UZ", "2021", None, "", None, 2, 3)]  # fmt: skip


def test_nan_and_infinity_are_marks(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"area": ["a", "b", "c"], "value": [float("nan"), float("inf"), 1.0]}).write_parquet(path)
    cells = columnar.read(path, "parquet").tables[0].cells
    assert cells.select("_value", "_mark").rows() == [(None, "NaN"), (None, "inf"), (1.0, None)]


def test_texts_are_codes_with_their_leading_noughts(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"Economy": ["004", "008"], "Value": [1, 2]}).write_parquet(path)
    assert columnar.read(path, "parquet").tables[0].cells["Economy"].to_list() == ["004", "008"]


def test_a_key_twice_is_refused(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"area": ["a", "a"], "value": [1, 2]}).write_parquet(path)
    with pytest.raises(BadFile, match="rows 1 and 2"):
        columnar.read(path, "parquet")


def test_nested_columns_are_left_out_and_named(tmp_path):
    path = tmp_path / "t.parquet"
    FRAME.with_columns(pl.Series("parts", [[1], [2]])).write_parquet(path)
    assert any("parts" in r for r in columnar.read(path, "parquet").remarks)


@pytest.mark.parametrize("keep", [0, 4, 10, 100, -1, -8, -100])
def test_a_file_that_was_cut_off_is_refused(tmp_path, keep):
    for path, format in files(tmp_path):
        raw = path.read_bytes()
        if path.suffix == ".arrows" and keep in (-1, -8):
            continue  # a stream may end without its end mark
        path.write_bytes(raw[:keep])
        with pytest.raises(BadFile):
            columnar.read(path, format)


@given(st.integers(0, 3), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=100)
def test_damage_is_refused_or_harmless(tmp_path_factory, which, hits):
    path, format = files(tmp_path_factory.getbasetemp())[which]
    raw = bytearray(path.read_bytes())
    for where, value in hits:
        raw[int(where * (len(raw) - 1))] = value
    path.write_bytes(raw)
    try:
        made = columnar.read(path, format)
    except BadFile:
        return
    assert made.tables[0].cells.height


def test_moments_at_midnight_are_days(tmp_path: Path) -> None:
    moments = [dt.datetime(2020, 1, 1), dt.datetime(2020, 2, 1)]
    frame = pl.DataFrame({"geo": ["KAZ", "TUR"], "when": moments, "v": [1.5, 2.5]})
    frame.with_columns(pl.col("when").dt.replace_time_zone("UTC")).write_parquet(tmp_path / "t.parquet")
    (table,) = columnar.read(tmp_path / "t.parquet", "parquet").tables
    assert [*table.dimensions[1].codes] == ["2020-01-01", "2020-02-01"]
