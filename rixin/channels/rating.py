"""One form for how it went: satisfied, fairly, not. Each answer may be another action of the lifecycle."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rixin.cases.facts import Given
from rixin.catalogue.schema import Action, AskedField, Lifecycle
from rixin.channels.asking import AskedForm, asked_field

RATING, REASON = "rating", "rating_reason"


def rating_actions(actions: Mapping[str, Action]) -> dict[str, Action]:
    """Those among `actions` by which the matter is rated."""
    return {code: step for code, step in actions.items() if RATING in step.keeps and _asked(step, RATING)}


class RatingForm(forms.Form):
    """All answers side by side. `action` and `given` say which action follows from the one chosen.

    `own_only`: the rating of somebody who joined, who is asked for the rating and the reason alone.
    """

    def __init__(
        self, actions: Mapping[str, Action], lifecycle: Lifecycle, *args: Any, own_only: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.lifecycle = lifecycle
        self.own_only = own_only
        self.actions = rating_actions(actions)
        self.action_of = {
            option.code: code for code, step in self.actions.items() for option in _asked(step, RATING)[0].options
        }
        for asked in self._union():
            self.fields[asked.name] = asked_field(asked, lifecycle)
        if REASON in self.fields and (hint := self._hint()):
            self.fields[REASON].help_text = hint

    def clean(self) -> dict[str, Any]:
        """What the action chosen demands, by the engine's own rules."""
        filled = super().clean() or {}
        if self.action:
            whole = AskedForm(self._asks(self.actions[self.action]), self.lifecycle, self.data)
            for name, faults in whole.errors.items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, list(faults))
            self.given: Given = whole.given if whole.is_valid() else {}
        return filled

    @property
    def action(self) -> str:
        return self.action_of.get(str(self.data.get(RATING, "")), "")

    def _asks(self, step: Action) -> list[AskedField]:
        return [asked for asked in step.asks if not self.own_only or asked.name in (RATING, REASON)]

    def _union(self) -> list[AskedField]:
        """Each field once: with the options of all actions, and required only where every action requires it."""
        found: dict[str, list[AskedField]] = {}
        for step in self.actions.values():
            for asked in self._asks(step):
                found.setdefault(asked.name, []).append(asked)
        return [
            same[0].model_copy(
                update={
                    "options": [option for asked in same for option in asked.options],
                    "required": all(asked.required for asked in same),
                }
            )
            for same in found.values()
        ]

    def _hint(self) -> str:
        """Which answers need words: “Not satisfied: what was not right?”"""
        return " ".join(
            str(_("%(answer)s: %(question)s")) % {"answer": option.name.here(), "question": asked.label.here()}
            for step in self.actions.values()
            for asked in _asked(step, REASON)
            if asked.required
            for option in _asked(step, RATING)[0].options
        )


def _asked(step: Action, name: str) -> list[AskedField]:
    return [asked for asked in step.asks if asked.name == name]
