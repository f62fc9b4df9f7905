"""Groups of related enterprises (重点系): who belongs, what comes of them, and when each was visited last."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue import versions
from rixin.desk.lead_pages import rows
from rixin.desk.lead_pages.board import frame
from rixin.desk.lead_pages.finding import seen_pipeline
from rixin.desk.views.common import case_staff
from rixin.investment import queries
from rixin.investment.models import Lead, Status
from rixin.people.staff import Staff, StaffRequest
from rixin.records import queries as records
from rixin.records.models import Record
from rixin.records.models import Status as RecordStatus
from rixin.registers import queries as registers
from rixin.registers.models import Enterprise

VISIT = "enterprise_visit"


@dataclass(frozen=True)
class Member:
    enterprise: Enterprise
    industry: str
    since: date
    """Since when it belongs to the group."""
    open: int
    landed: int
    visit: Record | None
    """The last one that the person may see."""


@dataclass(frozen=True)
class Summary:
    code: str
    name: str
    enterprises: int
    open: int
    landed: int
    lost: int
    visited_on: date | None
    """When one of its enterprises was visited last."""


@case_staff
@never_cache
@require_GET
def groups(request: StaffRequest) -> HttpResponse:
    pipeline = seen_pipeline(request.staff)
    found = [_summary(code, name, request.staff) for code, name in rows.groups().items()]
    return render(request, "leads/groups.html", {**frame(request.staff, pipeline, "groups"), "groups": found})


def _summary(code: str, name: str, staff: Staff) -> Summary:
    members = _members(code, staff)
    leads = Counter(_leads(staff, members).order_by().values_list("status", flat=True))
    visited = [member.visit.day for member in members if member.visit]
    return Summary(
        code,
        name,
        len(members),
        leads[Status.OPEN],
        leads[Status.LANDED],
        leads[Status.LOST],
        max(visited, default=None),
    )


@case_staff
@never_cache
@require_GET
def group(request: StaffRequest, code: str) -> HttpResponse:
    pipeline, name = seen_pipeline(request.staff), rows.groups().get(code)
    if name is None:
        raise Http404(_("There is no such group of enterprises."))
    members, today = _members(code, request.staff), timezone.localdate()
    known = versions.work().pipelines
    leads = _leads(request.staff, members).select_related("owner", "parent", "enterprise")
    lines = [rows.line(lead, known[lead.pipeline], today) for lead in leads]
    context = {
        **frame(request.staff, pipeline, "groups"),
        "name": name,
        "members": members,
        "visited": sum(member.visit is not None for member in members),
        "followed": [line for line in lines if line.lead.status == Status.OPEN],
        "landed": [line for line in lines if line.lead.status == Status.LANDED],
        "lost": [line for line in lines if line.lead.status == Status.LOST],
    }
    return render(request, "leads/group.html", context)


def _members(code: str, staff: Staff) -> list[Member]:
    """In three statements."""
    spans = queries.of_group(code, timezone.localdate()).filter(enterprise__in=registers.visible_to(staff))
    held = list(spans.select_related("enterprise__building").order_by("enterprise__plain_name", "enterprise"))
    ids = [span.enterprise_id for span in held]
    counts = _counted(queries.visible_to(staff).filter(parent__in=ids))
    visits = _last_visits(staff, ids)
    return [
        Member(
            enterprise=span.enterprise,
            industry=rows.industry_name(span.enterprise.section, span.enterprise.division),
            since=span.from_day,
            open=counts[span.enterprise_id][Status.OPEN],
            landed=counts[span.enterprise_id][Status.LANDED],
            visit=visits.get(span.enterprise_id),
        )
        for span in held
    ]


def _counted(leads: Any) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for parent, status in leads.order_by().values_list("parent", "status"):
        counts[parent][status] += 1
    return counts


def _last_visits(staff: Staff, enterprises: Sequence[int]) -> dict[int, Record]:
    seen = records.visible_to(staff).filter(type=VISIT, enterprise__in=enterprises, status=RecordStatus.CONFIRMED)
    return {record.enterprise_id: record for record in seen.order_by("day", "pk") if record.enterprise_id}


def _leads(staff: Staff, members: Sequence[Member]) -> Any:
    """Those that its enterprises bring."""
    found: Any = queries.visible_to(staff).filter(parent__in=[member.enterprise.pk for member in members])
    return found if members else Lead.objects.none()
