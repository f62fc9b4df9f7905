"""Livelihood projects that are built: where, by whom, how far, and what residents think of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from rixin.channels import browser, posters_pdf, throttle
from rixin.channels.proposal_forms import ProjectRatingForm
from rixin.choosing import projects as known_projects
from rixin.choosing import queries
from rixin.choosing import rating as rates
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.projects import Progress, progress
from rixin.choosing.stages import SHOWN
from rixin.config.errors import error_page
from rixin.metrics.figures import SMALL
from rixin.people.access import staff_required
from rixin.people.actors import resident
from rixin.people.roles import CASE_ROLES
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer
from rixin.privacy.limits import Blocked
from rixin.programmes.models import Project
from rixin.registers.amounts import yuan


@never_cache
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Of a year: that asked for, else the newest one."""
    rows = known_projects.public()
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), next(iter(years), None))
    found = list(rows.filter(year=year).order_by("name", "pk")) if year else []
    sums = rates.summaries([one.pk for one in found])
    lines = [{**line(one), "summary": sums[one.project.pk]} for one in progress(found)]
    return render(request, "channels/projects.html", {"years": years, "year": year, "lines": lines, "few": SMALL})


def line(known: Progress) -> dict[str, Any]:
    project, today = known.project, timezone.localdate()
    area = gazetteer.current().area(project.area_path)
    return {
        "known": known,
        "project": project,
        "place": " ".join(filter(None, [area.name if area else "", project.address])),
        "budget": "" if project.budget is None else yuan(project.budget),
        "late": known.late_on(today),
        "rateable": rates.open_on(known, today),
        "closes": rates.closes_on(known),
    }


def _seen(pk: int) -> Project:
    found = known_projects.public().filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such project, or it is not public."))
    return found


@never_cache
@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(pk), ProjectRatingForm())


def _page(
    request: HttpRequest, found: Project, form: ProjectRatingForm, status: int = 200, *, problem: str = ""
) -> HttpResponse:
    context = {
        **line(progress([found])[0]),
        "summary": rates.summaries([found.pk])[found.pk],
        "few": SMALL,
        "form": form,
        "rated": rates.rated_by(browser.word_of(request), found.pk),
        "is_staff": request.user.is_authenticated,
        "proposals": found.proposals.filter(state__in=SHOWN),
        "problem": problem,
        "done": request.GET.get("done", ""),
    }
    return render(request, "channels/project.html", context, status=status)


@require_POST
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever is signed in as staff cannot rate: those who build and oversee do not judge themselves."""
    found, form, now = _seen(pk), ProjectRatingForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, found, form, 422)
    if request.user.is_authenticated:
        words = _("Projects are rated by residents, not by those who build or oversee them.")
        return _page(request, found, form, 409, problem=words)
    if isinstance(verdict := throttle.speaking_up(request, now), Blocked):
        return error_page(request, 429, retry_after=verdict.retry_after)
    word = browser.word_of(request) or browser.new_word()
    try:
        counted = rates.rate(found, form.rated(word), by=resident(), at=now)
    except ChoosingRefused as refused:
        return _page(request, found, form, 409, problem=str(refused))
    answer = redirect(f"{reverse('channels:project', args=[pk])}?done={'rate' if counted else 'again'}")
    browser.remember(answer, word)
    return answer


@staff_required(*sorted(CASE_ROLES))
@require_GET
def poster(request: StaffRequest, pk: int) -> HttpResponse:
    """A poster for the site, by which whoever stands before it comes to the page and rates."""
    found = queries.projects_visible_to(request.staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no livelihood project of this number among those that you may see."))
    known = progress([found])[0]
    answer = HttpResponse(posters_pdf.of_project(known, rates.closes_on(known)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="project-{found.pk}.pdf"'
    return answer
