"""Publishers and titles as a reader sees them: ours in the reader's language, others' as quotations."""

import pytest
from dash import html

from dashboard import figures, site
from dashboard.wording import wording
from tests.dashboard.test_pages import nodes, text

OURS = {"title": "Denominators of 83 economies, 2005-2024", "address": None, "language": "en"}
THEIRS = {"title": "Impactul pandemiei", "address": "https://agora.md/impact", "language": "ro"}


def shown(releases, catalogue, address):
    path, _, query = address.partition("?")
    return site.page(releases, catalogue, path, f"?{query}")[0]


def test_a_title_that_we_gave_is_said_and_not_quoted():
    said = figures.titled(wording("ru"), OURS)
    assert (said.children, said.lang) == ("Знаменатели 83 экономик, 2005–2024", None)
    assert figures.titled(wording("en"), OURS).children == OURS["title"]


def test_a_title_of_another_is_quoted_in_its_language_with_an_address_or_without():
    for row in (THEIRS, THEIRS | {"address": None}, THEIRS | {"address": "mailto:a@b.md"}):
        said = figures.titled(wording("ru"), row)
        assert (said.children, said.lang) == (THEIRS["title"], "ro")
    assert figures.titled(wording("ru"), THEIRS).href == THEIRS["address"]


def test_a_publication_without_a_title_says_so():
    assert figures.titled(wording("ru"), THEIRS | {"title": None, "address": None}).children == "без названия"


def test_the_page_of_a_collection_is_headed_in_the_language(releases, catalogue):
    page = shown(releases, catalogue, "/source/world_context?lang=az")
    heading = next(n for n in nodes(page) if isinstance(n, html.H1))
    assert text(heading) == "83 iqtisadiyyatın məxrəcləri, 2005–2024"
    quoted = shown(releases, catalogue, "/source/us_bea_acpsa?lang=az")
    assert next(n for n in nodes(quoted) if isinstance(n, html.H1)).children.lang == "en"


def test_revisions_are_chosen_by_the_title_of_their_source(releases, catalogue):
    page = shown(releases, catalogue, "/revisions?lang=bg")
    choice = next(n for n in nodes(page) if getattr(n, "name", "") == "source")
    named = [option["label"] for option in choice.options if option["value"] == "claims"]
    assert named == ["Числа, съобщени от длъжностни лица, ведомства и преса"]


@pytest.mark.parametrize(("language", "sought"), [("ru", "всемирный банк"), ("tr", "Dünya Bankası")])
def test_publications_are_found_as_the_reader_sees_them(releases, catalogue, language, sought):
    page = shown(releases, catalogue, f"/source/world_context?lang={language}&find={sought}")
    tables = [n for n in nodes(page) if "publications" in (getattr(n, "className", "") or "")]
    assert "World Development Indicators" in text(tables)
    assert "ILOSTAT" not in text(tables)
