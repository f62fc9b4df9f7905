"""The forms of a report: beginning one, writing it, and the note of a step."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.work_schema import ReportTemplate
from rixin.desk.fields import SearchedSelect
from rixin.desk.report_pages import places
from rixin.metrics.scope import Place
from rixin.people.staff import Staff
from rixin.reports.words import LANGUAGES, Language, spoken_now

LONGEST_TEXT = 60_000
LONGEST_TITLE = 200
LONGEST_NOTE = 400


class BeginForm(forms.Form):
    """`chosen`, `span` and `where` once it is valid."""

    use_required_attribute = False
    template = forms.ChoiceField(label=gettext_lazy("Kind of report"), widget=forms.RadioSelect)
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=10,
        help_text=gettext_lazy("A year is written 2022, a quarter 2022-Q1, a month 2022-03."),
        widget=forms.TextInput(attrs={"list": "periods", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=gettext_lazy("For"), widget=SearchedSelect())
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=list(LANGUAGES.items()), widget=forms.RadioSelect
    )
    fit = forms.BooleanField(
        label=gettext_lazy("For a community or a unit, leave out what it has nothing of"), required=False, initial=True
    )

    def __init__(self, staff: Staff, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="begin_%s")
        reports = versions.work().reports
        self._choose("template", [(one.code, one.name.here()) for one in reports.values()])
        self._choose("place", places.offered(staff))
        self.initial = {"template": next(iter(reports), ""), "language": spoken_now(), "fit": True}

    def _choose(self, name: str, choices: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def language_chosen(self) -> Language:
        return cast(Language, self.cleaned_data["language"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if code := cleaned.get("template"):
            self.chosen: ReportTemplate = versions.work().reports[code]
            self._read_period(cleaned.get("period", ""))
            self._read_place(cleaned.get("place", ""))
        return cleaned

    def _read_period(self, given: str) -> None:
        today = timezone.localdate()
        try:
            self.span = Period.reading(given, self.chosen.period)
        except NoPeriod:
            example = Period.of(self.chosen.period, today).before()
            if given:
                said = _("“{name}” is made for a period such as {example}, not for “{given}”.")
                self.add_error("period", said.format(name=self.chosen.name, example=example, given=given))
        else:
            if self.span.first > today:
                self.add_error("period", _("This period has not begun yet."))

    def _read_place(self, given: str) -> None:
        if not given:
            return
        self.where: Place = places.read(given)
        if places.level_of(self.where) not in self.chosen.by:
            said = _("“{name}” is not made for {place}.")
            self.add_error("place", said.format(name=self.chosen.name, place=places.name_of(self.where)))


class TextForm(forms.Form):
    """`seen` is the version that the person had before them. Line ends are those of the text, not of the browser."""

    use_required_attribute = False
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "data-marked": ""}),
    )
    note = forms.CharField(
        label=gettext_lazy("What was changed"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.IntegerField(min_value=0, max_value=10**8, widget=forms.HiddenInput(attrs={"data-keep": ""}))

    def __init__(self, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="text_%s")

    def clean_title(self) -> str:
        return _with_line_feeds(self.cleaned_data["title"])

    def clean_body(self) -> str:
        body = _with_line_feeds(self.cleaned_data["body"])
        if len(body) > LONGEST_TEXT:
            said = _("A text has at most {most} characters; this one has {count}.")
            raise forms.ValidationError(said.format(most=LONGEST_TEXT, count=len(body)))
        return body


class NoteForm(forms.Form):
    """What the person says to a step; for sending back it must be said."""

    use_required_attribute = False
    note = forms.CharField(label=gettext_lazy("Note"), max_length=LONGEST_NOTE, required=False)

    def __init__(self, data: QueryDict | None = None, *, needed: bool = False, key: str) -> None:
        super().__init__(data, auto_id=f"{key}_%s")
        if needed:
            self.fields["note"].required = True
            self.fields["note"].label = _("What has to be changed, and why")


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
