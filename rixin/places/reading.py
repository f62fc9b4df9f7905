"""One import from the bytes of a file to its report: the same for the command and the page."""

from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from rixin.places.area_import import import_areas
from rixin.places.coordinates import System
from rixin.places.mapfile import read_areas, read_map
from rixin.places.place_import import import_places
from rixin.places.report import ImportReport
from rixin.places.table import read_places, read_table

What = Literal["areas", "addresses"]


def import_file(
    what: What, content: bytes, filename: str, *, system: System, today: date, dry_run: bool
) -> ImportReport:
    """Raises FileFault where the file as a whole cannot be used."""
    if what == "areas":
        map_file = read_map(content)
        source = map_file.source or filename[:120]
        return import_areas(*read_areas(map_file, system), source=source, today=today, dry_run=dry_run)
    table = read_table(content, filename)
    remarks = [_("Columns not used: %(columns)s.") % {"columns": "、".join(table.unused)}] if table.unused else []
    return import_places(*read_places(table, system), today=today, dry_run=dry_run, remarks=remarks)
