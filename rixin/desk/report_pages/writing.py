"""Beginning and writing a report: the editor, its preview, and what can be put into the text."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.catalogue.periods import Period
from rixin.catalogue.work_schema import Step
from rixin.desk.report_pages import common, offering, places
from rixin.desk.report_pages.forms import BeginForm, TextForm
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest
from rixin.reports import actions, page, queries, recent
from rixin.reports.actions import NotNow, SavedMeanwhile
from rixin.reports.differences import differences, shortened
from rixin.reports.document import UnknownFigures
from rixin.reports.models import Report, State
from rixin.reports.words import RULES


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A report that there is already is shown first; another one is begun where that is wanted."""
    staff = request.staff
    if not places.offered(staff):
        raise Http404(_("There is no place for which you may write reports."))
    form = BeginForm(staff, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"section": "reports", "form": form, "periods": _periods()}
    if request.method != "POST":
        return common.page(request, "new", context)
    if not form.is_valid():
        return common.page(request, "new", context, status=422)
    there = _already(staff, form)
    if there is not None and "another" not in request.POST:
        return common.page(request, "new", {**context, "there": there}, status=409)
    report = actions.begin(
        form.chosen,
        form.span,
        area=form.where.area,
        unit=form.where.unit,
        language=form.language_chosen,
        by=staff,
        at=timezone.now(),
        fit=form.cleaned_data["fit"],
    )
    return redirect("reports:edit", pk=report.pk)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    report = common.written_report(request.staff, pk)
    if request.method != "POST":
        if report.state == State.SEALED:
            return redirect(report)
        newest = report.newest
        form = TextForm(initial={"title": newest.title, "body": newest.body, "seen": newest.number})
        return common.page(request, "edit", _editor(request.staff, report, form))
    form = TextForm(request.POST)
    if not form.is_valid():
        return common.page(request, "edit", _editor(request.staff, report, form), status=422)
    try:
        saved = actions.save(report, **form.cleaned_data, by=request.staff, at=timezone.now())
    except UnknownFigures as unknown:
        for fault in unknown.faults:
            form.add_error("body", _("Line {line}: {reason}").format(line=fault.line, reason=fault.reason))
        return common.page(request, "edit", _editor(request.staff, report, form), status=422)
    except SavedMeanwhile as meanwhile:
        return _saved_meanwhile(request, report, form, meanwhile)
    except NotNow as refused:
        form.add_error(None, str(refused.message))
        return common.page(request, "edit", _editor(request.staff, report, form), status=409)
    messages.success(request, _("Saved as version {number}.").format(number=saved.version))
    return redirect(saved) if "done" in request.POST else redirect("reports:edit", pk=pk)


@case_staff
@require_POST
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The text as it would be read, whatever is wrong with it; its figures may be some minutes old."""
    report = common.written_report(request.staff, pk)
    title, body = (request.POST.get(name, "").replace("\r\n", "\n") for name in ("title", "body"))
    frame = actions.frame_of(report, timezone.now())
    context = {
        "document": (document := recent.preview(title, body, frame, report.language)),
        "parts": page.parts(document),
        "slips": offering.slips(body),
        "still_proposed": offering.proposed_in(body),
    }
    return render(request, "reports/pages/preview.html", context)


@case_staff
@never_cache
@require_GET
def figures(request: StaffRequest, pk: int) -> HttpResponse:
    """Every figure with its present value, to be searched and inserted."""
    report = common.written_report(request.staff, pk)
    answers = recent.figures(actions.frame_of(report, timezone.now()), report.language)
    context = {"report": report, "groups": offering.figures(answers), "marks": offering.marks()}
    return render(request, "reports/pages/figures.html", context)


@case_staff
@never_cache
@require_GET
def problems(request: StaffRequest, pk: int) -> HttpResponse:
    """What the rules propose to speak of, each to be taken over as text."""
    report = common.written_report(request.staff, pk)
    found, document = recent.proposals(actions.frame_of(report, timezone.now()), report.language)
    context = {
        "report": report,
        "document": document,
        "opens": page.address_of,
        "proposals": [(RULES[one.rule], one.text, block) for one, block in zip(found, document.blocks, strict=True)],
    }
    return render(request, "reports/pages/problems.html", context)


def _periods() -> list[str]:
    """The periods that are most likely meant: the last ones that are over, and those that run."""
    today = timezone.localdate()
    found: list[str] = []
    for step, most in _OFFERED.items():
        period = Period.of(step, today)
        for _nth in range(most):
            found.append(str(period))
            period = period.before()
    return found


_OFFERED: dict[Step, int] = {"year": 4, "quarter": 6, "month": 14}


def _editor(staff: Staff, report: Report, form: TextForm) -> dict[str, Any]:
    return {**common.head_of(staff, report), "form": form}


def _saved_meanwhile(request: StaffRequest, report: Report, form: TextForm, meanwhile: SavedMeanwhile) -> HttpResponse:
    """Both texts: whoever saves again has seen the other one."""
    newest = meanwhile.newest
    data = request.POST.copy()
    data["seen"] = str(newest.number)
    again = TextForm(data)
    again.add_error(None, str(meanwhile.message))
    lines = list(shortened(differences(newest.body, form.cleaned_data["body"])))
    context = {**_editor(request.staff, report, again), "newest": newest, "lines": lines}
    return common.page(request, "edit", context, status=409)


def _already(staff: Staff, form: BeginForm) -> Report | None:
    same = queries.visible_to(staff).filter(
        template=form.chosen.code,
        period=str(form.span),
        area_path=form.where.area,
        unit_code=form.where.unit,
        language=form.language_chosen,
    )
    return same.order_by("-pk").first()
