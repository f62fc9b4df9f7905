"""What lines of sums say, held against the rows above them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.catalogue.written_numbers import Measures
from rixin.records.entry import read, shown
from rixin.sheet_columns import Columns
from rixin.sheet_lines import Line
from rixin.sheets import Problem, Unreadable


@dataclass
class Sums:
    """Adds up what stands above a line of sums, so that a table that was cut or misread is noticed."""

    record: RecordType
    columns: Columns
    measures: Measures
    _all: dict[str, int] = field(default_factory=dict)
    _part: dict[str, int] = field(default_factory=dict)

    def add(self, values: Mapping[str, int | str | None]) -> None:
        for one in self._fields():
            value = values.get(one.name)
            if isinstance(value, int):
                self._all[one.name] = self._all.get(one.name, 0) + value
                self._part[one.name] = self._part.get(one.name, 0) + value

    def differing(self, line: Line) -> Iterator[Problem]:
        """Where a line of sums says otherwise than the rows above it, or those since the last such line."""
        for one in self._fields():
            said = self._said(one, line)
            added = {self._all.get(one.name, 0), self._part.get(one.name, 0)}
            if said is not None and said not in added:
                yield Problem(
                    line.number,
                    _("The sum says {said}; the rows above it make {added}. Some may be missing or wrong.").format(
                        said=shown(one, said), added=shown(one, self._all.get(one.name, 0))
                    ),
                    self.columns.heading(one.name),
                )
        self._part.clear()

    def _said(self, one: RecordField, line: Line) -> int | None:
        columns = self.columns.holding(one.name)
        # A sum may lie beyond what one row may hold.
        unbounded = one.model_copy(update={"least": None, "most": None})
        try:
            said = read(unbounded, line.cell(columns[0]), self.measures) if columns else None
        except Unreadable:
            return None
        return said if isinstance(said, int) else None

    def _fields(self) -> list[RecordField]:
        return [one for one in self.record.fields if one.kind in ("count", "amount")]
