"""A table of facilities read in: each line is a new one, corrects one, says nothing new, or is told what is wrong.

A line means the facility of its kind and name in its area. So the same table read in twice changes nothing, and the
table that was fetched can be mended and read in again. Stars and floor area have days of their own and are not read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rixin import sheet_columns, sheet_lines
from rixin.facilities import actions, hours, queries
from rixin.facilities.actions import Facts
from rixin.facilities.models import Facility, State
from rixin.facilities.refused import FacilityRefused
from rixin.facilities.sheet import HEADINGS
from rixin.history import ChangedMeanwhile, difference
from rixin.people.actors import Actor
from rixin.places import gazetteer
from rixin.places.area_names import AreaNames
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.sheets import FileFault, Unreadable, as_text, plain_heading, without_guard
from rixin.written_days import read_day

MOST_LINES = 500
_NEEDED = ("kind", "name_zh")
_PLAIN = ("name_en", "address", "operator", "phone", "hours_note", "about_zh", "about_en")
_LONGEST = {"name_zh": 80, "phone": 40, "operator": 120, "name_en": 120, "about_zh": 1000, "about_en": 1500}
_COMMON = 200
Cells = Mapping[str, str]
MayKeep = Callable[[str, str], bool]
"""(kind, area path)"""


@dataclass(frozen=True)
class Given:
    """A line of the table: its number as an editor counts, and its cells by name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Judged:
    """`facility`: the one that it corrects. `problems`: in words; nothing is written of a line that has any."""

    number: int
    name: str
    facts: Facts | None = None
    state: State = State.OPEN
    day: date | None = None
    facility: Facility | None = None
    changed: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())

    @property
    def ready(self) -> bool:
        return not self.problems and (self.facility is None or bool(self.changed))


def read(file: BinaryIO, filename: str) -> list[Given]:
    """Raises FileFault."""
    lines = sheet_lines.read(file, filename)
    columns = sheet_columns.find(lines, _means)
    held = {name: at for at, name in columns.at.items()}
    if missing := [str(HEADINGS[name]) for name in _NEEDED if name not in held]:
        raise FileFault(_("A column is missing: {names}.").format(names=_(", ").join(missing)))
    found = [line for line in lines if line.number > columns.last]
    if len(found) > MOST_LINES:
        raise FileFault(_("The table has more than %(most)d rows. Split it.") % {"most": MOST_LINES})
    return [
        Given(line.number, {name: without_guard(as_text(line.cell(at))) for name, at in held.items()}) for line in found
    ]


def _means(heading: str) -> str:
    """The headings of the table that is fetched, in either language."""
    said = plain_heading(heading)
    return next((name for name, label in HEADINGS.items() if said in map(plain_heading, _in_both(label))), "")


def _in_both(label: str | Promise) -> list[str]:
    """A label in both languages of the house: a table comes back in the one in which it was fetched."""
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.append(str(label))
    return found


def judge(given: Sequence[Given], may_keep: MayKeep, covers: Callable[[str], bool], today: date) -> list[Judged]:
    """As things stand now. Of two lines of one facility the second is told so."""
    names, known = AreaNames(gazetteer.current(), covers), _known()
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for line in given:
        judged = _judged(line, may_keep, names, known, today)
        if judged.facts is not None:
            facts = judged.facts
            key = (facts.kind, facts.name_zh, judged.facility.area_path if judged.facility else facts.area_path)
            if key in seen:
                judged = replace(judged, problems=(_("Row {n} is the same facility.").format(n=seen[key]),))
            seen.setdefault(key, line.number)
        found.append(judged)
    return found


def _known() -> dict[tuple[str, str], list[Facility]]:
    found: dict[tuple[str, str], list[Facility]] = {}
    for facility in Facility.objects.all():
        found.setdefault((facility.kind, facility.name_zh), []).append(facility)
    return found


def _judged(
    line: Given,
    may_keep: MayKeep,
    names: AreaNames,
    known: Mapping[tuple[str, str], list[Facility]],
    today: date,
) -> Judged:
    name = line.cells.get("name_zh", "")
    reading = _Reading(line.cells, names)
    kind, area = reading.kind(), reading.area()
    if reading.problems:
        return Judged(line.number, name, problems=tuple(reading.problems))
    there = [one for one in known.get((kind, name), []) if one.area_path.startswith(area) or area == one.area_path]
    if len(there) > 1:
        return Judged(line.number, name, problems=(_("Several facilities of this name lie in this area."),))
    facility = there[0] if there else None
    facts = reading.facts(kind, facility.area_path if facility else area, Facts.of(facility) if facility else None)
    state, day = reading.state(), reading.day() or today
    problems = reading.problems
    if not may_keep(kind, facts.area_path):
        problems.append(_("You keep no facilities of this kind in this area."))
    changed = tuple(difference(facility, facts.columns())) if facility else ()
    return Judged(line.number, name, facts, state, day, facility, changed, tuple(problems))


