"""Projects that everybody may see: where, by whom, how far, and what residents think of those that they rate."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from rixin.cases import photos
from rixin.catalogue.programme_schema import ProjectKind
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
    """Of a kind and year: those asked for, else livelihood projects and the newest year."""
    kinds = _kinds_there()
    kind = next((one for one in kinds if one.code == request.GET.get("kind", "")), next(iter(kinds), None))
    rows = known_projects.public().filter(kind=kind.code) if kind else known_projects.public().none()
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), next(iter(years), None))
    found = list(rows.filter(year=year).order_by("name", "pk")) if year else []
    sums = rates.summaries([one.pk for one in found])
    lines = [{**line(one), "summary": sums[one.project.pk]} for one in progress(found)]
    context = {"kinds": kinds, "kind": kind, "years": years, "year": year, "lines": lines, "few": SMALL}
    return render(request, "channels/projects.html", context)


def _kinds_there() -> list[ProjectKind]:
    """Those that residents chose and rate come first."""
    there = set(known_projects.public().order_by().values_list("kind", flat=True).distinct())
    found = [kind for kind in known_projects.public_kinds() if kind.code in there]
    return sorted(found, key=lambda kind: kind.code != known_projects.LIVELIHOOD)


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
        "kind": found.rules,
        "pictures": list(known_projects.pictures(found)),
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


@require_GET
def picture(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """`?thumb=1`: small."""
    shown = get_object_or_404(known_projects.pictures(_seen(pk)), pk=evidence)
    path = photos.path_of(shown.digest, thumb=bool(request.GET.get("thumb")))
    if not path.exists():
        raise Http404(_("There is no such photo."))
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


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
