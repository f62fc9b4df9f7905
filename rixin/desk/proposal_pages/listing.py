"""Proposals of a round together: found, compared, entered by staff."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.chain import digest
from rixin.choosing import queries, raising
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import Proposal, Round
from rixin.choosing.stages import Source, Stage, State
from rixin.desk.proposal_pages.entering import EnterForm
from rixin.desk.proposal_pages.finding import frame, seen_round
from rixin.desk.proposal_pages.words import cost_words, place_words
from rixin.desk.views.common import case_staff, page_number, same_query, whole_number
from rixin.people.staff import Staff, StaffRequest

PAGE = 50
_SORTS = {"": "-supporters", "new": "-pk", "group": "group"}
COMPARED = (State.LISTED, State.CHOSEN, State.PASSED)
"""States of what is, or was, on the short list."""


@case_staff
@never_cache
@require_GET
def proposals(request: StaffRequest) -> HttpResponse:
    """Of the round asked for, else of the newest one."""
    rounds = list(queries.rounds_visible_to(request.staff))
    asked = whole_number(request.GET.get("round", ""))
    row = next((one for one in rounds if asked in (0, one.pk)), None)
    context = {
        **frame("list"),
        "rounds": rounds,
        "round": row,
        "may_open": queries.keeps_where(request.staff) is not None,
        "today": timezone.localdate(),
    }
    if row is not None:
        context |= _of_round(request, row)
    return render(request, "proposals/index.html", context)


def _of_round(request: StaffRequest, row: Round) -> dict[str, Any]:
    rows = queries.visible_to(request.staff).filter(round=row)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    found, page = _asked(rows, request), page_number(request)
    shown = list(found[(page - 1) * PAGE : page * PAGE + 1])
    return {
        "states": [(state, state.label, counts[state]) for state in State if state in counts],
        "total": sum(counts.values()),
        "state": request.GET.get("state", ""),
        "sources": Source.choices,
        "source": request.GET.get("source", ""),
        "q": request.GET.get("q", "")[:60],
        "sort": request.GET.get("sort", ""),
        "lines": [{"proposal": one, "place": place_words(one), "cost": cost_words(one)} for one in shown[:PAGE]],
        "next": same_query(request, page=str(page + 1)) if len(shown) > PAGE else "",
        "may_enter": row.stage == Stage.RAISING and queries.may_enter(request.staff, row),
    }


def _asked(rows: QuerySet[Proposal], request: StaffRequest) -> QuerySet[Proposal]:
    state, source = request.GET.get("state", ""), request.GET.get("source", "")
    if state in State.values:
        rows = rows.filter(state=state)
    if source in Source.values:
        rows = rows.filter(source=source)
    if words := request.GET.get("q", "").strip()[:60]:
        said = (Q(**{f"{name}__icontains": words}) for name in ("public_title", "why", "address", "group"))
        met = Q(title__icontains=words)
        for one in said:
            met |= one
        rows = rows.filter(met)
    return rows.order_by(_SORTS.get(request.GET.get("sort", ""), "-supporters"), "pk")


@case_staff
@never_cache
@require_GET
def compare(request: StaffRequest, pk: int) -> HttpResponse:
    """What deputies have to choose from, side by side."""
    row = seen_round(request.staff, pk)
    found = list(queries.visible_to(request.staff).filter(round=row, state__in=COMPARED).order_by("group", "pk"))
    known = [one.cost for one in found if one.cost is not None]
    context = {
        **frame("compare"),
        "round": row,
        "lines": [{"proposal": one, "place": place_words(one), "cost": cost_words(one)} for one in found],
        "sum": cost_words(sum(known)) if known else "",
    }
    return render(request, "proposals/compare.html", context)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, pk: int) -> HttpResponse:
    row = _enterable(request.staff, pk)
    data = request.POST if request.method == "POST" else None
    form = EnterForm(row, request.staff, data, **_known(request))
    if form.is_valid():
        key = digest(["proposal-form", request.staff.account.pk, request.POST.get("once", "")])
        try:
            made = raising.raise_one(row, form.new(key), by=request.staff.actor, at=timezone.now())
        except ChoosingRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down."))
            return redirect(made)
    context = {**frame("new"), "round": row, "form": form}
    return render(request, "proposals/new.html", context, status=422 if form.errors else 200)


def _enterable(staff: Staff, pk: int) -> Round:
    row = seen_round(staff, pk)
    if row.stage != Stage.RAISING or not queries.may_enter(staff, row):
        raise Http404(_("There is no round here in which you may write down proposals."))
    return row


def _known(request: StaffRequest) -> dict[str, Any]:
    """The topic from whose page the person comes."""
    topic = whole_number(request.GET.get("topic", ""))
    return {"topic": topic, "source": Source.TOPIC} if topic else {}
