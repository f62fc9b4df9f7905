"""Indicators of the economy, month by month: how far a year has come, and what it will come to."""

from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk.indicator_pages import asking, rows, sheet
from rixin.desk.indicator_pages.asking import Asking
from rixin.desk.indicator_pages.rows import Line
from rixin.desk.views.common import case_staff, spreadsheet
from rixin.metrics import wording
from rixin.people.staff import StaffRequest


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    asked, lines = _asked(request, now, timezone.localdate(now))
    context = {
        "section": "economy",
        "asked": asked,
        "lines": lines,
        "as_of": now,
        "months": [(month, wording.month(month)) for month in range(1, 12)],
    }
    return render(request, "indicators/index.html", context)


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    asked, lines = _asked(request, now, timezone.localdate(now))
    return spreadsheet(sheet.table(lines, asked.year), f"indicators-{asked.year}.xlsx")


def _asked(request: StaffRequest, now: datetime, today: date) -> tuple[Asking, list[Line]]:
    """Raises Http404 for whoever may not ask for the figures of the place that the returns are of."""
    offered = asking.offered(request.staff)
    if not offered:
        raise Http404(_("There are no indicators among the figures that you may see."))
    asked = asking.read(request.GET, [metric for metrics in offered.values() for metric in metrics], today)
    return asked, rows.lines(request.staff, offered, asked, now, today)
