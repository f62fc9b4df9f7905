"""How long it is kept whom to call at an enterprise: while it is the sub-district's, and a year after."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.privacy import retention
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import PRESENT

CONTACT_MONTHS = 12


def register() -> None:
    retention.rule(
        "enterprise_contacts",
        CONTACT_MONTHS,
        _contacts,
        says=lambda: _("Names and telephone numbers of people at enterprises, after these moved away or closed"),
    )


def _contacts(before: datetime, *, dry_run: bool) -> int:
    """Of those that were taken out of the register as mistakes too."""
    gone = ~Q(standing__in=PRESENT) & Q(since__lt=timezone.localdate(before))
    known = Q(contact_name__isnull=False) | Q(contact_phone__isnull=False)
    old = Enterprise.objects.filter(known & (gone | Q(withdrawn=True, changed_at__lt=before)))
    return old.count() if dry_run else old.update(contact_name=None, contact_phone=None)
