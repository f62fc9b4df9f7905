"""The form by which staff write down what was raised at a meeting, in a matter, or by many at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rixin.cases import queries as cases
from rixin.cases.models import id_in
from rixin.choosing import queries
from rixin.choosing.models import Round
from rixin.choosing.raising import NewProposal
from rixin.choosing.stages import Source
from rixin.desk import choices
from rixin.desk.fields import PlaceField, SearchedSelect
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm
from rixin.topics import queries as topics
from rixin.topics.models import Topic

_SOURCES = [(one.value, one.label) for one in (Source.MEETING, Source.TOPIC, Source.MATTER)]


class EnterForm(RefusableForm):
    title = forms.CharField(label=pgettext_lazy("of a proposal", "Title"), max_length=60)
    why = forms.CharField(label=gettext_lazy("What and why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    source = forms.ChoiceField(label=gettext_lazy("Where it comes from"), choices=_SOURCES)
    origin = forms.CharField(label=gettext_lazy("Which meeting, or who passed it on"), required=False, max_length=120)
    matter = forms.CharField(label=gettext_lazy("Number of the matter"), required=False, max_length=40)
    name = forms.CharField(
        label=gettext_lazy("Name of who raised it"), required=False, max_length=40,
        help_text=gettext_lazy("Only with consent; stored encrypted and deleted after a year."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=30)

    def __init__(self, row: Round, staff: Staff, data: Any = None, **known: Any) -> None:
        super().__init__(data, initial={"source": Source.MEETING, **known})
        self.row, self.staff = row, staff
        self.fields["place"] = PlaceField(choices.areas(staff), label=gettext_lazy("Where"))
        self.fields["topic"] = forms.ModelChoiceField(
            label=gettext_lazy("Hot topic"),
            required=False,
            queryset=topics.visible_to(staff),
            widget=SearchedSelect(),
        )
        self.order_fields(["title", "why", "place", "source", "origin", "matter", "topic"])

    def clean_place(self) -> dict[str, Any]:
        place: dict[str, Any] = self.cleaned_data["place"]
        if not queries.may_enter_at(self.staff, self.row, place["area_path"]):
            raise forms.ValidationError(_("This place lies outside your area of duty."))
        return place

    def clean_matter(self) -> int | None:
        """The id of a matter that the person sees."""
        number = self.cleaned_data["matter"].strip()
        if not number:
            return None
        pk = id_in(number)
        case = cases.visible_to(self.staff).filter(pk=pk).first() if pk is not None else None
        if case is None or number not in (case.number, str(case.pk)):
            raise forms.ValidationError(_("There is no matter of this number among those that you may see."))
        return int(case.pk)

    def new(self, key: str) -> NewProposal:
        said = self.cleaned_data
        topic: Topic | None = said["topic"]
        return NewProposal(
            key=key,
            title=said["title"],
            why=said["why"],
            **said["place"],
            source=Source(said["source"]),
            origin=said["origin"],
            case=said["matter"],
            topic=topic.pk if topic else None,
            name=said["name"],
            phone=said["phone"],
        )
