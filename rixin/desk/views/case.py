"""The page of one case, its actions, its photos, and opening who reported it."""

import logging
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.cases import files, lifecycle, photos, queries
from rixin.cases.models import Case, Receipt
from rixin.catalogue import versions
from rixin.client_address import client_address
from rixin.desk import acting
from rixin.desk.actionforms import ANSWER, ActionForm
from rixin.desk.casepage import CasePage, case_page
from rixin.desk.timeline import Entry
from rixin.desk.views.common import case_staff, go_to, page_or_part, seen_case
from rixin.people.staff import Staff, StaffRequest
from rixin.privacy import opening
from rixin.privacy.opening import PURPOSES, PurposeMissing, What
from rixin.triage import language_model
from rixin.triage.replies import advice

log = logging.getLogger(__name__)


@case_staff
@never_cache
@require_GET
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Opens with the form of the first main action, which is mostly what the person came for."""
    found, at = seen_case(request.staff, number), timezone.now()
    page = case_page(found, request.staff, at)
    first = first_action(page)
    form = _form(page, first, request.staff, at) if first else None
    return render(request, "desk/case.html", _context(page, form))


def first_action(page: CasePage) -> str:
    """The main action that hands the matter on, or else the first main one; empty if there is none."""
    main = [link.code for link in page.actions if link.tone == "main"]
    moving = [code for code in main if page.rules.lifecycle.actions[code].moves_to]
    return next(iter(moving or main), "")


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, number: str, action: str) -> HttpResponse:
    """The form of an action, and the action itself."""
    found, at = seen_case(request.staff, number), timezone.now()
    if action not in queries.setting_of(found).rules.lifecycle.actions:
        raise Http404(_("There is no such action for this kind of matter."))
    if request.method == "POST":
        return _take(request, found, action, at)
    page = case_page(found, request.staff, at)
    if action not in {link.code for link in page.actions}:
        return _action_page(request, page, None, refused=no_more(found, request.staff, action, at), status=409)
    return _action_page(request, page, _form(page, action, request.staff, at))


def _take(request: StaffRequest, found: Case, action: str, at: datetime) -> HttpResponse:
    sent = acting.send(found, action, request.staff, request.POST, request.FILES, at)
    if sent.after is None:
        page = case_page(sent.now, request.staff, at) if sent.now else None
        return _action_page(request, page, sent.form, since=sent.since, status=sent.status)
    messages.success(request, _("Done: %(action)s.") % {"action": sent.form.action.name})
    return go_to(request, sent.now.get_absolute_url() if sent.now else reverse("desk:inbox"))


def no_more(found: Case, staff: Staff, action: str, at: datetime) -> str:
    """Why this person cannot take this action now, in words."""
    setting, facts = queries.setting_of(found), queries.facts(found)
    hindered = lifecycle.hindrance(setting, facts, action, queries.actor_on(staff, found), at)
    return str(hindered) if hindered else ""


def _form(page: CasePage, code: str, staff: Staff, at: datetime) -> ActionForm:
    return ActionForm(page.case, code, page.rules, staff, at, similar=page.similar)


def _action_page(
    request: StaffRequest,
    page: CasePage | None,
    form: ActionForm | None,
    *,
    refused: str = "",
    since: list[Entry] | None = None,
    status: int = 200,
) -> HttpResponse:
    if form is not None and page is not None and not form.similar:
        form.similar = page.similar
    context = _context(page, form) | {"refused": refused, "since": since or []}
    if page is None:
        return render(request, "desk/out_of_sight.html", context, status=status)
    return page_or_part(request, "desk/case.html", "desk/act.html", context, status=status)


def _context(page: CasePage | None, form: ActionForm | None) -> dict[str, Any]:
    open_code = form.code if form else ""
    return {
        "section": "inbox",
        "page": page,
        "case": page.case if page else None,
        "form": form,
        "open": open_code,
        # A form kept after a refusal may be of an action that is not possible any more.
        "still_possible": bool(page and open_code in {link.code for link in page.actions}),
        "purposes": _purposes(),
    }


def _purposes() -> list[tuple[str, str]]:
    return [(purpose.value, str(purpose.label)) for purpose in PURPOSES]


@case_staff
@never_cache
@require_POST
def answer_advice(request: StaffRequest, number: str) -> HttpResponse:
    """What the answer that is being written may still lack. It is not kept, and nothing waits for it."""
    found = seen_case(request.staff, number)
    said = advice(f"{found.title}。{found.text}", request.POST.get(ANSWER, ""))
    return render(request, "desk/advice.html", {"advice": said})


@case_staff
@never_cache
@require_POST
def second_opinion(request: StaffRequest, number: str) -> HttpResponse:
    """What a connected language model makes of a matter that the words do not sort; marked, and taken by nobody yet."""
    found = seen_case(request.staff, number)
    page = case_page(found, request.staff, timezone.now())
    if not page.may_ask_model:
        raise Http404(_("No language model can be asked about this matter."))
    try:
        heard = language_model.second_opinion(f"{found.title}。{found.text}")
    except language_model.NoAnswer as failed:
        log.warning("The language model did not answer: %s", failed)
        return render(request, "desk/opinion.html", {})
    kind = versions.current(heard.code).rules.type.name.here() if heard.code else ""
    context = {
        "case": found,
        "kind": kind,
        "code": heard.code,
        "model": heard.model,
        "said": heard.said,
        "sort_action": page.sort_action,
        "sort_field": page.sort_field,
    }
    return render(request, "desk/opinion.html", context)


@case_staff
@require_GET
def photo(request: StaffRequest, number: str, digest: str) -> HttpResponseBase:
    """A photo of a case, to those who see the case. `?thumb=1`: small."""
    found = seen_case(request.staff, number)
    if not found.photos.filter(digest=digest).exists():
        raise Http404(_("There is no such photo."))
    path = photos.path_of(digest, thumb=bool(request.GET.get("thumb")))
    if not path.exists():
        raise Http404(_("There is no such photo."))
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    # A photo never changes under its digest, but who may see it does.
    response["Cache-Control"] = "private, max-age=3600"
    return response


@case_staff
@require_GET
def file(request: StaffRequest, number: str, digest: str) -> HttpResponseBase:
    """A file of a case, to those who see the case: to be saved, never shown in a page of ours."""
    found = seen_case(request.staff, number)
    known = found.files.filter(digest=digest).first()
    path = files.path_of(digest)
    if known is None or not path.exists():
        raise Http404(_("There is no such file."))
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=known.name, content_type="application/octet-stream"
    )
    response["Cache-Control"] = "private, no-store"
    return response


@case_staff
@never_cache
@require_POST
def open_personal_data(request: StaffRequest, number: str) -> HttpResponse:
    """Shows who reported, or the unmasked words, after the purpose was written down."""
    found = seen_case(request.staff, number)
    if not queries.opens_personal_data(request.staff, found):
        raise Http404(_("There is no matter of this number among those that you may see."))
    what = What.TEXT if request.POST.get("what") == What.TEXT else What.CONTACT
    purpose, words = request.POST.get("purpose", ""), request.POST.get("words", "")
    context: dict[str, Any] = {"case": found, "what": what, "purpose": purpose, "words": words}
    receipt = get_object_or_404(Receipt, case=found, pk=_number(request.POST.get("receipt", "")))
    try:
        opening.log(
            request.staff.account,
            what,
            found.number,
            purpose,
            timezone.now(),
            words=words,
            address=client_address(request),
        )
    except PurposeMissing as missing:
        context |= {"error": missing.message, "receipt_id": receipt.pk, "purposes": _purposes()}
        return page_or_part(request, "desk/open_page.html", "desk/open_form.html", context, status=422)
    context |= {"receipt": receipt}
    return page_or_part(request, "desk/open_page.html", "desk/opened.html", context)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else 0
