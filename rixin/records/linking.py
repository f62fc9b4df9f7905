"""Records and the enterprises that they name."""

from datetime import datetime
from typing import Any

from django.db import transaction

from rixin.people.actors import Actor
from rixin.records.models import Record
from rixin.registers.linking import tell_of_link
from rixin.registers.models import Enterprise


@transaction.atomic
def link_enterprise(record: Record, enterprise: Enterprise, *, by: Actor, at: datetime) -> Record:
    """The name in the record means this entry of the register, whatever it says. What it says stays.

    Raises RegisterRefused, ChangedMeanwhile.
    """
    before = record.enterprise
    if before == enterprise:
        return record
    tell_of_link("record", record.pk, before, enterprise, by=by, at=at)
    Record.objects.filter(pk=record.pk).update(enterprise=enterprise)
    record.enterprise = enterprise
    return record


def on_merged(sender: Any, *, double: int, into: int, **more: Any) -> None:
    """What named an entry that was there twice names the one that goes on."""
    Record.objects.filter(enterprise=double).update(enterprise=into)
