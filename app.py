"""Opens the current release read-only, builds the dashboard and serves it.

HOST and PORT say where (127.0.0.1:8050), CEI_DATA which processed folder (data/processed).
"""

import logging
import os
import sys
from functools import partial
from pathlib import Path
from threading import Thread

from waitress import create_server

from dashboard import ahead, parts, site
from exports import api, bulk
from exports.sdmx import service
from indicators import catalogue
from indicators.concepts.release import NoRelease
from indicators.store import Releases, SpoiledRelease

PROCESSED = Path(__file__).parent / "data" / "processed"
THREADS = 8


def main() -> int:
    """Serve until stopped; 1 where there is nothing to serve."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8050"))
    try:
        releases = Releases(Path(os.environ.get("CEI_DATA", PROCESSED)))
    except (NoRelease, SpoiledRelease) as fault:
        print(f"There is nothing to show yet: {fault}", file=sys.stderr)
        return 1
    definitions = catalogue.load()
    app = site.build(releases, definitions)
    gate = api.Gate()
    app.server.register_blueprint(api.blueprint(releases, definitions, bulk.FILES, gate=gate))
    app.server.register_blueprint(service.blueprint(releases, definitions, gate))
    Thread(target=_prepare, args=(releases, definitions), name="preparing", daemon=True).start()
    server = create_server(app.server, host=host, port=port, threads=THREADS)
    print(f"Creative Economy Indicators is ready: http://{host}:{port}", flush=True)
    server.run()
    return 0


def _prepare(releases: Releases, definitions: catalogue.Catalogue) -> None:
    """What need not be ready for the first reader: parts packed as small as can be, tables of the release."""
    parts.parts().pack()
    releases.ahead(partial(ahead.work_out, catalogue=definitions))


if __name__ == "__main__":
    sys.exit(main())
