"""Asking for a file of the present list, watching it being written, fetching it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.desk import exports, filters, tabs
from rixin.desk.models import Export
from rixin.desk.tasks import write_export
from rixin.desk.views.common import case_staff, page_or_part
from rixin.desk.views.inbox import chosen_tab, filter_context
from rixin.people.staff import StaffRequest
from rixin.sheet_writing import MIME

MOST_AT_ONCE = 3
STALLED_AFTER = timedelta(minutes=5)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest) -> HttpResponse:
    staff = request.staff
    data = request.POST if request.method == "POST" else request.GET
    parsed = filters.parse(data)
    tab = chosen_tab(tabs.of(staff), staff, data.get("tab", ""))
    wanted = [code for code in request.POST.getlist("column") if code in exports.BY_CODE]
    context: dict[str, Any] = {
        "section": "inbox",
        "tab": tab,
        "here": parsed.filter.to_query(tab=tab.code),
        "columns": [
            {"column": column, "on": column.code in wanted if wanted else column.usual} for column in exports.COLUMNS
        ],
        "formats": Export.Format.choices,
        "mine": _mine(request),
        **filter_context(parsed.filter, parsed.problems, staff, tab=tab.code),
    }
    if request.method != "POST":
        return render(request, "desk/export.html", context)
    fault = _fault(request, wanted)
    if fault:
        return render(request, "desk/export.html", {**context, "fault": fault}, status=422)
    with transaction.atomic():
        made = Export.objects.create(
            account=staff.account,
            query=parsed.filter.to_query(),
            tab=tab.code,
            columns=wanted,
            format=request.POST["format"],
            language=get_language() or "zh-hans",
            asked_at=timezone.now(),
        )
        transaction.on_commit(lambda: _enqueue(made.pk))
    return redirect("desk:export", pk=made.pk)


def _fault(request: StaffRequest, wanted: list[str]) -> str:
    if not wanted:
        return _("Please choose at least one column.")
    if request.POST.get("format") not in Export.Format.values:
        return _("Please choose CSV or XLSX.")
    unfinished = [Export.Status.WAITING, Export.Status.WRITING]
    if Export.objects.filter(account=request.staff.account, status__in=unfinished).count() >= MOST_AT_ONCE:
        return _("%(most)s exports of yours are being written. Please wait until one is ready.") % {
            "most": MOST_AT_ONCE
        }
    return ""


def _enqueue(pk: int) -> None:
    write_export.enqueue(pk)


def _mine(request: StaffRequest) -> list[Export]:
    day_ago = timezone.now() - exports.KEPT_FOR
    return list(Export.objects.filter(account=request.staff.account, asked_at__gte=day_ago)[:10])


def _own(request: StaffRequest, pk: int) -> Export:
    """The person's own export of the last day."""
    day_ago = timezone.now() - exports.KEPT_FOR
    found = Export.objects.filter(account=request.staff.account, asked_at__gte=day_ago, pk=pk).first()
    if found is None:
        raise Http404(_("This export is not yours, or it was deleted after a day."))
    return found


@case_staff
@never_cache
@require_GET
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """The page that follows the writing; the part of it that asks again each second."""
    export = _own(request, pk)
    last_sign = export.moved_at or export.asked_at
    context = {
        "section": "inbox",
        "export": export,
        "running": export.status in (Export.Status.WAITING, Export.Status.WRITING),
        "stalled": export.status != Export.Status.READY and timezone.now() - last_sign > STALLED_AFTER,
        "until": export.asked_at + exports.KEPT_FOR,
        "more": export.expected >= exports.COUNTED_TO,
    }
    return page_or_part(request, "desk/export_progress.html", "desk/export_state.html", context)


@case_staff
@require_POST
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Starts anew an export that failed or whose worker was killed."""
    export = _own(request, pk)
    Export.objects.filter(pk=export.pk).exclude(status=Export.Status.READY).update(
        status=Export.Status.WAITING, fault="", written=0, moved_at=timezone.now()
    )
    _enqueue(export.pk)
    messages.success(request, _("The export was started again."))
    return redirect("desk:export", pk=export.pk)


@case_staff
@never_cache
@require_GET
def download(request: StaffRequest, pk: int) -> HttpResponseBase:
    export = _own(request, pk)
    path = exports.path_of(export)
    if export.status != Export.Status.READY or not path.exists():
        raise Http404(_("This export is not ready, or it was deleted after a day."))
    return FileResponse(path.open("rb"), as_attachment=True, filename=export.filename, content_type=MIME[export.format])
