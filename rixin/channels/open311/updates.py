"""What became of requests, as FixMyStreet and its relatives exchange it (servicerequestupdates)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict

from rixin.cases import actions, public, queries
from rixin.cases.actions import ChangedMeanwhile
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case, CaseEvent, Channel, Receipt
from rixin.catalogue import versions
from rixin.catalogue.schema import State
from rixin.channels.open311 import listing
from rixin.channels.open311.errors import bad, forbidden
from rixin.channels.open311.listing import moment, redacted
from rixin.texts import cleaned

MOST = 1_000
_LONGEST = 2_000


def updates(given: Mapping[str, str], at: datetime) -> list[dict[str, Any]]:
    """Every step of public matters between two moments by which its state changed, the oldest first.

    Raises CallRefused: both dates or neither; without them the last day is given.
    """
    if bool(given.get("start_date")) != bool(given.get("end_date")):
        raise bad(["start_date and end_date are given together"])
    asked = listing.read({name: given[name] for name in ("start_date", "end_date") if given.get(name)}, at)
    first = asked.first if given.get("start_date") else at - timedelta(days=1)
    events = CaseEvent.objects.filter(case__in=listing.public().values("pk"), at__gte=first, at__lte=asked.last)
    events = events.filter(changes__has_key="state").order_by("at", "pk").select_related("case")
    return [_told(event) for event in events[:MOST]]


def _told(event: CaseEvent) -> dict[str, Any]:
    state = event.changes["state"]
    return {
        "update_id": str(event.pk),
        "service_request_id": event.case.number,
        "status": _status(event.case, state),
        "updated_datetime": moment(event.at),
        "description": _state_name(event.case, state),
        "media_url": None,
    }


def _state_name(case: Case, code: str) -> str:
    """A state of the matter in plain words; "" for none."""
    state = _states(case).get(code)
    return state.plain.here() if state else ""


def _states(case: Case) -> dict[str, State]:
    return versions.version(case.definition_id).rules.lifecycle.states


def _status(case: Case, code: str) -> str:
    """FixMyStreet's word for a state."""
    state = _states(case).get(code)
    if state is None:
        return "OPEN"
    if state.phase == "closed":
        return {"solved": "FIXED", "merged": "DUPLICATE", "failed": "NO_FURTHER_ACTION"}.get(
            state.outcome or "", "NOT_COUNCILS_RESPONSIBILITY"
        )
    if state.phase == "suspended":
        return "ACTION_SCHEDULED"
    return {"dispatcher": "FOR_TRIAGE", "verifier": "INVESTIGATING"}.get(state.owner, "IN_PROGRESS")


def add(given: QueryDict, at: datetime) -> dict[str, Any]:
    """Words that somebody adds to a request that came through this interface. Raises CallRefused."""
    text = cleaned(given.get("description", "")).strip()
    faults = [f"{name} is missing" for name in ("service_request_id", "description") if not given.get(name)]
    if len(text) > _LONGEST:
        faults.append(f"description has {len(text)} characters; at most {_LONGEST} are taken")
    if faults:
        raise bad(faults)
    case = listing.one(str(given["service_request_id"]))
    receipt = Receipt.objects.filter(case=case, joined=False, channel=Channel.OPEN311).first()
    if receipt is None:
        raise forbidden("only to requests that came through this interface can be added")
    return _added(case, receipt, text, at)


def _added(case: Case, receipt: Receipt, text: str, at: datetime) -> dict[str, Any]:
    whole = Case.objects.get(pk=case.pk)
    by = public.actor_of(receipt, whole)
    if "add" not in queries.actions_for(whole, by, at):
        raise bad(["nothing can be added to this request any more"])
    try:
        after = actions.act(whole, "add", by=by, given={"message": text}, seen=whole.version, at=at)
    except (ActionRefused, ChangedMeanwhile) as refused:
        raise bad([str(refused)]) from refused
    event = after.events.order_by("-seq")[0]
    return {
        "update_id": str(event.pk),
        "service_request_id": after.number,
        "status": _status(after, after.state),
        "updated_datetime": moment(event.at),
        "description": redacted(text),
        "media_url": None,
    }
