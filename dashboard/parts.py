"""What every page is made of besides its figures: scripts, styles, letters; each packed once.

A part has an address with the hash of its folder in it, so that a browser keeps it for ever and never
asks again: `/parts/<hash>/<name>`. Two folders, so that a change of ours does not send the libraries
anew. Packed copies (brotli and gzip at their best, which takes half a minute) stay in data/packed,
named by content: `python -m dashboard.parts` makes them at set-up, and a server those of what has changed
since; until they are there, a quick copy serves.
"""

import gzip
import json
import logging
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from mimetypes import guess_type
from os import getpid
from pathlib import Path

import brotli

from dashboard import bundle, theme

log = logging.getLogger(__name__)

PACKED = Path(__file__).parents[1] / "data" / "packed"
ASSETS = Path(__file__).parent / "assets"
LIBRARIES = {
    "react.js": ("dash", "deps/react@18.3.1.min.js"),
    "react-dom.js": ("dash", "deps/react-dom@18.3.1.min.js"),
    "prop-types.js": ("dash", "deps/prop-types@15.8.1.min.js"),
    "dash_html_components.js": ("dash", "html/dash_html_components.min.js"),
    "dash_core_components.js": ("dash", "dcc/dash_core_components.js"),
    "dash_core_components-shared.js": ("dash", "dcc/dash_core_components-shared.js"),
    "dash_renderer.js": ("dash", "dash-renderer/build/dash_renderer.min.js"),
    "async-dropdown.js": ("dash", "dcc/async-dropdown.js"),
    "async-slider.js": ("dash", "dcc/async-slider.js"),
    "async-upload.js": ("dash", "dcc/async-upload.js"),
    "plotly.js": ("plotly", "package_data/plotly.min.js"),
    "grid.js": ("dash_ag_grid", "dash_ag_grid.min.js"),
}
"""Name at our address → package and file in it, of the versions that the lock file pins."""
SCRIPTS = ("site.js", "react.js", "react-dom.js")
"""What stands in the page, in this order: ours asks for the first answer while the next is read."""
DASH = (
    "prop-types.js",
    "dash_renderer.js",
    "dash_html_components.js",
    "dash_core_components.js",
    "dash_core_components-shared.js",
)
"""What follows in this order, on some pages once the first chart stands there: dcc looks for the renderer."""
LATER = {"plotly": "plotly.js", "lightPlotly": "plotly-cartesian.js", "grid": "grid.js"}
"""What site.part(…) in the browser calls what is loaded only when it is needed."""
OURS = {"site.js": "*.js", "site.css": "*.css"}
"""One file of each kind, out of all in assets/ in the order of their names."""
TEXTS = (".js", ".css", ".svg", ".json", ".txt")
QUICK, BEST = 5, 11
_PACKERS: dict[str, Callable[[bytes, bool], bytes]] = {
    "br": lambda raw, best: brotli.compress(raw, quality=BEST if best else QUICK),
    "gzip": lambda raw, best: gzip.compress(raw, compresslevel=9 if best else QUICK, mtime=0),
}


