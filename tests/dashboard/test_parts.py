"""What pages are made of: addresses that never change their content, packed as the reader takes it."""

import gzip
import re

import brotli
import pytest

from dashboard import parts, site

LIBRARIES = parts.LIBRARIES


@pytest.fixture(scope="module")
def client(releases, catalogue):
    return site.build(releases, catalogue).server.test_client()


def test_the_first_page_loads_parts_under_names_of_their_content(client):
    first = client.get("/?lang=ru")
    told = first.get_data(as_text=True)
    assert 'lang="ru"' in told
    for address in parts.parts().scripts():
        assert f'src="{address}"' in told
    loaded = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', told)
    assert len(loaded) == len(parts.SCRIPTS) + len(parts.DASH) + len(("site.css", "favicon.svg"))
    assert all(address.startswith("/parts/") for address in loaded)


@pytest.mark.parametrize("name", ["site.js", "site.css", "react.js", "plotly.js", "grid.js"])
def test_a_part_is_the_same_however_it_is_packed_and_kept_for_ever(client, name):
    address = parts.parts().address(name)
    plain = client.get(address)
    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Content-Encoding" not in plain.headers
    for takes, unpack in {"br": brotli.decompress, "gzip": gzip.decompress}.items():
        packed = client.get(address, headers={"Accept-Encoding": takes})
        assert packed.headers["Content-Encoding"] == takes
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert unpack(packed.get_data()) == plain.get_data()
        assert len(packed.get_data()) < len(plain.get_data())


def test_letters_are_sent_as_they_are(client):
    font = client.get(
        parts.parts().address("fonts/source-sans-3-latin-wght-normal.woff2"),
        headers={"Accept-Encoding": "br"},
    )
    assert font.mimetype == "font/woff2"
    assert "Content-Encoding" not in font.headers


def test_a_part_of_before_is_not_answered_with_another(client):
    folder, name = parts.parts().address("site.js").rsplit("/", 1)
    assert client.get(f"{folder[:-1]}x/{name}").status_code == 404
    assert client.get("/parts/../app.py").status_code == 404


@pytest.fixture
def few(monkeypatch):
    """Sites without libraries, but for those that a test names."""
    monkeypatch.setattr(parts.bundle, "KEPT", parts.ASSETS / "no such bundle.js")

    def of(*names):
        monkeypatch.setattr(parts, "LIBRARIES", {name: LIBRARIES[name] for name in names})

    return of


def test_packing_keeps_the_best_copies_and_puts_away_what_belongs_to_nothing(tmp_path, few):
    few("react.js")
    (tmp_path / "0123.br").write_bytes(b"of a former version")
    (tmp_path / "README").write_bytes(b"of somebody else")
    some = parts.Parts(tmp_path)
    address = some.address("react.js")
    quick = some.body(address, "br")[0]
    some.pack()
    best = some.body(address, "gzip, br")[0]
    assert brotli.decompress(best) == brotli.decompress(quick)
    assert len(best) < len(quick)
    assert best in [path.read_bytes() for path in tmp_path.glob("*.br")]
    assert not (tmp_path / "0123.br").exists()
    assert (tmp_path / "README").exists()


def test_a_folder_that_cannot_be_written_packs_in_memory(tmp_path, few):
    few()
    (tmp_path / "packed").write_text("a file stands where the folder should")
    some = parts.Parts(tmp_path / "packed")
    some.pack()
    assert brotli.decompress(some.body(some.address("site.css"), "br")[0]).startswith(b"/*")


def test_a_library_that_moved_is_named(monkeypatch):
    monkeypatch.setattr(parts, "LIBRARIES", {"react.js": ("dash", "deps/react@1.js")})
    with pytest.raises(FileNotFoundError, match=r"dash has no deps/react@1\.js; dashboard/parts\.py"):
        parts.Parts()
