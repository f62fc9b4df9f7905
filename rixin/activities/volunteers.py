"""Volunteers: who asks to be one, joins, leaves; and hours. One transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin import history
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import ActivityEvent, Hours, Volunteer
from rixin.people.actors import Actor, resident
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import tracking_code

_BATCH = 500
_LONGEST_DAY = 2400
"""Hundredths of an hour that one person can help on a day."""


@dataclass(frozen=True, kw_only=True)
class Joining:
    """Somebody who agreed that name and telephone are kept. `code`: for the demonstration."""

    name: str
    phone: str
    area_path: str
    once: str
    code: str = ""


def ask(said: Joining, *, at: datetime) -> Volunteer:
    """A resident asks to be one. The same key once more gives the same one. Raises ActivityRefused."""
    return _join([said], Volunteer.State.ASKED, resident(), at)[0]


def enter(said: Joining, *, by: Actor, at: datetime) -> Volunteer:
    """Somebody of the staff writes one down who agreed. Raises ActivityRefused."""
    return _join([said], Volunteer.State.ACTIVE, by, at)[0]


def enter_all(said: Sequence[Joining], *, by: Actor, at: datetime) -> list[Volunteer]:
    return _join(said, Volunteer.State.ACTIVE, by, at)


def _join(said: Sequence[Joining], state: Volunteer.State, by: Actor, at: datetime) -> list[Volunteer]:
    for one in said:
        _check(one)
    known = list(Volunteer.objects.filter(once__in=[one.once for one in said]))
    if known:
        return known
    try:
        with transaction.atomic():
            made = Volunteer.objects.bulk_create((_row(one, state, at) for one in said), batch_size=_BATCH)
            action = "ask" if state == Volunteer.State.ASKED else "enter"
            ActivityEvent.objects.bulk_create(
                (history.line(ActivityEvent, action, by, at, volunteer=row) for row in made), batch_size=_BATCH
            )
    except IntegrityError:
        raise ActivityRefused({"phone": _("Somebody with this telephone number is a volunteer already.")}) from None
    return made


def _check(said: Joining) -> None:
    wrong: dict[str, str | Promise] = {}
    if not said.name.strip():
        wrong["name"] = _("Please write a name.")
    if not said.phone.strip():
        wrong["phone"] = _("Please write a telephone number.")
    if wrong:
        raise ActivityRefused(wrong)


def _row(said: Joining, state: Volunteer.State, at: datetime) -> Volunteer:
    code = said.code or tracking_code()
    return Volunteer(
        name=said.name.strip(),
        phone=said.phone.strip(),
        phone_mark=fingerprint(said.phone.strip()),
        area_path=said.area_path,
        state=state,
        agreed_at=at,
        joined_on=timezone.localdate(at) if state == Volunteer.State.ACTIVE else None,
        code=code,
        code_mark=fingerprint(code),
        once=said.once,
        changed_at=at,
    )


@transaction.atomic
def admit(volunteer: Volunteer, *, by: Actor, at: datetime, seen: int) -> Volunteer:
    """Raises ActivityRefused, ChangedMeanwhile."""
    if volunteer.state != Volunteer.State.ASKED:
        raise ActivityRefused({"": _("Nobody asks to join here any more.")})
    history.change(volunteer, seen, at, {"state": Volunteer.State.ACTIVE, "joined_on": timezone.localdate(at)})
    history.line(ActivityEvent, "admit", by, at, volunteer=volunteer).save()
    return volunteer


@transaction.atomic
def leave(volunteer: Volunteer, *, by: Actor, at: datetime) -> Volunteer:
    """The hours stay; name and telephone are deleted later. Harmless to repeat."""
    volunteer.refresh_from_db()
    if volunteer.state != Volunteer.State.LEFT:
        columns = {"state": Volunteer.State.LEFT, "left_on": timezone.localdate(at)}
        history.change(volunteer, volunteer.version, at, columns)
        history.line(ActivityEvent, "leave", by, at, volunteer=volunteer).save()
    return volunteer


@dataclass(frozen=True, kw_only=True)
class NewHours:
    """Of a volunteer, or of a `group` of so many `people`. `hours`: of all together, in hundredths."""

    day: date
    hours: int
    area_path: str
    unit_id: int
    volunteer_id: int | None = None
    group: str = ""
    origin: Hours.Origin = Hours.Origin.RESIDENTS
    people: int = 1
    newcomers: int = 0
    event_id: int | None = None
    what: str = ""

    def columns(self) -> dict[str, Any]:
        return dict(vars(self))


def write(new: NewHours, *, by: Actor, at: datetime) -> Hours:
    """Raises ActivityRefused."""
    return write_all([new], by=by, at=at)[0]


@transaction.atomic
def write_all(news: Sequence[NewHours], *, by: Actor, at: datetime) -> list[Hours]:
    """Many at once. Raises ActivityRefused."""
    today = timezone.localdate(at)
    for new in news:
        _check_hours(new, today)
    rows = Hours.objects.bulk_create(
        (Hours(**new.columns(), entered_at=at, changed_at=at) for new in news), batch_size=_BATCH
    )
    ActivityEvent.objects.bulk_create(
        (
            history.line(ActivityEvent, "hours", by, at, hours=row, changes={"hours": ["", row.hours / 100]})
            for row in rows
        ),
        batch_size=_BATCH,
    )
    _settle_first({new.volunteer_id for new in news if new.volunteer_id is not None}, at)
    return rows


def _check_hours(new: NewHours, today: date) -> None:
    wrong: dict[str, str | Promise] = {}
    if new.day > today:
        wrong["day"] = _("The day lies ahead.")
    if new.people < 1 or not 0 < new.hours <= new.people * _LONGEST_DAY:
        wrong["hours"] = _("Nobody can help for so long on one day.") if new.hours > 0 else _("Please write the hours.")
    if new.newcomers > new.people:
        wrong["newcomers"] = _("There cannot be more newcomers than people.")
    if new.volunteer_id is None and not new.group.strip():
        wrong["group"] = _("Please say who helped: a volunteer, or the name of a group.")
    if wrong:
        raise ActivityRefused(wrong)


@transaction.atomic
def take_back(row: Hours, reason: str, *, by: Actor, at: datetime, seen: int) -> Hours:
    """They were written down by mistake. Raises ActivityRefused, ChangedMeanwhile."""
    if not reason.strip():
        raise ActivityRefused({"reason": _("Please say why.")})
    if row.taken_back:
        raise ActivityRefused({"": _("They were taken back already.")})
    history.change(row, seen, at, {"taken_back": True})
    history.line(ActivityEvent, "take_back", by, at, hours=row, reason=reason.strip()).save()
    if row.volunteer_id is not None:
        _settle_first({row.volunteer_id}, at)
    return row


def _settle_first(volunteers: set[int], at: datetime) -> None:
    """Of each volunteer's hours those of the first day count one newcomer, and no others do."""
    first: dict[int, Hours] = {}
    wrong: list[Hours] = []
    rows = Hours.objects.filter(volunteer__in=volunteers, taken_back=False).order_by("day", "pk")
    for row in rows:
        is_first = first.setdefault(row.volunteer_id or 0, row) is row
        if row.newcomers != int(is_first):
            row.newcomers, row.version, row.changed_at = int(is_first), row.version + 1, at
            wrong.append(row)
    Hours.objects.bulk_update(wrong, ["newcomers", "version", "changed_at"], batch_size=_BATCH)
