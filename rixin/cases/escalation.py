"""Warns before a clock's date and rises to the superior when it is missed.

Each alarm is one transaction of its own: a sweep that is killed leaves whole alarms behind it and the next one goes
on where it stopped. Two sweeps at once do no harm, for an alarm that was told has no moment left.
"""

from datetime import date, datetime

from rixin.cases import actions
from rixin.cases.models import CaseClock
from rixin.catalogue import versions
from rixin.catalogue.worktime import CalendarEnds

BATCH = 500


def sweep(at: datetime, *, most: int = 10_000) -> int:
    """Sounds the alarms whose moment has come by `at`, oldest first; answers how many."""
    told = 0
    after = 0
    while told < most:
        due = CaseClock.objects.filter(alarm_at__lte=at, pk__gt=after).order_by("pk")
        batch = list(due.values_list("pk", "case_id", "code")[:BATCH])
        if not batch:
            return told
        for pk, case_id, code in batch:
            after = pk
            if actions.sound_alarm(case_id, code, at) is not None:
                told += 1
    return told


def recount(at: datetime) -> int:
    """Counts anew the dates that stood on a year whose holidays are published by now; answers how many changed."""
    changed = 0
    for year in _provisional_years():
        if not _is_published(year):
            continue
        clocks = CaseClock.objects.filter(provisional_year=year).exclude(status="stopped")
        for case_id in list(clocks.values_list("case_id", flat=True).distinct()):
            changed += actions.recount_clocks(case_id, at) is not None
    return changed


def _provisional_years() -> list[int]:
    rows = CaseClock.objects.filter(provisional_year__isnull=False).exclude(status="stopped")
    return sorted({year for year in rows.values_list("provisional_year", flat=True).distinct() if year is not None})


def _is_published(year: int) -> bool:
    try:
        versions.work_calendar().is_working(date(year, 1, 1))
    except CalendarEnds:
        return False
    return True
