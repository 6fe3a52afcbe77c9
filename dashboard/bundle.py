"""Brings the lighter bundle of Plotly: python -m dashboard.bundle, at set-up.

The Python package carries the whole plotly.js, 1.1 MB packed; the charts of most pages need a third of
it, which is published by itself as an npm package of the same version. Where npm is at hand it brings
that; where it is not, or the registry is away, the whole bundle serves, and this says so.
"""

import base64
import subprocess
import sys
import tarfile
from hashlib import sha512
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

VERSION = "4.1.1"
"""Of plotly.js, as the pinned package plotly carries it."""
PACKAGE = f"plotly.js-cartesian-dist-min@{VERSION}"
INSIDE = "package/plotly-cartesian.min.js"
SHA512 = "o8GrFeusncwBIxbBynRJpY4pkgVB6caM+JLpwrLYbbsO7dZ8FJ+SVN2Fr+L7kiG/Z6w4P5O0Jus/Qr5EefHVeg=="
"""Of the archive, as npm writes it."""
KEPT = Path(__file__).parents[1] / "data" / "packed" / f"plotly-cartesian-{VERSION}.js"
LONGEST = 90
"""Seconds after which npm is given up."""


class NotBrought(Exception):
    """The lighter bundle could not be had; the message says why."""


def main() -> int:
    """Bring it unless it is there; always 0, for the site works without it."""
    if KEPT.exists():
        return 0
    try:
        _keep(KEPT, unpacked(fetched()))
    except (NotBrought, OSError) as fault:
        print(f"the whole Plotly bundle will serve, 0.7 MB more on the first chart: {fault}")
    return 0


def fetched() -> bytes:
    """The archive, by npm as it is set up here.

    Raises:
        NotBrought: there is no npm, or it did not bring the archive.
    """
    npm = which("npm")
    if npm is None:
        raise NotBrought("npm is not installed")
    with TemporaryDirectory() as folder:
        command = [npm, "pack", PACKAGE, "--ignore-scripts", "--pack-destination", folder]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST)
        except subprocess.TimeoutExpired:
            raise NotBrought(f"npm brought nothing within {LONGEST} s") from None
        archives = list(Path(folder).glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            said = done.stderr.strip().splitlines()[-1:] or ["no word why"]
            raise NotBrought(f"npm did not bring {PACKAGE}: {said[0]}")
        return archives[0].read_bytes()


def unpacked(archive: bytes) -> bytes:
    """The script in the archive.

    Raises:
        NotBrought: the archive is not the one that is meant.
    """
    if base64.b64encode(sha512(archive).digest()).decode() != SHA512:
        raise NotBrought(f"what came is not {PACKAGE}: its SHA-512 is another")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.tgz"
        path.write_bytes(archive)
        with tarfile.open(path) as opened:
            script = opened.extractfile(INSIDE)
            if script is None:
                raise NotBrought(f"{PACKAGE} holds no {INSIDE}")
            return script.read()


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)


if __name__ == "__main__":
    sys.exit(main())
