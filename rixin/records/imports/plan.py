"""What an import of a table would do, line by line. Reads the database and writes nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import BinaryIO, Literal

from django.utils.translation import gettext as _

from rixin import sheet_lines
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import RecordVersion
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.records.facilities import of_type
from rixin.records.imports import columns, sameness, sums
from rixin.records.imports.rows import Reader, RowRefused
from rixin.records.imports.sameness import Known, Marked
from rixin.records.journal import NewRecord
from rixin.sheet_columns import Columns
from rixin.sheet_lines import Line
from rixin.sheets import Problem

Result = Literal["ready", "entered", "already", "bad", "skipped"]
_MOST_GAPS = 24


@dataclass(frozen=True)
class Outcome:
    """What becomes of a line. `entered`: by this import before it was cut off; `record`: the one that is there."""

    line: Line
    result: Result
    new: NewRecord | None = None
    problems: tuple[Problem, ...] = ()
    record: int | None = None
    day: date | None = None
    """The day of a bad line, where at least that can be read."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a table is read. `chosen`: what each column holds, as the person says; none: as the headings say.

    `learnt`: headings with what they were said to hold before. `again`: enter also what is there already, as further
    work. `batch`: id of the import, once there is one.
    """

    version: RecordVersion
    staff: Staff
    today: date
    chosen: Sequence[str] = ()
    learnt: dict[str, str] = field(default_factory=dict)
    again: bool = False
    batch: int | None = None


@dataclass(frozen=True)
class Plan:
    """`faults` stop the whole: nothing was read. `notes` are told and stop nothing."""

    columns: Columns
    outcomes: Sequence[Outcome] = ()
    faults: Sequence[str] = ()
    notes: Sequence[str] = ()

    @cached_property
    def counts(self) -> Counter[Result]:
        return Counter(outcome.result for outcome in self.outcomes)

    def of(self, result: Result) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.result == result]

    @property
    def problems(self) -> list[Problem]:
        return [problem for outcome in self.outcomes if outcome.result == "bad" for problem in outcome.problems]

    @property
    def first_lines(self) -> Sequence[Line]:
        return [outcome.line for outcome in self.outcomes[:3]]


def plan(file: BinaryIO, filename: str, wanted: Wanted) -> Plan:
    """Raises FileFault where the file as a whole cannot be read."""
    lines = sheet_lines.read(file, filename)
    found = columns.find(wanted.version.type, lines, wanted.learnt)
    if wanted.chosen:
        found = found.chosen(wanted.chosen)
    rows = [line for line in lines if line.number > found.last]
    if faults := columns.faults(found, wanted.version.type):
        return Plan(found, [Outcome(line, "skipped") for line in rows], faults)
    if not rows:
        return Plan(found, faults=[_("Nothing stands under the headings.")])
    reader = Reader(wanted.version, found, wanted.staff, wanted.today)
    outcomes, notes = _read(rows, found, reader, wanted.version)
    news = [replace(outcome.new, batch=wanted.batch) for outcome in outcomes if outcome.new is not None]
    marked = sameness.marked(news, str(wanted.batch or "new") if wanted.again else "")
    known = sameness.known_to(marked)
    judge = _Judge(wanted, sameness.by_origin([row.new.origin for row in marked]), known)
    rest = iter(marked)
    outcomes = [
        outcome if outcome.new is None else judge.outcome(outcome, next(rest), reader.number(outcome.line))
        for outcome in outcomes
    ]
    return Plan(found, outcomes, notes=[*_unread(found), *notes, *_gaps(outcomes, known, wanted.version)])


def _unread(found: Columns) -> Iterator[str]:
    if unknown := found.unknown(columns.NOT_READ):
        yield _("Columns not read: %(columns)s. Choose below what they hold, if it is wanted.") % {
            "columns": "、".join(unknown)
        }


def _read(
    rows: Sequence[Line], found: Columns, reader: Reader, version: RecordVersion
) -> tuple[list[Outcome], list[str]]:
    """Each line as it reads alone, and what is to be noted of those that are no rows."""
    added = sums.Sums(version.type, found, versions.work().measures)
    outcomes: list[Outcome] = []
    notes: list[str] = []
    whole = True
    for line in rows:
        day = reader.day_alone(line)
        if why := _no_row(line, found, day):
            outcomes.append(Outcome(line, "skipped"))
            notes.append(str(Problem(line.number, why)))
            if whole and sheet_lines.is_sum(line):
                notes += map(str, added.differing(line))
            continue
        try:
            new = reader.read(line)
        except RowRefused as refused:
            whole = False
            outcomes.append(Outcome(line, "bad", problems=tuple(refused.problems), day=day))
            continue
        added.add(new.values)
        outcomes.append(Outcome(line, "ready", new))
    return outcomes, notes


def _no_row(line: Line, found: Columns, day: date | None) -> str:
    """Why the line is none; "" where it is one."""
    first = line.words()[0][:40]
    if sheet_lines.is_sum(line):
        return _("“{text}” is a line of sums and was left out.").format(text=first)
    if day is not None:
        return ""
    if found.repeated(line):
        return _("The headings are repeated here; the line was left out.")
    if sheet_lines.is_note(line):
        return _("“{text}” is a note and was left out.").format(text=first)
    return ""


class _Judge:
    """Holds each row against those above it and against what is there."""

    def __init__(self, wanted: Wanted, origins: dict[str, tuple[int, int | None]], known: Known) -> None:
        self._wanted, self._origins, self._known = wanted, origins, known
        self._lines: dict[sameness.Return, int] = {}

    def outcome(self, read: Outcome, row: Marked, number: int | None) -> Outcome:
        new, key = row.new, sameness.return_of(row.new)
        first = self._lines.setdefault(key, read.line.number) if new.period else read.line.number
        pk, batch = self._origins.get(new.origin, (None, None))
        if pk is not None:
            own = batch is not None and batch == self._wanted.batch
            return replace(read, new=new, result="entered" if own else "already", record=pk)
        same = self._known.same.get(row.content, [])
        if number in same or (len(same) >= row.nth and (new.period or not self._wanted.again)):
            return replace(read, new=new, result="already", record=number if number in same else same[row.nth - 1])
        why = _number_taken(number) if number else self._return_taken(read.line, first, key) if new.period else ""
        if why:
            column = "" if number else new.version.type.day.here()
            return replace(read, result="bad", problems=(Problem(read.line.number, why, column),), day=new.day)
        return replace(read, new=new)

    def _return_taken(self, line: Line, first: int, key: sameness.Return) -> str:
        if first != line.number:
            return _("The return for {period} stands in row {row} too. Keep one of them.").format(
                period=key[0], row=first
            )
        if (pk := self._known.returns.get(key)) is not None:
            return _(
                "The return for {period} is there already (record {number}) and says otherwise. Correct it there, or "
                "take this row out."
            ).format(period=key[0], number=pk)
        return ""


def _number_taken(number: int) -> str:
    return _(
        "This row was fetched from record {number} and says otherwise now. Correct the record at its page; or clear "
        "its number here to enter the row as a further one."
    ).format(number=number)


def _gaps(outcomes: Sequence[Outcome], known: Known, version: RecordVersion) -> Iterator[str]:
    """Periods between the first and the last of the table that neither it nor the records there have."""
    step = version.type.period
    if step is None:
        return
    days: dict[sameness.Owing, set[date]] = {}
    for outcome in outcomes:
        if outcome.new is not None:
            days.setdefault(sameness.owing(outcome.new), set()).add(outcome.new.day)
    unread = {outcome.day for outcome in outcomes if outcome.result == "bad" and outcome.day}
    returned = {(period, (area, facility)) for period, area, _unit, facility in known.returns}
    names = dict(of_type(version.type).values_list("pk", "name_zh"))
    for owing, there in sorted(days.items(), key=lambda pair: (pair[0][0], pair[0][1] or 0)):
        between = _between(Period.of(step, min(there)), max(there))
        missing = [one for one in between if one.last not in there | unread and (str(one), owing) not in returned]
        area, facility = owing
        if missing:
            said = "、".join(str(period) for period in missing[:_MOST_GAPS])
            yield _("{area}: nothing was returned for {periods}, in this table or before.").format(
                area=names[facility] if facility else gazetteer.current().label(area) or area,
                periods=said if len(missing) <= _MOST_GAPS else f"{said} …",
            )


def _between(first: Period, last: date) -> Iterator[Period]:
    period = first.after()
    while period.last < last:
        yield period
        period = period.after()
