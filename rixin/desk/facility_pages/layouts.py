"""The page of layouts such as “11115”: each rule with what counts, and what is missing, as of a day."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue import versions
from rixin.catalogue.facility_schema import FacilityLayout
from rixin.desk.building_pages.wording import read_day
from rixin.desk.views.common import case_staff
from rixin.facilities import layouts, queries
from rixin.facilities.layouts import Checked
from rixin.facilities.models import Facility
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer


@dataclass(frozen=True)
class Part:
    """What one area has. `name`: "" where the rule is about the whole."""

    name: str
    facilities: tuple[Facility, ...]
    missing: int


@dataclass(frozen=True)
class Line:
    name: str
    least: int
    each: bool
    count: int
    missing: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Shown:
    layout: FacilityLayout
    lines: list[Line]

    @property
    def kept(self) -> int:
        return sum(not line.missing for line in self.lines)


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Facilities that the person may see: of a part of the sub-district, only what lies there is counted."""
    today = timezone.localdate()
    day = read_day(request.GET.get("day", ""), today)
    known = versions.work().facility_layouts.values()
    kinds = {kind for layout in known for rule in layout.rules for kind in rule.kinds}
    seen = list(queries.as_of(queries.visible_to(request.staff), day).filter(kind__in=kinds))
    communities = [
        area.path
        for area in sorted(gazetteer.current().areas.values(), key=lambda area: area.path)
        if area.level == "community" and not area.retired and request.staff.scope.covers_area(area.path)
    ]
    shown = [
        Shown(layout, [_line(checked) for checked in layouts.check(layout, seen, communities)]) for layout in known
    ]
    context = {"section": "life", "day": day, "today": today, "shown": shown}
    return render(request, "facilities/layouts.html", context)


def _line(checked: Checked) -> Line:
    atlas = gazetteer.current()
    parts = tuple(
        Part(atlas.label(found.area) if found.area else "", found.facilities, found.missing) for found in checked.found
    )
    count = sum(len(part.facilities) for part in parts)
    rule = checked.rule
    return Line(rule.name.here(), rule.least, rule.each == "community", count, checked.missing, parts)
