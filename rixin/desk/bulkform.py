"""One action on many cases: which of them allow it, what it asks once for all, and what came of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from rixin.cases import actions, lifecycle, queries
from rixin.cases.actions import ChangedMeanwhile
from rixin.cases.facts import Given
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.catalogue.schema import Action, AskedField
from rixin.desk import fields, timeline
from rixin.desk.actionforms import ATTACHED, field_for, given_of
from rixin.people import units
from rixin.people.staff import Staff

MOST = 200
EACH_OWN = "own"
"""As the unit of a bulk action: for each case the one that its kind names."""


@dataclass(frozen=True)
class Chosen:
    case: Case
    seen: int
    """The version in which the person saw it."""
    hindered: str
    """Why the action is not possible on it; empty if it is."""


@dataclass(frozen=True)
class Result:
    case: Case
    done: bool
    message: str


def read(notes: Sequence[str]) -> dict[int, int]:
    """Case id -> version seen, of "42.3"; what is none is passed over."""
    found = {}
    for note in notes[:MOST]:
        pk, _dot, version = note.partition(".")
        if pk.isascii() and pk.isdigit() and version.isascii() and version.isdigit():
            found[int(pk)] = int(version)
    return found


def chosen(visible: QuerySet[Case], seen: dict[int, int], action: str, staff: Staff, at: datetime) -> list[Chosen]:
    """In the order in which they were chosen. Those out of scope are not among them."""
    by_id = {case.pk: case for case in visible.filter(pk__in=seen).prefetch_related("clocks")}
    openings = queries.openings()
    found = []
    for pk, version in seen.items():
        if (case := by_id.get(pk)) is None:
            continue
        actor = staff.actor_on(queries.scope_row(case), openings)
        setting = queries.setting_of(case)
        hindered = lifecycle.hindrance(setting, queries.facts(case), action, actor, at)
        if hindered is None and not setting.rules.lifecycle.actions[action].bulk:
            why = _("This is done one matter at a time.")
        else:
            why = str(hindered) if hindered else ""
        found.append(Chosen(case, version, why))
    return found


def definition(rows: Sequence[Chosen], code: str) -> Action | None:
    """The action as the first case that allows it defines it."""
    possible = (queries.setting_of(row.case).rules.lifecycle.actions[code] for row in rows if not row.hindered)
    return next(possible, None)


class BulkForm(forms.Form):
    """What the action asks, once for all cases. Photos and files are of one matter and are not asked for here."""

    use_required_attribute = False

    def __init__(self, action: Action, first: Case, staff: Staff, data: QueryDict | None = None) -> None:
        self.action = action
        super().__init__(data, auto_id="bulk_%s")
        rules = queries.setting_of(first).rules
        for asked in self.asks:
            self.fields[asked.name] = field_for(asked, rules.lifecycle, staff)
            if asked.kind == "unit" and action.moves_to == "field":
                self.fields[asked.name] = self._unit_or_own(asked)
                self.initial[asked.name] = EACH_OWN

    @property
    def asks(self) -> list[AskedField]:
        return [asked for asked in self.action.asks if asked.kind not in ATTACHED]

    def _unit_or_own(self, asked: AskedField) -> forms.Field:
        known = [(str(unit.id), unit.name) for unit in units.all_open()]
        return forms.TypedChoiceField(
            label=asked.label.here(),
            choices=[(EACH_OWN, _("To each matter the unit that its kind names")), *known],
            coerce=lambda written: written if written == EACH_OWN else int(written),
            widget=fields.SearchedSelect(),
        )

    def given_for(self, case: Case) -> Given:
        given = given_of(self.asks, self.cleaned_data)
        return {name: case.owner_unit_id if value == EACH_OWN else value for name, value in given.items()}


def carry_out(
    rows: Sequence[Chosen], action: str, form: BulkForm | None, staff: Staff, at: datetime
) -> Iterator[Result]:
    """Each case for itself: what was refused on one stops no other and is said in its row."""
    for row in rows:
        if row.hindered:
            yield Result(row.case, False, row.hindered)
            continue
        given: dict[str, Any] = form.given_for(row.case) if form else {}
        yield _one(row, action, given, staff, at)


def _one(row: Chosen, action: str, given: Given, staff: Staff, at: datetime) -> Result:
    try:
        after = actions.act(row.case, action, by=staff, given=given, seen=row.seen, at=at)
    except ActionRefused as refused:
        fields_said = [str(message) for message in refused.refusal.fields.values()]
        return Result(row.case, False, " ".join(fields_said) or str(refused.refusal))
    except ChangedMeanwhile as changed:
        return Result(changed.case, False, _meanwhile(changed))
    return Result(after, True, queries.setting_of(after).rules.lifecycle.states[after.state].name.here())


def _meanwhile(changed: ChangedMeanwhile) -> str:
    rules = queries.setting_of(changed.case).rules
    last = timeline.entries(changed.since[-1:], rules, {})[-1]
    return _("%(who)s did “%(what)s” on %(when)s; please look at it first.") % {
        "who": last.who,
        "what": last.what,
        "when": last.when,
    }
