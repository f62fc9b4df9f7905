"""The steps of a project in words: plan and actual day, what was filled in, what shows it, and how owners voted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rixin.catalogue import versions
from rixin.catalogue.programme_schema import ProjectStep, Vote
from rixin.people import units
from rixin.programmes import filled
from rixin.programmes.models import Evidence, Project, Status, Step
from rixin.programmes.votes import ImpossibleVote
from rixin.records.entry import shown


@dataclass(frozen=True)
class StepLine:
    """`tone`: done, current, late or nothing. `needs`: what it asks for, while it is not done."""

    step: Step
    rules: ProjectStep
    tone: str
    against_plan: str
    values: list[tuple[str, str]]
    votes: list[tuple[str, bool]]
    """Thresholds in words, and whether each was met."""
    photos: list[Evidence]
    files: list[Evidence]
    needs: list[str]
    left_out: bool


def step_lines(project: Project, doable: Sequence[int], today: date) -> list[StepLine]:
    """One statement for the evidence."""
    steps = list(project.steps.all())
    shown_by: dict[int, list[Evidence]] = {}
    for one in Evidence.objects.filter(step__in=[step.pk for step in steps], removed=False):
        shown_by.setdefault(one.step_id, []).append(one)
    last = max((step.nth for step in steps if step.done_on), default=0)
    return [_line(project, step, shown_by.get(step.pk, []), doable, today, last) for step in steps]


def _line(
    project: Project, step: Step, evidence: list[Evidence], doable: Sequence[int], today: date, last: int
) -> StepLine:
    rules = step.rules(project.rules)
    return StepLine(
        step=step,
        rules=rules,
        tone=_tone(project, step, doable, today),
        against_plan=_against_plan(step),
        values=values_of(rules, step),
        votes=votes_of(rules.vote, step) if rules.vote else [],
        photos=[one for one in evidence if one.is_photo],
        files=[one for one in evidence if not one.is_photo],
        needs=_needs(rules) if step.done_on is None else [],
        left_out=step.done_on is None and step.nth < last,
    )


def _tone(project: Project, step: Step, doable: Sequence[int], today: date) -> str:
    if step.done_on is not None:
        return "done"
    if project.status == Status.STOPPED:
        return ""
    if not step.optional and step.planned_on is not None and step.planned_on < today:
        return "late"
    return "current" if step.nth - 1 in doable else ""


def _against_plan(step: Step) -> str:
    if step.done_on is None or step.planned_on is None:
        return ""
    days = (step.done_on - step.planned_on).days
    if days > 0:
        return ngettext("{n} day after the plan", "{n} days after the plan", days).format(n=days)
    return (
        ngettext("{n} day before the plan", "{n} days before the plan", -days).format(n=-days)
        if days
        else _("as planned")
    )


def values_of(rules: ProjectStep, step: Step) -> list[tuple[str, str]]:
    """(label, value with its unit)."""
    measures, said = versions.work().measures, []
    for field in rules.fields:
        if field.name in step.values:
            unit = measures.get(field.unit or "")
            words = shown(field, step.values[field.name])
            said.append((field.label.here(), f"{words} {unit.name.here()}" if unit else words))
    return said


def votes_of(vote: Vote, step: Step) -> list[tuple[str, bool]]:
    try:
        outcome = filled.outcome(vote, step.values)
    except ImpossibleVote:
        return []
    return [(filled.said(one), one.met) for one in outcome.thresholds] if outcome else []


def _needs(rules: ProjectStep) -> list[str]:
    said = []
    if rules.photos:
        said.append(ngettext("{n} photo", "{n} photos", rules.photos).format(n=rules.photos))
    if rules.files:
        said.append(ngettext("{n} file", "{n} files", rules.files).format(n=rules.files))
    if rules.notice_days:
        said.append(ngettext("shown for {n} day", "shown for {n} days", rules.notice_days).format(n=rules.notice_days))
    if rules.vote:
        said.append({
            "ordinary": _("two thirds of the owners take part, more than half of them agree, by head and by area"),
            "grave": _("two thirds of the owners take part, three quarters of them agree, by head and by area"),
            "renewal": _("two thirds of all owners agree, by head and by area"),
        }[rules.vote.rule])  # fmt: skip
    if rules.optional:
        said.append(_("may be left out"))
    if rules.unit:
        said.append(units.by_code(rules.unit).name)
    return said
