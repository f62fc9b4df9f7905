"""Opening who raised a proposal or rated a project: for a purpose, and on record."""

from django.utils import timezone

from rixin.client_address import client_address
from rixin.people.staff import StaffRequest
from rixin.privacy import opening
from rixin.privacy.models import What
from rixin.privacy.opening import PurposeMissing


def open_contact(request: StaffRequest, number: str, what: What) -> str:
    """Writes down that the person opens it. What is missing, in words; "" where it may be shown."""
    try:
        opening.log(
            request.staff.account,
            what,
            number,
            request.POST.get("purpose", ""),
            timezone.now(),
            words=request.POST.get("words", ""),
            address=client_address(request),
        )
    except PurposeMissing as missing:
        return missing.message
    return ""
