"""My visits: the persons of service rolls whom somebody serves. Masked; opened one by one, and put on record."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.catalogue.roll_schema import Roll
from rixin.chain import digest
from rixin.client_address import client_address
from rixin.desk.fields import CalendarField
from rixin.desk.roll_pages import listing
from rixin.desk.views.common import case_staff
from rixin.history import ChangedMeanwhile
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer
from rixin.refusable import RefusableForm
from rixin.refused import FieldsRefused
from rixin.rolls import opening, queries, visiting
from rixin.rolls.drafts import LONGEST, said_of
from rixin.rolls.forms import shown_address, shown_values
from rixin.rolls.models import Entry
from rixin.rolls.visiting import Called


class CallForm(RefusableForm):
    day = CalendarField(label=gettext_lazy("Day"))
    outcome = forms.ChoiceField(label=gettext_lazy("How did it go?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In a few words, if needed"),
        required=False,
        max_length=LONGEST["words"],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What help is needed; never illnesses or beliefs. The person reads it."),
    )

    def __init__(self, roll: Roll, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        outcomes = roll.visits.outcomes if roll.visits else []
        self.fields["outcome"].choices = [(one.code, one.name.here()) for one in outcomes]  # type: ignore[attr-defined]


@case_staff
@never_cache
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """`?by=place`: those of one building beside each other."""
    today, rolls = timezone.localdate(), queries.rolls()
    lines = [
        (listing.line(entry, today), rolls[entry.roll].name.here()) for entry in visiting.visit_list(request.staff)
    ]
    by_place = request.GET.get("by") == "place"
    if by_place:
        lines.sort(key=lambda line: line[0].place)
    due = sum(1 for line, _roll in lines if line.entry.visit_due and line.entry.visit_due <= today)
    context = {"section": "work", "lines": lines, "due": due, "by_place": by_place, "today": today}
    return render(request, "field/services.html", context)


def _served(request: StaffRequest, pk: int) -> tuple[Entry, Roll]:
    found = queries.served_by(request.staff).select_related("dwelling").filter(pk=pk).first()
    roll = queries.roll_of(found) if found else None
    if found is None or roll is None:
        raise Http404(_("There is no such person among those whom you serve."))
    return found, roll


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """A call is written down here; it can come from the phone's outbox, once."""
    found, roll = _served(request, pk)
    if request.method != "POST":
        return _page(request, found, roll, CallForm(roll, initial={"day": timezone.localdate()}))
    form = CallForm(roll, request.POST)
    if not form.is_valid():
        return _page(request, found, roll, form, status=422)
    once, said = request.POST.get("once", ""), form.cleaned_data
    called = Called(
        outcome=said["outcome"],
        words=said["words"],
        day=said["day"],
        origin=digest(["call", request.staff.account.pk, once]) if once else "",
    )
    try:
        visiting.write_down(found, called, by=request.staff.actor, at=timezone.now())
    except (FieldsRefused, ChangedMeanwhile) as refused:
        _refuse(form, refused)
        return _page(request, found, roll, form, status=422 if isinstance(refused, FieldsRefused) else 409)
    if roll.visits and roll.visits.help == called.outcome:
        messages.success(request, _("Written down. Now say what help is needed: it becomes a matter."))
        return redirect(_help(found, roll))
    messages.success(request, _("The visit is written down."))
    return redirect("desk:field_services")


def _refuse(form: CallForm, refused: FieldsRefused | ChangedMeanwhile) -> None:
    if isinstance(refused, FieldsRefused):
        form.refuse(refused)
    else:
        form.add_error(None, str(refused.message))


def _help(entry: Entry, roll: Roll) -> str:
    """The report of the phone, with the kind and the building: who it is, the worker says there as far as needed."""
    place = gazetteer.current().places.get(entry.dwelling.building) if entry.dwelling else None
    begun = {"type": (roll.visits.matter if roll.visits else None) or "", "area": entry.area_path}
    if place is not None:
        begun["address"] = place.name_zh
    return f"{reverse('desk:field_report')}?{urlencode(begun)}"


@case_staff
@never_cache
@require_POST
def open_person(request: StaffRequest, pk: int) -> HttpResponse:
    """Name, telephone, door and the fields that the roll gives to whoever serves. Kept by no phone."""
    found, roll = _served(request, pk)
    opening.open_for_visit(found, request.staff, timezone.now(), address=client_address(request))
    form = CallForm(roll, initial={"day": timezone.localdate()})
    seen = queries.fields_seen(request.staff, found)
    held = {"name": found.name, "phone": found.phone, "address": shown_address(said_of(found))}
    return _page(request, found, roll, form, held=held, values=shown_values(found, roll, seen))


def _page(
    request: StaffRequest, found: Entry, roll: Roll, form: CallForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    outcomes = {one.code: one.name.here() for one in roll.visits.outcomes} if roll.visits else {}
    last = found.visits.first()
    context = {
        "section": "work",
        "roll": roll,
        "entry": found,
        "line": listing.line(found, timezone.localdate()),
        "form": form,
        "last": (last, outcomes.get(last.outcome, last.outcome)) if last else None,
        **more,
    }
    return render(request, "field/service.html", context, status=status)
