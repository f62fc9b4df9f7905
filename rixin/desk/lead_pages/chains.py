"""Industry chains: one enterprise's suppliers and customers, and what the street buys from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rixin.catalogue.pipeline_schema import Pipeline
from rixin.desk.fields import CalendarField
from rixin.desk.lead_pages import rows
from rixin.desk.lead_pages.board import frame
from rixin.desk.lead_pages.drawing import drawing
from rixin.desk.lead_pages.finding import linked_enterprise, seen_pipeline
from rixin.desk.lead_pages.forms import IndustryField
from rixin.desk.suggesting import EnterpriseInput
from rixin.desk.views.common import case_staff, whole_number
from rixin.investment import chain, queries, supplying
from rixin.investment.chain import Gap, Step, Way
from rixin.investment.drafts import LeadRefused
from rixin.investment.supplying import GOODS, NewLink
from rixin.people.staff import Staff, StaffRequest
from rixin.refusable import RefusableForm
from rixin.registers.models import Enterprise

_WAYS = {
    "suppliers": pgettext_lazy("supply link", "It buys from"),
    "customers": pgettext_lazy("supply link", "It sells to"),
}


class LinkForm(RefusableForm):
    """`link_of` once it is valid."""

    # Both names are the other side's: this enterprise is known.
    SHOWN_AT: ClassVar[Mapping[str, str]] = {"supplier_name": "other", "customer_name": "other"}
    way = forms.ChoiceField(label=gettext_lazy("Which way"), choices=list(_WAYS.items()), widget=forms.RadioSelect)
    other = forms.CharField(
        label=gettext_lazy("The other side"),
        max_length=120,
        widget=EnterpriseInput(),
        help_text=gettext_lazy("Choose one that is offered; a name that the register does not know stands as outside."),
    )
    goods = forms.CharField(label=gettext_lazy("What is supplied"), max_length=GOODS)
    from_day = CalendarField(label=gettext_lazy("Since"))
    source = forms.CharField(label=gettext_lazy("Who said so"), required=False, max_length=200)

    def __init__(self, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"way": "suppliers", "from_day": today})
        self.fields["industry"] = IndustryField(label=gettext_lazy("Industry that makes it"))

    def link_of(self, enterprise: Enterprise) -> NewLink:
        cleaned = self.cleaned_data
        section, division = cleaned["industry"]
        buys = cleaned["way"] == "suppliers"
        return NewLink(
            supplier=None if buys else enterprise.pk,
            customer=enterprise.pk if buys else None,
            supplier_name=cleaned["other"] if buys else "",
            customer_name="" if buys else cleaned["other"],
            goods=cleaned["goods"],
            section=section,
            division=division,
            from_day=cleaned["from_day"],
            source=cleaned["source"],
        )


@dataclass(frozen=True)
class Row:
    step: Step
    way: str
    industry: str
    of: str
    """The enterprise through which it is reached; "" for a direct one."""


@case_staff
@never_cache
@require_GET
def around(request: StaffRequest, pk: int) -> HttpResponse:
    enterprise = linked_enterprise(request.staff, pk)
    return render(request, "leads/chain.html", _page(request.staff, enterprise, LinkForm(timezone.localdate())))


@case_staff
@never_cache
@require_POST
def new(request: StaffRequest, pk: int) -> HttpResponse:
    enterprise = _worked(request.staff, pk)
    form = LinkForm(timezone.localdate(), request.POST)
    if form.is_valid():
        try:
            supplying.link(form.link_of(enterprise), by=request.staff.actor, at=timezone.now())
        except LeadRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down."))
            return redirect("desk:enterprise_chain", pk=pk)
    return render(request, "leads/chain.html", _page(request.staff, enterprise, form), status=422)


@case_staff
@never_cache
@require_POST
def end(request: StaffRequest, pk: int, link: int) -> HttpResponse:
    enterprise = _worked(request.staff, pk)
    known = get_object_or_404(queries.links_visible_to(request.staff), pk=link)
    if enterprise.pk not in (known.supplier_id, known.customer_id):
        raise Http404(_("This link is none of the enterprise's."))
    try:
        until = date.fromisoformat(request.POST.get("until", ""))
        supplying.end(known, until, seen=whole_number(request.POST.get("seen", "")))
    except ValueError:
        return _refused(request, enterprise, _("Please say from which day on it does not hold any more."), 422)
    except LeadRefused as refused:
        return _refused(request, enterprise, str(next(iter(refused.fields.values()))), 409)
    messages.success(request, _("Ended."))
    return redirect("desk:enterprise_chain", pk=pk)


def _refused(request: StaffRequest, enterprise: Enterprise, why: str, status: int) -> HttpResponse:
    context = _page(request.staff, enterprise, LinkForm(timezone.localdate()))
    return render(request, "leads/chain.html", {**context, "refused": why}, status=status)


def _worked(staff: Staff, pk: int) -> Enterprise:
    enterprise = linked_enterprise(staff, pk)
    if not queries.may_link(staff, enterprise):
        raise Http404(_("There is no enterprise of this number whose chain you may write down."))
    return enterprise


def _page(staff: Staff, enterprise: Enterprise, form: LinkForm) -> dict[str, Any]:
    today = timezone.localdate()
    steps = chain.around(enterprise, queries.links_visible_to(staff), today)
    return {
        **frame(staff, seen_pipeline(staff), "chain"),
        "enterprise": enterprise,
        "rows": chain_rows(steps),
        "drawing": drawing(enterprise.name, enterprise.pk, steps) if any(steps.values()) else None,
        "may_link": queries.may_link(staff, enterprise),
        "form": form,
        "today": today,
    }


def chain_rows(steps: Mapping[Way, Sequence[Step]]) -> list[Row]:
    return [
        Row(
            step=step,
            way=str(_WAYS[way]) if step.far == 1 else _through(way, step),
            industry=rows.industry_name(step.tie.section, step.tie.division),
            of="" if step.far == 1 else _nearer(way, step),
        )
        for way, some in steps.items()
        for step in some
    ]


def _through(way: Way, step: Step) -> str:
    name = _nearer(way, step)
    return _("{name} buys from").format(name=name) if way == "suppliers" else _("{name} sells to").format(name=name)


def _nearer(way: Way, step: Step) -> str:
    return (step.tie.customer if way == "suppliers" else step.tie.supplier).name


# ---- what the street buys from outside


@dataclass(frozen=True)
class GapRow:
    gap: Gap
    industry: str
    new_lead: str
    """Address of a form for a lead that would close it; "" for who may open none."""


@case_staff
@never_cache
@require_GET
def gaps(request: StaffRequest) -> HttpResponse:
    pipeline = seen_pipeline(request.staff)
    least = whole_number(request.GET.get("least", "2")) or 2
    known = chain.ties(chain.links_on(queries.links_visible_to(request.staff), timezone.localdate()))
    found = chain.gaps(known, least)
    opens = next((one for one in queries.pipelines_for(request.staff) if _lands(request.staff, one)), None)
    context = {
        **frame(request.staff, pipeline, "gaps"),
        "parts": _by_section(found, opens),
        "least": least,
        "links": len(known),
        "count": len(found),
    }
    return render(request, "leads/gaps.html", context)


def _lands(staff: Staff, pipeline: Pipeline) -> bool:
    """Whether the person may open leads there that would become enterprises here."""
    return pipeline.landing.enterprise and queries.may_open(staff, pipeline)


def _by_section(found: Sequence[Gap], opens: Pipeline | None) -> list[tuple[str, list[GapRow]]]:
    """(name of the section, its gaps): in the order of the sections, those without one last."""
    parts: dict[str, list[GapRow]] = {}
    for gap in sorted(found, key=lambda gap: gap.section or "Z"):
        row = GapRow(gap, rows.industry_name(gap.section, gap.division), _new_lead(gap, opens))
        parts.setdefault(gap.section, []).append(row)
    return [(rows.industry_name(section, "") or _("Industry not said"), some) for section, some in parts.items()]


def _new_lead(gap: Gap, opens: Pipeline | None) -> str:
    if opens is None:
        return ""
    buyers = _(", ").join(party.name for party in gap.buyers)
    said = {
        "name": _("Supplier of {goods}").format(goods=gap.goods),
        "industry": gap.section + gap.division,
        "words": _("{n} enterprises here buy it from outside: {names}").format(n=len(gap.buyers), names=buyers),
    }
    return f"{reverse('desk:new_lead', args=[opens.code])}?{urlencode(said)}"
