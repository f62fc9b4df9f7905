"""How much may be sent from one address and through one code, and how many tracking codes may be tried."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from rixin.channels.spots import Spot
from rixin.client_address import client_address
from rixin.privacy import limits
from rixin.privacy.limits import ALLOWED, Allowed, Blocked, Rate, Verdict

HOUR = 3600
GUESSES = Rate(20, HOUR)
JOININGS = Rate(5, HOUR)
VOICES = Rate(60, HOUR)
PHOTO_ROUNDS = Rate(60, HOUR)
"""How often photos of an address that is over its limit are still cleaned and kept, so that a report waiting for its
challenge loses none; beyond it, cleaning them would be the very load that somebody wants to cause."""


def sending(request: HttpRequest, spot: Spot, at: datetime) -> Verdict:
    """Counts one report, in one statement. A solved challenge lets one through that would be too many."""
    return _counted(request, "report", spot.key, at)


def signing_up(request: HttpRequest, to: str, at: datetime) -> Verdict:
    """The same for who signs up. `to`: what for, such as an event."""
    return _counted(request, "sign-up", to, at)


def joining(request: HttpRequest, at: datetime) -> Verdict:
    """The same for one request to be put on the roll of a service."""
    return _or_solved(request, limits.hit(f"joining from {client_address(request)}", JOININGS, at), at)


def raising(request: HttpRequest, at: datetime) -> Verdict:
    """The same for one proposal for a livelihood project."""
    key = f"proposal from {client_address(request)}"
    return _or_solved(request, limits.hit(key, Rate(settings.REPORTS_PER_HOUR_ADDRESS, HOUR), at), at)


def speaking_up(request: HttpRequest, at: datetime) -> Verdict:
    """Counts one support or rating. A whole quarter may share an address, a program that makes up browsers too."""
    return limits.hit(f"voice from {client_address(request)}", VOICES, at)


def _counted(request: HttpRequest, what: str, where: str, at: datetime) -> Verdict:
    verdict = limits.hit_all(
        {
            f"{what} from {client_address(request)}": Rate(settings.REPORTS_PER_HOUR_ADDRESS, HOUR),
            f"{what} at {where}": Rate(settings.REPORTS_PER_HOUR_CODE, HOUR),
        },
        at,
    )
    return _or_solved(request, verdict, at)


def _or_solved(request: HttpRequest, verdict: Verdict, at: datetime) -> Verdict:
    answer = request.POST.get("challenge", "")
    if isinstance(verdict, Blocked) and answer and limits.solved(answer, at):
        return ALLOWED
    return verdict


def may_clean_photos(request: HttpRequest, at: datetime) -> bool:
    return isinstance(limits.hit(f"photos from {client_address(request)}", PHOTO_ROUNDS, at), Allowed)


def may_guess(request: HttpRequest, at: datetime) -> Verdict:
    """Whether this address may look up a tracking code at all: right ones too, or the answer would tell them apart."""
    return limits.verdict(_guesses(request), GUESSES, at)


def guessed_wrong(request: HttpRequest, at: datetime) -> None:
    limits.hit(_guesses(request), GUESSES, at)


def _guesses(request: HttpRequest) -> str:
    return f"wrong tracking code from {client_address(request)}"
