"""Eurostat TSV: flags, marks and keys."""

import gzip
import math
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.readers import eurostat
from etl.readers.cells import BadFile, Publication
from tests.conftest import SHARED, needs_shared

TSV = SHARED / "formats" / "eurostat-tsv"


def read(folder: Path, text: str) -> Publication:
    path = folder / "t.tsv"
    path.write_text(text, "utf-8", newline="")
    return eurostat.read(path, "eurostat-tsv")


def unpacked(folder: Path, name: str) -> Path:
    """A file of ../shared, unzipped as `unpack` would hand it over."""
    if not name.endswith(".gz"):
        return TSV / name
    path = folder / name.removesuffix(".gz")
    path.write_bytes(gzip.decompress((TSV / name).read_bytes()))
    return path


PEPS = {"u": 44, "b": 284, "e": 278, "p": 6, "z": 38}
TRUTHS = [
    ("ilc_peps13.tsv", 5040, 4016, 1024, 11140960.9, 0, 54047, PEPS),
    ("ilc_peps13.tsv.gz", 5040, 4016, 1024, 11140960.9, 0, 54047, PEPS),
    ("hlth_rs_physreg.tsv", 25530, 17055, 8475, 88164696.95, 0, 376852,
     {"b": 671, "d": 1071, "e": 2245, "bd": 36, "be": 225, "de": 786, "p": 66}),
    ("edat_lfse_22.tsv.gz", 104121, 84326, 19795, 1258450.1, 1, 92.9,
     {"b": 15423, "u": 12000, "bu": 4116, "bd": 505, "bdu": 107}),
]  # fmt: skip


@needs_shared
@pytest.mark.parametrize(("name", "count", "numeric", "missing", "total", "least", "most", "flags"), TRUTHS)
def test_the_truths(tmp_path, name, count, numeric, missing, total, least, most, flags):
    cells = eurostat.read(unpacked(tmp_path, name), "eurostat-tsv").tables[0].cells
    values = cells["_value"]
    assert (len(values), values.count(), (cells["_mark"] == ":").sum()) == (count, numeric, missing)
    assert math.isclose(values.sum(), total, rel_tol=5e-10)
    assert (values.min(), values.max()) == (least, most)
    assert dict(cells["_flags"].drop_nulls().value_counts().rows()) == flags


@needs_shared
@pytest.mark.parametrize(
    ("name", "key", "value", "flag"),
    [
        ("ilc_peps13.tsv", "A PC DEG1 AL 2017", 46.1, None),
        ("ilc_peps13.tsv", "A THS_PER DEG3 UK 2018", 1755.0, None),
        ("ilc_peps13.tsv", "A PC DEG1 AT 2003", 15.4, "u"),
        ("hlth_rs_physreg.tsv", "A NR HU33 2000", 3867.0, "be"),
        ("hlth_rs_physreg.tsv", "A P_HTHAB TRC3 2021", 132.95, None),
    ],
)
def test_figures_stand_at_their_keys(name, key, value, flag):
    table = eurostat.read(TSV / name, "eurostat-tsv").tables[0]
    keys = [pl.col(d.id) == code for d, code in zip(table.dimensions, key.split(), strict=True)]
    assert table.cells.filter(keys).select("_value", "_flags").rows() == [(value, flag)]


def test_marks_may_have_flags_and_figures_keep_their_text(tmp_path):
    table = read(
        tmp_path, "freq,geo\\TIME_PERIOD\t2019 \t2020 \r\nA,AT\t: c\t12.3 p\r\nA,BE\t: \t4\r\n"
    ).tables[0]
    assert table.cells.select("geo", "TIME_PERIOD", "_value", "_mark", "_flags", "_row", "_column").rows() == [
        ("AT", "2019", None, ":", "c", 2, 2), ("AT", "2020", 12.3, None, "p", 2, 3),
        ("BE", "2019", None, ":", None, 3, 2), ("BE", "2020", 4.0, None, None, 3, 3),
    ]  # fmt: skip
    assert [(d.id, d.role) for d in table.dimensions] == [
        ("freq", None),
        ("geo", "area"),
        ("TIME_PERIOD", "time"),
    ]


def test_columns_may_be_areas(tmp_path):
    table = read(tmp_path, "unit,time\\geo\tAT\tBE\nPC,2020\t1\t2\n").tables[0]
    assert [(d.id, d.role) for d in table.dimensions] == [("unit", "unit"), ("time", "time"), ("geo", "area")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("freq,geo\t2019\nA,AT\t1\n", "row 1, column 1"),
        ("freq,geo\\TIME_PERIOD\t2019\nA\t1\n", "row 2, column 1"),
        ("freq,geo\\TIME_PERIOD\t2019\nA,AT\t1\nA,AT\t2\n", "rows 2 and 3"),
        ("freq,geo\\TIME_PERIOD\t2019\t2020\nA,AT\t1\t2\nA,BE\t1", "row 3"),
    ],
)
def test_a_bad_file_is_refused(tmp_path, text, said):
    with pytest.raises(BadFile, match=said):
        read(tmp_path, text)


@given(
    st.lists(
        st.lists(st.sampled_from(["A,AT", "A", ":", ": c", "1.5 b", "", '"', "x"]), min_size=1, max_size=4),
        max_size=5,
    )
)
@settings(max_examples=150)
def test_any_rows_are_read_or_refused(tmp_path_factory, rows):
    text = "\n".join("\t".join(r) for r in [["freq,geo\\TIME_PERIOD", "2019", "2020"], *rows])
    try:
        made = read(tmp_path_factory.getbasetemp(), text)
    except BadFile:
        return
    assert made.tables[0].cells.height
