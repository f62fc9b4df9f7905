"""How long it is kept who signed up, who leads a team, and who was a volunteer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.activities.models import SignUp, Team, Volunteer
from rixin.catalogue import versions
from rixin.catalogue.activity_schema import SIGN_UPS_KEPT
from rixin.privacy import retention
from rixin.privacy.retention import Delete

TEAM_MONTHS = VOLUNTEER_MONTHS = 12


def register() -> None:
    for months in SIGN_UPS_KEPT:
        retention.rule(f"event_sign_ups_{months}", months, _sign_ups(months), says=_saying(months))
    retention.rule(
        "team_leaders", TEAM_MONTHS, _leaders, says=lambda: _("Names and telephones of leaders of teams that ended")
    )
    retention.rule(
        "volunteers",
        VOLUNTEER_MONTHS,
        _volunteers,
        says=lambda: _("Names and telephones of volunteers who left, or were never admitted"),
    )


def _kinds(months: int) -> dict[str, str]:
    """Kinds whose sign-ups are kept so long, with their names."""
    kinds = versions.work().activities.values()
    return {one.code: one.name.here() for one in kinds if one.sign_up and one.sign_up.keep_months == months}


def _saying(months: int) -> Callable[[], str]:
    def says() -> str:
        names = _(", ").join(_kinds(months).values()) or "—"
        return _("Who signed up for events that are over ({kinds})").format(kinds=names)

    return says


def _sign_ups(months: int) -> Delete:
    def delete(before: datetime, *, dry_run: bool) -> int:
        """Whatever became of the event."""
        known = Q(name__isnull=False) | Q(phone__isnull=False) | Q(age_band__isnull=False)
        old = SignUp.objects.filter(known, event__kind__in=_kinds(months), event__day__lt=timezone.localdate(before))
        # A class is over only after its last session.
        old = old.exclude(event__sessions__day__gte=timezone.localdate(before))
        return _emptied(old, dry_run=dry_run, name=None, phone=None, age_band=None, phone_mark="")

    return delete


def _leaders(before: datetime, *, dry_run: bool) -> int:
    known = Q(leader_name__isnull=False) | Q(leader_phone__isnull=False)
    old = Team.objects.filter(known, until_day__lt=timezone.localdate(before))
    return _emptied(old, dry_run=dry_run, leader_name=None, leader_phone=None)


def _volunteers(before: datetime, *, dry_run: bool) -> int:
    left = Q(state=Volunteer.State.LEFT, left_on__lt=timezone.localdate(before))
    never = Q(state=Volunteer.State.ASKED, agreed_at__lt=before)
    old = Volunteer.objects.filter(left | never, name__isnull=False)
    return _emptied(old, dry_run=dry_run, name=None, phone=None, phone_mark="")


def _emptied(rows: "QuerySet[Any]", *, dry_run: bool, **columns: Any) -> int:
    return rows.count() if dry_run else rows.model._default_manager.filter(pk__in=rows.values("pk")).update(**columns)
