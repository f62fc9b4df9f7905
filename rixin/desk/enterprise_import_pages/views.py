"""Tables of enterprises: bringing one, mending and deciding about its rows, importing, taking back."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.desk.brought_tables import TableForm
from rixin.desk.enterprise_import_pages import forms, previews
from rixin.desk.views.common import case_staff, page_number, spreadsheet
from rixin.people.staff import Staff, StaffRequest
from rixin.registers import queries
from rixin.registers.imports import actions, headings, results, template
from rixin.registers.imports.actions import ImportRefused
from rixin.registers.imports.outcomes import Plan
from rixin.registers.models import RegisterImport
from rixin.sheet_writing import xlsx
from rixin.sheets import FileFault

_MOST_SHOWN = 20


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Bring a table, and what was brought so far."""
    _door(request.staff)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect(actions.bring(file.read(), file.name, by=request.staff, at=timezone.now()))
        except FileFault as fault:
            form.add_error("file", fault.message)
    known = queries.imports_visible_to(request.staff).select_related("account")[:_MOST_SHOWN]
    context = {"section": "economy", "form": form, "imports": known, "columns": headings.HEADINGS}
    return render(request, "enterprise_imports/index.html", context, status=422 if form.errors else 200)


@case_staff
@never_cache
@require_GET
def empty_table(request: StaffRequest) -> HttpResponse:
    _door(request.staff)
    return spreadsheet(template.build(request.staff, timezone.localdate()), "enterprises.xlsx")


@case_staff
@never_cache
@require_GET
def show(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request.staff, pk))


@case_staff
@require_POST
def choose(request: StaffRequest, pk: int) -> HttpResponse:
    """What each column holds, as the person says."""
    batch = _own(request.staff, pk)
    try:
        found = actions.looked_at(batch, request.staff, timezone.localdate()).columns.headings
    except FileFault as fault:
        return _page(request, batch, refused=fault.message, status=409)
    said = [request.POST.get(f"column-{nth}", "") for nth in range(len(found))]
    actions.choose(batch, found, [name if headings.is_known(name) else "" for name in said])
    return redirect(batch)


@case_staff
@require_POST
def say(request: StaffRequest, pk: int) -> HttpResponse:
    """Cells that were typed anew, and what is decided about rows. All is checked again."""
    batch = _own(request.staff, pk)
    mended, decided = forms.said(request.POST)
    actions.say(batch, mended, decided)
    asked = {name: request.POST[name] for name in ("kind", "page") if request.POST.get(name)}
    return redirect(f"{batch.get_absolute_url()}?{urlencode(asked)}" if asked else batch.get_absolute_url())


@case_staff
@require_POST
def run(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _own(request.staff, pk)
    try:
        actions.carry_out(batch, by=request.staff, at=timezone.now(), seen=request.POST.get("seen", ""))
    except (FileFault, ImportRefused) as refused:
        return _page(request, batch, refused=refused.message, status=409)
    return redirect(batch)


@case_staff
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    actions.discard(_own(request.staff, pk))
    return redirect("desk:enterprise_imports")


@case_staff
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _seen(request.staff, pk)
    try:
        undone, stays = actions.undo(batch, by=request.staff, at=timezone.now())
    except ImportRefused as refused:
        return _page(request, batch, refused=refused.message, status=409)
    messages.success(
        request,
        ngettext("{n} enterprise was put back.", "{n} enterprises were put back.", undone - stays).format(
            n=undone - stays
        ),
    )
    if stays:
        told = ngettext(
            "Of {n} enterprise something stays: the rows below say what.",
            "Of {n} enterprises something stays: the rows below say what.",
            stays,
        )
        messages.info(request, told.format(n=stays))
    return redirect(batch)


@case_staff
@never_cache
@require_GET
def result(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _seen(request.staff, pk)
    file = BytesIO()
    with xlsx(file) as sheet:
        results.write_all(batch.result, sheet)
    return spreadsheet(file.getvalue(), f"enterprise-import-{batch.pk}.xlsx")


def _page(request: StaffRequest, batch: RegisterImport, *, refused: str = "", status: int = 200) -> HttpResponse:
    batch.refresh_from_db()
    mine = batch.account_id == request.staff.account.pk
    plan: Plan | None = None
    checked = batch.status == RegisterImport.Status.CHECKED
    goes_on = checked or any(row["kind"] in ("wrong", "doubt") for row in batch.result)
    if mine and goes_on and batch.status != RegisterImport.Status.UNDONE:
        try:
            plan = actions.looked_at(batch, request.staff, timezone.localdate())
        except FileFault as fault:
            refused = refused or (fault.message if checked else "")
    context: dict[str, Any] = {
        "section": "economy",
        "batch": batch,
        "refused": refused,
        "plan": plan,
        "shown": _preview(request, batch, plan) if plan and not plan.faults else None,
        "columns": previews.columns(plan, timezone.localdate()) if plan else None,
        "results": previews.results_page(batch.result, page_number(request)) if not checked else None,
        "counts": previews.counted(batch.result),
        "mine": mine,
    }
    return render(request, "enterprise_imports/import.html", context, status=status)


def _preview(request: StaffRequest, batch: RegisterImport, plan: Plan) -> previews.Preview:
    asked = request.GET.get("kind", "")
    return previews.preview(plan, batch, asked, page_number(request), timezone.localdate())


def _door(staff: Staff) -> None:
    if not queries.keeps(staff):
        raise Http404(_("You do not keep the register of enterprises."))


def _seen(staff: Staff, pk: int) -> RegisterImport:
    batch = queries.imports_visible_to(staff).filter(pk=pk).select_related("account", "undone_by").first()
    if batch is None:
        raise Http404(_("There is no import of this number among those that you may see."))
    return batch


def _own(staff: Staff, pk: int) -> RegisterImport:
    """Only who brought a table goes on with it: it was read with that person's area."""
    batch = _seen(staff, pk)
    if batch.account_id != staff.account.pk:
        raise Http404(_("Somebody else brought this table."))
    return batch
