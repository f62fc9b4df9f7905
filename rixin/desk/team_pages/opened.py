"""Opening who leads a team or who is a volunteer: for a purpose, and written down first."""

from django.utils import timezone

from rixin.client_address import client_address
from rixin.people.staff import StaffRequest
from rixin.privacy import opening
from rixin.privacy.opening import PURPOSES, What
from rixin.texts import cleaned


def purposes() -> list[tuple[str, str]]:
    return [(purpose.value, str(purpose.label)) for purpose in PURPOSES]


def log(request: StaffRequest, number: str) -> None:
    """`number`: how the log names whose data it is. Raises PurposeMissing."""
    said = request.POST
    opening.log(
        request.staff.account,
        What.CONTACT,
        number,
        said.get("purpose", ""),
        timezone.now(),
        words=cleaned(said.get("words", "")),
        address=client_address(request),
    )
