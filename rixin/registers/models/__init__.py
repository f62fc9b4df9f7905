"""The registers: things that last, with their history. Only this app's actions write here.

A span of time has the day on which it begins and the day on which it no longer holds (none: it holds still), so that
what ends on a day and what follows it on the same day never overlap, and "how many on that day" is always one question.
"""

from rixin.registers.models.buildings import Building, Room, Tenancy
from rixin.registers.models.enterprises import (
    Enterprise,
    FormerName,
    How,
    Measured,
    Return,
    Standing,
    StandingSpan,
    TraitSpan,
)
from rixin.registers.models.history import RegisterEvent, RegisterImport

__all__ = [
    "Building",
    "Enterprise",
    "FormerName",
    "How",
    "Measured",
    "RegisterEvent",
    "RegisterImport",
    "Return",
    "Room",
    "Standing",
    "StandingSpan",
    "Tenancy",
    "TraitSpan",
]
