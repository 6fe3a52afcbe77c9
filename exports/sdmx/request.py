"""Requests of SDMX REST 1.5 (SDMX 2.1) and 2.x (SDMX 3.0): the address read into what is asked.

An agency in a path does not choose: we maintain everything here, and a stock client writes there the name
under which its user filed us. Only SDMX means SDMX, whose artefacts we do not keep.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from exports.sdmx.artefacts import SDMX
from exports.sdmx.components import (
    ATTRIBUTES,
    EVERYTHING,
    KEY,
    KNOWN,
    MEASURES,
    STRUCTURE,
    TIME,
    VERSION,
)
from exports.sdmx.faults import NOT_FOUND, NOT_IMPLEMENTED, SYNTAX, Refused
from exports.sdmx.filters import bound, plain, unfit
from exports.sdmx.markup import V21, V30
from exports.sdmx.media import AVAILABILITY, DATA
from exports.sdmx.media import STRUCTURE as STRUCTURES
from exports.sdmx.ml_data import FLAT
from exports.sdmx.terms import (
    ANY,
    COMMON,
    DETAILS,
    FILTER,
    KINDS,
    LACKING,
    NOT_KEPT,
    OPERATORS,
    OTHER_KINDS,
    RELATED,
    same_version,
    several,
    versions,
)
from indicators.concepts.period import Period, UnreadablePeriod
from indicators.query import day, refusal


@dataclass(frozen=True)
class Wanted:
    """A request for structures.

    Attributes:
        kinds: of artefacts, of KINDS.
        ids, versions, items: named ones; empty = all.
        references: of RELATED or types.
        detail: one of DETAILS.
        foreign: whether artefacts of SDMX itself are asked for.
    """

    kinds: tuple[str, ...]
    ids: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    references: tuple[str, ...] = ("none",)
    detail: str = "full"
    foreign: bool = False


@dataclass(frozen=True)
class Selection:
    """A request for data, or for what data there is.

    Attributes:
        flows: ids of dataflows.
        keys: alternatives; each says which codes a dimension may have.
        filters: component, and alternatives of operator and value; all of them hold.
        start, end: periods; None = no bound.
        at: the dimension that observations of a series differ by, or FLAT.
        attributes: which are given; None = all.
        measured: whether values are given.
        first, last: observations of each series; None = all.
        offset, limit: observations of the whole.
        as_of: the day as of which it is asked.
        component: the dimension of which availability is asked; "" = all.
        references: of availability.
    """

    flows: tuple[str, ...]
    keys: tuple[Mapping[str, frozenset[str]], ...] = ()
    filters: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    start: Period | None = None
    end: Period | None = None
    at: str = TIME
    attributes: tuple[str, ...] | None = None
    measured: bool = True
    first: int | None = None
    last: int | None = None
    offset: int = 0
    limit: int | None = None
    as_of: date | None = None
    component: str = ""
    references: tuple[str, ...] = ("none",)


Parameters = Mapping[str, Sequence[str]]
"""Name → its values, in the order of the address."""


def read(path: str, query: Parameters) -> tuple[str, str, Wanted | Selection]:
    """What is asked (media.STRUCTURE, DATA or AVAILABILITY), the dialect, and the request.

    The first part of the path may be 2.1 or 3.0; without it the rest tells them apart.

    Raises:
        Refused: the address is no request; says everything that is wrong with it.
    """
    parts = path.strip("/").split("/")
    dialect = parts.pop(0) if parts[0] in (V21, V30) else ""
    while parts and parts[-1] == "":
        parts.pop()
    if not parts:
        raise Refused(SYNTAX, "the path names no resource; begin with dataflow/all or structure/dataflow")
    dialect = dialect or _dialect(parts)
    what, rest = parts[0].lower(), parts[1:]
    if what == "data":
        return DATA, dialect, _Reader(dialect, query).data(rest)
    if what in ("availability", "availableconstraint"):
        return AVAILABILITY, dialect, _Reader(dialect, query).availability(rest)
    if what == "schema":
        return STRUCTURES, dialect, _Reader(dialect, query).schema(rest)
    if what in NOT_KEPT:
        raise Refused(NOT_IMPLEMENTED, f"{what!r} is of the standard, and nothing of it is kept here")
    if dialect == V30:
        if what != "structure":
            raise Refused(SYNTAX, refusal("resource", what, ("structure", "data", "availability", "schema")))
        what, rest = (rest[0].lower(), rest[1:]) if rest else ("*", [])
    return STRUCTURES, dialect, _Reader(dialect, query).structure(what, rest)


def _dialect(parts: Sequence[str]) -> str:
    first = parts[0].lower()
    contexts = ("dataflow", "datastructure", "provisionagreement", "*")
    new = first in ("availability",) or (
        first == "structure" and len(parts) > 1 and parts[1].lower() in (*KINDS, *OTHER_KINDS, "*")
    )
    return V30 if new or (first == "data" and len(parts) > 1 and parts[1] in contexts) else V21


class _Reader:
    """One address: its parameters, and the faults found in it so far."""

    def __init__(self, dialect: str, query: Parameters) -> None:
        self.dialect, self.faults, self.absent = dialect, list[str](), ""
        self.query = {name: values[-1] for name, values in query.items()}
        twice = (n for n, values in query.items() if len(values) > 1 and not FILTER.fullmatch(n))
        self.faults += [f"the parameter {name!r} stands there twice" for name in twice]
        self.filters = [(n[2:-1], v) for n, values in query.items() if FILTER.fullmatch(n) for v in values]

    # Endpoints

    def structure(self, kind: str, rest: Sequence[str]) -> Wanted:
        """/{kind}/{agency}/{id}/{version}/{item}."""
        self._known("detail", "references")
        agency, name, version, item = self._padded(rest, 4)
        every = kind in ("*", "structure", "all")
        if not every and kind not in KINDS and kind not in OTHER_KINDS:
            self.faults.append(refusal("type of structure", kind, (*KINDS, *OTHER_KINDS)))
        detail = self.query.get("detail", "full")
        if detail not in DETAILS:
            self.faults.append(refusal("detail", detail, DETAILS))
        wanted = Wanted(
            tuple(dict.fromkeys(KINDS.values())) if every else (KINDS[kind],) if kind in KINDS else (),
            several(name), versions(version), several(item), self._references(), detail, agency == SDMX,
        )  # fmt: skip
        self._settle()
        return wanted

    def schema(self, rest: Sequence[str]) -> Wanted:
        """/{context}/{agency}/{id}/{version}: what a message of data is checked against."""
        self._known("dimensionAtObservation", "explicitMeasure", "deletion")
        context, agency, name, version = self._padded(rest, 4)
        contexts = ("dataflow", "datastructure")
        if context not in contexts:
            self.faults.append(refusal("context", context, contexts))
        if not several(name):
            self.faults.append("the path names no dataflow; write schema/dataflow/CEI/INDICATORS")
        self._settle()
        return Wanted(
            (KINDS[context],), several(name), versions(version),
            references=("descendants", "contentconstraint") if context == "dataflow" else ("descendants",),
            foreign=agency == SDMX,
        )  # fmt: skip

    def data(self, rest: Sequence[str]) -> Selection:
        """2.1: /{flow}/{key}/{provider}; 3.0: /{context}/{agency}/{id}/{version}/{key}."""
        self._known(
            "startPeriod", "endPeriod", "firstNObservations", "lastNObservations", "dimensionAtObservation",
            "detail", "attributes", "measures", "includeHistory", "updatedAfter", "offset", "limit", "asOf",
            filtered=True,
        )  # fmt: skip
        flows, key, _ = self._place(rest, 3)
        attributes, measured = self._shown()
        selection = Selection(
            flows, self._keys(key), self._filters(), *self._periods(),
            self._at(), attributes, measured,
            self._count("firstNObservations"), self._count("lastNObservations"),
            self._count("offset") or 0, self._count("limit"), self._day(),
        )  # fmt: skip
        self._settle()
        return selection

    def availability(self, rest: Sequence[str]) -> Selection:
        """2.1: /{flow}/{key}/{provider}/{component}; 3.0: /{context}/…/{version}/{key}/{component}."""
        self._known("startPeriod", "endPeriod", "references", "mode", "updatedAfter", "asOf", filtered=True)
        flows, key, component = self._place(rest, 4)
        if component not in ANY and component not in (*KEY, TIME):
            self.faults.append(refusal("dimension", component, (*KEY, TIME)))
        if self.query.get("mode", "exact") not in ("exact", "available"):
            self.faults.append(refusal("mode", self.query["mode"], ("exact", "available")))
        selection = Selection(
            flows, self._keys(key), self._filters(), *self._periods(),
            as_of=self._day(), component="" if component in ANY else component, references=self._references(),
        )  # fmt: skip
        self._settle()
        return selection

    # Parts of a path

    def _padded(self, rest: Sequence[str], most: int) -> list[str]:
        if len(rest) > most:
            self.faults.append(f"the path goes on after its last part: {'/'.join(rest[most:])!r}")
        return [*rest, *[""] * most][:most]

    def _place(self, rest: Sequence[str], old: int) -> tuple[tuple[str, ...], str, str]:
        """Dataflows, key and the last part."""
        if self.dialect == V21:
            flow, key, _, component = self._padded(rest, old) + [""] * (4 - old)
            _, name, version = [*flow.split(","), "", ""][:3] if "," in flow else ("", flow, "")
            self._of_version(version)
            return self._flows(name), key, component
        context, _, name, version, key, component = self._padded(rest, old + 2) + [""] * (4 - old)
        self._of_version(version)
        if context not in ("dataflow", "datastructure", *ANY):
            self.faults.append(refusal("context", context, ("dataflow", "datastructure", "*")))
        return self._flows(name, context), key, component

    def _of_version(self, text: str) -> None:
        asked = versions(text)
        if asked and not any(same_version(one, VERSION) for one in asked):
            self.absent = f"there is no version {text!r}; the version of every dataflow is {VERSION}"

    def _flows(self, name: str, context: str = "dataflow") -> tuple[str, ...]:
        asked = tuple(EVERYTHING if n == STRUCTURE and context != "dataflow" else n for n in several(name))
        return asked or (EVERYTHING,)

    def _keys(self, text: str) -> tuple[Mapping[str, frozenset[str]], ...]:
        if text in ANY:
            return ()
        keys = []
        for one in text.split(","):
            parts = one.split(".")
            if len(parts) != len(KEY):
                self.faults.append(
                    f"the key {one!r} has {len(parts)} parts; expected {len(KEY)}, for {'.'.join(KEY)}, "
                    "a part left empty for all codes"
                )
                continue
            named = {
                d: frozenset(p.split("+")) for d, p in zip(KEY, parts, strict=True) if p not in ("", "*")
            }
            keys.append(named)
        return tuple(keys)

    # Parameters

    def _known(self, *names: str, filtered: bool = False) -> None:
        allowed = (*names, *COMMON)
        for name in self.query:
            if name not in (*allowed, *LACKING) and not (filtered and FILTER.fullmatch(name)):
                self.faults.append(refusal("parameter", name, allowed))
        history, moment = self.query.get("includeHistory", "false"), self.query.get("updatedAfter")
        if history not in ("true", "false"):
            self.faults.append(refusal("includeHistory", history, ("true", "false")))
        self._period("updatedAfter")
        if not self.faults and (history == "true" or moment is not None):
            raise Refused(
                NOT_IMPLEMENTED,
                "updatedAfter and includeHistory are not kept by the observation; "
                "ask by asOf (a day) or release (an id), and /revisions for what changed",
            )
        if lacking := [name for name in LACKING if name in self.query]:
            raise Refused(NOT_IMPLEMENTED, f"{' and '.join(lacking)} of the standard is not done here")

    def _references(self) -> tuple[str, ...]:
        asked = tuple(self.query.get("references", "none").lower().split(","))
        for one in asked:
            if one not in (*RELATED, *KINDS, *OTHER_KINDS):
                self.faults.append(refusal("references", one, (*RELATED, *KINDS)))
        return asked

    def _periods(self) -> tuple[Period | None, Period | None]:
        start, end = self._period("startPeriod"), self._period("endPeriod")
        if start and end and start.start and end.end and start.start > end.end:
            self.faults.append(f"startPeriod={start.time_period} is after endPeriod={end.time_period}")
        return start, end

    def _period(self, name: str) -> Period | None:
        text = self.query.get(name, "")
        try:
            return bound(text) if text else None
        except UnreadablePeriod as fault:
            self.faults.append(f"{name}: {fault}")
            return None

    def _at(self) -> str:
        at = self.query.get("dimensionAtObservation", TIME)
        if at not in (*KEY, TIME, FLAT):
            self.faults.append(refusal("dimensionAtObservation", at, (*KEY, TIME, FLAT)))
        return at

    def _shown(self) -> tuple[tuple[str, ...] | None, bool]:
        """Which attributes are given, and whether values are."""
        details: dict[str, tuple[tuple[str, ...] | None, bool]] = {
            "full": (None, True),
            "dataonly": ((), True),
            "serieskeysonly": ((), False),
            "nodata": (None, False),
        }
        detail = self.query.get("detail", "full")
        if detail not in details:
            self.faults.append(refusal("detail", detail, details))
        attributes, measured = details.get(detail, (None, True))
        if "attributes" in self.query:
            attributes = self._attributes(several(self.query["attributes"]))
        named = self.query.get("measures", "all")
        known = ("all", "none", *(c.id for c in MEASURES))
        self.faults += [refusal("measure", one, known) for one in named.split(",") if one not in known]
        if named == "none":
            measured = False
        return attributes, measured

    def _attributes(self, named: Sequence[str]) -> tuple[str, ...] | None:
        known = tuple(c.id for c in ATTRIBUTES)
        every, none = ("dsd", "obs"), ("none", "series", "dataset", "msd")
        for one in named:
            if one not in (*known, *every, *none):
                self.faults.append(refusal("attribute", one, (*known, *every, *none)))
        if not named or any(one in every for one in named):
            return None
        return tuple(one for one in named if one in known)

    def _count(self, name: str) -> int | None:
        text = self.query.get(name, "")
        if not text:
            return None
        if re.fullmatch(r"[0-9]{1,9}", text) and (name == "offset" or int(text)):
            return int(text)
        self.faults.append(f"{name}={text!r} is no number of observations; write for example 1")
        return None

    def _day(self) -> date | None:
        text = self.query.get("asOf", "")
        found = day(plain(text))
        if text and not found:
            self.faults.append(f"asOf={text!r} is no day; write for example 2025-12-31")
        return found

    def _filters(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        return tuple(self._filter_parts())

    def _filter_parts(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """c[COMPONENT]=op:value; commas are or, plus signs are and."""
        for component, text in self.filters:
            if component not in KNOWN:
                self.faults.append(refusal("component", component, KNOWN))
            for together in text.split("+"):
                alternatives = []
                for one in together.split(","):
                    operator, colon, value = one.partition(":")
                    given = (operator, value) if colon and operator in OPERATORS else ("eq", one)
                    self.faults += unfit(component, *given)
                    alternatives.append(given)
                yield component, tuple(alternatives)

    def _settle(self) -> None:
        if self.faults:
            raise Refused(SYNTAX, *self.faults)
        if self.absent:
            raise not_found(self.absent)


def not_found(text: str) -> Refused:
    """A request that is well formed and finds nothing."""
    return Refused(NOT_FOUND, text)
