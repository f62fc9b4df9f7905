"""Rows of service rolls behind a figure: that there is one, in which area and since when. Only keepers see them."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.metrics import wording
from rixin.people.staff import Staff
from rixin.rolls import queries
from rixin.rolls.models import Entry, RollEvent, Visit


def _visits(staff: Staff) -> QuerySet[Visit]:
    return Visit.objects.filter(entry__in=queries.kept_by(staff)).select_related("entry")


def _row(entry: Entry, day: date, told: str) -> Row:
    roll = queries.roll_of(entry)
    name = f"{roll.name.here() if roll else entry.roll} {entry.number}"
    return Row(entry.get_absolute_url(), day, name, wording.area(entry.area_path), told)


def _entry_row(entry: Entry) -> Row:
    return _row(entry, entry.joined_on or entry.asked_on, entry.get_status_display())


def _visit_row(visit: Visit) -> Row:
    roll = queries.roll_of(visit.entry)
    outcomes = {one.code: one.name.here() for one in roll.visits.outcomes} if roll and roll.visits else {}
    return _row(visit.entry, visit.day, outcomes.get(visit.outcome, visit.outcome))


KINDS: Mapping[str, Kind] = {
    "roll_entries": Kind(queries.kept_by, _entry_row, history=RollEvent, subject="entry", itself=True),
    "roll_visits": Kind(_visits, _visit_row, history=RollEvent, subject="entry"),
}
