"""Choosing an entry of the register: words are looked for, and what they find stands as buttons to choose from."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from rixin.desk.suggesting import EnterpriseInput
from rixin.refusable import RefusableForm
from rixin.registers.alike import alike
from rixin.registers.matching import named
from rixin.registers.models import Enterprise

MOST = 10


class ChooseForm(RefusableForm):
    """`chosen` and `chosen_seen`, its version as it was seen, once it is valid. `words` are looked for among `rows`."""

    words = forms.CharField(
        label=gettext_lazy("Name, former name or credit code"), required=False, max_length=120, widget=EnterpriseInput()
    )
    enterprise = forms.ChoiceField(
        label=gettext_lazy("Which one"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one, or look for another name.")},
    )

    def __init__(self, rows: QuerySet[Enterprise], words: str, data: QueryDict | None = None, **given: Any) -> None:
        # Looking for words sends nothing yet: the form comes back as new, with what they find.
        looked = data.get("words", "").strip() if data is not None else ""
        sending = data if data is not None and "look" not in data else None
        super().__init__(sending, initial={"words": looked or words, **given}, auto_id="choose_%s")
        self.rows = rows
        found = candidates(rows, looked or words)
        self.fields["enterprise"].choices = [(f"{one.pk}.{one.version}", told(one)) for one in found]  # type: ignore[attr-defined]
        self.found = bool(found)

    @property
    def chosen(self) -> Enterprise:
        return self.rows.get(pk=self._chosen[0])

    @property
    def chosen_seen(self) -> int:
        return int(self._chosen[1])

    @property
    def _chosen(self) -> list[str]:
        return str(self.cleaned_data["enterprise"]).split(".")


def candidates(rows: QuerySet[Enterprise], words: str) -> list[Enterprise]:
    """Those that the words mean or are alike, then those that have them in their names."""
    near = alike(rows, words, words, MOST)
    rest = named(rows, words).exclude(pk__in=[one.pk for one in near]) if words else rows.none()
    return [*near, *rest.order_by("plain_name", "pk")[: MOST - len(near)]]


def told(one: Enterprise) -> str:
    """What has to be known to choose it."""
    return " · ".join(filter(None, [one.name, one.code, str(one.get_standing_display()), one.address]))
