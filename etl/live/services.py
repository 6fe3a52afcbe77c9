"""What to ask of a live service: an entry of `service` in source.yaml → requests.

An entry names a service of etl/services.yaml and the fields of its path, or gives an address:

service: ecb              a service; without it `address` is the whole address
file: exr.csv             the name that the answer gets in the vintage
dataflow: EXR             fields of the service's path, here also key: A.USD.EUR.SP00.A
parameters: {…}           added to those of the service; null takes one away
form: {…}                 the same, for a service that wants a form
each: {years: {early: "2010,2011"}}    a request for each value, where {years} stands; in `file` its name.
                          A list of values is its own names
accept: text/csv          in place of the service's media type
key: {parameter: k, environment: SERVICE_KEY}    of an address without a service: header or parameter

A base address can be another one, for a mirror or a test: CEI_SERVICE_<NAME> in the environment (NAME as
in services.yaml, or the name of the source), or an option of the command. One with a path stands in
place of the whole base; a bare host keeps the path of the service.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import yaml

from etl.errors import FetchFailed

SERVICES = Path(__file__).parents[1] / "services.yaml"
PATH_SAFE, QUERY_SAFE = ",@+*~;:.=-_|!()'", ",:;+*!()'/@|"
"""Signs that stand in addresses of these services as they are."""
FIELD = re.compile(r"\{(\w+)\}")
HIDDEN = "(key)"


@dataclass(frozen=True)
class Secrets:
    """Keys for one request, by header and by parameter; they go to the host they were meant for only."""

    headers: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    def hide(self, text: str) -> str:
        """The text without any of the keys, as they are or as an address writes them."""
        for secret in {*self.headers.values(), *self.parameters.values()}:
            for form in sorted({secret, quote(secret, safe=""), quote(secret)}, key=len, reverse=True):
                text = text.replace(form, HIDDEN)
        return text


@dataclass(frozen=True)
class Ask:
    """One request.

    Attributes:
        file: the name of the answer in the vintage.
        address: asked, with every parameter but the keys.
        pages, most: as in services.yaml.
    """

    file: str
    address: str
    accept: str = "*/*"
    method: str = "GET"
    form: Mapping[str, str] = field(default_factory=dict)
    secrets: Secrets = field(default_factory=Secrets)
    pages: Mapping[str, Any] | None = None
    most: Mapping[str, Any] | None = None

    def page(self, number: int) -> "Ask":
        """The same for another page: "gdp.json" becomes "gdp.2.json"."""
        if number == 1 or self.pages is None:
            return self
        stem, dot, kind = self.file.partition(".")
        more = "&" if urlsplit(self.address).query else "?"
        address = f"{self.address}{more}{self.pages['parameter']}={number}"
        return replace(self, file=f"{stem}.{number}{dot}{kind}", address=address)


@cache
def services() -> Mapping[str, Mapping[str, Any]]:
    """Everything that services.yaml says, by the name of the service."""
    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(SERVICES.read_text("utf-8"))
    return loaded


def variable(name: str) -> str:
    """The environment variable with another base address of a service or a source."""
    return f"CEI_SERVICE_{name.upper()}"


def requests(source_id: str, wanted: list[Mapping[str, Any]], base: str | None = None) -> list[Ask]:
    """The requests of all entries of a source.

    Args:
        source_id: the source, for its variable and for messages.
        wanted: `service` of its source.yaml.
        base: another base address for all of them.

    Raises:
        FetchFailed: an unknown service, a field that is lacking, a key that is not set, no address.
    """
    asks = [ask for entry in wanted for ask in _expanded(source_id, entry, base)]
    twice = {a.file for a in asks if [b.file for b in asks].count(a.file) > 1}
    if twice:
        raise FetchFailed(f"{source_id}: {', '.join(sorted(twice))} twice; put the field of `each` in `file`")
    return asks


def receipt(wanted: list[Mapping[str, Any]]) -> dict[str, str]:
    """What the receipt of a source says by default: publisher, licence, language, authority."""
    name = str(wanted[0].get("service", ""))
    return dict(services()[name].get("receipt", {})) if name in services() else {}


def _expanded(source_id: str, entry: Mapping[str, Any], base: str | None) -> Iterator[Ask]:
    """One request, or one for each value of `each`."""
    parts = {
        name: v if isinstance(v, Mapping) else {x: x for x in v} for name, v in entry.get("each", {}).items()
    }
    for chosen in product(*(part.items() for part in parts.values())):
        names, values = ({n: str(pair[at]) for n, pair in zip(parts, chosen, strict=True)} for at in (0, 1))
        named = {**entry, "file": _filled(str(entry["file"]), names)}
        yield _ask(source_id, _filled(named, values), base)


def _filled(value: Any, fields: Mapping[str, str]) -> Any:
    """The entry with {name} replaced in every text."""
    if isinstance(value, Mapping):
        return {k: _filled(v, fields) for k, v in value.items() if k != "each"}
    if isinstance(value, str):
        return FIELD.sub(lambda m: fields.get(m[1], m[0]), value)
    return value


def _ask(source_id: str, entry: Mapping[str, Any], base: str | None) -> Ask:
    name = entry.get("service")
    if name is not None and name not in services():
        raise FetchFailed(f"{source_id}: {name!r} is no service; services.yaml has {', '.join(services())}")
    service = services().get(str(name), {})
    plain = _address(source_id, entry, service)
    own = str(service.get("address", ""))
    address = _moved(plain, own, base or _elsewhere(source_id, str(name or ""), plain))
    keys = service.get("keys") or ([entry["key"]] if isinstance(entry.get("key"), Mapping) else [])
    return Ask(
        file=str(entry["file"]), address=address, secrets=_secrets(keys, plain),
        accept=str(entry.get("accept") or service.get("accept") or "*/*"),
        method=str(service.get("method", "GET")),
        form={k: str(v) for k, v in ({**service.get("form", {}), **entry.get("form", {})}).items()},
        pages=service.get("pages"), most=service.get("most"),
    )  # fmt: skip


def _address(source_id: str, entry: Mapping[str, Any], service: Mapping[str, Any]) -> str:
    """The address at the service's own host."""
    fields = {**service.get("defaults", {}), **entry}
    if not service:
        if "address" not in entry:
            raise FetchFailed(f"{source_id}: an entry of `service` names neither a service nor an address")
        path = str(entry["address"])
    else:
        lacking = [f for f in FIELD.findall(service["path"]) if f not in fields]
        if lacking:
            raise FetchFailed(f"{source_id}: `service` lacks {', '.join(lacking)} (path {service['path']})")
        below = FIELD.sub(lambda m: quote(str(fields[m[1]]), safe=PATH_SAFE), service["path"])
        path = f"{service['address']}/{below}".rstrip("/")
    asked = {**service.get("parameters", {}), **entry.get("parameters", {})}
    query = urlencode({k: v for k, v in asked.items() if v is not None}, safe=QUERY_SAFE, quote_via=quote)
    return f"{path}{'&' if urlsplit(path).query else '?'}{query}" if query else path


