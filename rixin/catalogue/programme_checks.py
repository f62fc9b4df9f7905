"""What must hold of a kind of project beyond its shape: (place in the file, reason) for each fault."""

from django.utils.translation import gettext as _

from rixin.catalogue.checks import Found
from rixin.catalogue.programme_schema import ProjectKind, ProjectStep
from rixin.catalogue.register_checks import twice
from rixin.catalogue.work_checks import Known, field_faults


def programme_faults(kind: ProjectKind, known: Known) -> Found:
    yield from twice([step.code for step in kind.steps], "steps")
    yield from twice([level.code for level in kind.levels], "levels")
    yield from _levels(kind)
    yield from _way(kind)
    yield from _milestones(kind)
    yield from _told(kind)
    for nth, step in enumerate(kind.steps):
        for loc, reason in _step(step, known):
            yield ("steps", nth, *loc), reason


def _levels(kind: ProjectKind) -> Found:
    if kind.levels and kind.level is None:
        yield ("level",), _("levels can be chosen: say what they are called")
    if kind.level is not None and len(kind.levels) < 2:
        yield ("levels",), _("a choice needs at least two levels")


def _way(kind: ProjectKind) -> Found:
    ends = [nth for nth, step in enumerate(kind.steps) if step.ends]
    for nth in ends[1:]:
        yield ("steps", nth, "ends"), _("the project ends with an earlier step already")
    for nth, step in enumerate(kind.steps):
        if step.optional and nth == kind.last:
            yield ("steps", nth, "optional"), _("the project ends with this step: it cannot be left out")
    for nth, step in enumerate(kind.steps[:-1]):
        following = kind.steps[nth + 1]
        if step.notice_days and step.optional:
            yield ("steps", nth, "notice_days"), _("what is shown to everybody cannot be left out")
        elif step.notice_days and following.days == 0:
            yield ("steps", nth + 1, "days"), _("the step before is shown for some days: plan days for this one")
    if kind.steps[-1].notice_days:
        yield ("steps", len(kind.steps) - 1, "notice_days"), _("nothing follows that could wait")
    if not any(step.weight for step in kind.steps):
        yield ("steps", 0, "weight"), _("no step counts: progress would never be seen")


def _milestones(kind: ProjectKind) -> Found:
    """A figure counts projects by a milestone: one that is reached twice would be counted twice."""
    reached = [step.counts_as for step in kind.steps]
    for nth, milestone in enumerate(reached):
        if milestone is not None and milestone in reached[:nth]:
            yield (
                ("steps", nth, "counts_as"),
                _("“{milestone}” is reached by an earlier step already").format(milestone=milestone),
            )


def _told(kind: ProjectKind) -> Found:
    if not kind.late.owner <= kind.late.unit <= kind.late.leader:
        yield ("late",), _("a late step is told to who is in charge first, then the unit, then the leader")


def _step(step: ProjectStep, known: Known) -> Found:
    names = [field.name for field in step.fields]
    for nth, field in enumerate(step.fields):
        if field.name in names[:nth]:
            yield ("fields", nth, "name"), _("the field “{name}” is there twice").format(name=field.name)
        for loc, reason in field_faults(field, known):
            yield ("fields", nth, *loc), reason
    if step.vote is None:
        return
    kinds = {field.name: field for field in step.fields}
    for key, name in step.vote.fields.items():
        here = ("vote", key)
        if name not in kinds:
            yield here, _("there is no field “{name}”").format(name=name)
        elif kinds[name].kind not in ("count", "amount") or not kinds[name].required:
            yield here, _("“{name}” has to be a number that is always filled in").format(name=name)
