"""What an import of a table of enterprises would do, line by line. Reads the database and writes nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _

from rixin import sheet_columns, sheet_lines
from rixin.people.staff import Staff
from rixin.registers import queries
from rixin.registers.imports import alike, headings
from rixin.registers.imports.alike import Asked, Named
from rixin.registers.imports.headings import NAME, SEVERAL, base
from rixin.registers.imports.judging import Judge
from rixin.registers.imports.known import Known, known_to
from rixin.registers.imports.outcomes import LEAVE_OUT, Outcome, Plan
from rixin.registers.imports.rows import Mended, Reader
from rixin.registers.imports.said import Said
from rixin.sheet_columns import Columns
from rixin.sheet_lines import Line
from rixin.sheets import plain_heading


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a table is read, and what people said of its rows.

    `chosen`: what each column holds; none: as the headings say. `done`: rows that were imported before.
    """

    staff: Staff
    today: date
    chosen: Sequence[str] = ()
    learnt: Mapping[str, str] = field(default_factory=dict)
    mended: Mapping[int, Mended] = field(default_factory=dict)
    decided: Mapping[int, str] = field(default_factory=dict)
    done: Collection[int] = frozenset()


def plan(file: BinaryIO, filename: str, wanted: Wanted) -> Plan:
    """Raises FileFault where the file as a whole cannot be read."""
    lines = sheet_lines.read(file, filename)
    found = _columns(lines, wanted)
    rows = [line for line in lines if line.number > found.last]
    if faults := list(_faults(found)):
        return Plan(found, [Outcome(line=line, kind="skipped") for line in rows], faults=faults)
    if not rows:
        return Plan(found, faults=[_("Nothing stands under the headings.")])
    reader = Reader(found, wanted.staff, wanted.today)
    read = [_read(line, found, reader, wanted) for line in rows]
    known, near = _known_to([row.said for row in read if row.kind == "new"], read, wanted)
    judge = Judge(known, wanted.today, lambda area: queries.may_keep(wanted.staff, area), wanted.decided, near)
    outcomes = judge.judge(read)
    return Plan(found, outcomes, notes=[*_of_columns(found, wanted), *_of_lines(outcomes)])


def _columns(lines: Sequence[Line], wanted: Wanted) -> Columns:
    means = headings.meaning()
    found = sheet_columns.find(lines, lambda heading: wanted.learnt.get(plain_heading(heading)) or means(heading))
    return found.chosen(wanted.chosen) if wanted.chosen else found


def _faults(found: Columns) -> Iterator[str]:
    if not found.holding(NAME):
        yield _("No column holds “{label}”. Choose which one does, or add it to the file.").format(
            label=headings.label(NAME)
        )
    first: dict[str, int] = {}
    for column, name in found.at.items():
        other = first.setdefault(base(name), column)
        if other != column and name not in SEVERAL:
            yield _("The columns “{one}” and “{other}” both hold “{label}”. Choose one of them.").format(
                one=found.headings[other], other=found.headings[column], label=headings.label(base(name))
            )


def _read(line: Line, found: Columns, reader: Reader, wanted: Wanted) -> Outcome:
    if line.number in wanted.done:
        return Outcome(line=line, kind="done")
    if why := _no_row(line, found):
        return Outcome(line=line, kind="skipped", why=why)
    read = reader.read(line, wanted.mended.get(line.number, {}))
    if wanted.decided.get(line.number) == LEAVE_OUT:
        return Outcome(line=line, kind="left_out", said=read.said)
    return Outcome(line=line, kind="wrong" if read.problems else "new", said=read.said, problems=read.problems)


def _no_row(line: Line, found: Columns) -> str:
    """Why the line is none; "" where it is one."""
    first = line.words()[0][:40]
    if sheet_lines.is_sum(line):
        return _("“{text}” is a line of sums and was left out.").format(text=first)
    if found.repeated(line):
        return _("The headings are repeated here; the line was left out.")
    if sheet_lines.is_note(line):
        return _("“{text}” is a note and was left out.").format(text=first)
    return ""


def _known_to(said: Sequence[Said], read: Sequence[Outcome], wanted: Wanted) -> tuple[Known, dict[int, list[Named]]]:
    """What the register has of them; the whole register is looked through only where a row is not found in it."""
    known = known_to(said, (), wanted.today)
    asked = [
        Asked(row.row, row.said.plain_name, row.said.code)
        for row in read
        if row.kind == "new" and not _found(row.said, known) and wanted.decided.get(row.row) != "new"
    ]
    if not asked:
        return known, {}
    seen = [one for one in alike.names() if wanted.staff.scope.covers_area(one.area_path)]
    near = alike.alike(asked, seen)
    more = {one.pk for some in near.values() for one in some} - set(known.entries)
    return (known_to(said, more, wanted.today) if more else known), near


def _found(said: Said, known: Known) -> bool:
    return said.code in known.by_code or said.plain_name in known.by_name or said.plain_name in known.by_former


def _of_columns(found: Columns, wanted: Wanted) -> Iterator[str]:
    if unknown := found.unknown():
        yield _("Columns not read: {columns}. Choose below what they hold, if it is wanted.").format(
            columns="、".join(unknown)
        )
    for column, name in found.at.items():
        unit = headings.unit_of(name)
        if unit and not wanted.chosen and not headings.unit_in(found.headings[column]):
            yield _(
                "“{heading}” names no unit and is read in {unit}. Choose another one below if it is not so."
            ).format(heading=found.headings[column], unit=unit.name.here())


def _of_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        if outcome.why:
            yield _("Row {row}: {why}").format(row=outcome.row, why=outcome.why)
