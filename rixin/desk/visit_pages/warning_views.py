"""Early warnings: for which plain facts somebody should call at which enterprise, and what was done about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.catalogue import versions
from rixin.catalogue.register_schema import Warning
from rixin.desk.views.common import case_staff, page_number, same_query
from rixin.desk.visit_pages import wording
from rixin.desk.visit_pages.forms import LookedForm
from rixin.desk.visit_pages.wording import Told
from rixin.liaison import actions, facts, queries
from rixin.liaison.actions import LiaisonRefused
from rixin.liaison.facts import Found
from rixin.people.models import Account
from rixin.people.staff import Staff, StaffRequest
from rixin.registers import queries as registers
from rixin.registers.models import Enterprise

PAGE = 30


@dataclass(frozen=True)
class Row:
    """`planned`: whether it is on somebody's route; `may_answer`: whether the person does something about it."""

    enterprise: Enterprise
    told: list[Told]
    officer: Account | None
    planned: bool
    may_answer: bool


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    staff, today, rules = request.staff, timezone.localdate(), list(versions.work().warnings.values())
    of, mine = request.GET.get("of", ""), request.GET.get("mine") == "1"
    scope = queries.mine(staff, today) if mine else queries.present_to(staff)
    found = facts.warned(scope, rules, staff, today)
    counts = Counter(code for one in found.values() for code in {why.warning.code for why in one.reasons})
    ordered = _ordered([one for one in found.values() if not of or of in _codes(one)], of)
    page = page_number(request)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    context = {
        "section": "economy",
        "of": of,
        "mine": mine,
        "tabs": [("", _("All"), len(found)), *((rule.code, rule.name.here(), counts[rule.code]) for rule in rules)],
        "rows": _rows(staff, shown, today),
        "next": same_query(request, page=str(page + 1)) if len(ordered) > page * PAGE else "",
        "has_own": mine or queries.mine(staff, today).exists(),
    }
    return render(request, "visits/warnings.html", context)


def _codes(found: Found) -> set[str]:
    return {reason.warning.code for reason in found.reasons}


def _ordered(found: Sequence[Found], of: str) -> list[Found]:
    """By the day that the warning is about, the earliest first. No ranking."""

    def day(one: Found) -> tuple[date, int]:
        days = [why.day for why in one.reasons if why.day is not None and (not of or why.warning.code == of)]
        return min(days, default=date.max), one.known.enterprise

    return sorted(found, key=day)


def _rows(staff: Staff, shown: Sequence[Found], today: date) -> list[Row]:
    ids = [one.known.enterprise for one in shown]
    enterprises = Enterprise.objects.select_related("building").in_bulk(ids)
    officers, money = queries.officers_of(ids, today), registers.sees_money(staff)
    planned = set(queries.planned(ids).values_list("enterprise_id", flat=True))
    decides = queries.may_assign(staff)
    return [
        Row(
            enterprise=enterprises[pk],
            told=wording.told(one.reasons, money=money),
            officer=officers.get(pk),
            planned=pk in planned,
            may_answer=decides or (pk in officers and officers[pk].pk == staff.account.pk),
        )
        for pk, one in zip(ids, shown, strict=True)
    ]


@case_staff
@require_POST
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Puts it on its officer's route; where nobody has it, on that of whoever asks."""
    enterprise = _answerable(request.staff, pk)
    at = timezone.now()
    officer = queries.officers_of([pk], timezone.localdate(at)).get(pk, request.staff.account)
    actions.plan(enterprise, officer, by=request.staff.account, at=at)
    messages.success(
        request,
        _("{enterprise} is on the route of {officer}.").format(enterprise=enterprise.name, officer=officer.name),
    )
    return redirect(_back(request))


@case_staff
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    enterprise = _answerable(request.staff, pk)
    actions.drop(enterprise, at=timezone.now())
    messages.success(request, _("{enterprise} is on no route any more.").format(enterprise=enterprise.name))
    return redirect(_back(request))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def look(request: StaffRequest, pk: int, code: str) -> HttpResponse:
    """Says that a warning was looked into."""
    enterprise, warning = _answerable(request.staff, pk), _known(code)
    form = LookedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        until, words = form.cleaned_data["until"], form.cleaned_data["words"]
        try:
            actions.look(enterprise, code, until, words, by=request.staff.account, at=timezone.now())
        except LiaisonRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Noted."))
            return redirect("desk:warnings")
    today = timezone.localdate()
    found = facts.looked_up(Enterprise.objects.filter(pk=pk), [warning], request.staff, today).get(pk)
    context = {
        "section": "economy",
        "enterprise": enterprise,
        "warning": warning,
        "told": wording.told(found.reasons, money=registers.sees_money(request.staff)) if found else [],
        "form": form,
        "before": queries.looked_at_before(pk, code),
    }
    return render(request, "visits/look.html", context, status=422 if form.errors else 200)


def _answerable(staff: Staff, pk: int) -> Enterprise:
    enterprise = queries.present_to(staff).filter(pk=pk).first()
    if enterprise is None or not queries.may_answer(staff, enterprise, timezone.localdate()):
        raise Http404(_("There is no such enterprise among those for which you answer."))
    return enterprise


def _known(code: str) -> Warning:
    try:
        return versions.work().warnings[code]
    except KeyError:
        raise Http404(_("There is no such warning.")) from None


def _back(request: StaffRequest) -> str:
    """To the list as it was, from whose page the button was pressed."""
    asked = {name: value for name in ("of", "mine", "page") if (value := request.POST.get(name, ""))}
    address = reverse("desk:warnings")
    return f"{address}?{urlencode(asked)}" if asked else address
