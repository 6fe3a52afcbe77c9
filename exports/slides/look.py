"""Colours and sizes of slides; a ministry's template brings its own letters and grounds."""

from pptx.dml.color import RGBColor
from pptx.util import Pt

SERIES = ("0B6BA8", "C4500C", "0A7D5C", "A24A86", "8A6D00", "4D5966", "2E8BC0", "7A3B12")
"""Each has a contrast of 4.5 and more on white; as on the pages."""
INK, QUIET, HAIRLINE, PALE, PAPER = "1D2733", "5B6774", "E3E7EB", "9DC4DE", "FFFFFF"
PAIR = (PALE, SERIES[0])
"""The earlier and the later mark of a pair."""
TITLE, SUBTITLE, BODY, LABEL, FOOT, HUGE = Pt(28), Pt(16), Pt(18), Pt(12), Pt(11), Pt(60)


def colour(written: str) -> RGBColor:
    """A colour of python-pptx."""
    found: RGBColor = RGBColor.from_string(written)
    return found
