"""Rows of the inbox, search and lists: everything that a row shows, in words, without a query per row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rixin.cases import journal, lifecycle, queries
from rixin.cases.lifecycle import Setting
from rixin.cases.models import Case, Channel
from rixin.catalogue import versions
from rixin.catalogue.schema import ResolvedType
from rixin.desk import wording
from rixin.desk.wording import Due, Tone
from rixin.people import staffing, units
from rixin.people.scope import Openings
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.privacy.masking import masked

PAGE_SIZE = 50
AGAIN = ("reopen", "rework")
"""Actions after which a matter was thought to be done and is not, the weightier first."""
_NOT_SHOWN = ("text", "form", "address")


@dataclass(frozen=True)
class Row:
    id: int
    version: int
    number: str
    url: str
    title: str
    type: str
    place: str
    unit: str
    handler: str
    state: str
    tone: Tone
    due: Due | None
    opened: str
    channel: str
    urgent: bool
    supervised: bool
    confidential: bool
    waiting: bool
    again: str
    """Why an open matter is worked on once more: “Reopen”, “Send back for rework”; empty if it is not."""
    rating: str
    bulk: tuple[str, ...]
    """Codes of the bulk actions that this person may take on it now."""

    @property
    def seen(self) -> str:
        """Which case, as which version it was seen: what a bulk action sends back."""
        return f"{self.id}.{self.version}"


def light(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Without the long columns that no row shows."""
    return cases.defer(*_NOT_SHOWN)


def rows(cases: Sequence[Case], staff: Staff, at: datetime, *, with_bulk: bool = True) -> list[Row]:
    """One statement however many rows: the names of handlers."""
    names = staffing.names({case.handler_id for case in cases if case.handler_id is not None})
    channels = {channel.value: str(channel.label) for channel in Channel}
    openings = queries.openings() if with_bulk else None
    return [
        _row(case, at, names, channels, bulk_actions(case, staff, at, openings) if openings is not None else ())
        for case in cases
    ]


def _row(case: Case, at: datetime, names: dict[int, str], channels: dict[str, str], bulk: tuple[str, ...]) -> Row:
    rules = versions.version(case.definition_id).rules
    state = rules.lifecycle.states[case.state]
    return Row(
        id=case.pk,
        version=case.version,
        number=case.number,
        url=case.get_absolute_url(),
        title=masked(case.title),
        type=rules.type.name.here(),
        place=place_label(case.area_path),
        unit=units.by_id(case.unit_id).name if case.unit_id is not None else "",
        handler=names.get(case.handler_id, "") if case.handler_id is not None else "",
        state=state.name.here(),
        tone=wording.tone_of(case, state),
        due=wording.due(case.due_at, at),
        opened=wording.moment(case.opened_at, at),
        channel=channels[case.channel],
        urgent=case.urgency == "urgent",
        supervised=case.supervised_at is not None,
        confidential=case.confidential,
        waiting=bool(case.waiting),
        again=_again(case, rules),
        rating=case.rating,
        bulk=bulk,
    )


def _again(case: Case, rules: ResolvedType) -> str:
    times = case.ledger.get("times", {}) if case.phase != "closed" else {}
    done = (rules.lifecycle.actions[code] for code in AGAIN if times.get(code) and code in rules.lifecycle.actions)
    return next((action.name.here() for action in done), "")


def place_label(area_path: str) -> str:
    """The grid, whose name says its community too; else the finest area that is known. Micro-grids are too fine."""
    names = gazetteer.current().label(area_path).split(" › ")
    return names[:3][-1]


def bulk_actions(case: Case, staff: Staff, at: datetime, openings: Openings) -> tuple[str, ...]:
    """No query: the clocks are left out, on which no bulk action hangs. What is then done is decided with them."""
    setting = queries.setting_of(case)
    marked = [code for code, action in setting.rules.lifecycle.actions.items() if action.bulk]
    marked = [code for code in marked if case.state in setting.rules.lifecycle.actions[code].from_]
    if not marked:
        return ()
    actor = staff.actor_on(queries.scope_row(case), openings)
    facts = journal.facts_of(case, ())
    return tuple(code for code in marked if lifecycle.hindrance(setting, facts, code, actor, at) is None)


def bulk_names(cases: Iterable[Case], shown: Iterable[Row]) -> dict[str, str]:
    """Bulk actions that at least one row allows, by code, in the words of its definition."""
    wanted = {code for row in shown for code in row.bulk}
    settings: dict[int, Setting] = {case.definition_id: queries.setting_of(case) for case in cases}
    return {
        code: action.name.here()
        for setting in settings.values()
        for code, action in setting.rules.lifecycle.actions.items()
        if code in wanted
    }
