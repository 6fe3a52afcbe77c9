"""Where areas stand on a map and on the grid of tiles: codelists/place.csv, read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from indicators.concepts.codelist import codelist


@dataclass(frozen=True)
class Place:
    """One country.

    Attributes:
        longitude, latitude: a point within it, in degrees.
        outline: whether the bundled geometry draws its land; a point stands for it otherwise.
        tile: column and row on the grid, from the upper left; None where it has no tile.
    """

    longitude: float
    latitude: float
    outline: bool
    tile: tuple[int, int] | None


@cache
def places() -> Mapping[str, Place]:
    """Code of a country → its place."""
    made = {}
    for code, row in codelist("place").rows.items():
        tile = (int(row["tile_column"]), int(row["tile_row"])) if row["tile_row"] else None
        made[code] = Place(float(row["longitude"]), float(row["latitude"]), row["outline"] == "yes", tile)
    return made


def unplaced(areas: Iterable[str]) -> list[str]:
    """The areas that have no place, such as groups of countries."""
    return [area for area in areas if area not in places()]
