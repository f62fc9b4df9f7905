"""How long it is kept who raised something or rated a project: a year."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from rixin.choosing.models import ProjectRating, Proposal
from rixin.privacy import retention

MONTHS = 12
_KNOWN = Q(name__isnull=False) | Q(phone__isnull=False)


def register() -> None:
    retention.rule(
        "proposers",
        MONTHS,
        _proposers,
        says=lambda: _("Names and telephone numbers of who raised a livelihood project"),
    )
    retention.rule(
        "project_raters",
        MONTHS,
        _raters,
        says=lambda: _("Telephone numbers of who rated a livelihood project"),
    )


def _proposers(before: datetime, *, dry_run: bool) -> int:
    old = Proposal.objects.filter(_KNOWN, raised_at__lt=before)
    return old.count() if dry_run else old.update(name=None, phone=None)


def _raters(before: datetime, *, dry_run: bool) -> int:
    old = ProjectRating.objects.filter(phone__isnull=False, at__lt=before)
    return old.count() if dry_run else old.update(phone=None)
