"""Matters and records that name an enterprise, and the entry of the register that is meant."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from rixin.people.actors import Actor
from rixin.registers import journal
from rixin.registers.entering import still_there
from rixin.registers.matching import meant_by
from rixin.registers.models import Enterprise


class Asked(Protocol):
    """A field of a form or of a record type."""

    @property
    def name(self) -> str: ...

    @property
    def names(self) -> str | None: ...


def name_in(asked: Iterable[Asked], said: Mapping[str, Any]) -> str:
    """What stands in the field that names an enterprise; "" where there is no such field."""
    return next((str(said.get(field.name) or "") for field in asked if field.names == "enterprise"), "")


def enterprises_of(names: Sequence[str], chosen: Sequence[int | None]) -> list[int | None]:
    """For each the id of its enterprise: the one that somebody chose, else the one that the name means; None for none.

    Nothing is asked of the database where nothing has a name.
    """
    unknown = {name for name, one in zip(names, chosen, strict=True) if name and one is None}
    meant = meant_by(unknown) if unknown else {}
    return [one if one is not None else meant.get(name) for name, one in zip(names, chosen, strict=True)]


def tell_of_link(
    kind: Literal["record", "matter"],
    number: str | int,
    before: Enterprise | None,
    now: Enterprise,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody chose the entry that a record or matter means: a line in its history, and in that of the one before.

    Within the transaction that links it. Raises RegisterRefused, ChangedMeanwhile.
    """
    still_there(now)
    told = [(now, [None, number])] + ([(before, [number, None])] if before is not None else [])
    for one, change in told:
        journal.update_enterprise(one, one.version, at, {})
        journal.event("linked", by, at, enterprise=one, changes={kind: change}).save()
