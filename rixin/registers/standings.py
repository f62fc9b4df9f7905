"""What an enterprise is to the sub-district, and from which day: came, works elsewhere, moved away, closed."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rixin.history import Changes
from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.entering import still_there
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, How, Standing, StandingSpan, Tenancy
from rixin.registers.models.enterprises import PRESENT
from rixin.spans import KnownSpan, SaysNothingNew, holding, with_change

LEADS_TO: dict[How, tuple[Standing, ...]] = {
    How.FOUND: PRESENT,
    How.NEW: PRESENT,
    How.MOVED_IN: PRESENT,
    How.CHANGED: PRESENT,
    How.MOVED_OUT: (Standing.LEFT,),
    How.CLOSED: (Standing.CLOSED,),
}
Said = tuple[str, str, str]
"""(standing, how, where)"""


@transaction.atomic
def stand(
    enterprise: Enterprise,
    standing: Standing,
    how: How,
    day: date,
    *,
    where: str = "",
    by: Actor,
    at: datetime,
    seen: int,
    today: date,
    reason: str = "",
    batch: int | None = None,
) -> Enterprise:
    """From `day` on its standing is this one. A day in the past is put between what is known before and after it.

    Whoever moves away or closes has no rooms from that day on. Raises ChangedMeanwhile, RegisterRefused.
    """
    still_there(enterprise)
    spans = spans_of(enterprise)
    _check(spans, standing, how, day, today)
    try:
        after = with_change(spans, (str(standing), str(how), where), day)
    except SaysNothingNew:
        raise RegisterRefused("so_already", _("Its standing is this one already on that day."), "standing") from None
    now = holding(after, today) or after[-1]
    journal.update_enterprise(enterprise, seen, at, {"standing": now.what[0], "since": now.first})
    _write(enterprise, after)
    ended = [] if standing in PRESENT else _end_tenancies(enterprise, day)
    before = holding(spans, day)
    came = before.what[2] if before else ""
    changes: Changes = {
        "standing": [before.what[0] if before else None, str(standing)],
        "how": [before.what[1] if before else None, str(how)],
        "from_day": [before.first if before else None, day],
        **({"where": [came or None, where or None]} if came or where else {}),
        **({"rooms_left": [None, ended]} if ended else {}),
    }
    journal.event("stand", by, at, enterprise=enterprise, changes=changes, reason=reason, batch=batch).save()
    return enterprise


def _check(spans: list[KnownSpan], standing: Standing, how: How, day: date, today: date) -> None:
    if standing not in LEADS_TO[how]:
        raise RegisterRefused("no_such_way", _("This standing does not come about in this way."), "how")
    if day > today:
        raise RegisterRefused("future", _("This day is still to come."), "day")
    before = holding(spans, day)
    gone = before is not None and before.what[0] not in PRESENT
    if how == How.CHANGED and (before is None or gone):
        raise RegisterRefused("not_here", _("On that day it was not here: say how it came."), "how")
    if how in (How.MOVED_OUT, How.CLOSED) and before is None:
        raise RegisterRefused("before", _("Nothing is known of it before that day."), "day")


def spans_of(enterprise: Enterprise) -> list[KnownSpan]:
    """In their order; `what` is `Said`."""
    rows = StandingSpan.objects.filter(enterprise=enterprise).order_by("from_day")
    return [KnownSpan(row.from_day, row.until_day, (row.standing, row.how, row.where), row.pk) for row in rows]


def _write(enterprise: Enterprise, spans: list[KnownSpan]) -> None:
    """Only what differs: the version of a span tells a frozen report that it was changed."""
    rows = {row.pk: row for row in StandingSpan.objects.filter(enterprise=enterprise)}
    # Those that end earlier first, so that no two are open at once.
    for span in sorted(spans, key=lambda span: (span.until is None, span.first)):
        standing, how, where = span.what
        said = {"standing": standing, "how": how, "where": where, "until_day": span.until}
        row = rows.get(span.key or 0)
        if row is None:
            StandingSpan.objects.create(enterprise=enterprise, from_day=span.first, **said)
        elif any(getattr(row, name) != value for name, value in said.items()):
            StandingSpan.objects.filter(pk=row.pk).update(version=row.version + 1, **said)


def _end_tenancies(enterprise: Enterprise, day: date) -> list[int]:
    """Their ids. Those that begin only then never came about and are none of them."""
    open_ = Tenancy.objects.filter(enterprise=enterprise, until_day=None)
    open_.filter(from_day__gte=day).delete()
    ended = list(open_.filter(from_day__lt=day).values_list("pk", flat=True))
    Tenancy.objects.filter(pk__in=ended).update(until_day=day, version=F("version") + 1)
    Enterprise.objects.filter(pk=enterprise.pk).update(building=None)
    enterprise.building_id = None
    return ended
