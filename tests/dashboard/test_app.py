"""The program itself: what it says when there is nothing to show."""

import os
import subprocess
import sys

from tests.conftest import ROOT


def test_without_a_release_it_refuses_kindly(tmp_path):
    environment = os.environ | {"CEI_DATA": str(tmp_path), "PORT": "0"}
    run = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "python -m etl build" in run.stderr
    assert "Traceback" not in run.stderr
