"""Dwellings entered from a description or a table, corrected and ended; heads counted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.desk.home_pages.forms import CorrectForm, CountForm, EndForm, EnterForm, HomesTableForm, term_in
from rixin.desk.home_pages.plan import stairwells
from rixin.desk.home_pages.views import seen
from rixin.desk.views.common import case_staff
from rixin.history import ChangedMeanwhile
from rixin.homes import actions, counting, importing, queries
from rixin.homes.counting import LookAgain, name_of
from rixin.homes.importing import Read
from rixin.homes.models import Dwelling, HeadCount
from rixin.homes.queries import Building
from rixin.people.staff import Staff, StaffRequest
from rixin.refused import FieldsRefused
from rixin.sheets import FileFault

MOST_PROBLEMS = 100


def kept(staff: Staff, code: str) -> Building:
    found = seen(staff, code)
    if not queries.keeps(staff, found.area_path):
        raise Http404(_("There is no such building among those that you keep."))
    return found


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest, code: str) -> HttpResponse:
    """The description, then what it means, then it is entered."""
    found = kept(request.staff, code)
    form = EnterForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"section": "life", "building": found, "form": form}
    if not form.is_bound:
        return render(request, "homes/enter.html", context)
    if not form.is_valid():
        return render(request, "homes/enter.html", context, status=422)
    if "do" not in request.POST:
        missing = actions.still_missing(found, form.planned)
        drawn = [Dwelling(building=code, unit=one.unit, number=one.number, floor=one.floor) for one in missing]
        known = len(form.planned) - len(missing)
        context |= {"looked": True, "stairwells": stairwells(drawn), "count": len(missing), "known": known}
        return render(request, "homes/enter.html", context)
    try:
        made = actions.enter(
            found, form.planned, form.cleaned_data["from_day"], by=request.staff.actor, at=timezone.now()
        )
    except FieldsRefused as refused:
        form.refuse(refused)
        return render(request, "homes/enter.html", context, status=422)
    messages.success(request, _entered(made))
    return redirect("desk:home", code)


def _entered(made: actions.Entered) -> str:
    told = ngettext("{n} dwelling entered.", "{n} dwellings entered.", made.made).format(n=made.made)
    if made.known:
        told += " " + _("{n} were there already.").format(n=made.known)
    return told


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def count(request: StaffRequest, code: str) -> HttpResponse:
    found, today, definition = kept(request.staff, code), timezone.localdate(), queries.definition()
    if definition is None:
        raise Http404(_("Heads are not counted here."))
    asked = (request.POST if request.method == "POST" else request.GET).get("period", "")
    term = term_in(asked, definition.months, today)
    dwellings = queries.per_unit(code, term.last)
    if request.method != "POST":
        before = HeadCount.objects.filter(ret__building=code, ret__period=str(term)).select_related("ret")
        there = {name_of(one.ret.unit, one.counted): one.number for one in before}
        form = CountForm(definition, dwellings, today, initial={"period": str(term), **there})
        return _count_page(request, found, form)
    form = CountForm(definition, dwellings, today, request.POST)
    if not form.is_valid():
        return _count_page(request, found, form, status=422)
    looked_again = form.cleaned_data["looked_again"]
    try:
        counting.put(found, form.term, form.said, by=request.staff.actor, at=timezone.now(), looked_again=looked_again)
    except FieldsRefused as refused:
        form.refuse(refused)
        return _count_page(request, found, form, status=422)
    except LookAgain as unusual:
        return _count_page(request, found, form, unusual=unusual, status=422)
    messages.success(request, _("Counts of {period} written down.").format(period=form.term.name))
    return redirect("desk:home", code)


def _count_page(
    request: StaffRequest, found: Building, form: CountForm, *, unusual: LookAgain | None = None, status: int = 200
) -> HttpResponse:
    told = [f"{form.fields[name].label}: {why}" for name, why in unusual.unusual.items()] if unusual else []
    context = {"section": "life", "building": found, "form": form, "unusual": told}
    return render(request, "homes/count.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, code: str) -> HttpResponse:
    found, today = kept(request.staff, code), timezone.localdate()
    dwellings = queries.dwellings_of(code, today)
    form = EndForm(dwellings, request.POST if request.method == "POST" else None, initial={"until_day": today})
    context = {"section": "life", "building": found, "form": form}
    if not form.is_bound:
        return render(request, "homes/end.html", context)
    if not form.is_valid():
        return render(request, "homes/end.html", context, status=422)
    chosen = [one for one in dwellings if str(one.pk) in form.cleaned_data["chosen"]]
    until, reason = form.cleaned_data["until_day"], form.cleaned_data["reason"]
    try:
        ended = actions.end(found, chosen, until, reason=reason, by=request.staff.actor, at=timezone.now())
    except (FieldsRefused, ChangedMeanwhile) as refused:
        _refuse(form, refused)
        return render(request, "homes/end.html", context, status=409)
    messages.success(request, ngettext("{n} dwelling ended.", "{n} dwellings ended.", ended).format(n=ended))
    return redirect("desk:home", code)


def _refuse(form: Any, refused: FieldsRefused | ChangedMeanwhile) -> None:
    if isinstance(refused, FieldsRefused):
        form.refuse(refused)
    else:
        form.add_error(None, str(refused.message))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Number and floor of one dwelling."""
    one = queries.visible_to(request.staff).filter(pk=pk).first()
    if one is None or not queries.keeps(request.staff, one.area_path):
        raise Http404(_("There is no such dwelling among those that you keep."))
    known = {"number": one.number, "floor": one.floor, "seen": one.version}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=known)
    context = {"section": "life", "dwelling": one, "building": queries.building(one.building), "form": form}
    if not form.is_bound:
        return render(request, "homes/dwelling.html", context)
    if not form.is_valid():
        return render(request, "homes/dwelling.html", context, status=422)
    said = form.cleaned_data
    try:
        actions.correct(
            one,
            number=said["number"],
            floor=said["floor"],
            by=request.staff.actor,
            at=timezone.now(),
            seen=said["seen"],
        )
    except (FieldsRefused, ChangedMeanwhile) as refused:
        _refuse(form, refused)
        return render(request, "homes/dwelling.html", context, status=409)
    messages.success(request, _("The dwelling is corrected."))
    return redirect("desk:home", one.building)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """The table, then row by row what is wrong with it, then the rows that are ready are entered."""
    if not queries.keeps_some(request.staff):
        raise Http404(_("You keep no homes."))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = HomesTableForm(data, files)
    context: dict[str, Any] = {"section": "life", "form": form}
    if not form.is_bound:
        return render(request, "homes/import.html", context)
    if not form.is_valid():
        return render(request, "homes/import.html", context, status=422)
    try:
        read = _read(form, request.staff)
        if "do" in request.POST:
            made = importing.enter(read, form.cleaned_data["from_day"], by=request.staff.actor, at=timezone.now())
            messages.success(request, _entered(made))
            return redirect("desk:homes")
    except FileFault as fault:
        form.add_error("file", fault.message)
        return render(request, "homes/import.html", context, status=422)
    except FieldsRefused as refused:
        for reason in refused.fields.values():
            form.add_error(None, str(reason))
        return render(request, "homes/import.html", context, status=422)
    context |= {
        "read": read,
        "ready": importing.as_text_again(read),
        "problems": read.problems[:MOST_PROBLEMS],
        "buildings": len(read.rooms),
        "from_day": form.cleaned_data["from_day"],
    }
    return render(request, "homes/import.html", context, status=422 if read.problems else 200)


def _read(form: HomesTableForm, staff: Staff) -> Read:
    file = form.cleaned_data["file"]
    if file:
        return importing.read_file(file.file, file.name, staff)
    return importing.read(importing.lines_of(form.cleaned_data["rows"]), staff)