def _elsewhere(source_id: str, name: str, address: str) -> str | None:
    """Another base address that the environment gives: for the source, its service, or that of its host."""
    hosts = {urlsplit(str(s["address"])).netloc: n for n, s in services().items()}
    for known in (source_id, name, hosts.get(urlsplit(address).netloc, "")):
        if known and os.environ.get(variable(known)):
            return os.environ[variable(known)]
    return None


def _moved(address: str, own: str, base: str | None) -> str:
    if not base:
        return address
    there, here = urlsplit(base), urlsplit(address)
    if there.scheme not in ("http", "https") or not there.hostname:
        raise FetchFailed(f"{base!r} is no base address; expected one like http://127.0.0.1:8000")
    if there.path.strip("/") and own and address.startswith(own):
        return base.rstrip("/") + address[len(own) :]
    path = there.path.rstrip("/") + here.path
    return here._replace(scheme=there.scheme, netloc=there.netloc, path=path).geturl()


def _secrets(keys: list[Mapping[str, str]], address: str) -> Secrets:
    lacking = [k["environment"] for k in keys if not os.environ.get(k["environment"], "").strip()]
    if lacking:
        raise FetchFailed(f"{address} wants a key: set the environment variable {' and '.join(lacking)}")
    found = {place: {k[place]: os.environ[k["environment"]].strip() for k in keys if place in k}
             for place in ("header", "parameter")}  # fmt: skip
    return Secrets(found["header"], found["parameter"])
