"""What is held of persons on rolls goes on the day that each entry says.

A count stays: roll, grid, first and last day.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.history import line
from rixin.people.actors import SYSTEM
from rixin.privacy import retention
from rixin.rolls.models import Entry, RollEvent, Status, Visit


def register() -> None:
    retention.rule_by_day("service_rolls", empty_due, says=lambda: _("What is held of people on service rolls"))


@transaction.atomic
def empty_due(before: datetime, *, dry_run: bool) -> int:
    """Of those who did not leave but whose time without use is over too: they leave with it."""
    today = timezone.localdate(before)
    due = Entry.objects.filter(delete_on__lte=today)
    if dry_run:
        return due.count()
    keys = list(due.values_list("pk", flat=True))
    rows = Entry.objects.filter(pk__in=keys)
    # Nobody joins after the day of deletion, so that a span never ends before it begins.
    rows.filter(status=Status.ON).update(status=Status.LEFT, left_on=today, counted_version=F("counted_version") + 1)
    rows.filter(status=Status.ASKED).update(status=Status.DECLINED)
    rows.update(
        name=None,
        name_mark="",
        phone=None,
        phone_mark="",
        dwelling=None,
        address=None,
        values=None,
        server=None,
        visit_due=None,
        code_mark="",
        delete_on=None,
        version=F("version") + 1,
        changed_at=before,
    )
    Visit.objects.filter(entry__in=keys).update(words=None)
    RollEvent.objects.bulk_create([line(RollEvent, "empty", SYSTEM, before, entry=row) for row in rows.all()])
    return len(keys)
