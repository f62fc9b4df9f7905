"""What is filled in about homes: a description of dwellings, counts, an end, a correction, a table."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue.head_count_schema import HeadCounts
from rixin.desk.brought_tables import TableForm
from rixin.desk.fields import CalendarField
from rixin.desk.home_pages.plan import unit_name
from rixin.homes.counting import name_of
from rixin.homes.layout import Planned, laid_out
from rixin.homes.models import Dwelling
from rixin.homes.terms import NoTerm, Term
from rixin.refusable import RefusableForm
from rixin.refused import FieldsRefused

OFFERED_TERMS = 8
_BEGINNING = "2000-01-01"


class EnterForm(RefusableForm):
    """`planned` once it is valid."""

    units = forms.CharField(
        label=gettext_lazy("Stairwells"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("1-3, or 1, 2, 4. Leave it empty if the building has only one."),
    )
    floors = forms.CharField(
        label=gettext_lazy("Floors with dwellings"), max_length=60, help_text=gettext_lazy("1-6, or 2, 3, 5.")
    )
    on_each = forms.IntegerField(label=gettext_lazy("Dwellings on each floor of a stairwell"))
    without = forms.CharField(
        label=gettext_lazy("Without"), required=False, max_length=2000, help_text=gettext_lazy("1-101, 2-101")
    )
    also = forms.CharField(
        label=gettext_lazy("And also"), required=False, max_length=2000, help_text=gettext_lazy("1-701, 2-B101")
    )
    from_day = CalendarField(label=gettext_lazy("There since"), initial=_BEGINNING)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.planned: list[Planned] = []
        if not self.errors:
            names = ("units", "floors", "on_each", "without", "also")
            try:
                self.planned = laid_out(**{name: said[name] for name in names})
            except FieldsRefused as refused:
                self.refuse(refused)
        return said


class CountForm(RefusableForm):
    """A number for each field and stairwell."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))
    looked_again = forms.BooleanField(
        label=gettext_lazy("I have looked again: it is right"), required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        kept: HeadCounts,
        dwellings: Mapping[str, int],
        today: date,
        data: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.kept, self.dwellings = kept, dwellings
        term, offered = Term.last_over(kept.months, today), []
        for _nth in range(OFFERED_TERMS):
            offered.append((str(term), term.name))
            term = term.before()
        self.fields["period"].choices = offered  # type: ignore[attr-defined]
        for unit in dwellings:
            for field in kept.fields:
                self.fields[name_of(unit, field.code)] = forms.IntegerField(
                    label=f"{unit_name(unit)} · {field.name.here()}",
                    required=False,
                    widget=forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
                )

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (field.name.here(), [self[name_of(unit, field.code)] for unit in self.dwellings])
            for field in self.kept.fields
        ]

    def heads(self) -> list[str]:
        said = _("{unit} ({n} dwellings)")
        return [said.format(unit=unit_name(unit), n=number) for unit, number in self.dwellings.items()]

    @property
    def term(self) -> Term:
        return Term.read(self.cleaned_data["period"])

    @property
    def said(self) -> dict[str, dict[str, int | None]]:
        codes = [field.code for field in self.kept.fields]
        return {unit: {code: self.cleaned_data.get(name_of(unit, code)) for code in codes} for unit in self.dwellings}


def term_in(text: str, months: int, today: date) -> Term:
    """The period that an address names; the last one that is over where it names none."""
    try:
        term = Term.read(text)
    except NoTerm:
        return Term.last_over(months, today)
    return term if term.months == months and term.last < today else Term.last_over(months, today)


class EndForm(RefusableForm):
    until_day = CalendarField(label=gettext_lazy("No dwelling any more from"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)

    def __init__(self, dwellings: list[Dwelling], data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        offered = [(str(one.pk), str(Planned(one.unit, one.number))) for one in dwellings]
        self.fields["chosen"] = forms.MultipleChoiceField(
            label=_("Dwellings"), choices=offered, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["chosen", "until_day", "reason"])


class CorrectForm(RefusableForm):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=8)
    floor = forms.IntegerField(label=gettext_lazy("Floor"), required=False, min_value=-9, max_value=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class HomesTableForm(TableForm):
    """A file, or what was copied out of one."""

    rows = forms.CharField(
        label=gettext_lazy("Or paste the rows here"),
        required=False,
        max_length=600_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Building, stairwell and room, each in a column: as copied from a spreadsheet."),
    )
    from_day = CalendarField(label=gettext_lazy("There since"), initial=_BEGINNING)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["file"].required = False

    def clean_file(self) -> Any:
        return super().clean_file() if self.cleaned_data["file"] else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("file") and not said.get("rows", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste rows."))
        return said
