"""Lines of a table that are no rows: sums, headings printed again, signatures and notes below them. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from rixin.catalogue.work_schema import RecordField, RecordType
from rixin.records.entry import as_text, read, shown
from rixin.records.imports.columns import Columns
from rixin.records.imports.table import Line
from rixin.records.numbers import Measures
from rixin.sheets import Problem, Unreadable, plain_heading

_SUMS = {"合计", "总计", "小计", "共计", "累计", "本页合计", "全年合计", "total", "sum", "subtotal", "grandtotal"}
_LONGEST_SUM = 20
_NOTE = re.compile(
    r"^(?:注|备注|说明|填报人|填表人|制表人|制表|审核人?|复核人?|单位负责人|负责人|联系电话|填报日期|制表日期|note|remarks?|signed)\s*[:：]"
)


def is_sum(line: Line) -> bool:
    return any(len(word) <= _LONGEST_SUM and plain_heading(word) in _SUMS for word in line.words())


def is_note(line: Line) -> bool:
    return bool(_NOTE.match(line.words()[0].lower()))


def is_heading_again(line: Line, columns: Columns) -> bool:
    """A heading that was printed anew on each page."""
    texts = [plain_heading(as_text(line.cell(column))) for column in columns.at]
    return texts == [plain_heading(columns.headings[column]) for column in columns.at]


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
