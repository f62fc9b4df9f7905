"""Giving officers their enterprises: those of a filter, some of them or all."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue import versions
from rixin.desk import choices, fields
from rixin.desk.fields import CalendarField
from rixin.desk.visit_pages.covering import NOBODY, NOWHERE
from rixin.holding import holding
from rixin.liaison import queries
from rixin.people.models import Account
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.registers import queries as registers
from rixin.registers.matching import named
from rixin.registers.models import Enterprise, TraitSpan

END = "end"
MOST_AT_ONCE = 2_000


@dataclass(frozen=True)
class Filter:
    words: str = ""
    building: str = ""
    area: str = ""
    section: str = ""
    trait: str = ""
    """Code of a trait and of one of its options, with a dot between."""
    officer: str = ""

    @classmethod
    def read(cls, said: QueryDict) -> "Filter":
        return cls(
            words=said.get("q", "").strip()[:120],
            building=said.get("building", ""),
            area=said.get("area", ""),
            section=said.get("section", ""),
            trait=said.get("trait", ""),
            officer=said.get("of", ""),
        )

    def query(self, **more: str) -> str:
        given = {"q": self.words, "building": self.building, "area": self.area, "section": self.section,
                 "trait": self.trait, "of": self.officer, **more}  # fmt: skip
        return urlencode({name: value for name, value in given.items() if value})

    def apply(self, found: "QuerySet[Enterprise]", today: date) -> "QuerySet[Enterprise]":
        if self.words:
            found = named(found, self.words)
        if self.building:
            found = (
                found.filter(building=None) if self.building == NOWHERE else found.filter(building__code=self.building)
            )
        if self.area:
            found = found.filter(area_path__within=self.area)
        if self.section:
            found = found.filter(section=self.section)
        trait, dot, value = self.trait.partition(".")
        if dot:
            held = TraitSpan.objects.filter(holding(today), enterprise=OuterRef("pk"), trait=trait, value=value)
            found = found.filter(Exists(held))
        if self.officer == NOBODY:
            found = found.filter(~Exists(queries.on(today).filter(enterprise=OuterRef("pk"))))
        elif self.officer.isascii() and self.officer.isdigit() and len(self.officer) < 12:
            held_by = queries.on(today).filter(enterprise=OuterRef("pk"), account=int(self.officer))
            found = found.filter(Exists(held_by))
        return found.order_by("plain_name", "pk")


class FilterForm(forms.Form):
    """Drawn above the list; it has nothing to refuse."""

    use_required_attribute = False

    def __init__(self, asked: Filter, staff: Staff, officers: list[Account]) -> None:
        super().__init__(auto_id="of_%s")
        none = [("", _("All"))]
        buildings = [(one.code, one.name) for one in registers.buildings_visible_to(staff)]
        traits = [
            (f"{trait.code}.{option.code}", f"{trait.name.here()}: {option.name.here()}")
            for trait in versions.work().traits.values()
            if trait.lasts
            for option in trait.options
        ]
        sections = [(one.code, one.name.here()) for one in versions.work().industries.values()]
        areas = [(one.code, one.name) for one in choices.areas(staff)]
        people = [(str(one.pk), one.name) for one in officers]
        self.fields["q"] = forms.CharField(label=_("Name or credit code"), initial=asked.words, required=False)
        for name, label, offered, initial in (
            ("building", _("Office building"), [*buildings, (NOWHERE, _("In no office building"))], asked.building),
            ("area", _("Area"), areas, asked.area),
            ("section", _("Industry"), sections, asked.section),
            ("trait", _("On a list"), traits, asked.trait),
            ("of", _("Officer"), [(NOBODY, _("Nobody yet")), *people], asked.officer),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[*none, *offered], initial=initial, required=False
            )


class AssignForm(RefusableForm):
    """`officer` None: from the day on they are nobody's."""

    officer = forms.ChoiceField(
        label=gettext_lazy("To whom"), error_messages={"required": gettext_lazy("Please choose an officer.")}
    )
    day = CalendarField(label=gettext_lazy("From which day"))
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=400)

    def __init__(self, officers: list[Account], today: date, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="assign_%s", initial={"day": today})
        self.people = {str(one.pk): one for one in officers}
        offered = [(pk, one.name) for pk, one in self.people.items()]
        field = self.fields["officer"]
        field.widget = fields.SearchedSelect()
        field.choices = [("", "—"), *offered, (END, _("Nobody any more"))]  # type: ignore[attr-defined]

    @property
    def account(self) -> Account | None:
        return self.people.get(self.cleaned_data["officer"])
