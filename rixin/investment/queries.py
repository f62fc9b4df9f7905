"""Who sees and keeps which leads: the only door from a person to rows.

What an enterprise plans before it has come is for few: the unit that keeps the pipeline, and who dispatches, leads or
audits in the area. Who audits reads only.
"""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from rixin.catalogue import versions
from rixin.catalogue.pipeline_schema import Pipeline
from rixin.holding import holding
from rixin.investment.models import Lead, SupplyLink
from rixin.people import staffing, units
from rixin.people.models import Account
from rixin.people.roles import Role
from rixin.people.scope import ALL, NOTHING, Clause
from rixin.people.staff import Staff
from rixin.registers.models import Enterprise, TraitSpan

_WORKING = frozenset({Role.HANDLER, Role.DISPATCHER, Role.LEADER})
_READING = _WORKING | {Role.AUDITOR}


def pipelines_for(staff: Staff) -> list[Pipeline]:
    """Those of which the person sees leads, in the order of their files."""
    return [one for one in versions.work().pipelines.values() if _clauses(staff, one, _READING)]


def may_open(staff: Staff, pipeline: Pipeline) -> bool:
    """Whether the person may open leads of it; where, `may_work_in` says."""
    return bool(_clauses(staff, pipeline, _WORKING))


def may_work_in(staff: Staff, pipeline: Pipeline, area_path: str) -> bool:
    return any(area_path.startswith(clause.area) for clause in _clauses(staff, pipeline, _WORKING))


def may_work(staff: Staff, lead: Lead) -> bool:
    """Whether the person takes steps for the lead, and does not merely read it."""
    pipeline = versions.work().pipelines.get(lead.pipeline)
    return pipeline is not None and may_work_in(staff, pipeline, lead.area_path)


def visible_to(staff: Staff) -> QuerySet[Lead]:
    seen = [
        Q(pipeline=pipeline.code) & _within("area_path", _clauses(staff, pipeline, _READING))
        for pipeline in pipelines_for(staff)
    ]
    return Lead.objects.filter(reduce(or_, seen, NOTHING))


def sees_links(staff: Staff) -> bool:
    """Who supplies whom is seen by those who see leads."""
    return bool(pipelines_for(staff))


def may_link(staff: Staff, enterprise: Enterprise) -> bool:
    """Whether the person may write down whom the enterprise buys from and sells to."""
    return any(may_work_in(staff, pipeline, enterprise.area_path) for pipeline in versions.work().pipelines.values())


def links_visible_to(staff: Staff) -> QuerySet[SupplyLink]:
    """Those of which one side at least lies in the person's area."""
    if not sees_links(staff):
        return SupplyLink.objects.none()
    sides = (staff.scope.in_areas(f"{side}__area_path") for side in ("supplier", "customer"))
    return SupplyLink.objects.filter(reduce(or_, sides))


def owners(pipeline: Pipeline, day: date) -> list[Account]:
    """Who may be given a lead: who holds a post of the unit that keeps the pipeline."""
    return staffing.accounts_of(units.by_code(pipeline.unit).id, None, day)


def of_group(code: str, day: date) -> QuerySet[TraitSpan]:
    """The enterprises of a group of related ones (重点系) on the day, as spans of their trait."""
    return TraitSpan.objects.filter(holding(day), trait=GROUP, value=code)


GROUP = "group"
"""The trait by which enterprises belong together."""


def _clauses(staff: Staff, pipeline: Pipeline, roles: frozenset[Role]) -> list[Clause]:
    """Posts that count for the pipeline: a handler's only in the unit that keeps it."""
    return [
        clause
        for clause in staff.scope.clauses
        if clause.role in roles and (clause.role != Role.HANDLER or clause.unit_code == pipeline.unit)
    ]


def _within(field: str, clauses: list[Clause]) -> Q:
    areas = {clause.area for clause in clauses}
    return ALL if "" in areas else reduce(or_, (Q(**{f"{field}__within": area}) for area in sorted(areas)), NOTHING)
