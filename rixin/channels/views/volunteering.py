"""For volunteers: joining, the own hours by the own code, the thanks, leaving."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.activities import queries, volunteers
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import Volunteer
from rixin.activities.summing import by_year
from rixin.channels import throttle
from rixin.channels.held_codes import with_code
from rixin.channels.joining_forms import VolunteerForm
from rixin.people.actors import resident
from rixin.privacy import limits
from rixin.privacy.limits import Blocked
from rixin.privacy.masking import mask_name, mask_phone
from rixin.tracking_codes import shown_code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = VolunteerForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, form)
    verdict = throttle.signing_up(request, "volunteers", now)
    if isinstance(verdict, Blocked):
        minutes = -(-verdict.retry_after // 60)
        answer = _page(request, form, status=429, blocked_minutes=minutes, challenge=limits.challenge(now))
        answer["Retry-After"] = str(verdict.retry_after)
        return answer
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        made = volunteers.ask(form.joining, at=now)
    except ActivityRefused as refused:
        form.refuse(refused)
        return _page(request, form, status=422)
    answer = HttpResponseRedirect(f"{reverse('channels:volunteer_code', args=[made.code])}?new=1")
    answer.status_code = 303
    return answer


def _page(request: HttpRequest, form: VolunteerForm, *, status: int = 200, **more: object) -> HttpResponse:
    return render(request, "channels/volunteer.html", {"form": form, **more}, status=status)


@require_GET
@with_code(queries.volunteer_of_code)
def own(request: HttpRequest, one: Volunteer) -> HttpResponse:
    rows = one.hours.filter(taken_back=False).select_related("event")
    context = {
        "volunteer": one,
        "code": shown_code(str(one.code)),
        "hours": rows,
        "years": by_year(rows),
        "name": mask_name(one.name) if one.name else "",
        "phone": mask_phone(one.phone) if one.phone else "",
        "new": "new" in request.GET,
        "address": request.build_absolute_uri(reverse("channels:volunteer_code", args=[one.code])),
    }
    return render(request, "channels/volunteer_code.html", context)


@require_GET
@with_code(queries.volunteer_of_code)
def thanks(request: HttpRequest, one: Volunteer) -> HttpResponse:
    years = by_year(one.hours.filter(taken_back=False))
    context = {"volunteer": one, "years": years, "today": timezone.localdate()}
    return render(request, "channels/volunteer_thanks.html", context)


@require_POST
@with_code(queries.volunteer_of_code)
def leave(request: HttpRequest, one: Volunteer) -> HttpResponse:
    volunteers.leave(one, by=resident(), at=timezone.now())
    return redirect("channels:volunteer_code", one.code)
