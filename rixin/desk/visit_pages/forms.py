from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from rixin.desk.fields import CalendarField
from rixin.liaison.models import LONGEST_WORDS
from rixin.refusable import RefusableForm

_USUAL = timedelta(days=90)


class LookedForm(RefusableForm):
    """That a warning was looked into."""

    words = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please say what was found, for whoever reads it later.")},
    )
    until = CalendarField(label=gettext_lazy("Show it again from"))

    def __init__(self, data: QueryDict | None = None, **given: Any) -> None:
        super().__init__(data, initial={"until": timezone.localdate() + _USUAL}, **given)
