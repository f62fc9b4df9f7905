"""Forms by which a lead is opened, corrected, moved on, handed over, ended and landed.

Amounts are typed in ten thousand yuan, areas in square metres, rent in yuan a day and square metre.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.catalogue.pipeline_schema import Pipeline
from rixin.desk import choices
from rixin.desk.fields import CalendarField, SearchedSelect
from rixin.desk.hundredths import HundredthsField
from rixin.desk.lead_pages.rows import wan
from rixin.desk.suggesting import EnterpriseInput
from rixin.investment import queries
from rixin.investment.actions import Move
from rixin.investment.drafts import NewLead, Said
from rixin.investment.landing import Landing
from rixin.investment.models import Lead
from rixin.people import units
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.registers import queries as registers
from rixin.registers.codes import WrongCode, read_code
from rixin.registers.industries import sections
from rixin.registers.matching import meant
from rixin.registers.models import How, Standing

_FEN_PER_HUNDREDTH = 10_000
"""Fen in a hundredth of ten thousand yuan."""


class WishField(HundredthsField):
    """What is wanted, in hundredths; nothing need be said, and not less than nothing."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, **given)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is not None and number < 0:
            raise forms.ValidationError(_("Less than nothing cannot be entered here."))
        return number


class WanField(WishField):
    """Ten thousand yuan, in fen."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else number * _FEN_PER_HUNDREDTH


class EntryField(forms.CharField):
    """The id of an enterprise that the person sees, found by its name or credit code; None for nothing."""

    def __init__(self, staff: Staff, **given: Any) -> None:
        super().__init__(required=False, max_length=120, widget=EnterpriseInput(), **given)
        self.staff = staff

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = meant(typed)
        if found is None or not registers.visible_to(self.staff).filter(pk=found).exists():
            raise forms.ValidationError(
                _("No enterprise of exactly this name or code is in the register. Choose one of those offered.")
            )
        return found


def industries() -> list[Any]:
    """Sections, and under each its divisions."""
    return [
        ("", "—"),
        *(
            (
                section.name.here(),
                [
                    (section.code, f"{section.code} {section.name.here()}"),
                    *(
                        (section.code + one.code, f"{section.code}{one.code} {one.name.here()}")
                        for one in section.divisions
                    ),
                ],
            )
            for section in sections()
        ),
    ]


class IndustryField(forms.ChoiceField):
    """(section, division); both "" for none."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=industries(), required=False, widget=SearchedSelect(), **given)

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        return code[:1], code[1:]


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


# ---- what is known of it


