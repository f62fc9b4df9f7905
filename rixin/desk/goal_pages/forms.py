"""The form in which an owner unit writes the review of a month, and a leader's remark."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.work_schema import Milestone
from rixin.desk.fields import CalendarField
from rixin.goals.actions import Claim, Words
from rixin.goals.models import LONGEST, GoalReview
from rixin.refusable import RefusableForm


def _words(label: Any, *, required: bool = False, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows})
    )


class ReviewForm(RefusableForm):
    """`open_`: the steps that a person may say are done."""

    done = _words(_("What was done this month"), required=True, rows=4)
    hinders = _words(_("What hinders"))
    next_step = _words(_("Next step"))
    next_by = CalendarField(label=_("Next step by"), required=False)

    def __init__(self, *args: Any, open_: Iterable[Milestone], review: GoalReview | None = None, **kwargs: Any) -> None:
        if review is not None:
            said = {name: getattr(review, name) for name in ("done", "hinders", "next_step", "next_by")}
            kwargs["initial"] = {**said, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.open = list(open_)
        for step in self.open:
            self.fields[f"said-{step.code}"] = forms.BooleanField(label=step.name.here(), required=False)
            self.fields[f"on-{step.code}"] = CalendarField(label=_("Done on"), required=False)
            self.fields[f"evidence-{step.code}"] = forms.CharField(
                label=_("By what one can see it"), required=False, max_length=400
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for step in self.open:
            if cleaned.get(f"said-{step.code}"):
                for name in (f"on-{step.code}", f"evidence-{step.code}"):
                    if not cleaned.get(name) and name not in self.errors:
                        self.add_error(name, _("This is needed."))
        return cleaned

    def steps(self) -> Iterator[tuple[forms.BoundField, forms.BoundField, forms.BoundField, str]]:
        """(ticked, day, evidence, due day) of each step that may be said."""
        for step in self.open:
            names = (f"said-{step.code}", f"on-{step.code}", f"evidence-{step.code}")
            yield *(self[name] for name in names), step.due  # type: ignore[misc]

    @property
    def words(self) -> Words:
        """Once it is valid."""
        said = self.cleaned_data
        claims = tuple(
            Claim(step.code, said[f"on-{step.code}"], said[f"evidence-{step.code}"])
            for step in self.open
            if said[f"said-{step.code}"]
        )
        by: date | None = said["next_by"]
        return Words(done=said["done"], hinders=said["hinders"], next_step=said["next_step"], next_by=by, claims=claims)


class RemarkForm(forms.Form):
    use_required_attribute = False
    remark = _words(_("Remark"), required=True)
