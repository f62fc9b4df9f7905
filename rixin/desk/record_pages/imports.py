"""Importing tables of records: bringing one, looking at what it would do, importing, mending, taking back."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.catalogue import versions
from rixin.catalogue.versions import RecordVersion, UnknownType
from rixin.desk.brought_tables import TableForm
from rixin.desk.record_pages import previews
from rixin.desk.record_pages.finding import enterable
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest
from rixin.records import queries, template
from rixin.records.imports import actions, mending
from rixin.records.imports.actions import ImportRefused
from rixin.records.imports.plan import Plan
from rixin.records.models import Import
from rixin.sheet_writing import MIME
from rixin.sheets import FileFault

_MOST_SHOWN = 20


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest, kind: str) -> HttpResponse:
    version = enterable(request.staff, kind)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    known = queries.imports_visible_to(request.staff).filter(type=kind).select_related("account")
    context = {"section": "records", "version": version, "form": form, "imports": known[:_MOST_SHOWN]}
    if request.method != "POST":
        return render(request, "records/bring.html", context)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect(actions.bring(file.read(), file.name, version, by=request.staff, at=timezone.now()))
        except FileFault as fault:
            form.add_error("file", fault.message)
    return render(request, "records/bring.html", context, status=422)


@case_staff
@never_cache
@require_GET
def show(request: StaffRequest, pk: int) -> HttpResponse:
    batch, version = _seen(request.staff, pk)
    return _page(request, batch, version)


@case_staff
@require_POST
def choose(request: StaffRequest, pk: int) -> HttpResponse:
    """What each column holds, as the person says."""
    batch, version = _own(request.staff, pk)
    try:
        headings = actions.looked_at(batch, version, request.staff).columns.headings
    except FileFault as fault:
        return _page(request, batch, version, refused=fault.message, status=409)
    known = {name for name, _label in previews.columns.choices(version.type)}
    said = [request.POST.get(f"column-{nth}", "") for nth in range(len(headings))]
    names = [name if name in known else "" for name in said]
    actions.choose(batch, headings, names, again="again" in request.POST)
    return redirect(batch)


@case_staff
@require_POST
def run(request: StaffRequest, pk: int) -> HttpResponse:
    batch, version = _own(request.staff, pk)
    try:
        batch = actions.carry_out(batch, version, by=request.staff, at=timezone.now())
    except (FileFault, ImportRefused) as refused:
        return _page(request, batch, version, refused=refused.message, status=409)
    return redirect(batch)


@case_staff
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    batch, version = _own(request.staff, pk)
    actions.discard(batch)
    return redirect("records:bring", kind=version.type.code)


@case_staff
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    batch, version = _seen(request.staff, pk)
    try:
        withdrawn, kept = actions.undo(batch, by=request.staff, at=timezone.now())
    except ImportRefused as refused:
        return _page(request, batch, version, refused=refused.message, status=409)
    messages.success(request, _("%(n)d records were withdrawn.") % {"n": withdrawn})
    if kept:
        messages.info(request, _("%(n)d stay, since somebody changed or confirmed them meanwhile.") % {"n": kept})
    return redirect(batch)


@case_staff
@never_cache
@require_GET
def to_mend(request: StaffRequest, pk: int) -> HttpResponse:
    """The bad rows, each with what is wrong, to be mended and imported again."""
    batch, version = _own(request.staff, pk)
    try:
        plan = actions.looked_at(batch, version, request.staff)
    except FileFault as fault:
        return _page(request, batch, version, refused=fault.message, status=409)
    file = BytesIO()
    mending.write(plan, version.type, file)
    return as_file(file.getvalue(), f"{version.type.code}-to-mend-{batch.pk}.xlsx")


@case_staff
@never_cache
@require_GET
def empty_table(request: StaffRequest, kind: str) -> HttpResponse:
    version = enterable(request.staff, kind)
    return as_file(template.build(version, request.staff), f"{kind}.xlsx")


def as_file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MIME["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(
    request: StaffRequest, batch: Import, version: RecordVersion, *, refused: str = "", status: int = 200
) -> HttpResponse:
    mine = batch.account_id == request.staff.account.pk
    plan: Plan | None = None
    if mine and batch.status != Import.Status.UNDONE:
        try:
            plan = actions.looked_at(batch, version, request.staff)
        except FileFault as fault:
            refused = refused or fault.message
    context = {
        "section": "records",
        "version": version,
        "batch": batch,
        "refused": refused,
        "plan": plan,
        "shown": previews.preview(plan, version) if plan else None,
        "summary": previews.summary(plan) if plan else "",
        "result": previews.result(batch),
        "mine": mine,
    }
    return render(request, "records/import.html", context, status=status)


def _seen(staff: Staff, pk: int) -> tuple[Import, RecordVersion]:
    batch = queries.imports_visible_to(staff).filter(pk=pk).select_related("account", "undone_by").first()
    if batch is None:
        raise Http404(_("There is no import of this number among those that you may see."))
    try:
        version = versions.record(batch.type)
    except UnknownType:
        raise Http404(_("Such records are entered no more.")) from None
    if not queries.may_enter(staff, version):
        raise Http404(_("There is no such record among those that you may enter."))
    return batch, version


def _own(staff: Staff, pk: int) -> tuple[Import, RecordVersion]:
    """Only who brought a table goes on with it: it was read with that person's area and unit."""
    batch, version = _seen(staff, pk)
    if batch.account_id != staff.account.pk:
        raise Http404(_("Somebody else brought this table."))
    return batch, version
