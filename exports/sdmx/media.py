"""Media types: what each endpoint can say, and which of them a client is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exports.sdmx.csv_data import BOTH, ID, NAME, PLAIN, Options
from exports.sdmx.faults import NOT_ACCEPTABLE, Refused
from exports.sdmx.markup import V21, V30
from exports.sdmx.terms import same_version

STRUCTURE, DATA, AVAILABILITY = "structure", "data", "availability"
_BASE = "application/vnd.sdmx."


@dataclass(frozen=True)
class Media:
    """One form of a message.

    Attributes:
        id: as in `format=`.
        type: media type, without its version.
        version: of the format.
        layout: what writes it: "ml", "generic", "json" or "csv".
        options: of "csv", what is asked beside it.
    """

    id: str
    type: str
    version: str
    layout: str
    options: Options = PLAIN

    @property
    def header(self) -> str:
        """As Content-Type says it."""
        tail = "" if self.layout == "json" else "; charset=utf-8"
        usual = vars(PLAIN)
        asked = [f"; {_SAID[k]}={v}" for k, v in vars(self.options).items() if v != usual[k]]
        return f"{self.type};version={self.version}{tail}{''.join(asked)}"

    def asked(self, parameters: Mapping[str, str]) -> "Media | None":
        """It with what the parameters of a media type ask for; None where that is not written here.

        Only SDMX-CSV has such parameters, and 1.0 fewer of them; others are none of its business.
        """
        found = {}
        for name, (parameter, *values) in _OPTIONS.items() if self.layout == "csv" else ():
            given = parameters.get(parameter, "").strip('"')
            if self.version.startswith("1"):
                values = [v for v in values if v != NAME and name != "keys"] or [""]
            if given and given not in values:
                return None
            found[name] = given or vars(PLAIN)[name]
        return replace(self, options=Options(**found)) if found else self


_OPTIONS = {
    "labels": ("labels", ID, NAME, BOTH),
    "keys": ("keys", "none", "obs", "series", BOTH),
    "time": ("timeformat", "original", "normalized"),
}
"""Field of Options → the parameter of a media type, in lower case, and what it may be."""
_SAID = {"labels": "labels", "keys": "keys", "time": "timeFormat"}
STRUCTURES = (
    Media("ml-2.1", f"{_BASE}structure+xml", V21, "ml"),
    Media("ml-3.0", f"{_BASE}structure+xml", "3.0.0", "ml"),
    Media("json", f"{_BASE}structure+json", "2.0.0", "json"),
)
MESSAGES = (
    Media("generic", f"{_BASE}genericdata+xml", V21, "generic"),
    Media("ml-2.1", f"{_BASE}structurespecificdata+xml", V21, "ml"),
    Media("ml-3.0", f"{_BASE}data+xml", "3.0.0", "ml"),
    Media("json", f"{_BASE}data+json", "2.0.0", "json"),
    Media("csv", f"{_BASE}data+csv", "2.0.0", "csv"),
    Media("csv-1", f"{_BASE}data+csv", "1.0.0", "csv"),
)
"""The first that fits is given."""
_SAME = {
    f"{_BASE}generictimeseriesdata+xml": MESSAGES[0],
    f"{_BASE}structurespecifictimeseriesdata+xml": MESSAGES[1],
}
_USUAL = {
    (STRUCTURE, V21): "ml-2.1",
    (STRUCTURE, V30): "ml-3.0",
    (DATA, V21): "generic",
    (DATA, V30): "ml-3.0",
}
"""What a client gets that takes everything: SDMX-ML, since not all stock clients read SDMX-JSON 2.0."""


def chosen(what: str, dialect: str, accept: str, wanted: str = "") -> Media:
    """The form of the answer.

    Args:
        what: STRUCTURE, DATA or AVAILABILITY.
        dialect: V21 or V30, by the address.
        accept: the header Accept.
        wanted: `format=`; it goes before the header.

    Raises:
        Refused: none of what is asked for is written here.
    """
    forms = MESSAGES if what == DATA else STRUCTURES
    named = {form.id: form for form in forms}
    if wanted:
        if wanted in named:
            return named[wanted]
        raise Refused(
            NOT_ACCEPTABLE, f"format={wanted!r} is not written here; written are {', '.join(named)}"
        )
    asked = _asked(accept)
    banned = {_fitting(kind, given, forms, None) for kind, given, weight in asked if weight == 0}
    left = [form for form in forms if form not in banned]
    usual = named[_USUAL[DATA if what == DATA else STRUCTURE, dialect]]
    instead = usual if usual in left else next(iter(left), None)
    for kind, parameters, weight in asked:
        found = _fitting(kind, parameters, left, instead) if weight else None
        if found and (made := found.asked(parameters)):
            return made
    known = ", ".join(f"{form.type};version={form.version}" for form in forms)
    options = "; ".join(f"{_SAID[name]}={'|'.join(v)}" for name, (_, *v) in _OPTIONS.items())
    beside = f"; of SDMX-CSV 2.0 {options}, of 1.0 labels=id|both and timeFormat" if what == DATA else ""
    raise Refused(
        NOT_ACCEPTABLE, f"Accept {accept!r} names nothing that is written here; written are {known}{beside}"
    )


def _asked(accept: str) -> Sequence[tuple[str, Mapping[str, str], float]]:
    """Media types, their parameters and weights, the most wanted first; what weighs nothing is refused."""
    found = []
    for part in accept.split(",") if accept.strip() else ["*/*"]:
        kind, *rest = (p.strip() for p in part.split(";"))
        parameters = {k.strip().lower(): v.strip() for k, _, v in (p.partition("=") for p in rest)}
        found.append((_weight(parameters.pop("q", "1")), kind.lower(), parameters))
    return [(kind, given, weight) for weight, kind, given in sorted(found, key=lambda f: -f[0])]


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _fitting(
    kind: str, parameters: Mapping[str, str], forms: Sequence[Media], usual: Media | None
) -> Media | None:
    """What a media type asks for; `usual` where it leaves that open."""
    loose = {
        "*/*": usual, "application/*": usual, "application/xml": usual, "text/xml": usual, "text/html": usual,
        **{f"{k}/json": f for f in forms if f.layout == "json" for k in ("application", "text")},
        **{"/".join(("text", f.id)): f for f in forms if f.id == "csv"},
    }  # fmt: skip
    if kind in loose:
        return loose[kind]
    if kind in _SAME and _SAME[kind] in forms:
        return _SAME[kind]
    same = [form for form in forms if form.type == kind]
    version = parameters.get("version")
    if version is None:
        return usual if usual in same else next(iter(same), None)
    return next((form for form in same if same_version(form.version, version)), None)
