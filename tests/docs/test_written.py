"""Pages written by hand: their links resolve, and they speak only of what is there."""

import re
from pathlib import Path

import duckdb
import pytest

from etl.errors import Kind
from tests.conftest import ROOT

WRITTEN = sorted(
    p
    for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*/README.md")]
    if p.is_file()
)
LINK = re.compile(r"!?\[(?:[^\]\\]|\\.)*\]\(<?([^)>\s]+)>?\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = CODE.sub("", page.read_text("utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.strip().lower()).replace(" ", "-") for t in titles}


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_link_of_a_page_leads_somewhere(page):
    for target in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        if re.match(r"https?://|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{named(page)} links to {target}"
        assert ROOT in there.parents or there == ROOT, f"{named(page)} links out of the project: {target}"
        if anchor:
            assert anchor in anchors(there), f"{named(page)} links to {target}, which has no such heading"


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_no_page_names_a_machine_or_has_work_left_in_it(page):
    text = page.read_text("utf-8")
    for word in ("/work/", "/home/", "localhost:", "TODO", "FIXME", "../shared"):
        assert word not in text, f"{named(page)} holds {word!r}"


def test_the_readme_fits_one_screen_and_shows_a_picture():
    assert len(README.splitlines()) <= 60
    (picture,) = re.findall(r"!\[.+\]\((docs/images/\S+\.png)\)", README)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_only_targets_that_make_has_are_named(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    used = set(re.findall(r"\bmake ([a-z]+)\b(?! sure)", "\n".join(code(ROOT / page))))
    assert used
    assert used <= targets


def code(page: Path) -> list[str]:
    """What stands in code on a page, inline or in blocks."""
    text = page.read_text("utf-8")
    return CODE.findall(text) + re.findall(r"`([^`\n]+)`", CODE.sub("", text))


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/method.md", "docs/architecture.md"])
def test_files_named_in_code_exist(page):
    """A path that begins with a folder of ours, or is a file of the root, is there; a build makes releases."""
    built = ("data/processed/current", "data/processed/releases")
    ours = {p.name for p in ROOT.iterdir()}
    for said in code(ROOT / page):
        for path in re.findall(r"[\w./-]+/[\w./-]*|\b\w+\.(?:py|md|toml|cmd|yaml|lock)\b", said):
            first = path.strip("./").split("/")[0]
            placeholder = re.search(rf"{re.escape(path)}[<*{{]", said) or path.startswith(("/", *built))
            if first in ours and not placeholder and not first.startswith(".venv"):
                assert (ROOT / path.rstrip("./")).exists(), f"{page} names {path}"


def test_the_make_for_windows_does_the_two_steps_that_the_readme_promises():
    commands = (ROOT / "make.cmd").read_text("utf-8")
    for step in ("run", "test"):
        assert f":{step}\n" in commands.replace("\r\n", "\n")
        assert f"make {step}" in README.partition("### Windows")[2].partition("## ")[0]


def test_the_table_of_exit_codes_is_that_of_the_code():
    table = CONTRIBUTING.partition("## Exit codes")[2]
    said = {name: int(code) for code, name in re.findall(r"^\| (\d+) \| `(\w+)` \|", table, re.MULTILINE)}
    assert said == {kind.name: kind.value for kind in Kind}


DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize("record", DECISIONS, ids=named)
def test_a_decision_is_short_numbered_and_says_why(record):
    lines = record.read_text("utf-8").splitlines()
    assert len(lines) <= 15
    assert max(map(len, lines)) <= 120
    assert lines[0].startswith(f"# {int(record.name[:4])}. ")
    for part in ("Context", "Decision", "Consequence"):
        assert any(line.startswith(f"**{part}.**") for line in lines), f"{record.name} lacks its {part}"


def test_decisions_are_numbered_without_gaps_and_listed():
    assert [int(d.name[:4]) for d in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    listed = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    for record in DECISIONS:
        title = record.read_text("utf-8").splitlines()[0].removeprefix("# ")
        assert f"- [{title}]({record.name})" in listed


def test_the_example_of_how_to_read_a_release_works(processed):
    """The query of data/processed/README.md, run by a DuckDB that knows nothing of this project."""
    page = (ROOT / "data" / "processed" / "README.md").read_text("utf-8")
    (query,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    query = query.replace("data/processed/", f"{processed.as_posix()}/").rstrip().rstrip(";")
    claims = duckdb.sql(query).pl()
    bound = claims.filter(claims["hedge"] == "over").row(0, named=True)
    assert (bound["obs_low"], bound["obs_high"], bound["figure_id"]) == (2e9, float("inf"), "KAZ-056")


def test_the_licences_of_all_collections_stand_beside_the_raw_figures():
    page = (ROOT / "data" / "raw" / "README.md").read_text("utf-8")
    for folder in (p for p in (ROOT / "data" / "raw").iterdir() if p.is_dir()):
        assert f"| `{folder.name}` |" in page.partition("## Licences")[2]


def test_the_columns_of_the_ledger_are_all_explained():
    import yaml

    page = (ROOT / "data" / "raw" / "README.md").read_text("utf-8")
    facts = yaml.safe_load((ROOT / "etl" / "sources" / "claims" / "source.yaml").read_text("utf-8"))
    for column in {c for header in facts["files"].values() for c in header}:
        assert f"`{column}`" in page, f"data/raw/README.md does not explain the column {column}"
