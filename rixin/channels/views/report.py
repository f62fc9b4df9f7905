"""The page behind a scanned code: one form, sent once, that loses nothing of what was typed."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from rixin.cases import photos
from rixin.cases.actions import Opened
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.channels import nearby, reporting, sorting, spots, throttle
from rixin.channels.areas import whole_area
from rixin.channels.codes import UnknownPlace
from rixin.channels.forms import ReportForm, questions_of
from rixin.channels.sent_photos import digest_in
from rixin.channels.spots import CodeRetired, CodeUnknown, Spot
from rixin.channels.views.places import place_page
from rixin.places import gazetteer
from rixin.places.coordinates import ImpossiblePosition, Position
from rixin.privacy import limits
from rixin.privacy.limits import Blocked

ENTERPRISES_KIND = "enterprise_problem"
FIND_SPOT: dict[str, Callable[[str], Spot]] = {"code": spots.of_code, "place": spots.of_place}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, key: str, by: str = "code") -> HttpResponse:
    """`key` is the token of a printed code, or the code of a place that was chosen by hand."""
    try:
        spot = FIND_SPOT[by](key)
    except CodeRetired as retired:
        return place_page(request, status=410, retired=retired.code)
    except CodeUnknown:
        return place_page(request, status=404, unknown_code=key)
    except UnknownPlace as unknown:
        return place_page(request, status=404, problem=unknown.message)
    if request.method == "POST":
        return _send(request, spot)
    return _page(request, spot, ReportForm(spot=spot))


@never_cache
@require_safe
def enterprise(request: HttpRequest) -> HttpResponse:
    """The same page for enterprises: their kind of matter is chosen, and the place is the whole sub-district."""
    area = gazetteer.current().area(whole_area())
    version = sorting.chosen(ENTERPRISES_KIND)
    if area is None or version is None:
        return place_page(request)
    spot = spots.of_place(area.code)
    form = ReportForm(spot=spot, initial={"kind": ENTERPRISES_KIND})
    form.questions = questions_of(version)
    return _page(request, spot, form)


def _send(request: HttpRequest, spot: Spot) -> HttpResponse:
    now = timezone.now()
    verdict = throttle.sending(request, spot, now)
    blocked = isinstance(verdict, Blocked)
    files = None if blocked and not throttle.may_clean_photos(request, now) else request.FILES
    joins = _joined_matter(request)
    form = ReportForm(request.POST, files, spot=spot, joining=joins is not None)
    valid = form.is_valid()
    if isinstance(verdict, Blocked):
        return _too_many(request, spot, form, verdict)
    if not valid:
        return _page(request, spot, form, status=422)
    try:
        opened: Opened
        if joins is not None:
            opened = reporting.join(form.report, joins, now)
        else:
            opened = reporting.open_from(form.report, spot, now)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, spot, form, status=409)
    answer = HttpResponseRedirect(f"/t/{opened.receipt.code}?new=1")
    answer.status_code = 303
    return answer


def _joined_matter(request: HttpRequest) -> Case | None:
    """The matter that the neighbour joins instead of reporting anew; None for a report of its own."""
    asked = request.POST.get("join", "")
    if not asked.isdecimal() or len(asked) > 15:
        return None
    return Case.objects.filter(pk=int(asked), public=True).first()


def _too_many(request: HttpRequest, spot: Spot, form: ReportForm, verdict: Blocked) -> HttpResponse:
    minutes = -(-verdict.retry_after // 60)
    more = {"blocked_minutes": minutes, "challenge": limits.challenge(timezone.now())}
    answer = _page(request, spot, form, status=429, **more)
    answer["Retry-After"] = str(verdict.retry_after)
    return answer


def _page(request: HttpRequest, spot: Spot, form: ReportForm, status: int = 200, **more: Any) -> HttpResponse:
    around = form.position or spot.position
    text, kind = (str(form.data.get(name, form.initial.get(name, ""))) for name in ("text", "kind"))
    chosen = sorting.chosen(kind)
    for_enterprises = kind == ENTERPRISES_KIND and spot.area_path == whole_area()
    if for_enterprises:
        form.fields["text"].label = _("What does your enterprise need?")
        around = None  # what residents reported near the middle of the sub-district is nothing to an enterprise
    usual = sorting.usual(spot.area_path)
    context = {
        "spot": spot,
        "form": form,
        "usual": usual,
        "chosen": chosen,
        "chosen_is_unusual": chosen is not None and chosen not in usual,
        "classes": sorting.by_class(),
        "for_enterprises": for_enterprises,
        "near": nearby.open_around(around, text=text, kind=kind) if around else [],
        **more,
    }
    return render(request, "channels/report.html", context, status=status)


@require_POST
def near(request: HttpRequest) -> HttpResponse:
    """A part of the page: open matters around, most alike first. The words come in the body: no log keeps them."""
    try:
        around = Position(float(request.POST.get("lat", "")), float(request.POST.get("lng", "")))
    except (ValueError, ImpossiblePosition):
        return HttpResponse(status=204)
    text, kind = request.POST.get("text", "")[:2000], request.POST.get("kind", "")[:64]
    return render(request, "channels/near_part.html", {"near": nearby.open_around(around, text=text, kind=kind)})


@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """A part of the page: the kinds that fit what was typed into the search."""
    words = request.GET.get("q", "")[:60]
    return render(request, "channels/kinds_part.html", {"kinds": sorting.search(words), "words": words})


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """A part of the page: the own questions of the kind just chosen."""
    version = sorting.chosen(request.GET.get("kind", "")[:64])
    return render(request, "channels/questions_part.html", {"questions": questions_of(version) if version else None})


@require_GET
def kept_photo(request: HttpRequest, signed: str) -> HttpResponseBase:
    """A photo of a form that is not sent yet, small, for the browser that sent it."""
    digest = digest_in(signed)
    path = photos.path_of(digest, thumb=True) if digest else None
    if path is None or not path.exists():
        raise Http404(_("There is no such photo any more."))
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
