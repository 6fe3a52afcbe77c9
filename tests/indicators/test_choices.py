"""What can be asked, and the nearest question that has an answer."""

import polars as pl

from indicators.answer import answer
from indicators.choices import choices
from indicators.nearest import nearest
from indicators.query import Query


def test_choices_count_the_claims_that_an_answer_holds(store, catalogue):
    for indicator in catalogue:
        held = choices(store).of(indicator)
        every = store.ask(
            "national", measures=[indicator.numerator.measure], freqs=[*indicator.freqs, "A"], areas=[]
        ).filter(
            pl.col("obs_low").is_not_null()
            & (pl.col("sex") == "_T")
            & pl.col("sector").is_in(list(indicator.sectors))
        )
        assert set(held.by("ref_area", sex="_T")) == set(every["ref_area"])
        for area, said in held.by("ref_area", sex="_T").items():
            claims = every.filter(ref_area=area)
            years = claims["period_end"].dt.year()
            assert (said.figures, said.first, said.last, said.areas) == (
                claims.height, years.min(), years.max(), 1
            )  # fmt: skip


def test_choices_are_counted_for_what_is_chosen_already(store, catalogue):
    held = choices(store).of(catalogue["employment"])
    everywhere, here = held.by("sector"), held.by("sector", ref_area=("KAZ", "AZE"))
    assert set(here) < set(everywhere)
    assert all(here[s].figures <= everywhere[s].figures and here[s].areas <= 2 for s in here)
    assert list(everywhere.values()) == sorted(everywhere.values(), key=lambda h: -h.figures)


def test_each_nearest_question_has_as_many_figures_as_it_says(store, catalogue):
    asked = Query("employment", ("AZE",), sector="acpsa_total", since=1995, until=1996)
    assert answer(asked, store, catalogue).frame.is_empty()
    found = nearest(asked, store, catalogue)
    assert found
    for near in found:
        headlines = answer(near.query, store, catalogue).headlines
        assert near.figures == headlines.filter(pl.col("low").is_not_null()).height > 0
        assert set(near.fields) <= set(vars(asked))


def test_where_nothing_is_held_there_is_no_nearest_question_but_every_area(store, catalogue):
    (near,) = nearest(Query("films_national", ("ATA",)), store, catalogue)
    assert near.fields == ("areas",)
    assert nearest(Query("films_national"), store, catalogue) == ()
