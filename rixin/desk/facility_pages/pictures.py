"""Pictures of a facility: shown to who sees it, added and removed by who keeps it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.desk.building_pages.finding import DONE, tried
from rixin.desk.facility_pages.acts import render_act
from rixin.desk.facility_pages.finding import kept_facility, seen_facility
from rixin.desk.facility_pages.forms import PicturesForm
from rixin.desk.views.common import case_staff, whole_number
from rixin.facilities import picturing
from rixin.facilities.refused import FacilityRefused
from rixin.history import ChangedMeanwhile
from rixin.people.staff import StaffRequest


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, pk: int) -> HttpResponse:
    found, at, status = kept_facility(request.staff, pk), timezone.now(), 200
    left = picturing.MOST - found.pictures.count()
    form = PicturesForm(request.POST or None, request.FILES or None, left=max(left, 1))

    def act() -> None:
        shots = picturing.keep(form.cleaned_data["photos"], form.cleaned_data["says"].strip())
        picturing.add(found, shots, by=request.staff.actor, at=at, seen=whole_number(request.POST.get("seen", "")))

    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            messages.success(request, _("Pictures added."))
            return redirect(found)
        found.refresh_from_db()
    return render_act(request, found, form, status, title=_("Add pictures"))


@case_staff
@require_POST
def remove(request: StaffRequest, pk: int, digest: str) -> HttpResponse:
    found, seen = kept_facility(request.staff, pk), whole_number(request.POST.get("seen", ""))
    try:
        picturing.remove(found, digest, by=request.staff.actor, at=timezone.now(), seen=seen)
    except (FacilityRefused, ChangedMeanwhile) as refused:
        messages.error(request, str(refused.message))
        return redirect(found)
    messages.success(request, _("Picture removed."))
    return redirect(found)


@case_staff
@require_GET
def picture(request: StaffRequest, pk: int, digest: str) -> HttpResponseBase:
    """`?thumb=1`: small."""
    found = seen_facility(request.staff, pk)
    path = picturing.FILES.path_of(digest, thumb=bool(request.GET.get("thumb")))
    if not found.pictures.filter(digest=digest).exists() or not path.exists():
        raise Http404(_("There is no such picture."))
    answer = FileResponse(path.open("rb"), content_type="image/jpeg")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
