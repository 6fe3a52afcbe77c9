"""The lighter bundle of Plotly: brought by npm, checked, and done without where it cannot be had."""

import io
import json
import tarfile

import pytest

from dashboard import bundle, parts


def archive(name):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as made:
        made.addfile(tarfile.TarInfo(name), io.BytesIO())
    return held.getvalue()


def test_it_is_of_the_version_that_the_whole_bundle_has():
    whole = parts._installed("plotly", "package_data/plotly.min.js")
    assert f"plotly.js v{bundle.VERSION}\n" in whole.read_text("utf-8")[:200]


def test_without_npm_the_whole_serves_and_the_set_up_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bundle, "KEPT", tmp_path / "bundle.js")
    monkeypatch.setattr(bundle, "which", lambda name: None)
    assert bundle.main() == 0
    assert "the whole Plotly bundle will serve" in capsys.readouterr().out
    assert not (tmp_path / "bundle.js").exists()
    told = json.loads(parts.Parts(tmp_path).told())
    assert "lightPlotly" not in told
    assert told["plotly"].endswith("/plotly.js")


def test_an_archive_with_another_hash_is_not_used(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bundle, "KEPT", tmp_path / "bundle.js")
    monkeypatch.setattr(bundle, "fetched", lambda: archive(bundle.INSIDE))
    assert bundle.main() == 0
    assert "its SHA-512 is another" in capsys.readouterr().out
    assert not (tmp_path / "bundle.js").exists()


def test_a_failing_npm_is_quoted(monkeypatch):
    monkeypatch.setattr(bundle, "which", lambda name: "npm")

    def refused(command, **how):
        return bundle.subprocess.CompletedProcess(command, 1, "", "npm error\nnpm error network is away\n")

    monkeypatch.setattr(bundle.subprocess, "run", refused)
    with pytest.raises(bundle.NotBrought, match="network is away"):
        bundle.fetched()


def test_where_it_is_there_it_is_a_part(tmp_path, monkeypatch):
    kept = tmp_path / "bundle.js"
    kept.write_text("the bundle")
    monkeypatch.setattr(bundle, "KEPT", kept)
    some = parts.Parts(tmp_path)
    address = json.loads(some.told())["lightPlotly"]
    assert some.body(address, "")[0] == b"the bundle"
