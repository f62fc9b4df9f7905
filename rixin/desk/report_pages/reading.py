"""Reading reports: the list, one report with every figure to open, its files, and what changed since it was sealed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.catalogue import versions
from rixin.desk.report_pages import changed_rows, common, listing, offering, places
from rixin.desk.report_pages.forms import NoteForm
from rixin.desk.views.common import case_staff, page_or_part
from rixin.metrics.engines.database import Database
from rixin.people.staff import StaffRequest
from rixin.reports import actions, changes, docx, editions, page, pdf, plain_json, queries, recent
from rixin.reports.cited import Cited
from rixin.reports.document import Document, UnknownFigures
from rixin.reports.models import Edition, Report, State
from rixin.reports.parts import with_parts

_FILES: dict[str, tuple[Callable[[Document], str | bytes], str]] = {
    "html": (page.standalone, "text/html; charset=utf-8"),
    "docx": (docx.write, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf.write, "application/pdf"),
    "json": (plain_json.write, "application/json"),
}


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    asked = listing.read_filter(request.GET)
    found = listing.page_of(asked.apply(queries.visible_to(request.staff)), request.GET.get("before", ""))
    context = {
        "section": "reports",
        "filter": asked,
        "page": found,
        "older": asked.query(before=found.before or ""),
        "states": State.choices,
        "templates": [(one.code, one.name) for one in versions.work().reports.values()],
        "may_begin": bool(places.offered(request.staff)),
    }
    return common.page(request, "index", context)


@case_staff
@never_cache
@require_GET
def report(request: StaffRequest, pk: int) -> HttpResponse:
    return page_of(request, common.seen_report(request.staff, pk))


def page_of(request: StaffRequest, report: Report, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a report; the forms of its steps as they were filled in, where one of them was refused."""
    newest = report.newest
    context = {
        **common.head_of(request.staff, report),
        "newest": newest,
        "submit_form": NoteForm(key="submit"),
        "back_form": NoteForm(needed=True, key="back"),
        "files": [(form, form.upper()) for form in _FILES],
        **(_sealed(report) if report.state == State.SEALED else _draft(report, newest.body)),
        **more,
    }
    return common.page(request, "report", context, status=status)


def _draft(report: Report, body: str) -> dict[str, Any]:
    frame = actions.frame_of(report, timezone.now())
    document = recent.read(report.title, body, frame, report.language)
    return {"document": document, "parts": page.parts(document), "slips": offering.slips(body)}


def _sealed(report: Report) -> dict[str, Any]:
    edition = report.edition
    document = editions.document_of(edition)
    addresses = {
        one.key: reverse("reports:sealed_figure", args=[report.pk, nth]) for nth, one in enumerate(document.cited)
    }
    return {
        "edition": edition,
        "intact": editions.is_intact(edition),
        "document": document,
        "parts": page.parts(document, lambda one: addresses[one.key]),
    }


@case_staff
@never_cache
@require_GET
def sealed_figure(request: StaffRequest, pk: int, nth: int) -> HttpResponse:
    """One figure as it was sealed, and the way to what stands behind it today."""
    known = common.seen_report(request.staff, pk)
    one = _cited(known, nth)
    there = one.id in versions.work().metrics
    context = {
        **common.head_of(request.staff, known),
        "one": one,
        "sealed_rows": list(changed_rows.at_sealing(request.staff, known.edition, one)),
        "today": page.address_of(one) if there else "",
    }
    return page_or_part(request, "reports/pages/sealed_figure.html", "reports/pages/sealed_part.html", context)


@case_staff
@never_cache
@require_GET
def changed(request: StaffRequest, pk: int) -> HttpResponse:
    """Every figure that would be another one today, and why."""
    known = common.seen_report(request.staff, pk)
    now = timezone.now()
    found = changes.since(_edition(known), now)
    context = {
        **common.head_of(request.staff, known),
        "edition": known.edition,
        "now": now,
        "differing": [changed_rows.shown(request.staff, one) for one in found if one.differs],
        "same": [changed_rows.shown(request.staff, one) for one in found if not one.differs],
    }
    return common.page(request, "changes", context)


@case_staff
@never_cache
@require_GET
def download(request: StaffRequest, pk: int, form: str) -> HttpResponse:
    """A draft with its figures as of now; a sealed report as it was sealed."""
    known = common.seen_report(request.staff, pk)
    if form not in _FILES:
        raise Http404(_("Reports are given as HTML, DOCX, PDF and JSON."))
    write, kind = _FILES[form]
    try:
        document = _document(known, form)
    except UnknownFigures:
        told = _("The text names figures that there are not any more. Mend it first.")
        return page_of(request, known, refused=told, status=409)
    answer = HttpResponse(write(document), content_type=kind)
    stage = "sealed" if known.state == State.SEALED else f"draft-v{known.version}"
    name = f"{known.template}-{known.period}-{known.pk}-{stage}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _document(report: Report, form: str) -> Document:
    if report.state == State.SEALED:
        return editions.document_of(report.edition)
    document = actions.document_of(report, timezone.now())
    return with_parts(document, Database()) if form == "html" else document


def _edition(report: Report) -> Edition:
    if report.state != State.SEALED:
        raise Http404(_("This report is not sealed yet."))
    return report.edition


def _cited(report: Report, nth: int) -> Cited:
    cited = editions.document_of(_edition(report)).cited
    if nth >= len(cited):
        raise Http404(_("There is no such figure in this report."))
    return cited[nth]
