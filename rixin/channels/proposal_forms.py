"""What residents fill in about livelihood projects: a proposal, and a rating of what was built."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.channels.forms import ReportForm
from rixin.channels.words import WordsField
from rixin.choosing.models import Round
from rixin.choosing.raising import NewProposal
from rixin.choosing.rating import Rated
from rixin.choosing.stages import Rating
from rixin.places import gazetteer

_SHORTEST_KEY, _LONGEST_KEY = 16, 64


def _phone_field() -> WordsField:
    return WordsField(
        label=_("Your telephone"),
        required=False,
        max_length=30,
        help_text=_("Only so that we can ask you back. It is stored encrypted and deleted after a year."),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )


class ProposalForm(forms.Form):
    use_required_attribute = False
    title = WordsField(
        label=_("What should be built?"),
        max_length=60,
        help_text=_("In a few words, such as: a shelter for charging e-bikes"),
        error_messages={"required": _("Please say in a few words what should be built.")},
    )
    area = forms.ChoiceField(label=_("In which community?"))
    where = WordsField(
        label=_("Where exactly?"),
        required=False,
        max_length=100,
        help_text=_("For example: beside building 3 of Dejia West Quarter"),
    )
    why = WordsField(
        label=_("Why, and for whom?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Please say why it is needed and whom it serves.")},
    )
    name = WordsField(label=_("Your name"), required=False, max_length=40)
    phone = _phone_field()
    once = forms.CharField(required=False, widget=forms.HiddenInput)

    clean_phone = ReportForm.clean_phone

    def __init__(self, row: Round, data: Any = None) -> None:
        super().__init__(data)
        atlas = gazetteer.current()
        areas = [one for one in atlas.areas.values() if one.path.startswith(row.area_path) and not one.retired]
        communities = sorted((one for one in areas if one.level == "community"), key=lambda one: one.path)
        whole = atlas.area(row.area_path)
        options = [(one.path, one.name) for one in communities]
        options.append((row.area_path, _("Several, or all of {area}").format(area=whole.name if whole else "")))
        field = forms.ChoiceField(
            label=_("In which community?"),
            choices=[("", "—"), *options],
            error_messages={"required": _("Please choose where.")},
        )
        self.fields["area"] = field

    def new(self, key: str, browser: str) -> NewProposal:
        said = self.cleaned_data
        place = gazetteer.current().place_in(said["where"], said["area"]) if said["where"] else None
        position = place.position if place else None
        return NewProposal(
            key=f"resident {key}",
            title=said["title"],
            why=said["why"],
            area_path=said["area"],
            place_code=place.code if place else "",
            address=said["where"],
            lat=position.lat if position else None,
            lng=position.lng if position else None,
            name=said["name"],
            phone=said["phone"],
            browser=browser,
        )


class ProjectRatingForm(forms.Form):
    use_required_attribute = False
    rating = forms.ChoiceField(
        label=pgettext_lazy("of a project", "What do you think of it?"),
        choices=Rating.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose an answer.")},
    )
    words = WordsField(
        label=_("What is good, what is not?"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )
    phone = _phone_field()

    clean_phone = ReportForm.clean_phone

    def rated(self, browser: str) -> Rated:
        return Rated(**self.cleaned_data, browser=browser)


def once_in(data: Any) -> str:
    """The key of this filling-in that the form carries; "" for none that we would have given."""
    key = str(data.get("once", ""))
    return key if _SHORTEST_KEY <= len(key) <= _LONGEST_KEY and key.isascii() else ""
