"""The versions of a report: all of them, one, two beside each other, and an earlier one brought back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rixin.desk.report_pages import common
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest
from rixin.reports import actions
from rixin.reports.actions import NotNow
from rixin.reports.differences import differences, shortened
from rixin.reports.document import UnknownFigures
from rixin.reports.models import Report, ReportVersion


@case_staff
@never_cache
@require_GET
def versions(request: StaffRequest, pk: int) -> HttpResponse:
    report = common.seen_report(request.staff, pk)
    return _list(request, report)


@case_staff
@never_cache
@require_GET
def version(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    report = common.seen_report(request.staff, pk)
    one = _version(report, number)
    return common.page(request, "version", {**common.head_of(request.staff, report), "version": one})


@case_staff
@require_POST
def restore(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    report = common.written_report(request.staff, pk)
    _version(report, number)
    note = _("Version {number} brought back").format(number=number)
    seen = common.number_in(request.POST.get("seen", ""))
    try:
        actions.restore(report, number, note=note, seen=seen, by=request.staff, at=timezone.now())
    except UnknownFigures:
        told = _("That version names figures that there are not any more: copy what you need into the text.")
        return _list(request, report, refused=told, status=409)
    except NotNow as refused:
        report.refresh_from_db()
        return _list(request, report, refused=str(refused.message), status=409)
    messages.success(request, _("Version {number} was brought back as a new one.").format(number=number))
    return redirect("reports:edit", pk=pk)


@case_staff
@never_cache
@require_GET
def compare(request: StaffRequest, pk: int) -> HttpResponse:
    """Two versions: the newest and the one before it, unless the address says otherwise."""
    report = common.seen_report(request.staff, pk)
    new = _version(report, common.number_in(request.GET.get("new", "")) or report.version)
    old = _version(report, common.number_in(request.GET.get("old", "")) or max(new.number - 1, 1))
    lines = differences(f"{old.title}\n\n{old.body}", f"{new.title}\n\n{new.body}")
    context = {
        **common.head_of(request.staff, report),
        "old": old,
        "new": new,
        "versions": report.versions.defer("body"),
        "lines": list(shortened(lines)),
        "same": all(line.kind == "same" for line in lines),
    }
    return common.page(request, "compare", context)


def _list(request: StaffRequest, report: Report, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {**common.head_of(request.staff, report), "versions": report.versions.defer("body"), **more}
    return common.page(request, "versions", context, status=status)


def _version(report: Report, number: int) -> ReportVersion:
    found = report.versions.filter(number=number).first()
    if found is None:
        raise Http404(_("There is no version of this number."))
    return found
