"""One line of a table as a record to enter, or everything that is wrong with it. No database."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.record_headings import ADDRESS, AREA, DAY, FACILITY, NUMBER, SOURCE, UNIT, columns
from rixin.catalogue.versions import RecordVersion
from rixin.facilities.models import Facility
from rixin.people import units
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.places.area_names import AreaNames
from rixin.records import facilities, queries
from rixin.records.days import has_come, read_own_day
from rixin.records.entry import read_values
from rixin.records.facilities import FacilityNames, of_facility
from rixin.records.journal import NewRecord
from rixin.sheet_columns import Columns
from rixin.sheet_lines import Line
from rixin.sheets import Problem, Unreadable, as_text

LONGEST = {ADDRESS: 200, SOURCE: 120}


class RowRefused(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


class Reader:
    """Reads the lines of one table for the person who brings it."""

    def __init__(self, version: RecordVersion, found: Columns, staff: Staff, today: date) -> None:
        self._version, self._columns, self._staff, self._today = version, found, staff, today
        self._labels = {column.name: column.label.here() for column in columns(version.type)}
        self._numbers = {field.name for field in version.type.fields if field.kind in ("count", "amount")}
        self._measures = versions.work().measures
        self._areas = AreaNames(gazetteer.current(), staff.scope.covers_area)
        self._own_unit = queries.unit_for(staff, version)
        self._facilities = FacilityNames(facilities.enterable_for(staff, version.type))
        self._units = {name: unit.id for unit in queries.units_for(staff, version) for name in _names(unit)}

    def read(self, line: Line) -> NewRecord:
        """Raises RowRefused with everything that is wrong, not only the first."""
        problems: list[Problem] = []
        day = self._checked(line, DAY, self._day, problems)
        values, faults = read_values(self._version.type, self._given(line), self._measures)
        faults |= {name: _shared() for name in self._numbers if self._is_shared(line, name)}
        problems += [self._problem(line, name, message) for name, message in faults.items()]
        unit = self._checked(line, UNIT, self._unit, problems) or self._own_unit
        address = self._checked(line, ADDRESS, lambda one: self._text(one, ADDRESS), problems)
        source = self._checked(line, SOURCE, lambda one: self._text(one, SOURCE), problems)
        facility = self._checked(line, FACILITY, self._facility, problems) if self._version.type.facility else None
        area = self._checked(line, AREA, lambda one: self._area(one, address or "", unit), problems)
        if problems:
            raise RowRefused(problems)
        if facility is not None:
            return NewRecord(
                version=self._version, day=day, unit=unit, values=values, source=source, **of_facility(facility)
            )
        place = gazetteer.current().place_in(address, area) if address else None
        return NewRecord(
            version=self._version,
            day=day,
            area_path=area,
            unit=unit,
            values=values,
            place_code=place.code if place else "",
            address=address,
            source=source,
        )

    def number(self, line: Line) -> int | None:
        """The number of the record that the line was fetched from, where it says one."""
        text = self._text(line, NUMBER)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None

    def day_alone(self, line: Line) -> date | None:
        """The day of a line that may be wrong otherwise."""
        try:
            return self._day(line)
        except Unreadable:
            return None

    def _given(self, line: Line) -> dict[str, Any]:
        return {name: line.cell(column) for column, name in self._columns.at.items()}

    def _is_shared(self, line: Line, name: str) -> bool:
        return any(column in line.shared for column in self._columns.holding(name))

    def _checked(self, line: Line, name: str, read: Callable[[Line], Any], problems: list[Problem]) -> Any:
        try:
            return read(line)
        except Unreadable as fault:
            problems.append(self._problem(line, name, fault.message))
            return None

    def _problem(self, line: Line, name: str, message: str) -> Problem:
        return Problem(line.number, message, self._columns.heading(name) or self._labels[name])

    def _text(self, line: Line, name: str) -> str:
        cells = [as_text(line.cell(column)) for column in self._columns.holding(name)]
        text = next(filter(None, cells), "")
        if len(text) > LONGEST.get(name, len(text)):
            raise Unreadable(
                _("At most {most} characters; there are {count}.").format(most=LONGEST[name], count=len(text))
            )
        return text

    def _day(self, line: Line) -> date:
        [column] = self._columns.holding(DAY)
        given = line.cell(column)
        if given is None or given == "":
            raise Unreadable(_("This is needed."))
        kind = self._version.type
        return has_come(kind, read_own_day(kind, given), self._today)

    def _unit(self, line: Line) -> int | None:
        written = self._text(line, UNIT)
        if written and written.lower() not in self._units:
            raise Unreadable(
                _("“{name}” is no unit for which you may enter this. Leave the cell blank: it is {unit} then.").format(
                    name=written, unit=units.by_id(self._own_unit).name
                )
            )
        return self._units[written.lower()] if written else None

    def _facility(self, line: Line) -> Facility:
        return self._facilities.find(self._text(line, FACILITY))

    def _area(self, line: Line, address: str, unit: int) -> str:
        kind = self._version.type
        if kind.place == "none" or kind.facility:
            return units.by_id(unit).area_path
        written = [text for column in self._columns.holding(AREA) if (text := as_text(line.cell(column)))]
        if written:
            return self._areas.find(written)
        chain = gazetteer.current().chain_of_address(address) if address else None
        if chain is not None and self._staff.scope.covers_area(chain.path):
            return chain.path
        if chain is not None:
            raise Unreadable(_("“{address}” lies outside the area of your posts.").format(address=address))
        if kind.place == "needed":
            raise Unreadable(_("The area is needed, and the address does not tell it."))
        return units.by_id(unit).area_path


def _shared() -> str:
    return _("One merged cell stands for several rows: write the number of each row into its own cell.")


def _names(unit: units.KnownUnit) -> tuple[str, ...]:
    return tuple(name.lower() for name in (unit.code, unit.name_zh, unit.name_en) if name)
