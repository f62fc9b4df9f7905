"""The areas and places of 文新街道 that come with the product: the tree, outlines drawn for it, quarters, doors."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from django.db import transaction

from rixin.places.area_import import import_areas
from rixin.places.mapfile import read_areas, read_lines, read_map
from rixin.places.place_import import import_lines, import_places
from rixin.places.report import ImportReport
from rixin.places.table import read_places, read_table

DATA = files("rixin.places") / "wenxin"
# Nothing in the data depends on a day; retired rows would carry their own.
DRAWN_ON = date(2022, 1, 1)


@dataclass(frozen=True)
class Loaded:
    areas: ImportReport
    lines: int
    places: ImportReport


class BundledDataFault(Exception):
    """The product's own files do not load: a fault of the product, told row by row."""


@transaction.atomic
def load_wenxin() -> Loaded:
    """Creates or updates all of it; a second time changes nothing."""
    map_file = read_map((DATA / "areas.geojson").read_bytes())
    areas = import_areas(*read_areas(map_file, "wgs84"), source=map_file.source, today=DRAWN_ON)
    entries, faults = read_lines(read_map((DATA / "lines.geojson").read_bytes()), "wgs84")
    lines = import_lines(entries)
    table = read_table((DATA / "places.csv").read_bytes(), "places.csv")
    places = import_places(*read_places(table, "wgs84"), today=DRAWN_ON)
    if wrong := [*areas.problems, *faults, *places.problems]:
        raise BundledDataFault("\n".join(map(str, wrong)))
    return Loaded(areas, lines, places)
