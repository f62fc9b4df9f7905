"""The pages of a matter's documents. Who sees the matter sees that they exist; names in them are opened on record."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.cases import queries
from rixin.cases.models import Case
from rixin.catalogue.document_schema import DocumentTemplate
from rixin.client_address import client_address
from rixin.desk.document_pages.forms import DraftForm, ServiceForm, VoidForm
from rixin.desk.views.common import case_staff, go_to, page_or_part, seen_case
from rixin.documents import docx, issuing, pdf
from rixin.documents.filling import day_on_paper, office_of
from rixin.documents.issuing import DocumentRefused
from rixin.documents.models import Document
from rixin.documents.paper import Paper, lines_of, paper_of
from rixin.documents.queries import may_tend, of_case, templates_for
from rixin.people.staff import Staff, StaffRequest
from rixin.privacy import opening
from rixin.privacy.masking import mask_name, masked
from rixin.privacy.opening import Purpose, What

_WRITERS: dict[str, tuple[Any, str]] = {
    "pdf": (pdf.write, "application/pdf"),
    "docx": (docx.write, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """A draft with its preview beside it; sent with `issue`, the document goes out."""
    found, at = seen_case(request.staff, number), timezone.now()
    form = _draft_form(request, found, code, at)
    if request.method == "POST" and "issue" in request.POST and form.is_valid():
        key = f"desk:{request.staff.account.pk}:{request.POST.get('once', '')}"
        try:
            made = issuing.issue(
                found, form.draft, by=request.staff, sending=key, at=at, address=client_address(request)
            )
        except DocumentRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Issued: %(number)s.") % {"number": made.number})
            return go_to(request, reverse("desk:document", args=[found.number, made.pk]))
    form.is_valid()
    issuing_it = "issue" in request.POST
    context = {"section": "inbox", "case": found, "form": form, "issuing": issuing_it, "preview": _preview(found, form)}
    status = 422 if issuing_it else 200
    return page_or_part(request, "documents/new.html", "documents/preview.html", context, status=status)


def _draft_form(request: StaffRequest, case: Case, code: str, at: datetime) -> DraftForm:
    templates = {one.code: one for one in templates_for(case, queries.actor_on(request.staff, case))}
    if code not in templates:
        raise Http404(_("You cannot issue this document in this matter now."))
    known = _known_name(case, templates[code], request.staff)
    lifecycle = queries.setting_of(case).rules.lifecycle
    data = request.POST if request.method == "POST" else None
    return DraftForm(templates[code], lifecycle, request.staff, at, known=known, data=data)


def _known_name(case: Case, template: DocumentTemplate, staff: Staff) -> str:
    if template.to != "reporter" or not queries.opens_personal_data(staff, case):
        return ""
    name = issuing.name_of_reporter(case)
    return mask_name(name) if name else ""


def _preview(case: Case, form: DraftForm) -> dict[str, Any]:
    """As it will read, with the name of who raised the matter masked."""
    draft = form.draft
    to = draft.to or form.known
    made = issuing.preview(case, draft, to)
    return {
        "lines": list(lines_of(masked(made.text))),
        "lacking": made.lacking,
        "to": to,
        "number": issuing.UNNUMBERED,
        "office": office_of(case),
        "day": day_on_paper(draft.day),
    }


@case_staff
@never_cache
@require_GET
def show(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    found = seen_case(request.staff, number)
    return _page(request, found, _document(found, pk))


def _document(case: Case, pk: int) -> Document:
    return get_object_or_404(of_case(case), pk=pk)


def _page(
    request: StaffRequest,
    case: Case,
    document: Document,
    service: ServiceForm | None = None,
    voiding: VoidForm | None = None,
    status: int = 200,
) -> HttpResponse:
    tends = may_tend(document, queries.actor_on(request.staff, case))
    context = {
        "section": "inbox",
        "case": case,
        "document": document,
        "paper": _masked(paper_of(document)),
        "intact": issuing.is_intact(document),
        "opens": queries.opens_personal_data(request.staff, case),
        "service": service or ServiceForm() if tends and not document.served_on and not document.voided_at else None,
        "voiding": voiding or VoidForm() if tends and not document.voided_at else None,
    }
    return render(request, "documents/document.html", context, status=status)


def _masked(paper: Paper) -> Paper:
    """What everybody who sees the matter may read of it."""
    lines = tuple(replace(line, text=masked(line.text)) for line in paper.lines)
    return replace(paper, to=mask_name(paper.to) if paper.to else "", lines=lines)


@case_staff
@never_cache
@require_GET
def file(request: StaffRequest, number: str, pk: int, kind: str) -> HttpResponse:
    """The document itself, names and all, to who may open personal data; each time goes on record."""
    found = seen_case(request.staff, number)
    document = _document(found, pk)
    if kind not in _WRITERS or not queries.opens_personal_data(request.staff, found):
        raise Http404(_("There is no such document for you to open."))
    opening.log(
        request.staff.account,
        What.NAME,
        found.number,
        Purpose.LAW,
        timezone.now(),
        words=f"{document.title} {document.number}",
        address=client_address(request),
    )
    write, content_type = _WRITERS[kind]
    answer = HttpResponse(write(paper_of(document)), content_type=content_type)
    name = quote(f"{document.title} {document.number}.{kind}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@case_staff
@never_cache
@require_POST
def serve(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    found = seen_case(request.staff, number)
    document, form = _tended(request, found, pk), ServiceForm(request.POST)
    if form.is_valid():
        try:
            issuing.serve(
                document,
                on=date.fromisoformat(form.cleaned_data["on"]),
                how=form.cleaned_data["how"],
                by=request.staff,
                at=timezone.now(),
            )
        except DocumentRefused as refused:
            form.refuse(refused)
        else:
            return _done(request, found, document, _("Written down: served."))
    return _page(request, found, document, service=form, status=422)


@case_staff
@never_cache
@require_POST
def void(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    found = seen_case(request.staff, number)
    document, form = _tended(request, found, pk), VoidForm(request.POST)
    if form.is_valid():
        try:
            issuing.void(document, reason=form.cleaned_data["reason"], by=request.staff, at=timezone.now())
        except DocumentRefused as refused:
            form.refuse(refused)
        else:
            return _done(request, found, document, _("The document is voided."))
    return _page(request, found, document, voiding=form, status=422)


def _tended(request: StaffRequest, case: Case, pk: int) -> Document:
    document = _document(case, pk)
    if not may_tend(document, queries.actor_on(request.staff, case)):
        raise Http404(_("This document is not yours to change."))
    return document


def _done(request: StaffRequest, case: Case, document: Document, words: str) -> HttpResponse:
    messages.success(request, words)
    return go_to(request, reverse("desk:document", args=[case.number, document.pk]))
