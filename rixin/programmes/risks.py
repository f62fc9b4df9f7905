"""Risks of a project: noted, and settled with a word on how."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rixin.programmes.drafts import NewRisk, ProjectRefused, needed
from rixin.programmes.journal import Act, still, taken_already, write
from rixin.programmes.models import Project, Risk, Status


@transaction.atomic
def note(project: Project, new: NewRisk, act: Act) -> Project:
    """Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    still(project, Status.OPEN)
    words = needed(new.words, "words", _("Please say what may go wrong."))
    if new.weight not in Risk.Weight.values:
        raise ProjectRefused({"weight": _("Please choose one.")})
    day = timezone.localdate(act.at)
    Risk.objects.create(
        project=project, words=words, weight=new.weight, owner_id=new.owner, due_on=new.due_on, noted_on=day
    )
    return write(project, "risk", {}, act, changes={"risk": [None, words]})


@transaction.atomic
def settle(project: Project, risk: Risk, answer: str, act: Act) -> Project:
    """Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    said = needed(answer, "answer", _("Please say how it was settled."))
    if risk.settled_on is not None:
        raise ProjectRefused({"": _("This risk is settled already.")})
    risk.settled_on, risk.answer = timezone.localdate(act.at), said
    risk.save(update_fields=["settled_on", "answer"])
    return write(project, "settle", {}, act, changes={"risk": [risk.words, None]}, reason=said)
