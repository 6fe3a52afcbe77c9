"""The page of tasks and the tests that do them say the same."""

import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "tasks.md").read_text("utf-8")


def test_every_task_of_the_page_is_done_by_a_test_and_the_other_way_round():
    written = re.findall(r"^\| ([MEP]\d+) \|", PAGE, re.MULTILINE)
    tests = "".join(
        p.read_text("utf-8") for p in sorted((ROOT / "tests" / "browser").glob("test_tasks_*.py"))
    )
    done = [name.upper() for name in re.findall(r"^def test_([mep]\d+)_", tests, re.MULTILINE)]
    assert len(written) == len(set(written)) == 30
    assert sorted(done) == sorted(written)
