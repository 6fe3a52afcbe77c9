"""A server of the API alone, on a port of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress import create_server

from exports.api import Settings, blueprint
from exports.bulk import File
from indicators.catalogue import Catalogue
from indicators.store import Releases, Store


def pieces(store: Store) -> Iterator[bytes]:
    """A file of two pieces."""
    yield b"release\r\n"
    yield f"{store.release.id}\r\n".encode()


DOWNLOADS = (File("all.csv", "Every figure", "text/csv; charset=utf-8", "csv", pieces),)


def site(releases: Releases, catalogue: Catalogue, settings: Settings | None = None) -> Flask:
    app = Flask("api")
    app.register_blueprint(blueprint(releases, catalogue, DOWNLOADS, settings or Settings(rate=0)))
    return app


@contextmanager
def live(app: Flask) -> Iterator[str]:
    """The address of `app` while it is served."""
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(5)
