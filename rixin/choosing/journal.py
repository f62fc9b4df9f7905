"""How this app writes down a change: the row as the person saw it, and a line of what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rixin.choosing.models import Asked, Ballot, ChoosingEvent, Proposal, Round
from rixin.history import change, difference, line
from rixin.people.actors import Actor
from rixin.refused import FieldsRefused

SEALED = ("name", "phone")
"""Columns of which the lines say only that they changed."""


class ChoosingRefused(FieldsRefused):
    """It cannot be done as it was filled in, or not any more."""


def happened(action: str, by: Actor, at: datetime, *, reason: str = "", **about: Any) -> None:
    line(ChoosingEvent, action, by, at, reason=reason, **about).save()


def put(
    row: Round | Proposal | Ballot | Asked,
    action: str,
    columns: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    seen: int,
    reason: str = "",
    **about: Any,
) -> None:
    """Writes the columns and the line. Raises ChangedMeanwhile. `about`: what the line is of."""
    changes = difference(row, columns)
    change(row, seen, at, columns)
    line(ChoosingEvent, action, by, at, changes=changes, reason=reason, sealed=SEALED, **about).save()
