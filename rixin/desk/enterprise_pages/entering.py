"""A new enterprise: looked for among those that are there before it is entered."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.desk.enterprise_pages import rows
from rixin.desk.enterprise_pages.forms import DetailsForm, not_to_come
from rixin.desk.fields import CalendarField
from rixin.desk.suggesting import EnterpriseInput
from rixin.desk.views.common import case_staff
from rixin.people.staff import Staff, StaffRequest
from rixin.registers import entering, queries
from rixin.registers.alike import alike
from rixin.registers.entering import NewEnterprise
from rixin.registers.finding import Wanted
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, How, Standing
from rixin.registers.models.enterprises import PRESENT
from rixin.registers.names import plain_name


class NewForm(DetailsForm):
    name = forms.CharField(label=pgettext_lazy("of an enterprise", "Name"), max_length=120, widget=EnterpriseInput())
    standing = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        choices=[(one.value, one.label) for one in PRESENT],
        initial=Standing.HERE.value,
        widget=forms.RadioSelect,
    )
    how = forms.ChoiceField(
        label=pgettext_lazy("of a standing", "How it came about"),
        choices=[(how.value, how.label) for how in (How.NEW, How.MOVED_IN, How.FOUND)],
        initial=How.NEW.value,
        widget=forms.RadioSelect,
    )
    since = CalendarField(label=gettext_lazy("From which day"))
    where = forms.CharField(label=gettext_lazy("Where it came from"), required=False, max_length=120)
    field_order = ("name", "code", "standing", "how", "since", "where", "industry", "place")

    def __init__(self, staff: Staff, at: datetime, data: QueryDict | None = None) -> None:
        today = timezone.localdate(at)
        super().__init__(staff, data, initial={"since": today})
        self.today = today
        self.order_fields(self.field_order)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not plain_name(name):
            raise forms.ValidationError(_("Please write the name."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        not_to_come(self, "since", self.today)
        return cleaned

    @property
    def new(self) -> NewEnterprise:
        said = self.cleaned_data
        return NewEnterprise(
            name=said["name"],
            standing=Standing(said["standing"]),
            how=How(said["how"]),
            since=said["since"],
            where=said["where"],
            **self.details,
        )


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """What may be the same is shown first; whoever saw it enters the enterprise with a second press."""
    staff, at = request.staff, timezone.now()
    if not queries.keeps(staff):
        raise Http404(_("You do not keep the register of enterprises."))
    form = NewForm(staff, at, request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    same = alike(queries.visible_to(staff), said["name"], said["code"])
    if not {str(one.pk) for one in same} <= set(request.POST.get("looked_at", "").split(".")):
        return _page(request, form, same, status=422)
    try:
        entered = entering.enter(form.new, by=staff.actor, at=at)
    except RegisterRefused as refused:
        form.refuse(refused)
        return _page(request, form, same, status=422)
    messages.success(request, _("Entered."))
    return redirect(entered)


def _page(
    request: StaffRequest, form: NewForm, same: list[Enterprise] | None = None, *, status: int = 200
) -> HttpResponse:
    found = same or []
    context = {
        "section": "economy",
        "form": form,
        "same": rows.rows(found, Wanted(), form.today),
        "looked_at": ".".join(str(one.pk) for one in found),
    }
    return render(request, "enterprises/new.html", context, status=status)
