"""How long it is kept who reported a matter: as long as somebody may ask back, and no longer."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from rixin.cases.models import Receipt
from rixin.privacy import retention

CONTACT_MONTHS = 12
"""After closing. A matter can be opened again for some weeks; a year covers what is asked about it later."""
_KNOWN = Q(phone__isnull=False) | Q(name__isnull=False)


def register() -> None:
    retention.rule(
        "contacts",
        CONTACT_MONTHS,
        _contacts,
        says=lambda: _("Names and telephone numbers of who reported, after the matter was closed"),
    )


def _contacts(before: datetime, *, dry_run: bool) -> int:
    """Of a matter that went on in another one, the other one's end counts."""
    closed = Q(case__phase="closed", case__merged_into=None, case__closed_at__lt=before)
    merged = Q(case__merged_into__phase="closed", case__merged_into__closed_at__lt=before)
    old = Receipt.objects.filter(_KNOWN & (closed | merged))
    if dry_run:
        return old.count()
    # By key: SQL updates no rows that are found through other tables.
    return Receipt.objects.filter(pk__in=list(old.values_list("pk", flat=True))).update(
        name=None, phone=None, phone_mark=""
    )
