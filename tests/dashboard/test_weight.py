"""The budget of bytes: nothing that a page loads grows by more than a fiftieth unnoticed."""

import json

import pytest

from bench import weight
from dashboard.parts import Parts

MORE = 1.02
FIRST_CHART, WITH_THE_WHOLE = 900_000, 1_500_000
PACKED_PLOTLY = {"plotly-cartesian.js, unpacked": 0.2736, "plotly.js, unpacked": 0.2309}
"""What brotli leaves of them, measured; packing them takes longer than a test may."""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return weight.weights(Parts(tmp_path_factory.mktemp("packed")))


def test_no_part_grew_by_more_than_two_per_cent(measured):
    budget = json.loads(weight.BUDGET.read_text("utf-8"))
    grown = {
        name: f"{size:,} bytes, budget {budget.get(name, 0):,}"
        for name, size in measured.items()
        if size > budget.get(name, 0) * MORE
    }
    assert not grown, f"{grown}; if it is meant: python -m bench.weight --write"


def test_the_first_chart_stays_within_what_was_promised(measured):
    every_page = sum(size for name, size in measured.items() if "unpacked" not in name)
    plotly = {n: measured[n] * share for n, share in PACKED_PLOTLY.items() if n in measured}
    assert every_page + plotly["plotly.js, unpacked"] <= WITH_THE_WHOLE
    if "plotly-cartesian.js, unpacked" in plotly:
        assert every_page + plotly["plotly-cartesian.js, unpacked"] <= FIRST_CHART
