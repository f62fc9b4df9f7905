"""How long it is kept who told of a lead: while it is followed, and a year after it landed or was given up."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.investment.models import Lead
from rixin.privacy import retention

MONTHS = 12


def register() -> None:
    retention.rule(
        "lead_introductions",
        MONTHS,
        _introductions,
        says=lambda: _("Names of who told of a project, after it landed or was given up"),
    )


def _introductions(before: datetime, *, dry_run: bool) -> int:
    day = timezone.localdate(before)
    old = Lead.objects.filter(Q(landed_on__lt=day) | Q(lost_on__lt=day), introduced_by__isnull=False)
    return old.count() if dry_run else old.update(introduced_by=None)
