"""A lead lands: it leaves its record, by which figures count it, and becomes an enterprise of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.pipeline_schema import LeadFact, Pipeline
from rixin.catalogue.versions import RecordVersion, UnknownType
from rixin.catalogue.work_schema import RecordField
from rixin.chain import digest
from rixin.investment.actions import made, pipeline_of, still_open, take, taken_already
from rixin.investment.drafts import LeadRefused
from rixin.investment.models import Act, Lead, LeadStep, Status
from rixin.people import units
from rixin.people.actors import Actor
from rixin.records import actions as records
from rixin.records.actions import EntryRefused
from rixin.records.entry import Values, read_values
from rixin.records.journal import NewRecord
from rixin.records.models import Record
from rixin.registers import entering
from rixin.registers.entering import NewEnterprise
from rixin.registers.industries import industry
from rixin.registers.journal import RegisterRefused
from rixin.registers.matching import meant_by
from rixin.registers.models import Enterprise, How, Standing
from rixin.registers.models.enterprises import PRESENT

_FEN_IN_YUAN = 100


@dataclass(frozen=True, kw_only=True)
class Landing:
    """How it landed. `amount` in fen, none: as the lead says. `enterprise`: id of the entry of the register that it
    is; none: a new one is entered, as `name` (none: as the lead is called) and, once known, with its credit `code`.
    """

    day: date
    amount: int | None = None
    industry: str = ""
    """In words, where the lead's own industry does not say it."""
    enterprise: int | None = None
    name: str = ""
    code: str = ""
    standing: Standing = Standing.HERE
    how: How = How.NEW
    words: str = ""


@transaction.atomic
def land(lead: Lead, landing: Landing, *, by: Actor, at: datetime, seen: int) -> Lead:
    """All of it or nothing. Sent twice, it lands once. Raises LeadRefused, ChangedMeanwhile."""
    pipeline = pipeline_of(lead)
    step = made(lead, Act.LAND, by, at, seen, words=landing.words)
    step.changes = {"landed_on": [None, landing.day.isoformat()], "amount": [None, landing.amount]}
    if taken_already(lead, step):
        return lead
    still_open(lead)
    if landing.day > timezone.localdate(at):
        raise LeadRefused({"day": _("This day is still to come.")})
    if landing.day < lead.opened_on:
        raise LeadRefused({"day": _("It cannot have landed before it was known.")})
    amount = lead.amount if landing.amount is None else landing.amount
    columns = {"status": Status.LANDED, "landed_on": landing.day, "amount": amount, "next_step": "", "due_on": None}
    # The version is taken first: whoever is second waits here, and finds that it has landed.
    take(lead, step, columns)
    enterprise = _enterprise(lead, landing, by, at) if pipeline.landing.enterprise else None
    record = _record(lead, pipeline, landing, enterprise, by, at)
    Lead.objects.filter(pk=lead.pk).update(enterprise=enterprise, record=record)
    lead.refresh_from_db()
    return lead


def _enterprise(lead: Lead, landing: Landing, by: Actor, at: datetime) -> Enterprise:
    if landing.enterprise is not None:
        return _chosen(landing.enterprise)
    name = landing.name.strip() or lead.name
    if meant_by([text for text in (landing.code, name) if text]):
        raise LeadRefused(
            {"enterprise": _("An enterprise of this name or code is in the register already. Choose it here.")}
        )
    new = NewEnterprise(
        name=name,
        area_path=lead.area_path,
        standing=landing.standing,
        how=landing.how,
        since=landing.day,
        code=landing.code,
        section=lead.section,
        division=lead.division,
    )
    try:
        return entering.enter(new, by=by, at=at)
    except RegisterRefused as refused:
        raise LeadRefused(refused.fields) from None


def _chosen(pk: int) -> Enterprise:
    found = Enterprise.objects.filter(pk=pk, withdrawn=False).first()
    if found is None:
        raise LeadRefused({"enterprise": _("This enterprise is not in the register any more.")})
    if found.standing not in PRESENT:
        raise LeadRefused(
            {"enterprise": _("It has moved away or closed. Write down first in the register that it came back.")}
        )
    return found


# ---- the record


def _record(
    lead: Lead, pipeline: Pipeline, landing: Landing, enterprise: Enterprise | None, by: Actor, at: datetime
) -> Record:
    try:
        version = versions.record(pipeline.landing.record)
    except UnknownType:
        raise LeadRefused({"": _("The kind of record that a landing leaves is not defined any more.")}) from None
    new = NewRecord(
        version=version,
        day=landing.day,
        area_path=lead.area_path,
        unit=units.by_code(pipeline.unit).id,
        values=_values(lead, pipeline, landing, version),
        origin=_origin(lead),
        enterprise=enterprise.pk if enterprise else None,
    )
    try:
        return records.enter(new, by=by, at=at)
    except EntryRefused as refused:
        raise LeadRefused({"": refused.message}) from None


def _origin(lead: Lead) -> str:
    """Another one for each time that it lands: what landed by mistake may land again."""
    landed = LeadStep.objects.filter(lead=lead, act=Act.LAND).count()
    return digest(["lead", lead.pk, landed])


def _values(lead: Lead, pipeline: Pipeline, landing: Landing, version: RecordVersion) -> Values:
    facts = _facts(lead, landing)
    fields = {asked.name: asked for asked in version.type.fields}
    said = {name: _fitted(fact, facts[fact], fields[name]) for name, fact in pipeline.landing.values.items()}
    values, faults = read_values(version.type, said, versions.work().measures)
    if faults:
        raise LeadRefused(_by_fact(faults, pipeline))
    return values


def _facts(lead: Lead, landing: Landing) -> dict[LeadFact, Any]:
    known = industry(lead.section, lead.division)
    meant = (known.division.name if known.division else known.section.name).zh if known else ""
    return {
        "name": lead.name,
        "amount": lead.amount,
        "industry": landing.industry.strip() or meant,
        "partner": lead.partner,
        "kind": lead.kind,
    }


def _fitted(fact: LeadFact, value: Any, field: RecordField) -> Any:
    """As it would be filled into the field: an amount in the field's unit, with as many digits as it has."""
    if fact != "amount" or value is None:
        return value
    unit = versions.work().measures[field.unit or ""]
    digits = Decimal(1).scaleb(-field.decimals)
    return (Decimal(value) / _FEN_IN_YUAN / unit.factor).quantize(digits, ROUND_HALF_UP)


def _by_fact(faults: Mapping[str, str], pipeline: Pipeline) -> dict[str, str | Promise]:
    """An amount is mended where it lands; what else is missing has to be said of the lead first."""
    told: dict[str, str | Promise] = {}
    for field, reason in faults.items():
        fact = pipeline.landing.values.get(field, "name")
        if fact == "amount":
            told["amount"] = reason
        else:
            told[""] = _("{what}: {reason} Correct the lead first.").format(what=_WORDS[fact], reason=reason)
    return told


_WORDS: dict[LeadFact, Promise] = {
    "name": _("Project or enterprise"),
    "amount": _("Amount"),
    "industry": _("Industry"),
    "partner": pgettext_lazy("of a lead", "Partner"),
    "kind": _("Kind"),
}
