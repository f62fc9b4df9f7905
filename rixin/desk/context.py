"""What the frames of staff pages show on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from rixin.people.notices import unread_count
from rixin.people.roles import CASE_ROLES


def notices(request: HttpRequest) -> dict[str, Any]:
    """How many notices are unread: one statement, and only on pages that show it."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {}
    staff = getattr(request, "staff", None)
    return {
        "unread_notices": SimpleLazyObject(lambda: unread_count(account.pk)),
        "works_on_matters": staff is not None and staff.may(*CASE_ROLES),
    }
