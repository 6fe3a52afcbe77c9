"""What an SDMX-JSON message says of its structure: dimensions, measures and attributes with their values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.readers.cells import BadFile
from etl.readers.json_text import AGAIN, Numeral, items, members, scalar

LEVELS = ("dataSet", "series", "observation")
ROLES = {"TIME_PERIOD": "time", "TIME": "time", "REF_AREA": "area", "GEO": "area", "UNIT": "unit",
         "UNIT_MEASURE": "unit", "MEASURE": "measure"}  # fmt: skip
MOST_WORDS = 2000
"""Labels of codes of attributes that are kept with the table."""


@dataclass(frozen=True)
class Component:
    """A dimension or an attribute.

    Attributes:
        id: its id.
        label: its name in the main language.
        values: id and name of each value; for an attribute without a list none.
        role: "time", "area", "unit", "measure" or None.
    """

    id: str
    label: str | None
    values: Sequence[tuple[str | None, str | None]]
    role: str | None

    def codes(self) -> dict[str, str | None]:
        """Code → name, in the order of the file."""
        return {code: name for code, name in self.values if code is not None}

    def text(self, value: object) -> str | None:
        """What an attribute says: a position in its list, or its own text.

        Raises:
            IndexError: a position outside of the list.
        """
        if isinstance(value, list):
            return "; ".join(filter(None, (self.text(v) for v in value)))
        if isinstance(value, dict):
            return scalar(next(iter(value.values()), None))
        if not isinstance(value, Numeral) or not self.values:
            return scalar(value)
        if not value.isdigit() or len(value) > 9:
            raise IndexError(value)
        code, name = self.values[int(value)]
        return code if code is not None else name


@dataclass
class Structure:
    """The structure of one or several data sets.

    Attributes:
        name: of its dataflow or data structure, or "".
        title: its name for people.
        levels: dimensions at the data set, the series, the observation.
        measures: id → name; OBS_VALUE where the message lists none.
        dataset: attributes of the data set; so series, observation and group.
        words: labels of attributes' codes, and names in other languages.
        annotations: their texts, at the positions that data sets refer to.
    """

    name: str
    title: str | None
    levels: dict[str, list[Component]]
    measures: dict[str, str | None]
    dataset: list[Component]
    series: list[Component]
    observation: list[Component]
    group: list[Component]
    words: dict[str, str] = field(default_factory=dict)
    annotations: list[str] = field(default_factory=list)

    def dimensions(self) -> list[Component]:
        """All dimensions, of the data set first and of the observation last."""
        return [d for level in LEVELS for d in self.levels[level]]


def structure(value: Mapping[str, object], language: str) -> Structure:
    """A structure as the message has it.

    Args:
        value: the object "structure", or one of "structures".
        language: the main language; names in it are labels.

    Raises:
        BadFile: a dimension without id, or with a value without id.
    """
    dimensions = members(value.get("dimensions"), "structure.dimensions")
    attributes = members(value.get("attributes") or {}, "structure.attributes")
    measures = members(value.get("measures") or {}, "structure.measures")
    levels = {level: _components(dimensions.get(level), f"dimensions.{level}", language) for level in LEVELS}
    if not any(levels.values()):
        raise BadFile("structure.dimensions", "no dimension", "dimensions at series or observation", AGAIN)
    for d in (d for listed in levels.values() for d in listed):
        if any(code is None for code, _ in d.values):
            raise BadFile(f"dimension {d.id}", "a value without id", "an id for each", AGAIN)
    listed = _components(measures.get("observation"), "measures.observation", language)
    made = Structure(
        name=_flow(value), title=_name(value, language), levels=levels,
        measures={m.id: m.label for m in listed} or {"OBS_VALUE": None},
        dataset=_components(attributes.get("dataSet"), "attributes.dataSet", language),
        series=_components(attributes.get("series"), "attributes.series", language),
        observation=_components(attributes.get("observation"), "attributes.observation", language),
        group=_components(attributes.get("dimensionGroup"), "attributes.dimensionGroup", language),
        annotations=_annotations(value, language),
    )  # fmt: skip
    made.words |= _words(made) | _others(dimensions, language)
    return made


def _components(value: object, place: str, language: str) -> list[Component]:
    """Dimensions or attributes of one level."""
    return [_component(members(v, place), place, language) for v in items(value, place)]


def _component(value: Mapping[str, object], place: str, language: str) -> Component:
    """One dimension or attribute with its values."""
    ident = scalar(value.get("id"))
    if not ident:
        raise BadFile(place, "a component without id", "an id", AGAIN)
    values = [
        _value(v, f"{place}.{ident}", language) for v in items(value.get("values"), f"{place}.{ident}.values")
    ]
    roles = value.get("roles") or value.get("role")
    role = scalar(roles[0] if isinstance(roles, list) and roles else roles) or ident
    return Component(ident, _name(value, language), values, ROLES.get(role))


def _value(value: object, place: str, language: str) -> tuple[str | None, str | None]:
    """Id and name of a value; an uncoded one has only its text."""
    if value is None:
        return None, None
    if isinstance(value, str):
        return str(value), None
    content = members(value, place)
    text = scalar(content.get("value"))
    ident = scalar(content.get("id"))
    return (ident if ident is not None else text), _name(content, language) or text


def _name(value: Mapping[str, object], language: str) -> str | None:
    """Name in the main language: of "names", else "name", which older layouts give by language too."""
    for kind in ("names", "name"):
        names = value.get(kind)
        if isinstance(names, dict):
            found = (
                scalar(names.get(language))
                or scalar(names.get("en"))
                or scalar(next(iter(names.values()), None))
            )
        else:
            found = scalar(names)
        if found:
            return found
    return None


def _flow(value: Mapping[str, object]) -> str:
    """Dataflow, else data structure, from the links of a structure."""
    links = [link for link in items(value.get("links"), "structure.links") if isinstance(link, dict)]
    for relation in ("dataflow", "datastructure"):
        for link in links:
            urn = scalar(link.get("urn"))
            if scalar(link.get("rel")) == relation and urn:
                return urn.rpartition("=")[2]
    return scalar(value.get("id")) or ""


def _annotations(value: Mapping[str, object], language: str) -> list[str]:
    """Texts of annotations."""
    out = []
    for value_ in items(value.get("annotations"), "structure.annotations"):
        annotation = value_ if isinstance(value_, dict) else {}
        title = scalar(annotation.get("title"))
        text = _name({"names": annotation.get("texts"), "name": annotation.get("text")}, language)
        out.append(": ".join(t for t in (title, text or scalar(annotation.get("uri"))) if t))
    return out


def _words(made: Structure) -> dict[str, str]:
    """What codes of attributes mean: "UNIT=KM2" → "Square kilometres"."""
    pairs = [(f"{a.id}={code}", name) for a in made.dataset + made.series + made.observation + made.group
             for code, name in a.values if code and name and name != code]  # fmt: skip
    return dict(pairs[:MOST_WORDS])


def _others(dimensions: Mapping[str, object], language: str) -> dict[str, str]:
    """Names of dimensions and values in other languages: "labels[fr](FREQ)" → "D=Journalier; …"."""
    out: dict[str, str] = {}
    for level in LEVELS:
        for value in items(dimensions.get(level), f"dimensions.{level}"):
            content = members(value, f"dimensions.{level}")
            ident = scalar(content.get("id")) or ""
            for lang, name in _spoken(content).items():
                if lang != (language or "en"):
                    out[f"label[{lang}]({ident})"] = name
            listed: dict[str, list[str]] = {}
            for code in items(content.get("values"), ident):
                spoken = _spoken(code) if isinstance(code, dict) else {}
                for lang, name in spoken.items():
                    listed.setdefault(lang, []).append(
                        f"{scalar(code.get('id')) if isinstance(code, dict) else ''}={name}"
                    )
            out |= {
                f"labels[{lang}]({ident})": "; ".join(t)
                for lang, t in listed.items()
                if lang != (language or "en")
            }
    return out


def _spoken(value: Mapping[str, object]) -> dict[str, str]:
    """Names by language."""
    names = value.get("names") if isinstance(value.get("names"), dict) else value.get("name")
    return {lang: t for lang, n in names.items() if (t := scalar(n))} if isinstance(names, dict) else {}
