"""Work records: what there is, one of them, entering, correcting, confirming, withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.cases import queries as cases
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.desk.enterprise_pages.named import Named, named
from rixin.desk.record_pages import entering, listing, waiting
from rixin.desk.record_pages.finding import enterable, kind_of, seen_record
from rixin.desk.record_pages.forms import ReasonForm, RecordForm
from rixin.desk.views.common import case_staff, whole_number
from rixin.liaison import queries as liaison
from rixin.people import units
from rixin.people.staff import Staff, StaffRequest
from rixin.records import actions, daily, queries
from rixin.records.actions import ChangedMeanwhile, EntryRefused
from rixin.records.models import Record, Status


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The kinds of record; with words, the records that hold them."""
    asked = listing.read_filter(request.GET)
    context: dict[str, Any] = {"section": "records", "filter": asked}
    if asked.words:
        found = asked.apply(queries.visible_to(request.staff))
        context["page"] = page = listing.page_of(found, None, request.GET.get("after", ""))
        context["older"] = asked.query(after=page.after)
        return render(request, "records/found.html", context)
    context["groups"] = listing.overview(request.staff)
    context["to_confirm"] = queries.to_confirm(request.staff).count()
    context["late"] = waiting.late_returns(request.staff)
    context["daily"] = any(daily.is_fast(version.type) for version in queries.enterable_by(request.staff))
    return render(request, "records/index.html", context)


@case_staff
@never_cache
@require_GET
def of_type(request: StaffRequest, kind: str) -> HttpResponse:
    version = kind_of(kind)
    asked = listing.read_filter(request.GET)
    seen = asked.apply(queries.visible_to(request.staff).filter(type=kind))
    page = listing.page_of(seen, version, request.GET.get("after", ""))
    context = {
        "section": "records",
        "version": version,
        "filter": asked,
        "statuses": Status.choices,
        "page": page,
        "older": asked.query(after=page.after),
        "as_csv": asked.query(**{"as": "csv"}),
        "batch": queries.imports_visible_to(request.staff).filter(pk=asked.batch).first() if asked.batch else None,
        "count": seen.count(),
        "may_enter": queries.may_enter(request.staff, version),
    }
    return render(request, "records/list.html", context)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    version = enterable(request.staff, kind)
    asked_for = {
        "day": request.GET.get("day", ""),
        "place": {"area": request.GET.get("area", "")},
        "facility": request.GET.get("facility", ""),
    }
    data = request.POST if request.method == "POST" else None
    form = RecordForm(version, request.staff, data, initial=asked_for)
    context = {"section": "records", "version": version, "form": form}
    if data is None:
        return render(request, "records/new.html", context)
    if not form.is_valid():
        return render(request, "records/new.html", context, status=422)
    try:
        record = entering.enter(form, request.staff, request.POST)
    except EntryRefused as refused:
        return render(request, "records/new.html", {**context, "in_the_way": refused.record}, status=409)
    messages.success(request, _("Entered."))
    if "another" in request.POST:
        return redirect("records:new", kind=kind)
    return redirect(record)


@case_staff
@never_cache
@require_GET
def record(request: StaffRequest, pk: int) -> HttpResponse:
    return render(request, "records/record.html", _context(request.staff, seen_record(request.staff, pk)))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    known = seen_record(request.staff, pk)
    if not queries.may_correct(request.staff, known):
        raise Http404(_("There is no such record among those that you may correct."))
    version = versions.record_version(known.definition_id)
    form = RecordForm(version, request.staff, request.POST if request.method == "POST" else None, known)
    context = {"section": "records", "version": version, "form": form, "record": known, "seen": known.version}
    if request.method != "POST":
        return render(request, "records/correct.html", context)
    if not form.is_valid():
        return render(request, "records/correct.html", context, status=422)
    try:
        actions.correct(
            known,
            by=request.staff.actor,
            at=timezone.now(),
            seen=whole_number(request.POST.get("seen", "")),
            reason=form.cleaned_data["reason"],
            values=form.values,
            day=form.day,
            place=form.where,
            facility=form.facility.pk if form.facility else None,
            source=form.cleaned_data.get("source"),
        )
    except (EntryRefused, ChangedMeanwhile) as refused:
        form.add_error(None, str(refused.message))
        if isinstance(refused, ChangedMeanwhile):
            context["since"] = list(listing.history_of(known, list(known.events.order_by("seq"))))[
                -len(refused.since) :
            ]
        return render(request, "records/correct.html", context, status=409)
    messages.success(request, _("Corrected."))
    return redirect(known)


@case_staff
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    known = seen_record(request.staff, pk)
    if not queries.may_confirm(request.staff, known):
        raise Http404(_("There is no such record among those that you may confirm."))
    try:
        seen = whole_number(request.POST.get("seen", ""))
        actions.confirm(known, by=request.staff.actor, at=timezone.now(), seen=seen)
    except (EntryRefused, ChangedMeanwhile) as refused:
        context = {**_context(request.staff, known), "refused": str(refused.message)}
        return render(request, "records/record.html", context, status=409)
    messages.success(request, _("Confirmed: it counts from now on."))
    return redirect(known)


@case_staff
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    known = seen_record(request.staff, pk)
    if not queries.may_correct(request.staff, known):
        raise Http404(_("There is no such record among those that you may correct."))
    form = ReasonForm(request.POST)
    context = {**_context(request.staff, known), "reason_form": form}
    if not form.is_valid():
        return render(request, "records/record.html", context, status=422)
    try:
        actions.withdraw(
            known,
            by=request.staff.actor,
            at=timezone.now(),
            seen=whole_number(request.POST.get("seen", "")),
            reason=form.cleaned_data["reason"],
        )
    except (EntryRefused, ChangedMeanwhile) as refused:
        return render(request, "records/record.html", {**context, "refused": str(refused.message)}, status=409)
    messages.success(request, _("Withdrawn: it counts no more."))
    return redirect(known)


def _context(staff: Staff, known: Record) -> dict[str, Any]:
    events = list(known.events.order_by("seq"))
    return {
        "section": "records",
        "version": versions.record_version(known.definition_id),
        "record": known,
        "unit": units.by_id(known.unit_id).name,
        "values": listing.values_of(known),
        "history": list(listing.history_of(known, events)),
        "may_correct": queries.may_correct(staff, known),
        "may_confirm": queries.may_confirm(staff, known),
        "reason_form": ReasonForm(),
        "batch": queries.imports_visible_to(staff).filter(pk=known.batch_id).first() if known.batch_id else None,
        "of_type": reverse("records:of_type", args=[known.type]),
        "matter": _matter_of(staff, known),
        "raised": liaison.raised_at(known, staff),
        "named": _enterprise_of(staff, known),
    }


def _enterprise_of(staff: Staff, known: Record) -> Named | None:
    link = reverse("records:link_enterprise", args=[known.pk]) if queries.may_link(staff, known) else ""
    fields = versions.record_version(known.definition_id).type.fields
    return named(staff, fields, known.values, known.enterprise_id, link)


def _matter_of(staff: Staff, known: Record) -> Case | None:
    """The matter that the record follows, where the person may see that too."""
    return cases.visible_to(staff).filter(pk=known.follows).first() if known.follows is not None else None
