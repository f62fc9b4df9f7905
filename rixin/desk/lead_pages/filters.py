"""Which leads of a pipeline are asked for: read from the address, written back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.investment import queries
from rixin.investment.models import Lead, Status

_LONGEST = 60


@dataclass(frozen=True)
class LeadFilter:
    """ "" for what is not asked. `opened`, `landed`, `lost`: a period such as 2022-Q1 in which it happened."""

    q: str = ""
    owner: str = ""
    kind: str = ""
    section: str = ""
    group: str = ""
    stage: str = ""
    status: str = ""
    reason: str = ""
    opened: str = ""
    landed: str = ""
    lost: str = ""

    def apply(self, leads: QuerySet[Lead], today: date) -> QuerySet[Lead]:
        """What names nothing finds nothing: a page never shows more than was asked for."""
        equal = {name: said for name in ("kind", "section", "stage", "status") if (said := getattr(self, name))}
        leads = leads.filter(**equal)
        if self.q:
            leads = leads.filter(Q(name__icontains=self.q) | Q(partner__icontains=self.q))
        if self.owner:
            leads = leads.filter(owner=int(self.owner)) if self.owner.isdigit() else leads.none()
        if self.group:
            leads = leads.filter(parent__in=queries.of_group(self.group, today).values("enterprise"))
        if self.reason:
            leads = leads.filter(lost_reason=self.reason)
        for name in ("opened", "landed", "lost"):
            leads = leads.filter(_within(f"{name}_on", getattr(self, name)))
        return leads

    def query(self, **other: str) -> str:
        """As it stands in an address, with `other` beside it or in its place."""
        said = {each.name: getattr(self, each.name) for each in fields(self)} | other
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def narrows(self) -> bool:
        return bool(self.query())


def read_filter(given: Mapping[str, Any], pipeline: Pipeline) -> LeadFilter:
    """A status that is none is not asked for."""
    said = {each.name: str(given.get(each.name, "")).strip()[:_LONGEST] for each in fields(LeadFilter)}
    if said["status"] not in Status.values:
        said["status"] = ""
    if len(said["owner"]) > 9 or not said["owner"].isascii():
        said["owner"] = "0"
    return LeadFilter(**said)


def _within(field: str, written: str) -> Q:
    if not written:
        return Q()
    try:
        period = Period.read(written)
    except NoPeriod:
        return Q(pk__in=[])
    return Q(**{f"{field}__range": (period.first, period.last)})
