"""What is done with an entry of the register: a form each, which carries it out once it is valid."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.desk.enterprise_pages.choosing import ChooseForm
from rixin.desk.enterprise_pages.filters import trait_group
from rixin.desk.enterprise_pages.forms import (
    DetailsForm,
    known_details,
    not_to_come,
    reason_field,
)
from rixin.desk.enterprise_pages.rows import trait_value
from rixin.desk.fields import CalendarField
from rixin.people.actors import Actor
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.registers import entering, queries, returns, standings, traits
from rixin.registers.amounts import hundredths
from rixin.registers.journal import RegisterRefused
from rixin.registers.models import Enterprise, How, Measured, Standing, TraitSpan
from rixin.registers.models.enterprises import PRESENT
from rixin.registers.returns import Figure


class ActForm(RefusableForm):
    """`do` carries it out on the entry as the person saw it. Raises RegisterRefused, ChangedMeanwhile."""

    seen = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-keep": ""}))
    entry: Enterprise
    today: date

    def __init__(self, enterprise: Enterprise, staff: Staff, at: datetime, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"seen": enterprise.version, **self.known(enterprise)}, auto_id="act_%s")
        self._stand_on(enterprise, staff, at)

    def _stand_on(self, enterprise: Enterprise, staff: Staff, at: datetime) -> None:
        self.entry, self.staff, self.today = enterprise, staff, timezone.localdate(at)

    def known(self, enterprise: Enterprise) -> dict[str, Any]:
        return {}

    def do(self, by: Actor, at: datetime) -> None:
        raise NotImplementedError


class CorrectForm(ActForm, DetailsForm):
    forget_contact = forms.BooleanField(label=gettext_lazy("Delete name and telephone of the contact"), required=False)
    reason = reason_field(required=False)

    def __init__(self, enterprise: Enterprise, staff: Staff, at: datetime, data: QueryDict | None = None) -> None:
        DetailsForm.__init__(self, staff, data, initial={"seen": enterprise.version, **known_details(enterprise)})
        self._stand_on(enterprise, staff, at)
        for name in ("contact_name", "contact_phone"):
            self.fields[name].help_text = _("Not shown here. Left empty, what is known stays.")
        self.order_fields([*(name for name in self.fields if name not in ("forget_contact", "reason"))])

    def do(self, by: Actor, at: datetime) -> None:
        said = self.details
        if not self._place_changed():
            # What stands there was set by a person, maybe finer than its words can be found.
            for name in ("area_path", "address", "place_code"):
                said.pop(name, None)
        for name in ("contact_name", "contact_phone"):
            if said[name] is None and not self.cleaned_data["forget_contact"]:
                said.pop(name)
        seen, reason = self.cleaned_data["seen"], self.cleaned_data["reason"]
        entering.correct(self.entry, said, by=by, at=at, seen=seen, reason=reason)

    def _place_changed(self) -> bool:
        sent = self["place"].data
        same = sent["area"] == self.entry.area_path and sent["address"] == self.entry.address
        return bool(sent["lat"] or sent["lng"] or not same)


class RenameForm(ActForm):
    name = forms.CharField(label=pgettext_lazy("of an enterprise", "New name"), max_length=120)
    on = CalendarField(label=gettext_lazy("From which day"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        not_to_come(self, "on", self.today)
        return cleaned

    def do(self, by: Actor, at: datetime) -> None:
        said = self.cleaned_data
        entering.rename(self.entry, said["name"], on=said["on"], by=by, at=at, seen=said["seen"])


class StandForm(ActForm):
    SHOWN_AT: ClassVar[Mapping[str, str]] = {"standing": "way", "how": "way"}
    way = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    day = CalendarField(label=gettext_lazy("From which day"))
    where = forms.CharField(label=gettext_lazy("Where from or where to"), max_length=120, required=False)
    reason = reason_field(required=False)

    def __init__(self, enterprise: Enterprise, staff: Staff, at: datetime, data: QueryDict | None = None) -> None:
        super().__init__(enterprise, staff, at, data)
        self.fields["way"].choices = ways(Standing(enterprise.standing))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        same = cleaned.get("way", "").partition(":")[2] == self.entry.standing
        if same and cleaned.get("day") not in (None, self.entry.since):
            self.add_error("day", _("It stands so since {day}: write this day.").format(day=self.entry.since))
        return cleaned

    def do(self, by: Actor, at: datetime) -> None:
        said = self.cleaned_data
        how, _colon, standing = said["way"].partition(":")
        standings.stand(
            self.entry,
            Standing(standing),
            How(how),
            said["day"],
            where=said["where"],
            by=by,
            at=at,
            seen=said["seen"],
            today=self.today,
            reason=said["reason"],
        )


def ways(now: Standing) -> list[tuple[str, str]]:
    """(`how:standing`, in words): what may happen to one that stands like this; last, how it really came to it."""
    if now in PRESENT:
        pairs = [(How.CHANGED, other) for other in PRESENT if other != now]
        pairs += [(How.MOVED_OUT, Standing.LEFT), (How.CLOSED, Standing.CLOSED)]
        pairs += [(how, now) for how in (How.NEW, How.MOVED_IN)]
    else:
        pairs = [(How.MOVED_IN, other) for other in PRESENT]
        pairs += [(How.CLOSED, Standing.CLOSED)] if now == Standing.LEFT else []
    return [(f"{how}:{standing}", _way(how, standing, now)) for how, standing in pairs]


def _way(how: How, standing: Standing, now: Standing) -> str:
    if standing == now:
        return _("Correct how it came: {how}").format(how=how.label)
    if standing not in PRESENT:
        return str(how.label)
    return _("{how}: {standing}").format(how=how.label, standing=standing.label)


class GiveTraitForm(ActForm):
    SHOWN_AT: ClassVar[Mapping[str, str]] = {"trait": "value"}
    value = forms.ChoiceField(label=gettext_lazy("What holds"))
    from_day = CalendarField(label=gettext_lazy("From which day"))
    until_day = CalendarField(
        label=pgettext_lazy("first day on which it no longer holds", "Until"),
        required=False,
        help_text=gettext_lazy("The first day on which it no longer holds."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Such as the number of the certificate."),
    )

    def __init__(self, enterprise: Enterprise, staff: Staff, at: datetime, data: QueryDict | None = None) -> None:
        super().__init__(enterprise, staff, at, data)
        groups = [trait_group(trait) for trait in versions.work().traits.values()]
        offered = [(group.name, [(one.code, one.name) for one in group.choices if ":" in one.code]) for group in groups]
        self.fields["value"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    def do(self, by: Actor, at: datetime) -> None:
        said = self.cleaned_data
        code, _colon, value = said["value"].partition(":")
        traits.give(
            self.entry,
            code,
            value,
            said["from_day"],
            until_day=said["until_day"],
            note=said["note"],
            by=by,
            at=at,
            seen=said["seen"],
        )


class _OfTraitForm(ActForm):
    """One of the traits that are written down."""

    span = forms.ChoiceField(label=gettext_lazy("Which one"))

    def __init__(self, enterprise: Enterprise, staff: Staff, at: datetime, data: QueryDict | None = None) -> None:
        super().__init__(enterprise, staff, at, data)
        self.spans = {str(span.pk): span for span in self.offered(enterprise)}
        named = [(pk, _span_told(span)) for pk, span in self.spans.items()]
        self.fields["span"].choices = named  # type: ignore[attr-defined]

    def offered(self, enterprise: Enterprise) -> list[TraitSpan]:
        return list(enterprise.traits.all())

    @property
    def chosen(self) -> TraitSpan:
        return self.spans[self.cleaned_data["span"]]


class EndTraitForm(_OfTraitForm):
    until_day = CalendarField(
        label=pgettext_lazy("first day on which it no longer holds", "Until"),
        help_text=gettext_lazy("The first day on which it no longer holds."),
    )
    reason = reason_field(required=False)

    def offered(self, enterprise: Enterprise) -> list[TraitSpan]:
        return lasting(super().offered(enterprise))

    def do(self, by: Actor, at: datetime) -> None:
        said = self.cleaned_data
        traits.end(self.chosen, said["until_day"], by=by, at=at, seen=said["seen"], reason=said["reason"])


class TakeBackTraitForm(_OfTraitForm):
    reason = reason_field()

    def do(self, by: Actor, at: datetime) -> None:
        traits.take_back(self.chosen, by=by, at=at, seen=self.cleaned_data["seen"], reason=self.cleaned_data["reason"])


def lasting(spans: list[TraitSpan]) -> list[TraitSpan]:
    """Those that hold until another day, and of which none is known yet."""
    known = versions.work().traits
    return [span for span in spans if span.until_day is None and span.trait in known and known[span.trait].lasts]


def _span_told(span: TraitSpan) -> str:
    known = versions.work().traits.get(span.trait)
    name = known.name.here() if known else span.trait
    return f"{name} · {trait_value(span.trait, span.value)} · {span.from_day}"


class ReturnsForm(ActForm):
    UNITS: ClassVar[dict[str, int]] = {"wan": 10_000, "yuan": 1}
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=7,
        widget=forms.TextInput(attrs={"placeholder": "2022-Q1", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "A year (2022), a quarter (2022-Q1) or a month (2022-03); within a year always the same."
        ),
    )
    unit = forms.ChoiceField(
        label=pgettext_lazy("of an amount", "In"),
        choices=[("wan", gettext_lazy("ten thousand yuan")), ("yuan", gettext_lazy("yuan"))],
        initial="wan",
        widget=forms.RadioSelect,
    )
    tax = forms.CharField(
        label=Measured.TAX.label, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    output = forms.CharField(
        label=Measured.OUTPUT.label, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.figures: list[Figure] = []
        period = self._period(cleaned.get("period", ""))
        for measured in Measured:
            amount = self._amount(str(measured), cleaned)
            if amount is not None and period is not None:
                self.figures.append(Figure(measured, period, amount))
        if not self.errors and not self.figures:
            self.add_error("tax", _("Please fill in at least one of the two."))
        return cleaned

    def _period(self, typed: str) -> Period | None:
        if not typed:
            return None
        try:
            period = Period.read(typed)
        except NoPeriod:
            message = _("“{given}” is no period such as 2022, 2022-Q1 or 2022-03.").format(given=typed)
            self.add_error("period", message)
            return None
        if period.first > self.today:
            self.add_error("period", _("This period has not begun."))
        return period

    def _amount(self, name: str, cleaned: Mapping[str, Any]) -> int | None:
        """In fen."""
        typed = str(cleaned.get(name) or "").strip()
        if not typed:
            return None
        try:
            return hundredths(typed, name) * self.UNITS[str(cleaned.get("unit") or "wan")]
        except RegisterRefused as refused:
            self.refuse(refused)
            return None

    def do(self, by: Actor, at: datetime) -> None:
        said = self.cleaned_data
        returns.put(self.entry, self.figures, by=by, at=at, seen=said["seen"], source=said["source"])


class MergeForm(ActForm, ChooseForm):
    """The double is chosen; what only it knows goes over to this entry."""

    looks = True

    def __init__(self, enterprise: Enterprise, staff: Staff, at: datetime, data: QueryDict | None = None) -> None:
        others = queries.visible_to(staff).exclude(pk=enterprise.pk)
        ChooseForm.__init__(self, others, enterprise.name, data, seen=enterprise.version)
        self._stand_on(enterprise, staff, at)

    def do(self, by: Actor, at: datetime) -> None:
        double = self.chosen
        if not queries.may_keep(self.staff, double.area_path):
            raise RegisterRefused("not_yours", _("That one lies outside the area of your posts."), "enterprise")
        seen = self.cleaned_data["seen"]
        entering.merge(double, self.entry, by=by, at=at, seen=self.chosen_seen, into_seen=seen)


class WithdrawForm(ActForm):
    reason = reason_field()

    def do(self, by: Actor, at: datetime) -> None:
        said = self.cleaned_data
        entering.withdraw(self.entry, by=by, at=at, seen=said["seen"], reason=said["reason"])
