"""Matters and the enterprises that they name."""

from datetime import datetime
from typing import Any

from django.db import transaction

from rixin.cases.models import Case
from rixin.people.actors import Actor
from rixin.registers.linking import tell_of_link
from rixin.registers.models import Enterprise


@transaction.atomic
def link_enterprise(case: Case, enterprise: Enterprise, *, by: Actor, at: datetime) -> Case:
    """The name in the matter's form means this entry of the register. What was reported stays.

    Raises RegisterRefused, ChangedMeanwhile.
    """
    before = case.enterprise
    if before == enterprise:
        return case
    tell_of_link("matter", case.number, before, enterprise, by=by, at=at)
    Case.objects.filter(pk=case.pk).update(enterprise=enterprise)
    case.enterprise = enterprise
    return case


def on_merged(sender: Any, *, double: int, into: int, **more: Any) -> None:
    """What named an entry that was there twice names the one that goes on."""
    Case.objects.filter(enterprise=double).update(enterprise=into)