class Parts:
    """All parts, by address.

    Args:
        packed: folder of the packed copies; what cannot be written there is packed for this run alone.

    Raises:
        FileNotFoundError: a library is not where its version has it.
    """

    def __init__(self, packed: Path = PACKED) -> None:
        own = _own()
        libraries: dict[str, bytes | Path] = {n: _installed(*where) for n, where in LIBRARIES.items()}
        if bundle.KEPT.exists():
            libraries["plotly-cartesian.js"] = bundle.KEPT
        self._packed = packed
        self._files: dict[str, bytes | Path] = {}
        self._addresses: dict[str, str] = {}
        for group in (libraries, own):
            folder = _hash(*(_read(body) for _, body in sorted(group.items())))
            for name, body in group.items():
                address = f"/parts/{folder}/{name}"
                self._files[address] = body
                self._addresses[name] = address
        self._copies: dict[tuple[str, str], bytes] = {}

    def address(self, name: str) -> str:
        """The address of a part, such as site.js or fonts/OFL.txt; KeyError where there is none."""
        return self._addresses[name]

    def scripts(self) -> list[str]:
        """Addresses of the scripts that run with the page, in their order."""
        return [self.address(name) for name in SCRIPTS]

    def dash(self) -> list[str]:
        """Addresses of the scripts of Dash, in their order."""
        return [self.address(name) for name in DASH]

    def told(self) -> str:
        """What our scripts must know, as JSON: addresses of the rest, our folder, the colours of the dark."""
        later = {name: self._addresses[of] for name, of in LATER.items() if of in self._addresses}
        folder = self.address("site.js").removesuffix("site.js")
        return json.dumps({**later, "assets": folder, "dark": theme.DARK})

    def body(self, address: str, takes: str) -> tuple[bytes, str, str] | None:
        """Content, media type and encoding of a part; None where there is none at this address.

        Args:
            address: path that was asked for.
            takes: the Accept-Encoding of the reader.
        """
        body = self._files.get(address)
        if body is None:
            return None
        media = guess_type(address)[0] or "application/octet-stream"
        if not address.endswith(TEXTS):
            return _read(body), media, ""
        encoding = next((e for e in _PACKERS if e in takes), "")
        return (self._copy(address, encoding) if encoding else _read(body)), media, encoding

    def pack(self) -> None:
        """Pack at best what is not packed yet, and put away what belongs to no part; for a thread beside."""
        wanted = set()
        for address, body in self._files.items():
            if not address.endswith(TEXTS):
                continue
            raw = _read(body)
            for encoding, packer in _PACKERS.items():
                kept = self._kept(raw, encoding)
                wanted.add(kept)
                if not kept.exists():
                    self._copies[address, encoding] = _keep(kept, packer(raw, True))
        for encoding in _PACKERS:
            for path in set(self._packed.glob(f"*.{encoding}")) - wanted:
                path.unlink(missing_ok=True)

    def _copy(self, address: str, encoding: str) -> bytes:
        known = self._copies.get((address, encoding))
        if known is None:
            raw = _read(self._files[address])
            kept = self._kept(raw, encoding)
            known = kept.read_bytes() if kept.exists() else _PACKERS[encoding](raw, False)
            self._copies[address, encoding] = known
        return known

    def _kept(self, raw: bytes, encoding: str) -> Path:
        return self._packed / f"{_hash(raw)}.{encoding}"


@cache
def parts() -> Parts:
    """The parts of this site; read once a process."""
    return Parts()


def library(name: str) -> Path:
    """The file of one of LIBRARIES; FileNotFoundError where its version has none."""
    return _installed(*LIBRARIES[name])


def _own() -> dict[str, bytes | Path]:
    """Our files by name under assets/: scripts and styles as one each, the others as they are."""
    found: dict[str, bytes | Path] = {
        name: b"\n".join(path.read_bytes() for path in sorted(ASSETS.glob(pattern)))
        for name, pattern in OURS.items()
    }
    whole = {path for pattern in OURS.values() for path in ASSETS.glob(pattern)}
    rest = (path for path in sorted(ASSETS.rglob("*")) if path.is_file() and path not in whole)
    return found | {path.relative_to(ASSETS).as_posix(): path for path in rest}


def _installed(package: str, inside: str) -> Path:
    """A file of an installed package, which is not imported for it."""
    spec = find_spec(package)
    folders: Iterable[str] = (spec.submodule_search_locations or ()) if spec else ()
    for folder in folders:
        if (path := Path(folder) / inside).is_file():
            return path
    raise FileNotFoundError(f"{package} has no {inside}; dashboard/parts.py names the files of its version")


def _read(body: bytes | Path) -> bytes:
    return body if isinstance(body, bytes) else body.read_bytes()


def _hash(*contents: bytes) -> str:
    digest = blake2b(digest_size=8)
    for content in contents:
        digest.update(content)
    return digest.hexdigest()


def _keep(path: Path, content: bytes) -> bytes:
    """The same content, kept as a file where that can be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{getpid()}")
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as fault:
        log.warning("%s cannot be kept (%s); it is packed anew at each start", path, fault)
    return content


if __name__ == "__main__":
    parts().pack()
