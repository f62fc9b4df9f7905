"""A table of events: brought, looked at row by row, entered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin import sheet_lines
from rixin.activities import bringing, queries, tables
from rixin.activities.bringing import FILES, Plan
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import EventImport
from rixin.desk.brought_tables import TableForm
from rixin.desk.sheet_answers import xlsx_answer
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest
from rixin.sheets import FileFault

_SHOWN = 200
_LONGEST_NAME = 120


def _only_who_keeps(request: StaffRequest) -> None:
    if not queries.kinds_kept_by(request.staff):
        raise Http404(_("You plan no events."))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    _only_who_keeps(request)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TableForm(data, files)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        name = str(file.name)[-_LONGEST_NAME:]
        try:
            bringing.plan(sheet_lines.read(file, name), request.staff, timezone.now())
        except FileFault as fault:
            form.add_error("file", fault.message)
        else:
            batch = EventImport.objects.create(account=request.staff.account, filename=name, made_at=timezone.now())
            file.seek(0)
            FILES.keep(batch.pk, name, file.read())
            return redirect("desk:event_import", batch.pk)
    imports = EventImport.objects.filter(account=request.staff.account.pk)[:20]
    headings = tables.HEADINGS.values()
    context = {"section": "life", "tab": "events", "form": form, "imports": imports, "headings": headings}
    return render(request, "events/bring.html", context, status=422 if form.errors else 200)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, pk: int) -> HttpResponse:
    _only_who_keeps(request)
    batch = get_object_or_404(EventImport, pk=pk, account=request.staff.account.pk)
    plan = _read(batch, request)
    if request.method == "POST" and plan is not None and batch.done_at is None:
        try:
            made = bringing.bring(plan)
        except ActivityRefused as refused:
            return _page(request, batch, plan, status=409, refused=" ".join(map(str, refused.fields.values())))
        batch.done_at, batch.entered = timezone.now(), len(made)
        batch.save(update_fields=["done_at", "entered"])
        FILES.forget(batch.pk, batch.filename)
        said = ngettext("%(n)s event entered.", "%(n)s events entered.", len(made)) % {"n": len(made)}
        messages.success(request, said)
        return redirect("desk:events")
    return _page(request, batch, plan)


def _page(
    request: StaffRequest, batch: EventImport, plan: Plan | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"section": "life", "tab": "events", "batch": batch, "plan": plan, "most": _SHOWN, **more}
    return render(request, "events/brought.html", context, status=status)


def _read(batch: EventImport, request: StaffRequest) -> Plan | None:
    """What the table says now; None once its file is gone."""
    path = FILES.path_of(batch.pk, batch.filename)
    if batch.done_at is not None or not path.exists():
        return None
    with path.open("rb") as file:
        try:
            return bringing.plan(sheet_lines.read(file, batch.filename), request.staff, timezone.now())
        except FileFault:
            return None


@case_staff
@require_GET
def empty_table(request: StaffRequest) -> HttpResponseBase:
    """With the headings that are understood."""
    return xlsx_answer([[str(heading) for heading in tables.HEADINGS.values()]], _("events"))
