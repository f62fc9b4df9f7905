"""Policies of rewards and subsidies: all of them, one with who qualifies, and one enterprise condition by condition."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue import versions
from rixin.catalogue.policy_schema import Policy
from rixin.desk.policy_pages import rows
from rixin.desk.views.common import case_staff, page_number, same_query
from rixin.people.staff import Staff, StaffRequest
from rixin.policies import finding, queries, rules
from rixin.policies.facts import facts
from rixin.policies.queries import Sums
from rixin.registers import queries as registers
from rixin.registers.matching import named
from rixin.registers.models import Enterprise
from rixin.texts import cleaned

PAGE = 50
APPLICATIONS = "applications"
TABS: dict[str, Promise] = {
    "": pgettext_lazy("enterprises and a policy", "Qualify"),
    "ask": pgettext_lazy("enterprises and a policy", "To be asked"),
    APPLICATIONS: pgettext_lazy("enterprises and a policy", "Applications"),
}


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    only_who_sees_money(request.staff)
    lines = rows.lines(registers.visible_to(request.staff), timezone.localdate())
    return render(request, "policies/index.html", {"section": "economy", "lines": lines})


@case_staff
@never_cache
@require_GET
def policy(request: StaffRequest, code: str) -> HttpResponse:
    only_who_sees_money(request.staff)
    known, staff, day = known_policy(code), request.staff, timezone.localdate()
    counts = finding.counts(registers.visible_to(staff), known, day)
    applications = queries.applications(staff, known)
    tab = request.GET.get("tab", "") if request.GET.get("tab", "") in TABS else ""
    numbers = {"": counts.qualifying, "ask": counts.to_ask, APPLICATIONS: applications.count()}
    context: dict[str, Any] = {
        "section": "economy",
        "policy": known,
        "line": rows.line(known, queries.sums().get(known.code, Sums()), counts, day),
        "paid_how": rules.pays(known),
        "tab": tab,
        "tabs": [(key, name, numbers[key]) for key, name in TABS.items()],
        "q": asked_for(request),
        "day": day,
    }
    first = (page_number(request) - 1) * PAGE
    if tab == APPLICATIONS:
        shown: list[Any] = list(applications[first : first + PAGE + 1])
        context["applied"] = rows.applied(shown[:PAGE])
    else:
        shown = list(found(staff, known, tab, context["q"])[first : first + PAGE + 1])
        context["rows"] = rows.rows_of(shown[:PAGE], known, staff, day)
    context["next"] = same_query(request, page=str(page_number(request) + 1)) if len(shown) > PAGE else ""
    return render(request, "policies/policy.html", context)


@case_staff
@never_cache
@require_GET
def check(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """One enterprise and one policy, condition by condition."""
    only_who_sees_money(request.staff)
    known, staff, day = known_policy(code), request.staff, timezone.localdate()
    enterprise = registers.visible_to(staff).filter(pk=pk).first()
    if enterprise is None:
        raise Http404(_("There is no such enterprise among those that you may see."))
    checked = rules.check(known, facts(enterprise, day))
    context = {
        "section": "economy",
        "policy": known,
        "enterprise": enterprise,
        "said": rows.said_of(checked),
        "day": day,
        "applied": rows.applied(queries.applications(staff, known).filter(enterprise=pk)),
        "apply_at": rows.apply_at(enterprise, checked) if rows.may_apply(staff, known, day) else "",
        "in_force": known.in_force(day),
    }
    return render(request, "policies/check.html", context)


def asked_for(request: StaffRequest) -> str:
    """A part of a name or code."""
    return cleaned(request.GET.get("q", "")).strip()


def found(staff: Staff, known: Policy, tab: str, q: str = "") -> QuerySet[Enterprise]:
    """Who qualifies, or is to be asked, among those that the person may see; by name."""
    seen = named(registers.visible_to(staff), q)
    which = finding.to_ask if tab == "ask" else finding.qualifying
    return which(seen, known, timezone.localdate()).order_by("plain_name", "pk")


def only_who_sees_money(staff: Staff) -> None:
    """For all others these pages are not there. Raises Http404."""
    if not queries.may_see(staff):
        raise Http404(_("There is no such page."))


def known_policy(code: str) -> Policy:
    """Raises Http404."""
    try:
        return versions.work().policies[code]
    except KeyError:
        raise Http404(_("There is no such policy.")) from None
