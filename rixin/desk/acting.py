"""An action sent by its form, for every page that offers it: the desk's and the phone's."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from rixin.cases import actions, queries
from rixin.cases.actions import ChangedMeanwhile
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.desk import timeline
from rixin.desk.actionforms import ActionForm
from rixin.desk.timeline import Entry
from rixin.people.staff import Staff


@dataclass(frozen=True)
class Sent:
    """What became of it. `after`: the case afterwards, None if the action was refused and the form comes back."""

    form: ActionForm
    after: Case | None
    now: Case | None
    """The case as it stands; None where it went out of the person's sight."""
    status: int = 200
    since: list[Entry] = field(default_factory=list)
    """What others did between the look and the sending."""


def send(
    case: Case,
    action: str,
    staff: Staff,
    data: QueryDict,
    files: MultiValueDict[str, Any],
    at: datetime,
    *,
    auto_id: str = "act_%s",
) -> Sent:
    """Takes `action` as filled in; nothing is carried out and everything typed is kept where it is refused."""
    rules = queries.setting_of(case).rules
    form = ActionForm(case, action, rules, staff, at, data=data, files=files, auto_id=auto_id)
    if not form.is_valid():
        return Sent(form, None, case, 422)
    try:
        after = actions.act(
            case,
            action,
            by=staff,
            given=form.given,
            seen=form.cleaned_data["seen"],
            at=at,
            photos=form.photos,
            files=form.papers,
        )
    except ActionRefused as refused:
        form.refuse(refused.refusal)
        return Sent(form, None, case, 422 if refused.refusal.fields else 409)
    except ChangedMeanwhile as changed:
        return _changed(form, changed, data, staff)
    return Sent(form, after, after if queries.sees(staff, after) else None)


def _changed(form: ActionForm, changed: ChangedMeanwhile, data: QueryDict, staff: Staff) -> Sent:
    """What somebody else did, and what was typed, ready to be sent again on the matter as it is now."""
    rules = queries.setting_of(changed.case).rules
    since = timeline.entries(changed.since, rules, {})
    if not queries.sees(staff, changed.case):
        return Sent(form, None, None, 409, since)
    again = data.copy()
    again["seen"] = str(changed.case.version)
    form.data = again
    form.case = changed.case
    return Sent(form, None, changed.case, 409, since)
