"""The review of a report: submitted by whoever writes it, sent back or sealed by a leader."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rixin.desk.report_pages import common, reading
from rixin.desk.report_pages.forms import NoteForm
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest
from rixin.reports import actions, queries
from rixin.reports.actions import NotNow
from rixin.reports.document import UnknownFigures
from rixin.reports.models import Report


@case_staff
@require_POST
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    report = common.written_report(request.staff, pk)
    form = NoteForm(request.POST, key="submit")
    if not form.is_valid():
        return reading.page_of(request, report, submit_form=form, status=422)
    return _step(request, report, actions.submit, _("Submitted: the leaders are told."), note=form.cleaned_data["note"])


@case_staff
@require_POST
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    report = _reviewed(request, pk)
    form = NoteForm(request.POST, needed=True, key="back")
    if not form.is_valid():
        return reading.page_of(request, report, back_form=form, status=422)
    note = form.cleaned_data["note"]
    return _step(request, report, actions.send_back, _("Sent back: whoever wrote it is told."), note=note)


@case_staff
@require_POST
def seal(request: StaffRequest, pk: int) -> HttpResponse:
    return _step(request, _reviewed(request, pk), actions.seal, _("Sealed: text and figures stay as they are now."))


def _step(request: StaffRequest, report: Report, act: Callable[..., Any], done: str, **given: str) -> HttpResponse:
    seen = common.number_in(request.POST.get("seen", ""))
    try:
        act(report, seen=seen, by=request.staff, at=timezone.now(), **given)
    except (NotNow, UnknownFigures) as refused:
        report.refresh_from_db()
        return reading.page_of(request, report, refused=_told(refused), status=409)
    messages.success(request, done)
    return redirect(report)


def _told(refused: NotNow | UnknownFigures) -> str:
    if isinstance(refused, UnknownFigures):
        return _("The text names figures that there are not any more. Mend it first.")
    if refused.code == "saved_meanwhile":
        return _("A newer version was saved after you opened this page. Read it first: this is it.")
    return str(refused.message)


def _reviewed(request: StaffRequest, pk: int) -> Report:
    """A report that the person may review; one that is in review no more is found, and the action says so."""
    report = common.seen_report(request.staff, pk)
    if not queries.reviews(request.staff, report):
        raise Http404(_("There is no report of this number among those that you may review."))
    return report
