"""The list of office buildings: a line each in words, the totals, the same as a table and as pins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.desk.building_pages import wording
from rixin.registers import survey
from rixin.registers.survey import Line
from rixin.sheet_writing import Cell
from rixin.sheets import harmless

_NOTHING = Fraction(-1)
SORTS: dict[str, tuple[Promise, Callable[[Line], Any]]] = {
    "": (gettext_lazy("By code"), lambda line: line.building.code),
    "vacancy": (gettext_lazy("Most vacant first"), lambda line: -_known(line.occupancy.vacancy)),
    "local": (gettext_lazy("Least registered here first"), lambda line: _known(line.occupancy.local_rate)),
    "tax": (gettext_lazy("Most tax first"), lambda line: -(line.last.amount if line.last else -1)),
    "ending": (gettext_lazy("Most leases ending first"), lambda line: -line.ending),
}


@dataclass(frozen=True)
class Row:
    line: Line
    vacancy: str
    local: str
    last: str
    last_tier: str
    current: str
    current_tier: str


def sorted_lines(lines: Sequence[Line], sort: str) -> list[Line]:
    return sorted(lines, key=SORTS.get(sort, SORTS[""])[1])


def row(line: Line) -> Row:
    return Row(
        line=line,
        vacancy=wording.percent(line.occupancy.vacancy),
        local=wording.percent(line.occupancy.local_rate),
        last=wording.money(line.last.amount if line.last else None),
        last_tier=wording.tier(line.last),
        current=wording.money(line.current.amount if line.current else None),
        current_tier=wording.tier(line.current),
    )


def totals(lines: Sequence[Line]) -> dict[str, Any]:
    total = survey.total(lines)
    return {
        "sum": total,
        "vacancy": wording.percent(total.vacancy),
        "local": wording.percent(total.local_rate),
        "last": wording.money(total.last),
        "current": wording.money(total.current),
    }


def table_heading(year: int, day: date) -> list[Cell]:
    return [
        _("Code"),
        _("Office building"),
        _("Theme"),
        _("Address"),
        _("Lettable area (m²)"),
        _("Let (m²)"),
        _("Free (m²)"),
        _("Vacancy rate (%)"),
        _("Tenants"),
        _("Local-registration rate (%)"),
        _("Tax of {year} (yuan)").format(year=year),
        _("Tier"),
        _("Tax of {year} so far (yuan)").format(year=day.year),
        _("Leases ending within {n} days").format(n=survey.SOON),
        _("As of"),
    ]


def table_line(line: Line) -> list[Cell]:
    building, now = line.building, line.occupancy
    return [
        building.code, harmless(building.name), harmless(building.theme), harmless(building.address),
        now.area / 100, now.let / 100, now.free / 100, _in_percent(now.vacancy), len(now.tenants),
        _in_percent(now.local_rate), _yuan(line.last.amount if line.last else None), wording.tier(line.last),
        _yuan(line.current.amount if line.current else None), line.ending, now.day,
    ]  # fmt: skip


def table_total(lines: Sequence[Line], day: date) -> list[Cell]:
    total = survey.total(lines)
    return [
        "", _("Total"), "", "", total.area / 100, total.let / 100, total.free / 100, _in_percent(total.vacancy),
        total.tenants, _in_percent(total.local_rate), _yuan(total.last), "", _yuan(total.current), total.ending, day,
    ]  # fmt: skip


def pin(line: Line) -> dict[str, Any]:
    """A building as a GeoJSON feature."""
    building = line.building
    notes = [_("vacancy {share}").format(share=wording.percent(line.occupancy.vacancy)), wording.tier(line.last)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [building.lng, building.lat]},
        "properties": {
            "title": building.name,
            "href": building.get_absolute_url(),
            "note": _(" · ").join(note for note in notes if note),
            "tone": "open",
        },
    }


def _known(share: Fraction | None) -> Fraction:
    return _NOTHING if share is None else share


def _yuan(fen: int | None) -> Cell:
    return None if fen is None else fen / 100


def _in_percent(share: Fraction | None) -> Cell:
    return None if share is None else round(float(share * 100), 1)
