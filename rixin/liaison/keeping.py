"""What matters and the register say to the work with enterprises, in the transaction of what happened."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from rixin.cases.facts import refusal
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.liaison import actions
from rixin.people.actors import Actor
from rixin.registers import journal, standings
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, How, Standing
from rixin.registers.models.enterprises import PRESENT

RETENTION = "retention"
"""Code of the lifecycle of enterprises to be kept."""
_LONGEST_PLACE = 120
_MOST_MERGES = 10


def on_event(sender: object, *, case: Case, by: Actor, at: datetime, **_others: Any) -> None:
    """That an enterprise stays or leaves is said in its matter, and stands in the register from then on.

    Raises ActionRefused where the register cannot take it: nothing happens then, and the person hears why.
    """
    if case.enterprise_id is None or versions.version(case.definition_id).rules.lifecycle.code != RETENTION:
        return
    last = case.events.order_by("-seq").first()
    if last is None or last.action not in ("leave", "stay"):
        return
    enterprise = _in_force(case.enterprise_id)
    try:
        if last.action == "leave":
            _has_left(enterprise, str(last.given.get("where", "")), case, by, at)
        else:
            journal.update_enterprise(enterprise, enterprise.version, at, {})
            journal.event("stay", by, at, enterprise=enterprise, reason=case.number).save()
    except RegisterRefused as refused:
        raise ActionRefused(refusal(refused.code, refused.message)) from refused


def _has_left(enterprise: Enterprise, where: str, case: Case, by: Actor, at: datetime) -> None:
    if enterprise.standing not in PRESENT:
        return
    day = timezone.localdate(at)
    standings.stand(
        enterprise,
        Standing.LEFT,
        How.MOVED_OUT,
        day,
        where=where[:_LONGEST_PLACE],
        by=by,
        at=at,
        seen=enterprise.version,
        today=day,
        reason=case.number,
    )


def _in_force(pk: int) -> Enterprise:
    """The entry that is kept for the enterprise; of one that was entered twice, the one that goes on."""
    enterprise = Enterprise.objects.select_for_update().get(pk=pk)
    for _nth in range(_MOST_MERGES):
        if enterprise.same_as_id is None:
            break
        enterprise = Enterprise.objects.select_for_update().get(pk=enterprise.same_as_id)
    return enterprise


def on_merged(sender: object, *, double: int, into: int, **_others: Any) -> None:
    actions.hand_on(double, into)
