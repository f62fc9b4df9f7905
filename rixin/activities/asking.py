"""What a kind of event asks of who signs up, and the guest that a filled-in form says."""

from collections.abc import Mapping
from typing import Any

from rixin.activities.signing import Guest
from rixin.catalogue.activity_schema import EventKind

_CAN_BE_ASKED = ("name", "phone", "people", "age_band")


def not_asked(kind: EventKind) -> list[str]:
    """Fields that a form has and this kind does not ask for."""
    asks = kind.sign_up.asks if kind.sign_up else []
    return [name for name in _CAN_BE_ASKED if name not in asks]


def guest_of(filled_in: Mapping[str, Any]) -> Guest:
    return Guest(**{name: value for name, value in filled_in.items() if value})
