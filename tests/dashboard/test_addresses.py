"""Addresses are kept: those of before lead where the same now stands, frozen ones stay with their release."""

import shutil
from urllib.parse import unquote

import pytest

from dashboard import route, site
from indicators.concepts.release import UnknownRelease
from indicators.store import Releases
from tests.dashboard.test_pages import nodes, text

ASKED = "?indicator=value_added&areas=KAZ&currency=USD"


def test_an_address_of_before_leads_where_the_same_is_now():
    assert route.read("/compare", ASKED) == route.read("/explore", ASKED)


def test_a_frozen_address_keeps_its_release_on_every_link(releases, catalogue):
    own = releases.current().release.id
    content, head = site.page(releases, catalogue, "/explore", f"{ASKED}&release={own}")
    ours = [n.href for n in nodes([*content, *head]) if getattr(n, "href", "").startswith("/")]
    free = {href for href in ours if f"release={own}" not in unquote(href)}  # a picture's is inside
    assert len(ours) > 12
    assert len(free) == 1, "only the way back to the newest release leaves it"
    assert "Follow the newest release" in text(content)


def test_an_older_release_is_opened_as_long_as_it_is_kept(processed, tmp_path):
    shutil.copytree(processed, tmp_path / "processed", symlinks=True)
    releases = Releases(tmp_path / "processed")
    own = releases.current().release
    older = own.folder.with_name("0123456789ab")
    shutil.copytree(own.folder, older)
    assert releases.of(older.name).release.id == older.name
    assert releases.of("").release.id == releases.of(own.id).release.id == own.id


@pytest.mark.parametrize("asked", ["ffffffffffff", "../../../etc", "", "0123456789AB", "x" * 900])
def test_a_release_that_is_not_kept_is_said_and_no_path_is_tried(releases, catalogue, asked):
    if asked:
        with pytest.raises(UnknownRelease):
            releases.of(asked)
    content, _ = site.page(releases, catalogue, "/", f"?release={asked}")
    assert ("is no release that is kept" in text(content)) == bool(asked)
