"""Volunteers, their hours, and the certificate of thanks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.activities import queries, volunteers
from rixin.activities.models import Volunteer
from rixin.activities.summing import by_year
from rixin.desk.event_pages import wording
from rixin.desk.event_pages.finding import DONE, once_of, tried
from rixin.desk.team_pages import opened
from rixin.desk.team_pages.forms import JoiningForm
from rixin.desk.views.common import case_staff, same_query, whole_number
from rixin.metrics import wording as places
from rixin.people.staff import Staff, StaffRequest
from rixin.privacy.masking import mask_name, mask_phone
from rixin.privacy.opening import PurposeMissing
from rixin.privacy.sealing import fingerprint
from rixin.refusable import RefusableForm

ON_A_PAGE = 50
_TONES = {"asked": "warn", "active": "done", "left": ""}


def section(part: str) -> dict[str, Any]:
    return {"section": "life", "tab": "teams", "part": part}


def only_who_keeps(staff: Staff) -> None:
    if not queries.keeps_volunteers(staff):
        raise Http404(_("You keep no volunteers."))


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Masked. A whole telephone number finds whose it is."""
    only_who_keeps(request.staff)
    state, asked = request.GET.get("state", ""), request.GET.get("q", "").strip()[:30]
    rows = queries.volunteers_visible_to(request.staff)
    waiting = rows.filter(state=Volunteer.State.ASKED).count()
    rows = rows.filter(state=state) if state in Volunteer.State.values else rows.exclude(state=Volunteer.State.LEFT)
    if asked:
        rows = rows.filter(phone_mark=fingerprint(asked))
    counting = Q(hours__taken_back=False)
    rows = rows.annotate(sum=Sum("hours__hours", filter=counting), times=Count("hours", filter=counting))
    page = Paginator(rows.order_by("-state", "-sum", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **section("volunteers"),
        "page": page,
        "rows": [masked(one) for one in page.object_list],
        "state": state,
        "states": Volunteer.State.choices,
        "asked": asked,
        "waiting": waiting,
        "narrowed": same_query(request),
    }
    return render(request, "teams/volunteers.html", context)


def masked(one: Volunteer) -> dict[str, Any]:
    return {
        "volunteer": one,
        "name": mask_name(one.name) if one.name else "—",
        "phone": mask_phone(one.phone) if one.phone else "—",
        "area": places.area(one.area_path),
        "tone": _TONES[one.state],
    }


def _kept(staff: Staff, pk: int) -> Volunteer:
    found = queries.volunteers_visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such volunteer among those that you keep."))
    return found


@case_staff
@never_cache
@require_GET
def volunteer(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _kept(request.staff, pk))


def _page(request: StaffRequest, found: Volunteer, *, status: int = 200, **more: Any) -> HttpResponse:
    rows = found.hours.filter(taken_back=False).select_related("event")
    context = {
        **section("volunteers"),
        "row": masked(found),
        "volunteer": found,
        "hours": rows,
        "years": by_year(rows),
        "purposes": opened.purposes(),
        "history": wording.entries(found.events.order_by("-pk")),
        **more,
    }
    return render(request, "teams/volunteer.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    only_who_keeps(request.staff)
    form, made = JoiningForm(request.staff, request.POST or None), list[Volunteer]()

    def act() -> None:
        once = once_of(request) or f"desk {timezone.now().timestamp()}"
        made.append(volunteers.enter(form.joining(once), by=request.staff.actor, at=timezone.now()))

    return answer(request, form, act, _("Enter a volunteer"), lambda: made[0].get_absolute_url(), "volunteers")


@case_staff
@require_POST
def admit(request: StaffRequest, pk: int) -> HttpResponse:
    found = _kept(request.staff, pk)
    form = _Nothing(request.POST)
    at, seen = timezone.now(), whole_number(request.POST.get("seen", ""))
    status = tried(form, lambda: volunteers.admit(found, by=request.staff.actor, at=at, seen=seen))
    if status != DONE:
        return _page(
            request, _kept(request.staff, pk), status=status, refused=" ".join(map(str, form.non_field_errors()))
        )
    messages.success(request, _("Saved."))
    return redirect(found)


@case_staff
@require_POST
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    found = _kept(request.staff, pk)
    volunteers.leave(found, by=request.staff.actor, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect(found)


class _Nothing(RefusableForm):
    """A button alone."""


@case_staff
@never_cache
@require_POST
def open_volunteer(request: StaffRequest, pk: int) -> HttpResponse:
    found = _kept(request.staff, pk)
    try:
        opened.log(request, f"ZY{found.pk}")
    except PurposeMissing as missing:
        return _page(request, found, status=422, refused=missing.message)
    return _page(request, found, opened=True)


@case_staff
@never_cache
@require_POST
def thanks(request: StaffRequest, pk: int) -> HttpResponse:
    """To print. It names the volunteer, so that opening it is written down."""
    found = _kept(request.staff, pk)
    try:
        opened.log(request, f"ZY{found.pk}")
    except PurposeMissing as missing:
        return _page(request, found, status=422, refused=missing.message)
    rows = found.hours.filter(taken_back=False)
    context = {**section("volunteers"), "volunteer": found, "years": by_year(rows), "today": timezone.localdate()}
    return render(request, "teams/thanks.html", context)


def answer(
    request: StaffRequest,
    form: RefusableForm,
    act: Callable[[], None],
    title: str,
    to: Callable[[], str],
    part: str,
    **more: Any,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            messages.success(request, _("Saved."))
            return redirect(to() or "desk:hours_list")
    return render(request, "teams/act.html", {**section(part), "form": form, "title": title, **more}, status=status)
