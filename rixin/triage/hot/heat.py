"""How hot a topic is on a day, and why. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

WINDOW = 30
"""Days up to and with the one asked for."""
LEAST = 3
"""Voices in the window from which on a topic can be hot …"""
HOT = 5
"""… if its index is this at least …"""
DEVIATIONS = 4
"""… and it is so many standard deviations louder than usual, as if messages came in by chance (Poisson)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One message of a topic. `wording`: the same for the same message sent again; `agreed`: people who joined it."""

    day: date
    wording: str
    agreed: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The days of which messages are known, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Heat:
    """`voices`: messages of different wording in the window; `usual`: as many as the other days known make expect."""

    voices: int
    usual: float
    agreed: int

    @property
    def loudness(self) -> float:
        """To join costs less than to write: of those who agreed the root counts."""
        return self.voices + sqrt(self.agreed)

    @property
    def index(self) -> float:
        """Loudness above what is usual."""
        return max(0.0, self.loudness - self.usual)

    @property
    def is_hot(self) -> bool:
        return self.voices >= LEAST and self.index >= HOT and self.index >= DEVIATIONS * sqrt(self.usual)


def heat(voices: Iterable[Voice], day: date, known: Span) -> Heat:
    """On `day`, as far as messages are known."""
    opens = day - timedelta(days=WINDOW - 1)
    now: set[str] = set()
    other: set[str] = set()
    agreed = 0
    for voice in voices:
        if opens <= voice.day <= day:
            now.add(voice.wording)
            agreed += voice.agreed
        elif known.first <= voice.day <= known.last:
            other.add(voice.wording)
    other_days = max(0, (opens - known.first).days) + max(0, (known.last - day).days)
    usual = len(other) * WINDOW / other_days if other_days >= WINDOW else 0.0
    return Heat(len(now), usual, agreed)


def peak(voices: Iterable[Voice], known: Span) -> tuple[date, Heat]:
    """The first day on which it was hottest. Raises ValueError without a voice."""
    given = list(voices)
    days = sorted({voice.day for voice in given})
    return max(((day, heat(given, day, known)) for day in days), key=lambda one: (one[1].index, -one[0].toordinal()))
