"""The pages of a form: what each shows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import UnknownType
from rixin.desk.figure_pages import asking as figures
from rixin.desk.form_pages import drawing, listing, opening
from rixin.desk.form_pages.asking import AskedForm
from rixin.desk.form_pages.drawing import Said
from rixin.desk.views.common import page_or_part, spreadsheet
from rixin.metrics import wording
from rixin.people.staff import Staff, StaffRequest
from rixin.records import queries as record_queries
from rixin.reports.forms import actions, queries, sources, standing
from rixin.reports.forms.comparing import new_cells
from rixin.reports.forms.filling import Order
from rixin.reports.forms.missing import missing_returns
from rixin.reports.forms.standing import Standing
from rixin.reports.models import FormSubmission


@dataclass(frozen=True)
class Refused:
    """Why a form could not be handed in, with what was typed, by the key of its cell."""

    message: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    note: str = ""


_NOT_REFUSED = Refused()


def form_page(
    request: StaffRequest, asked: AskedForm, order: Order, refused: Refused = _NOT_REFUSED, *, status: int = 200
) -> HttpResponse:
    filled = standing.today(order)
    may_submit = queries.may_submit(request.staff, asked.place)
    before = queries.made_for(filled.version.form.code, asked.period, asked.place).defer("sheets")
    new, by_hand = new_cells(filled.table, filled.last.table if filled.last is not None else None)
    said = Said(typing=may_submit, typed=refused.typed, faults=refused.faults)
    context = {
        **_common(filled),
        "asked": asked.asked,
        "due": asked.due,
        "due_name": wording.period(asked.due.period),
        "same": asked.asked.query(),
        "earlier": asked.asked.query(period=str(asked.period.before())),
        "later": asked.asked.query(period=str(asked.period.after())),
        "areas": figures.areas_for(request.staff, asked.place),
        "units": figures.units_for(request.staff, asked.place),
        "sheets": drawing.drawn(filled, said),
        "cell_address": reverse("forms:cell", args=[filled.version.form.code]) + f"?{asked.asked.query()}&",
        "may_submit": may_submit,
        "before": list(before),
        "newest": before.first(),
        "refused": refused,
        "new": new,
        "by_hand": by_hand,
        "would_save": listing.duration((new - by_hand) * filled.version.form.seconds_per_cell),
    }
    return render(request, "form_tables/form.html", context, status=status)


def submission_page(
    request: StaffRequest, known: FormSubmission, *, refused: str = "", status: int = 200
) -> HttpResponse:
    kept = handed_in(request.staff, known)
    other = _other_today(request.staff, known, timezone.now())
    context = {
        **_common(kept),
        "submission": known,
        "counts": queries.counts(known),
        "intact": actions.digest_of(known) == known.digest,
        "other": other,
        "sheets": drawing.drawn(kept, Said(other=other)),
        "cell_address": reverse("forms:submission_cell", args=[known.pk]) + "?",
        "may_confirm": queries.may_confirm(request.staff, known),
        "refused": refused,
        "saved": listing.duration((known.filled - known.typed) * known.seconds_per_cell),
    }
    return render(request, "form_tables/submission.html", context, status=status)


def _common(filled: Standing) -> dict[str, Any]:
    named = {one["id"]: opening.name_of(one) for placed in filled.table.placed() for one in placed.cell.figures}
    unit = f" · {wording.unit(filled.place.unit)}" if filled.place.unit else ""
    return {
        "section": "forms",
        "form": filled.version.form,
        "standing": filled,
        "period_name": wording.period(filled.period),
        "place_name": wording.area(filled.place.area) + unit,
        "missing": [
            (named[code], list(map(wording.period, periods))) for code, periods in missing_returns(filled.table).items()
        ],
    }


def cell_page(request: StaffRequest, filled: Standing, key: str, back: str, now: datetime) -> HttpResponse:
    found = next((placed for placed in filled.table.placed() if placed.cell.key == key and placed.cell.compared), None)
    if found is None:
        raise Http404(_("There is no such cell in this form any more."))
    context = {
        **_common(filled),
        "placed": found,
        "opened": opening.opened(request.staff, filled, found.cell, now),
        "back": back,
    }
    return page_or_part(request, "form_tables/cell.html", "form_tables/source.html", context)


def workbook(request: StaffRequest, filled: Standing) -> HttpResponse:
    content = sources.workbook_of(filled, bare=request.GET.get("bare") == "1")
    return spreadsheet(content, sources.filename(filled))


def handed_in(staff: Staff, known: FormSubmission) -> Standing:
    return standing.handed_in(known, record_queries.visible_to(staff))


def _other_today(staff: Staff, known: FormSubmission, now: datetime) -> dict[str, str]:
    """What each cell would say today, where it would say something else; nothing where the form is no more."""
    try:
        version = versions.form(known.form)
    except UnknownType:
        return {}
    place, seen = queries.place_of(known), record_queries.visible_to(staff)
    order = Order(version, Period.read(known.period), place, now, by=known.by_name, seen=seen)
    found = standing.other_today(known, order)
    return {key: change.now.cell.shown or wording.NONE for key, change in found.items()}
