"""Steps of a project: done, taken back, and what shows them. One transaction each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rixin.programmes import filled, way
from rixin.programmes.actions import standing
from rixin.programmes.drafts import NewEvidence, ProjectRefused, needed, refuse
from rixin.programmes.journal import Act, still, taken_already, write
from rixin.programmes.models import Evidence, Project, Status, Step
from rixin.programmes.stands import stands


@dataclass(frozen=True, kw_only=True)
class Done:
    """What is written down with a step. `values`: as records keep them."""

    code: str
    day: date
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    evidence: Sequence[NewEvidence] = ()


@transaction.atomic
def do_step(project: Project, done: Done, act: Act) -> Project:
    """Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.OPEN, Status.DONE)
    steps = list(project.steps.all())
    step = _step(steps, done.code)
    _check_turn(project, steps, step)
    rules = step.rules(project.rules)
    given = {name: value for name, value in done.values.items() if value not in (None, "")}
    there = list(step.evidence.filter(removed=False))
    refuse(
        {
            **_named(filled.faults(rules, given)),
            **_day_faults(project, steps, done.day, timezone.localdate(act.at)),
            **_evidence_faults(step, project, [*there, *done.evidence]),
        }
    )
    step.done_on, step.values, step.note = done.day, dict(given), done.note.strip()
    step.version += 1
    step.save(update_fields=["done_on", "values", "note", "version"])
    _keep(step, done.evidence, act)
    changes = {"done_on": [None, done.day], "values": [{}, step.values]}
    if done.evidence:
        changes["evidence"] = [0, len(done.evidence)]
    return write(project, "step", standing(project), act, step=step.code, changes=changes, reason=step.note)


@transaction.atomic
def take_back(project: Project, code: str, reason: str, act: Act) -> Project:
    """The last step that was done was none. What shows it stays with it. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.OPEN, Status.DONE)
    why = needed(reason, "reason", _("Please say what was wrong."))
    steps = list(project.steps.all())
    step, last = _step(steps, code), way.last_done(stands(project.rules, steps))
    if last is None or steps[last].pk != step.pk:
        raise ProjectRefused({"": _("Only the last step that was done can be taken back.")})
    changes = {"done_on": [step.done_on, None], "values": [step.values, {}]}
    step.done_on, step.values, step.note = None, {}, ""
    step.version += 1
    step.save(update_fields=["done_on", "values", "note", "version"])
    return write(project, "take_back", standing(project), act, step=code, changes=changes, reason=why)


@transaction.atomic
def add_evidence(project: Project, code: str, evidence: Sequence[NewEvidence], note: str, act: Act) -> Project:
    """Photos or files of a step that is done, or is on its way. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.OPEN, Status.DONE)
    steps = list(project.steps.all())
    step = _step(steps, code)
    if step.done_on is None:
        _check_turn(project, steps, step)
    if not evidence:
        raise ProjectRefused({"photos": _("Please choose a photo or a file.")})
    _keep(step, evidence, act)
    return write(project, "evidence", {}, act, step=code, changes={"evidence": [0, len(evidence)]}, reason=note.strip())


@transaction.atomic
def remove_evidence(project: Project, evidence: Evidence, reason: str, act: Act) -> Project:
    """It shows something else. It is kept, and shown no more. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    why = needed(reason, "reason", _("Please say what was wrong."))
    step = evidence.step
    left = list(step.evidence.filter(removed=False).exclude(pk=evidence.pk))
    if step.done_on is not None and _evidence_faults(step, project, left):
        raise ProjectRefused({"": _("The step would not be shown any more. Add another one first.")})
    evidence.removed = True
    evidence.save(update_fields=["removed"])
    return write(project, "unshow", {}, act, step=step.code, changes={"evidence": [1, 0]}, reason=why)


def _step(steps: Sequence[Step], code: str) -> Step:
    found = next((step for step in steps if step.code == code), None)
    if found is None:
        raise ProjectRefused({"": _("This project has no such step.")})
    return found


def _check_turn(project: Project, steps: Sequence[Step], step: Step) -> None:
    stood = stands(project.rules, steps)
    if step.done_on is not None:
        raise ProjectRefused({"": _("This step is done already.")})
    if step.nth - 1 in way.doable(stood):
        return
    waits = way.waiting(stood)
    if waits is None or waits > step.nth - 1:
        raise ProjectRefused({"": _("A later step is done: this one was left out.")})
    raise ProjectRefused({"": _("“%(step)s” has to be done first.") % {"step": stood[waits].rules.name}})


def _day_faults(project: Project, steps: Sequence[Step], day: date, today: date) -> dict[str, str | Promise]:
    stood = stands(project.rules, steps)
    earliest = way.earliest(stood, project.opened_on)
    if day > today:
        return {"day": _("This day is still to come.")}
    if day >= earliest:
        return {}
    last = way.last_done(stood)
    if last is not None and stood[last].rules.notice_days and day >= (stood[last].done_on or day):
        words = _("“%(step)s” is shown for %(days)d days: the next step can come from %(from)s on.")
        facts = {"step": stood[last].rules.name, "days": stood[last].rules.notice_days, "from": earliest.isoformat()}
        return {"day": words % facts}
    return {"day": _("This is before the step that comes first, on %(day)s.") % {"day": earliest.isoformat()}}


def _evidence_faults(step: Step, project: Project, there: Sequence[Evidence | NewEvidence]) -> dict[str, str | Promise]:
    rules, photos = step.rules(project.rules), sum(not one.name for one in there)
    faults: dict[str, str | Promise] = {}
    if photos < rules.photos:
        words = ngettext(
            "At least {least} photo is needed; there are {there}.",
            "At least {least} photos are needed; there are {there}.",
            rules.photos,
        )
        faults["photos"] = words.format(least=rules.photos, there=photos)
    if (files := len(there) - photos) < rules.files:
        words = ngettext(
            "At least {least} file is needed; there are {there}.",
            "At least {least} files are needed; there are {there}.",
            rules.files,
        )
        faults["files"] = words.format(least=rules.files, there=files)
    return faults


def _named(faults: Mapping[str, str]) -> dict[str, str | Promise]:
    """As fields of a form are named."""
    return {f"value-{name}" if name else "": reason for name, reason in faults.items()}


def _keep(step: Step, evidence: Sequence[NewEvidence], act: Act) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            step=step, digest=one.digest, name=one.name, size=one.size, width=one.width, height=one.height, at=act.at
        )
        for one in evidence
    )
