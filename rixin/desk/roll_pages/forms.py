"""What keepers fill in about entries of rolls."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.catalogue.roll_schema import Roll
from rixin.desk import choices
from rixin.desk.fields import CalendarField, SearchedSelect
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.rolls import queries
from rixin.rolls.actions import Joining
from rixin.rolls.forms import Areas, EntryForm
from rixin.rolls.models import Consent

AT_THE_DESK = [(one.value, one.label) for one in Consent if one != Consent.OWN_PHONE]


def areas(staff: Staff, roll: Roll) -> Areas:
    """Those in which the person keeps the roll."""
    return [(one.code, one.name) for one in choices.areas(staff) if one.code and queries.keeps(staff, roll, one.code)]


def server_field(roll: Roll, staff: Staff, today: date) -> forms.ChoiceField:
    """Who can serve anywhere in the keeper's areas; whether there, is checked when it is taken."""
    found: dict[int, Account] = {}
    for path in queries.keeping_areas(staff, roll):
        found |= {one.pk: one for one in queries.servers_in(roll, path, today)}
    offered = [
        (str(pk), f"{one.name} ({one.username})") for pk, one in sorted(found.items(), key=lambda each: each[1].name)
    ]
    return forms.ChoiceField(
        label=_("Served by"), choices=[("", _("nobody yet")), *offered], required=False, widget=SearchedSelect()
    )


class JoinForm(EntryForm):
    consent_how = forms.ChoiceField(label=gettext_lazy("How the person agreed"), choices=[("", "—"), *AT_THE_DESK])
    consent_on = CalendarField(label=gettext_lazy("Agreed on"))

    def __init__(self, roll: Roll, staff: Staff, today: date, data: Any = None, **given: Any) -> None:
        super().__init__(roll, areas(staff, roll), today, data, initial={"consent_on": today}, **given)
        if roll.serves:
            self.fields["server"] = server_field(roll, staff, today)
        consent = ("consent_how", "consent_on")
        self.order_fields([*(name for name in self.fields if name not in consent), *consent])

    def joining(self, origin: str) -> Joining:
        """Raises FieldsRefused."""
        given = self.cleaned_data
        return Joining(
            said=self.said,
            consent_how=given["consent_how"],
            consent_on=given["consent_on"],
            server=int(given["server"]) if given.get("server") else None,
            origin=origin,
        )


class ActForm(RefusableForm):
    """What one of the acts on an entry asks."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, act: str, roll: Roll, staff: Staff, today: date, data: Any = None, **given: Any) -> None:
        super().__init__(data, auto_id=f"{act}_%s", **given)
        if act in ("give", "take_in") and roll.serves:
            self.fields["server"] = server_field(roll, staff, today)
        if act in ("leave", "decline"):
            self.fields["reason"] = forms.CharField(
                label=_("Why (the person reads it)"), max_length=200, required=act == "decline"
            )

    @property
    def server(self) -> int | None:
        return int(self.cleaned_data["server"]) if self.cleaned_data.get("server") else None


ACT_NAMES = {
    "take_in": pgettext_lazy("act on an entry", "Take in"),
    "decline": pgettext_lazy("act on an entry", "Do not take in"),
    "give": pgettext_lazy("act on an entry", "Give to somebody who serves"),
    "stays": pgettext_lazy("act on an entry", "Asked again: the person stays"),
    "leave": pgettext_lazy("act on an entry", "The person leaves"),
}
POSSIBLE = {"asked": ("take_in", "decline"), "on": ("stays", "give", "leave")}
"""By status, in this order."""
