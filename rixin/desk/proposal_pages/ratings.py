"""What residents think of the livelihood projects that were built. Staff read; nobody here rates or leaves out."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.choosing import queries
from rixin.choosing import rating as rates
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import Asked, ProjectRating
from rixin.choosing.projects import progress
from rixin.desk.proposal_pages.finding import frame, seen_project
from rixin.desk.proposal_pages.forms import AskedForm
from rixin.desk.proposal_pages.opening import open_contact
from rixin.desk.views.common import case_staff, page_number, same_query, whole_number
from rixin.history import ChangedMeanwhile
from rixin.metrics.figures import SMALL
from rixin.people.staff import StaffRequest
from rixin.privacy.masking import mask_phone
from rixin.privacy.models import What
from rixin.privacy.purposes import Purpose
from rixin.programmes.models import Project

PAGE = 50
_TOLD = ~Q(words="") | Q(phone__isnull=False)
"""Ratings that say more than which of the three."""


@case_staff
@never_cache
@require_GET
def ratings(request: StaffRequest) -> HttpResponse:
    """By year and name, never by how well they are liked."""
    page = page_number(request)
    rows = queries.projects_visible_to(request.staff).order_by("-year", "name", "pk")
    shown = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    sums = rates.summaries([one.pk for one in shown[:PAGE]])
    context = {
        **frame("ratings"),
        "lines": [
            {"known": known, "summary": sums[known.project.pk], "closes": rates.closes_on(known)}
            for known in progress(shown[:PAGE])
        ],
        "few": SMALL,
        "next": same_query(request, page=str(page + 1)) if len(shown) > PAGE else "",
    }
    return render(request, "proposals/ratings.html", context)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def rating(request: StaffRequest, pk: int) -> HttpResponse:
    project = seen_project(request.staff, pk)
    keeps = queries.may_keep(request.staff, project.area_path)
    asked = Asked.objects.filter(project=project).first()
    if request.method != "POST":
        form = AskedForm(initial={"people": asked.people if asked else None})
        return _page(request, project, form, asked)
    if not keeps:
        raise Http404(_("You do not keep this project's ratings."))
    form = AskedForm(request.POST)
    if not form.is_valid():
        return _page(request, project, form, asked, 422)
    seen = whole_number(request.POST.get("seen", ""))
    try:
        rates.say_asked(project, form.cleaned_data["people"], by=request.staff.actor, at=timezone.now(), seen=seen)
    except ChoosingRefused as refused:
        form.refuse(refused)
        return _page(request, project, form, asked, 409)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed.message))
        return _page(request, project, form, Asked.objects.filter(project=project).first(), 409)
    messages.success(request, _("Saved."))
    return redirect("desk:project_rating", pk=pk)


@case_staff
@never_cache
@require_POST
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Shows the telephone number that came with a rating, after the purpose was written down."""
    answer = get_object_or_404(ProjectRating.objects.select_related("project"), pk=pk)
    project = seen_project(request.staff, answer.project_id)
    if not queries.may_keep(request.staff, project.area_path):
        raise Http404(_("You do not keep this project's ratings."))
    asked = Asked.objects.filter(project=project).first()
    form = AskedForm(initial={"people": asked.people if asked else None})
    fault = open_contact(request, f"{project.year}-{project.pk}", What.PHONE)
    more = {"contact_fault": fault, "fault_at": answer.pk} if fault else {"opened": answer.pk}
    return _page(request, project, form, asked, 422 if fault else 200, **more)


def _page(
    request: StaffRequest, project: Project, form: AskedForm, asked: Asked | None, status: int = 200, **more: Any
) -> HttpResponse:
    known = progress([project])[0]
    context: dict[str, Any] = {
        **frame("ratings"),
        "project": project,
        "known": known,
        "closes": rates.closes_on(known),
        "summary": rates.summaries([project.pk])[project.pk],
        "few": SMALL,
        "answers": [(one, mask_phone(one.phone or "")) for one in project.ratings.filter(_TOLD)[:PAGE]],
        "purposes": Purpose.choices,
        "form": form,
        "asked": asked,
        "keeps": queries.may_keep(request.staff, project.area_path),
        **more,
    }
    return render(request, "proposals/rating.html", context, status=status)
