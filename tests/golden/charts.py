"""Golden figures: one chart of each form, of claims with a hedge, a gap, a break and a rival.

python -m tests.golden.charts writes charts/<form>.json anew after a change that is meant; look at every line
of the difference before it is committed.
"""

import json
from math import inf
from typing import Any

from dashboard import forms
from dashboard.panel import Extras
from dashboard.wording import wording
from indicators.answer import Answer
from indicators.catalogue import load
from tests.dashboard.figures import claim, made
from tests.golden.book import FOLDER

CHARTS = FOLDER / "charts"


def _answer() -> Answer:
    return made(
        load(),
        claim("KAZ", 2020, 1.5e9),
        claim("KAZ", 2021, 1.8e9, obs_status="P"),
        claim("KAZ", 2023, 2e9, high=inf, hedge="over"),
        claim("KAZ", 2023, 2.6e9, is_headline=False, publisher="press"),
        claim("UZB", 2020, 1e9, low=0.9e9, high=1.1e9, hedge="about"),
        claim("UZB", 2021, 1.4e9, obs_status="B"),
        claim("UZB", 2023, None, low=2e9, high=3e9, hedge="between"),
        claim("MLT", 2020, 3e8),
        claim("MLT", 2023, 2e8, low=0.0, hedge="under"),
    )


def _sectors() -> Answer:
    named = ("acpsa_advertising", "acpsa_museums", "acpsa_broadcasting")
    return made(load(), *(claim("USA", 2023, 1e9 * (i + 1), sector=s) for i, s in enumerate(named)))


def figure(form: str) -> dict[str, Any]:
    """The golden chart of a form: figure, marks and notes; all its years for one form only."""
    answered = _sectors() if form == "treemap" else _answer()
    extras = Extras(beside=answered, size=_answer() if form == "scatter" else None, year=2023)
    (panel,) = forms.panels(wording("en"), answered, form, extras)
    drawn = {k: v for k, v in panel.figure.items() if k != "frames" or form == "ranked"}
    return {"marks": panel.marks, "notes": panel.notes, "year": panel.year, "figure": drawn}


def page(form: str) -> str:
    """The same as the text of its file."""
    return json.dumps(figure(form), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    CHARTS.mkdir(exist_ok=True)
    for name in forms.FORMS:
        (CHARTS / f"{name}.json").write_text(page(name), "utf-8")
