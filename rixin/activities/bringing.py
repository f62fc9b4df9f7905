"""A table of events that somebody brings: read, judged row by row, entered. Bringing it again changes nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from rixin import sheet_columns
from rixin.activities import events, facts, queries, tables
from rixin.activities.events import NewEvent
from rixin.activities.facts import ActivityRefused, EventFacts
from rixin.activities.models import Event
from rixin.catalogue import versions
from rixin.catalogue.activity_schema import EventKind
from rixin.kept_files import KeptFiles
from rixin.people import units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.sheet_columns import Columns
from rixin.sheet_lines import Line, is_note, is_sum
from rixin.sheets import FileFault, Problem, Unreadable, as_text, plain_heading
from rixin.written_days import read_day

FILES = KeptFiles("event_imports")
_TIME = re.compile(r"^(\d{1,2})[:：时](\d{2})?")
_LONGEST = {"title": 120, "address": 200, "words": 2000}


@dataclass(frozen=True)
class Read:
    """A row of the table. `new`: what would be entered; None where it is there already or has a problem."""

    row: int
    title: str
    new: NewEvent | None
    there: Event | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    rows: tuple[Read, ...]
    unknown: tuple[str, ...]
    """Headings that say nothing here."""

    @property
    def new(self) -> list[NewEvent]:
        return [row.new for row in self.rows if row.new is not None]

    @property
    def there(self) -> int:
        return sum(row.there is not None and not row.problems for row in self.rows)

    @property
    def problems(self) -> list[Problem]:
        return [problem for row in self.rows for problem in row.problems]


def plan(lines: Sequence[Line], staff: Staff, at: datetime) -> Plan:
    """What becomes of each row. Raises FileFault where the table lacks a column that is needed."""
    names = tables.heading_names()
    columns = sheet_columns.find(lines, lambda heading: names.get(plain_heading(heading), ""))
    missing = [str(tables.HEADINGS[name]) for name in tables.NEEDED if not columns.holding(name)]
    if missing:
        raise FileFault(_("There is no column {names}.").format(names=_(", ").join(missing)))
    reader = _Reader(columns, staff, at)
    found = [reader.read(line) for line in _rows(lines, columns)]
    return Plan(tuple(_judged(found)), tuple(columns.unknown()))


def bring(chosen: Plan) -> list[Event]:
    """Enters what is new. Raises ActivityRefused."""
    return events.enter_all(chosen.new)


def _rows(lines: Sequence[Line], columns: Columns) -> Iterator[Line]:
    for line in lines:
        if line.number > columns.last and not (is_sum(line) or is_note(line) or columns.repeated(line)):
            yield line


def _judged(found: Sequence[Read]) -> Iterator[Read]:
    """With those that are in the register, or twice in the table."""
    known = _known([row.new.said for row in found if row.new])
    seen: dict[tuple[Any, ...], int] = {}
    for row in found:
        if row.new is None:
            yield row
            continue
        key = _key(row.new.said)
        if key in seen:
            again = Problem(row.row, _("The same event stands in row {row}.").format(row=seen[key]))
            yield Read(row.row, row.title, None, None, (again,))
            continue
        seen[key] = row.row
        yield _held_against(row, row.new, known.get(key))


def _held_against(row: Read, new: NewEvent, there: Event | None) -> Read:
    if there is None:
        return row
    problems: tuple[Problem, ...] = ()
    if new.held and new.attendance is not None and new.attendance != there.attendance:
        said = _("It is entered already with another attendance: correct it on its page.")
        problems = (Problem(row.row, said, str(tables.HEADINGS["people"])),)
    return Read(row.row, row.title, None, there, problems)


def _key(said: EventFacts | Event) -> tuple[Any, ...]:
    return (said.kind, said.day, said.title, said.area_path)


def _known(said: Sequence[EventFacts]) -> dict[tuple[Any, ...], Event]:
    if not said:
        return {}
    days = [one.day for one in said]
    rows = Event.objects.filter(day__range=(min(days), max(days)), kind__in={one.kind for one in said})
    return {_key(event): event for event in rows}


class _Reader:
    def __init__(self, columns: Columns, staff: Staff, at: datetime) -> None:
        self._columns, self._staff, self._at = columns, staff, at
        self._kinds = {name: kind for kind in queries.kinds() for name in (kind.code, kind.name.zh, kind.name.en)}
        atlas = gazetteer.current()
        self._areas = {name: area.path for area in atlas.areas.values() for name in (area.name_zh, area.name_en)}

    def read(self, line: Line) -> Read:
        cells = {name: self._cell(line, name) for name in tables.HEADINGS}
        title = as_text(cells["title"])[: _LONGEST["title"]]
        problems: list[Problem] = []

        def wrong(name: str, message: str) -> None:
            problems.append(Problem(line.number, message, str(tables.HEADINGS[name])))

        said: dict[str, Any] = {}
        for name, read in (("kind", self._kind), ("day", read_day), ("area", self._area), ("people", _count)):
            try:
                said[name] = read(cells[name])
            except Unreadable as unreadable:
                wrong(name, unreadable.message)
        for name in ("starts", "ends"):
            try:
                said[name] = _time(cells[name])
            except Unreadable as unreadable:
                wrong(name, unreadable.message)
        if not problems:
            try:
                return Read(line.number, title, self._new(said, cells, title), None)
            except ActivityRefused as refused:
                for name, message in refused.fields.items():
                    wrong(name if name in tables.HEADINGS else "title", str(message))
            except Unreadable as unreadable:
                wrong("sort", unreadable.message)
        return Read(line.number, title, None, None, tuple(problems))

    def _cell(self, line: Line, name: str) -> Any:
        return next((line.cell(column) for column in self._columns.holding(name)), None)

    def _new(self, said: Mapping[str, Any], cells: Mapping[str, Any], title: str) -> NewEvent:
        kind: EventKind = said["kind"]
        day: date = said["day"]
        if not queries.may_keep(self._staff, kind, said["area"]):
            raise ActivityRefused({"area": _("You do not keep such events in this area.")})
        new = EventFacts(
            kind=kind.code,
            sort=_sort(kind, as_text(cells["sort"])),
            title=title,
            day=day,
            starts=said["starts"],
            ends=said["ends"],
            area_path=said["area"],
            address=as_text(cells["address"])[: _LONGEST["address"]],
            unit_id=units.by_code(kind.unit).id,
        )
        facts.check(new)
        over = day <= timezone.localdate(self._at)
        held = over and not kind.sessions and (said["people"] is not None or kind.employers)
        words = as_text(cells["words"])[: _LONGEST["words"]] if held else ""
        people = said["people"]
        return NewEvent(said=new, by=self._staff.actor, at=self._at, held=held, attendance=people, words=words)

    def _kind(self, cell: Any) -> EventKind:
        text = as_text(cell)
        if text not in self._kinds:
            names = _(", ").join(kind.name.here() for kind in versions.work().activities.values())
            raise Unreadable(_("“{text}” is no kind of event. There are: {names}.").format(text=text, names=names))
        return self._kinds[text]

    def _area(self, cell: Any) -> str:
        text = as_text(cell)
        if not text:
            return min(self._staff.scope.areas(), key=len, default="")
        if text in self._areas:
            return self._areas[text]
        chain = gazetteer.current().chain_of_address(text)
        if chain is None:
            raise Unreadable(_("“{text}” is no area that is known here.").format(text=text))
        return chain.path


def _sort(kind: EventKind, text: str) -> str:
    """Raises Unreadable."""
    if not kind.options:
        return ""
    for option in kind.options:
        if text in (option.code, option.name.zh, option.name.en):
            return option.code
    names = _(", ").join(option.name.here() for option in kind.options)
    raise Unreadable(_("“{text}” is none of the sorts: {names}.").format(text=text, names=names))


def _count(cell: Any) -> int | None:
    """Raises Unreadable."""
    text = as_text(cell).removesuffix("人次").removesuffix("人").replace(",", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Unreadable(_("“{text}” is no number of people.").format(text=text))
    return int(text)


def _time(cell: Any) -> time | None:
    """Raises Unreadable."""
    if isinstance(cell, time):
        return cell
    if isinstance(cell, datetime):
        return cell.time()
    text = as_text(cell)
    if not text:
        return None
    found = _TIME.match(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unreadable(_("“{text}” is no time: write it as 14:30.").format(text=text))
    return time(int(found[1]), int(found[2] or 0))
