"""The page of talents, teams and R&D centres."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk.talent_pages import matrix
from rixin.desk.views.common import case_staff, whole_number
from rixin.people.staff import StaffRequest

_EARLIEST = 2000


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = whole_number(request.GET.get("year", ""))
    last = asked if _EARLIEST <= asked <= today.year else today.year
    context = {
        "section": "economy",
        "matrix": matrix.matrix(request.staff, last),
        "last": last,
        "offered": range(today.year, today.year - 10, -1),
    }
    return render(request, "talents/index.html", context)
