"""How long a sign-in lasts: at most 12 hours, and 2 hours without a request."""

from datetime import datetime, timedelta
from typing import Literal

from django.contrib.sessions.backends.base import SessionBase

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
# Seen times are written at most this often, so that reading pages does not write to the database each time.
NOTED_EVERY = timedelta(minutes=2)
SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"

Ending = Literal["idle", "longest"]


def begin(session: SessionBase, at: datetime) -> None:
    session[SIGNED_IN_AT] = session[SEEN_AT] = at.timestamp()


def ending(session: SessionBase, at: datetime) -> Ending | None:
    """Why the sign-in is over at `at`, or None while it lasts."""
    now = at.timestamp()
    if now - session.get(SIGNED_IN_AT, now) >= LONGEST.total_seconds():
        return "longest"
    if now - session.get(SEEN_AT, now) >= IDLE.total_seconds():
        return "idle"
    return None


def note_seen(session: SessionBase, at: datetime) -> None:
    if SIGNED_IN_AT not in session:
        begin(session, at)
    elif at.timestamp() - session[SEEN_AT] >= NOTED_EVERY.total_seconds():
        session[SEEN_AT] = at.timestamp()