class _Reading:
    """Reads the cells of one line and gathers what is wrong with them."""

    def __init__(self, cells: Cells, names: AreaNames) -> None:
        self._cells, self._names = cells, names
        self.problems: list[str] = [
            _("{column}: at most {most} signs.").format(column=HEADINGS[name], most=_LONGEST.get(name, _COMMON))
            for name, cell in cells.items()
            if name not in ("hours", "area") and len(cell) > _LONGEST.get(name, _COMMON)
        ]
        if not cells.get("name_zh"):
            self.problems.append(_("Please write the name."))

    def kind(self) -> str:
        written = self._cells.get("kind", "")
        for kind in queries.kinds().values():
            if written in (kind.code, kind.name.zh, kind.name.en):
                return kind.code
        self.problems.append(_("There is no kind of facility “{name}”.").format(name=written))
        return ""

    def area(self) -> str:
        """By its name, else by the position, else by the address."""
        try:
            if written := self._cells.get("area", ""):
                return self._names.find([written])
        except Unreadable as wrong:
            self.problems.append(str(wrong))
            return ""
        atlas, (lat, lng) = gazetteer.current(), self._position()
        chain = atlas.chain_at(Position(lat, lng)) if lat is not None and lng is not None else None
        chain = chain or atlas.chain_of_address(self._cells.get("address", ""))
        if chain is None:
            self.problems.append(_("It is not known in which area it lies: fill in the area or an address."))
        return chain.path if chain else ""

    def facts(self, kind: str, area: str, before: Facts | None) -> Facts:
        """A column that is not there, or an empty cell, changes nothing."""
        said: dict[str, Any] = {name: self._cells[name] for name in _PLAIN if self._cells.get(name)}
        facts = before or Facts(kind=kind, name_zh=self._cells["name_zh"], area_path=area)
        lat, lng = self._position()
        if lat is not None:
            facts = replace(facts, lat=lat, lng=lng)
        if written := self._cells.get("level", ""):
            facts = replace(facts, level=self._level(kind, written))
        if written := self._cells.get("hours", ""):
            try:
                facts = replace(facts, hours=hours.read(written))
            except hours.HoursRefused as refused:
                self.problems.append(refused.message)
        return replace(facts, **said)

    def _level(self, kind: str, written: str) -> str:
        for level in queries.kinds()[kind].levels:
            if written in (level.code, level.name.zh, level.name.en):
                return level.code
        self.problems.append(_("Facilities of this kind do not have this level."))
        return ""

    def _position(self) -> tuple[float | None, float | None]:
        lat, lng = self._cells.get("lat", ""), self._cells.get("lng", "")
        if not lat and not lng:
            return None, None
        try:
            position = Position(float(lat), float(lng))
        except ImpossiblePosition as impossible:
            self._once(impossible.message)
        except ValueError:
            self._once(_("A position has a latitude and a longitude."))
        else:
            return position.lat, position.lng
        return None, None

    def _once(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def state(self) -> State:
        written = self._cells.get("state", "")
        for state in State:
            if written in ("", state.value, *_in_both(state.label)):
                return state if written else State.OPEN
        self.problems.append(_("There is no state “{name}”.").format(name=written))
        return State.OPEN

    def day(self) -> date | None:
        try:
            return read_day(self._cells["day"], 1949) if self._cells.get("day") else None
        except Unreadable as wrong:
            self.problems.append(str(wrong))
            return None


@transaction.atomic
def put(chosen: Sequence[Judged], *, by: Actor, at: datetime, today: date) -> tuple[int, int, list[str]]:
    """How many are new, how many are corrected, and which lines could not be written, in words."""
    new = corrected = 0
    refusals = []
    for one in chosen:
        if one.facts is None or one.day is None or not one.ready:
            continue
        try:
            with transaction.atomic():
                if one.facility is None:
                    actions.enter(one.facts, one.state, one.day, by=by, at=at, today=today)
                    new += 1
                else:
                    actions.correct(one.facility, one.facts, by=by, at=at, seen=one.facility.version)
                    corrected += 1
        except (FacilityRefused, ChangedMeanwhile) as refused:
            refusals.append(_("Row {n}: {reason}").format(n=one.number, reason=refused.message))
    return new, corrected, refusals
