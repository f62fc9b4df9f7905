"""A resident asks to be put on the roll of a service. Nobody is on it by that: the request waits for the keeper."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.catalogue.roll_schema import Roll
from rixin.chain import digest
from rixin.channels import throttle
from rixin.channels.views.my_service import communities
from rixin.people import units
from rixin.privacy import limits
from rixin.privacy.limits import Blocked
from rixin.refused import FieldsRefused
from rixin.rolls import actions, queries
from rixin.rolls.forms import ConsentField, EntryForm
from rixin.tracking_codes import shown_code


class AskingForm(EntryForm):
    """A request of the person's own; the consent is ticked."""

    def __init__(self, roll: Roll, *args: Any, **given: Any) -> None:
        super().__init__(roll, *args, **given)
        self.fields["consent"] = ConsentField(roll)
        self.fields["once"] = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, roll: str) -> HttpResponse:
    """The code is told at once, and this once."""
    known = queries.rolls().get(roll)
    if known is None or not known.asking:
        raise Http404(_("One cannot ask for this service here."))
    form = AskingForm(known, communities(), timezone.localdate(), request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _asking_page(request, known, form)
    now = timezone.now()
    if not form.is_valid():
        return _asking_page(request, known, form, status=422)
    verdict = throttle.joining(request, now)
    if isinstance(verdict, Blocked):
        more = {"blocked_minutes": -(-verdict.retry_after // 60), "challenge": limits.challenge(now)}
        answer = _asking_page(request, known, form, status=429, **more)
        answer["Retry-After"] = str(verdict.retry_after)
        return answer
    once = form.cleaned_data["once"]
    try:
        made = actions.ask(known, form.said, origin=digest(["ask", roll, once]) if once else "", at=now)
    except FieldsRefused as refused:
        form.refuse(refused)
        return _asking_page(request, known, form, status=422)
    context = {"roll": known, "written": shown_code(made.code) if made.code else "", "code": made.code}
    return render(request, "channels/my_service_asked.html", context)


def _asking_page(request: HttpRequest, roll: Roll, form: AskingForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"roll": roll, "form": form, "unit": units.by_code(roll.unit).name, **more}
    return render(request, "channels/my_service_ask.html", context, status=status)