class LeadForm(RefusableForm):
    """`said` once it is valid."""

    def __init__(
        self, pipeline: Pipeline, staff: Staff, data: Any = None, lead: Lead | None = None, **given: Any
    ) -> None:
        super().__init__(data, initial={**_known(lead, pipeline), **given})
        self.pipeline, self.staff = pipeline, staff
        self.fields["name"] = forms.CharField(label=gettext_lazy("Name of the project or enterprise"), max_length=120)
        if pipeline.partner:
            self.fields["partner"] = forms.CharField(label=pipeline.partner.here(), max_length=120)
        if pipeline.kinds:
            self.fields["kind"] = forms.ChoiceField(
                label=gettext_lazy("Kind"),
                choices=[(kind.code, kind.name.here()) for kind in pipeline.kinds],
                widget=forms.RadioSelect,
            )
        if pipeline.amount:
            self.fields["amount"] = WanField(label=gettext_lazy("Amount (ten thousand yuan)"))
        self.fields["industry"] = IndustryField(label=gettext_lazy("Industry"))
        self.fields["area"] = forms.ChoiceField(
            label=gettext_lazy("Area for which it is meant"),
            choices=[(one.code, one.name) for one in choices.areas(staff) if one.code.count("/") <= _COMMUNITY],
        )
        self.fields["parent"] = EntryField(
            staff,
            label=gettext_lazy("Comes from the enterprise"),
            help_text=gettext_lazy("The enterprise here that brings it, or whose group it belongs to."),
        )
        self.fields["introduced_by"] = forms.CharField(
            label=gettext_lazy("Who told of it"),
            required=False,
            max_length=120,
            help_text=gettext_lazy("An association, an office, an enterprise. No telephone numbers, please."),
        )
        if pipeline.landing.enterprise:
            self._rooms()

    def _rooms(self) -> None:
        self.fields["area_least"] = WishField(label=gettext_lazy("Rooms: at least (m²)"))
        self.fields["area_most"] = WishField(label=gettext_lazy("Rooms: at most (m²)"))
        self.fields["wanted_from"] = CalendarField(label=gettext_lazy("Rooms: needed from"), required=False)
        self.fields["rent_most"] = WishField(label=gettext_lazy("Rooms: rent at most (yuan a day and m²)"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "area" in cleaned and not queries.may_work_in(self.staff, self.pipeline, cleaned["area"]):
            self.add_error("area", _("This lies outside the area of your posts."))
        return cleaned

    @property
    def said(self) -> Said:
        cleaned = self.cleaned_data
        section, division = cleaned["industry"]
        given: dict[str, Any] = {name: cleaned.get(name) or "" for name in ("kind", "partner", "introduced_by")}
        numbers = ("amount", "area_least", "area_most", "wanted_from", "rent_most", "parent")
        return Said(
            name=cleaned["name"],
            area_path=cleaned["area"],
            section=section,
            division=division,
            **given | {name: cleaned.get(name) for name in numbers},
        )


_COMMUNITY = 2
"""Steps in the path of a community's area: finer than that no lead is kept."""


def _known(lead: Lead | None, pipeline: Pipeline) -> dict[str, Any]:
    if lead is None:
        return {"area": units.by_code(pipeline.unit).area_path}
    return {
        "name": lead.name,
        "partner": lead.partner,
        "kind": lead.kind,
        "amount": _plain(wan(lead.amount)),
        "industry": lead.section + lead.division,
        "area": lead.area_path,
        "parent": lead.parent.name if lead.parent else "",
        "introduced_by": lead.introduced_by or "",
        "area_least": _metres(lead.area_least),
        "area_most": _metres(lead.area_most),
        "wanted_from": lead.wanted_from,
        "rent_most": _metres(lead.rent_most),
    }


def _metres(hundredths: int | None) -> str:
    return _plain(None if hundredths is None else Decimal(hundredths) / 100)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


class NewLeadForm(LeadForm):
    def __init__(self, pipeline: Pipeline, staff: Staff, today: date, data: Any = None, **given: Any) -> None:
        known = queries.owners(pipeline, today)
        mine = staff.account.pk if staff.account in known else ""
        super().__init__(
            pipeline, staff, data, **{"owner": mine, "opened_on": today, "stage": pipeline.stages[0].code, **given}
        )
        self.fields["opened_on"] = CalendarField(label=gettext_lazy("Known since"))
        self.fields["stage"] = _stage_field(pipeline)
        self.fields["owner"] = forms.TypedChoiceField(
            label=pgettext_lazy("of a lead", "Who follows it"),
            choices=[("", "—"), *((one.pk, one.name) for one in known)],
            coerce=int,
        )
        self.fields["words"] = _words(gettext_lazy("What is known so far"))
        _add_next(self)

    def new_lead(self, origin: str) -> NewLead:
        cleaned = self.cleaned_data
        return NewLead(
            said=self.said,
            owner=cleaned["owner"],
            stage=cleaned["stage"],
            words=cleaned["words"],
            next_step=cleaned["next_step"],
            due_on=cleaned["due_on"],
            opened_on=cleaned["opened_on"],
            origin=origin,
        )


def _stage_field(pipeline: Pipeline) -> forms.ChoiceField:
    stages = [(stage.code, stage.name.here()) for stage in pipeline.stages]
    return forms.ChoiceField(label=gettext_lazy("Stage"), choices=stages, widget=forms.RadioSelect)


def _add_next(form: forms.Form) -> None:
    form.fields["next_step"] = forms.CharField(label=gettext_lazy("Next step"), required=False, max_length=200)
    form.fields["due_on"] = CalendarField(label=gettext_lazy("By when"), required=False)


# ---- steps


class NoteForm(RefusableForm):
    """`move` once it is valid."""

    def __init__(self, pipeline: Pipeline, lead: Lead, data: Any = None) -> None:
        super().__init__(data, initial={"stage": lead.stage, "next_step": lead.next_step, "due_on": lead.due_on})
        self.fields["words"] = _words(gettext_lazy("What was done"))
        self.fields["stage"] = _stage_field(pipeline)
        _add_next(self)

    @property
    def move(self) -> Move:
        return Move(**self.cleaned_data)


class TakeUpForm(NoteForm):
    def __init__(self, pipeline: Pipeline, lead: Lead, data: Any = None) -> None:
        super().__init__(pipeline, lead, data)
        self.fields["words"].label = gettext_lazy("Why it goes on")


class HandForm(RefusableForm):
    def __init__(self, pipeline: Pipeline, lead: Lead, today: date, data: Any = None) -> None:
        super().__init__(data)
        others = [one for one in queries.owners(pipeline, today) if one.pk != lead.owner_id]
        self.fields["to"] = forms.TypedChoiceField(
            label=gettext_lazy("To whom"), choices=[("", "—"), *((one.pk, one.name) for one in others)], coerce=int
        )
        self.fields["words"] = _words(gettext_lazy("What has to be known"))


class GiveUpForm(RefusableForm):
    def __init__(self, pipeline: Pipeline, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"] = forms.ChoiceField(
            label=gettext_lazy("Why it is given up"),
            choices=[(one.code, one.name.here()) for one in pipeline.lost],
            widget=forms.RadioSelect,
        )
        self.fields["words"] = _words(gettext_lazy("In words"))


class LandForm(RefusableForm):
    """`landing` once it is valid."""

    def __init__(self, pipeline: Pipeline, lead: Lead, staff: Staff, today: date, data: Any = None) -> None:
        known = {"day": today, "amount": _plain(wan(lead.amount)), "name": lead.name}
        super().__init__(data, initial={**known, "how": How.NEW.value, "standing": Standing.HERE.value})
        self.fields["day"] = CalendarField(label=gettext_lazy("Landed on"))
        if pipeline.amount:
            self.fields["amount"] = WanField(label=gettext_lazy("Amount (ten thousand yuan)"))
        if pipeline.landing.enterprise:
            self._entry(staff)
        self.fields["words"] = _words(gettext_lazy("In words"))

    def _entry(self, staff: Staff) -> None:
        self.fields["enterprise"] = EntryField(
            staff,
            label=gettext_lazy("It is in the register already as"),
            help_text=gettext_lazy("Name or credit code. Leave it blank to enter a new enterprise with what follows."),
        )
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("Name of the new enterprise"), required=False, max_length=120
        )
        self.fields["code"] = forms.CharField(
            label=gettext_lazy("Unified social credit code"), required=False, max_length=40
        )
        self.fields["how"] = forms.ChoiceField(
            label=gettext_lazy("How it came"),
            choices=[(how.value, how.label) for how in (How.NEW, How.MOVED_IN)],
            widget=forms.RadioSelect,
        )
        self.fields["standing"] = forms.ChoiceField(
            label=gettext_lazy("Where it works"),
            choices=[(one.value, one.label) for one in (Standing.HERE, Standing.ELSEWHERE, Standing.WORKING)],
            widget=forms.RadioSelect,
        )

    def clean_code(self) -> str:
        try:
            return read_code(self.cleaned_data["code"])
        except WrongCode as wrong:
            raise forms.ValidationError(wrong.message) from None

    @property
    def landing(self) -> Landing:
        cleaned = self.cleaned_data
        names = ("day", "amount", "enterprise", "name", "code", "words")
        said: dict[str, Any] = {name: cleaned[name] for name in names if name in cleaned}
        if "how" in cleaned:
            said |= {"how": How(cleaned["how"]), "standing": Standing(cleaned["standing"])}
        return Landing(**said)
