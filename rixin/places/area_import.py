"""Areas from a file into the database: all rows or none.

A boundary must lie in the one of its parent and may not overlap its neighbours, since a point has one chain. An area
keeps its code, level and parent for good: matters carry its path. What changes more is retired and gets a new code.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from rixin.places import gazetteer, stamp
from rixin.places.atlas import METRES_PER_DEGREE
from rixin.places.mapfile import AreaEntry
from rixin.places.models import LEVELS, Area, Level, Place
from rixin.places.paths import EVERYWHERE, path_of
from rixin.places.report import ImportReport, Planned
from rixin.places.siting import settle
from rixin.sheets import Problem

_CODE = re.compile(r"[0-9A-Za-z-]{1,20}")
# Surveys of two offices never agree to the metre: so much of the smaller area may overlap, and is told.
OVERLAP_BEARABLE = 0.01
# So much of an area may lie outside its parent.
OUTSIDE_BEARABLE = 0.02
# Rounding to a tenth of a metre makes slivers that mean nothing.
SLIVER_M2 = 20.0
WRITTEN = ["parent", "name_zh", "name_en", "aliases", "boundary", "boundary_source", "lat", "lng", "retired_on"]


class _Refused(Exception):
    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(slots=True)
class _Draft:
    """An area as it would be; `entry` None: in the database already and not in the file."""

    area: Area
    parent: str  # code
    entry: AreaEntry | None
    what: Any = "unchanged"

    @property
    def code(self) -> str:
        return self.area.code

    @property
    def has_outline(self) -> bool:
        return bool(self.area.boundary) and self.area.retired_on is None


def import_areas(
    entries: list[AreaEntry], faults: Iterable[Problem] = (), *, source: str = "", today: date, dry_run: bool = False
) -> ImportReport:
    """Creates and updates areas by code; `faults` are those found in reading. Writes nothing if anything is wrong."""
    with transaction.atomic():
        plan = _Plan(entries, source, today)
        report = plan.report(list(faults))
        if dry_run or not report.may_be_written:
            return report
        plan.write()
        resettled = settle(Place.objects.exclude(lat=None), gazetteer.load())
        transaction.on_commit(stamp.renew)
    gazetteer.forget()
    return report.as_written(resettled=resettled)


class _Plan:
    def __init__(self, entries: list[AreaEntry], source: str, today: date) -> None:
        self.source, self.today = source, today
        known = Area.objects.select_related("parent").select_for_update(of=("self",))
        self.drafts = {area.code: _Draft(area, area.parent.code if area.parent else "", None) for area in known}
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.named: list[_Draft] = []
        self._in_file = {entry.code: entry for entry in entries}
        self._take(entries)
        self._compare_outlines()

    def _take(self, entries: list[AreaEntry]) -> None:
        """From the whole to the part, so that a parent is known before its parts, wherever it stands in the file."""
        rows_by_code: dict[str, int] = {}
        for entry in sorted(entries, key=self._depth):
            try:
                if (first := rows_by_code.setdefault(entry.code, entry.row)) != entry.row:
                    raise _Refused(
                        _("The code %(code)s stands in row %(row)d too.") % {"code": entry.code, "row": first}
                    )
                draft = self._draft(entry)
            except _Refused as refused:
                self.problems.append(Problem(entry.row, refused.message, entry.name_zh or entry.code))
            else:
                self.drafts[entry.code] = draft
                self.named.append(draft)

    def _depth(self, entry: AreaEntry) -> int:
        level = entry.level or self._known_level(entry.code)
        if level:
            return LEVELS.index(level)
        depth, parent = 0, entry.parent
        while (above := self._in_file.get(parent)) and depth < len(LEVELS):
            depth, parent = depth + 1, above.parent
        return depth + (LEVELS.index(level) + 1 if (level := self._known_level(parent)) else 0)

    def _known_level(self, code: str) -> str:
        return self.drafts[code].area.level if code in self.drafts else ""

    def _draft(self, entry: AreaEntry) -> _Draft:
        if not _CODE.fullmatch(entry.code):
            raise _Refused(_("A code has up to 20 digits, letters and hyphens, and nothing else."))
        if entry.retired_on and entry.retired_on > self.today:
            raise _Refused(_("An area is retired on the day itself, not ahead: %(day)s.") % {"day": entry.retired_on})
        known = self.drafts.get(entry.code)
        return self._changed(entry, known) if known else self._new(entry)

    def _changed(self, entry: AreaEntry, known: _Draft) -> _Draft:
        area = known.area
        if entry.level and entry.level != area.level:
            raise _Refused(
                _("%(code)s is a %(level)s. Retire it and give the new area a new code.")
                % {"code": area.code, "level": Level(area.level).label}
            )
        if entry.parent and entry.parent != known.parent:
            raise _Refused(
                _("%(code)s belongs to %(parent)s. Retire it and give the new area a new code.")
                % {"code": area.code, "parent": known.parent or "—"}
            )
        before = self._content(area)
        area.name_zh = entry.name_zh or area.name_zh
        area.name_en = entry.name_en or area.name_en
        area.aliases = list(entry.aliases) or area.aliases
        area.retired_on = entry.retired_on
        if entry.boundary and entry.boundary != area.boundary:
            self._outline(area, entry.boundary)
        return _Draft(area, known.parent, entry, "unchanged" if self._content(area) == before else "changed")

    def _new(self, entry: AreaEntry) -> _Draft:
        if not entry.name_zh:
            raise _Refused(_("The name is missing (property “name” or “名称”)."))
        above = self._parent_of(entry)
        level = entry.level or self._level_under(above)
        if level == Level.DISTRICT and (other := self._district()):
            raise _Refused(_("This installation serves %(district)s already.") % {"district": other.area.name})
        if above and LEVELS.index(above.area.level) >= LEVELS.index(level):
            raise _Refused(
                _("A %(level)s cannot lie in %(parent)s, which is a %(parent_level)s.")
                % {"level": level.label, "parent": above.area.name, "parent_level": Level(above.area.level).label}
            )
        path = path_of(entry.code, level, above.code if above else "", above.area.path if above else EVERYWHERE)
        if len(path) > 100 or any(other.area.path == path for other in self.drafts.values()):
            raise _Refused(_("The code does not fit in the tree below %(parent)s.") % {"parent": entry.parent or "—"})
        area = Area(code=entry.code, level=level, path=path, name_zh=entry.name_zh[:80], name_en=entry.name_en[:120])
        area.aliases, area.retired_on = list(entry.aliases), entry.retired_on
        if entry.boundary:
            self._outline(area, entry.boundary)
        return _Draft(area, above.code if above else "", entry, "new")

    def _parent_of(self, entry: AreaEntry) -> _Draft | None:
        if entry.parent:
            if above := self.drafts.get(entry.parent):
                return above
            raise _Refused(_("The parent %(code)s is neither in the file nor known.") % {"code": entry.parent})
        if entry.level == Level.DISTRICT:
            return None
        above_by_code = [code for code in self.drafts if entry.code.startswith(code) and code != entry.code]
        if above_by_code:
            return self.drafts[max(above_by_code, key=len)]
        if entry.level == Level.SUBDISTRICT:
            return None
        raise _Refused(_("The parent is missing, and the code does not start with the code of a known area."))

    @staticmethod
    def _level_under(above: _Draft | None) -> Level:
        if above is None or above.area.level == Level.MICROGRID:
            raise _Refused(_("The level is missing (property “level” or “层级”)."))
        return Level(LEVELS[LEVELS.index(above.area.level) + 1])

    def _district(self) -> _Draft | None:
        return next((draft for draft in self.drafts.values() if draft.area.level == Level.DISTRICT), None)

    def _outline(self, area: Area, boundary: dict[str, Any]) -> None:
        inside = shape(boundary).representative_point()
        area.boundary, area.boundary_source = boundary, self.source
        area.lat, area.lng = round(inside.y, 6), round(inside.x, 6)

    @staticmethod
    def _content(area: Area) -> list[Any]:
        return [area.name_zh, area.name_en, list(area.aliases), area.boundary, area.retired_on]

    # Boundaries against each other

    def _compare_outlines(self) -> None:
        outlines = {code: shape(draft.area.boundary) for code, draft in self.drafts.items() if draft.has_outline}
        for draft in self.named:
            if draft.code in outlines and draft.parent in outlines:
                self._within_parent(draft, outlines[draft.code], outlines[draft.parent])
        for draft in self.named:
            if draft.area.retired_on and (parts := self._parts_in_use(draft.code)):
                message = _("%(area)s is retired, but parts of it are in use: %(parts)s. Retire these too.")
                named = "、".join(part.area.name for part in parts[:5])
                self._tell(draft, message % {"area": draft.area.name, "parts": named}, bad=True)
        for level in LEVELS:
            codes = [code for code in outlines if self.drafts[code].area.level == level]
            self._apart(codes, [outlines[code] for code in codes])

    def _parts_in_use(self, code: str) -> list[_Draft]:
        return [draft for draft in self.drafts.values() if draft.parent == code and draft.area.retired_on is None]

    def _within_parent(self, draft: _Draft, outline: BaseGeometry, whole: BaseGeometry) -> None:
        beyond = outline.difference(whole).area / outline.area
        if beyond > OUTSIDE_BEARABLE:
            message = _(
                "%(percent)d %% of the area lies outside %(parent)s. If the file comes from a Chinese map, "
                "state its coordinate system (GCJ-02 or BD-09)."
            ) % {"percent": round(beyond * 100), "parent": self.drafts[draft.parent].area.name}
            self._tell(draft, message, bad=True)

    def _apart(self, codes: list[str], outlines: list[BaseGeometry]) -> None:
        if not outlines:
            return
        pairs = shapely.STRtree(outlines).query(outlines, predicate="intersects").T.tolist()
        for one, other in sorted(pair for pair in pairs if pair[0] < pair[1]):
            drafts = [self.drafts[codes[one]], self.drafts[codes[other]]]
            mine = [draft for draft in drafts if draft.entry]
            if mine and (square_metres := _square_metres(outlines[one].intersection(outlines[other]))) > SLIVER_M2:
                smaller = min(_square_metres(outlines[one]), _square_metres(outlines[other]))
                against = drafts[0] if mine[-1] is drafts[1] else drafts[1]
                message = _("Overlaps %(area)s (%(code)s) by %(square_metres)d m².") % {
                    "area": against.area.name,
                    "code": against.code,
                    "square_metres": round(square_metres),
                }
                self._tell(mine[-1], message, bad=square_metres / smaller > OVERLAP_BEARABLE)

    def _tell(self, draft: _Draft, message: str, *, bad: bool) -> None:
        if draft.entry:
            told = Problem(draft.entry.row, message, draft.area.name_zh)
            (self.problems if bad else self.notes).append(told)

    # Out

    def report(self, faults: list[Problem]) -> ImportReport:
        problems = sorted([*faults, *self.problems], key=lambda problem: problem.row)
        bad = {problem.row for problem in problems}
        planned = [self._planned(draft) for draft in self.named if draft.entry and draft.entry.row not in bad]
        return ImportReport(sorted(planned, key=lambda row: row.row), problems, self.notes)

    def _planned(self, draft: _Draft) -> Planned:
        above: list[str] = []
        code = draft.parent
        while code and self.drafts[code].area.level != Level.DISTRICT:
            above.insert(0, self.drafts[code].area.name)
            code = self.drafts[code].parent
        row = draft.entry.row if draft.entry else 0
        label = str(Level(draft.area.level).label)
        return Planned(row, draft.code, draft.area.name, label, " › ".join(above), draft.what)

    def write(self) -> None:
        """Level by level, since a row names the row of its parent."""
        ids = {code: draft.area.pk for code, draft in self.drafts.items() if draft.area.pk}
        for level in LEVELS:
            rows = [draft for draft in self.named if draft.area.level == level and draft.what != "unchanged"]
            for draft in rows:
                draft.area.parent_id = ids.get(draft.parent)
            Area.objects.bulk_create([draft.area for draft in rows if draft.what == "new"])
            Area.objects.bulk_update([draft.area for draft in rows if draft.what == "changed"], WRITTEN, batch_size=200)
            codes = [draft.code for draft in rows if draft.what == "new"]
            ids |= dict(Area.objects.filter(code__in=codes).values_list("code", "pk"))


def _square_metres(outline: BaseGeometry) -> float:
    middle = outline.centroid.y if not outline.is_empty else 0.0
    return float(outline.area) * METRES_PER_DEGREE**2 * cos(radians(middle))
