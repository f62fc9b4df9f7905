"""What somebody who reported a matter may know of it: the steps in plain words, and what that person may do now.

Nothing of other people: a neighbour who joined, or whose report was merged, reads what the office says to all and what
he or she wrote, never the words, photos or rating of whoever else reported.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from rixin.cases import queries
from rixin.cases.history import ALSO_RATED, JOINED
from rixin.cases.lifecycle import ALARMED, OPENED
from rixin.cases.models import Case, CaseEvent, Photo, Receipt
from rixin.catalogue.schema import Action, AskedField, Lifecycle
from rixin.people.actors import Actor, resident

_MOST_MERGES = 10
_IN_OWN_WORDS = ("text", "long_text")


@dataclass(frozen=True)
class PublicStep:
    """`text` has one paragraph per line; `photos` are digests; `own`: the person said this."""

    at: datetime
    title: str
    text: str = ""
    photos: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class Promise:
    """By when the matter is to be handled. `paused`: nothing runs now, so the date will move."""

    due_at: datetime
    paused: bool


def is_first(receipt: Receipt, case: Case) -> bool:
    """Whether this person's report is the one that `case` began with."""
    return not receipt.joined and receipt.case_id == case.pk


def actor_of(receipt: Receipt, case: Case) -> Actor:
    """The resident as the timeline names him or her: whoever reported first needs no name, others carry a number."""
    return resident("" if is_first(receipt, case) else f"#{receipt.pk}")


def actions_of(receipt: Receipt, case: Case, at: datetime) -> dict[str, Action]:
    """What the person may do now, by code. Those who joined may add words; what moves the matter is the first one's."""
    known = queries.setting_of(case).rules.lifecycle.actions
    possible = {code: known[code] for code in queries.actions_for(case, actor_of(receipt, case), at)}
    if is_first(receipt, case):
        return possible
    return {code: step for code, step in possible.items() if step.to is None and not step.keeps and not step.sets}


def may_rate_too(receipt: Receipt, case: Case) -> bool:
    """Whether somebody who joined, or whose report was merged, may say now how it went."""
    return (
        not is_first(receipt, case) and receipt.rated_at is None and case.phase == "closed" and case.outcome == "solved"
    )


def promise(case: Case) -> Promise | None:
    """The last date among the clocks that began with the matter; None once it is handled."""
    begun = queries.setting_of(case).rules.lifecycle.begins.start
    mine = [clock for clock in queries.clocks(case) if clock.code in begun]
    live = [clock for clock in mine if clock.status == "running"]
    if live:
        return Promise(max(clock.due_at for clock in live), paused=False)
    if case.phase == "suspended" and (held := [clock for clock in mine if clock.status == "paused"]):
        return Promise(max(clock.due_at for clock in held), paused=True)
    return None


def public_steps(case: Case, receipt: Receipt) -> list[PublicStep]:
    """What happened, oldest first, from the report of this person to `case`, which answers it now."""
    through = list(_path(receipt))
    ids = [one.pk for one in through]
    shown = set(Photo.objects.filter(case__in=ids, public=True).values_list("digest", flat=True))
    events: dict[int, list[CaseEvent]] = {pk: [] for pk in ids}
    for event in CaseEvent.objects.filter(case__in=ids).order_by("seq"):
        events[event.case_id].append(event)
    steps: list[PublicStep] = []
    since: datetime | None = None
    for one in through:
        own = _Own(receipt, one, events[one.pk])
        steps += [step for step in _steps(one, events[one.pk], own, shown) if since is None or step.at >= since]
        since = events[one.pk][-1].at if events[one.pk] else since
    return steps


def _path(receipt: Receipt) -> Iterator[Case]:
    case: Case | None = receipt.case
    for _nth in range(_MOST_MERGES):
        if case is None:
            return
        yield case
        case = case.merged_into


class _Own:
    """Which events of a case are this person's."""

    def __init__(self, receipt: Receipt, case: Case, events: Iterable[CaseEvent]) -> None:
        self.first = is_first(receipt, case)
        self.name = actor_of(receipt, case).name
        self.joining = None
        if receipt.joined and receipt.case_id == case.pk:
            joins = (event for event in events if event.action == JOINED and event.at >= receipt.at)
            self.joining = next((one for one in joins if one.given.get("message", "") == receipt.words), None)

    def holds(self, event: CaseEvent) -> bool:
        if event.action == JOINED:
            return event is self.joining
        return event.by_kind == "resident" and event.by_name == self.name


def _steps(case: Case, events: list[CaseEvent], own: _Own, shown: set[str]) -> Iterator[PublicStep]:
    lifecycle = queries.setting_of(case).rules.lifecycle
    for event in events:
        mine = own.holds(event)
        if event.action == OPENED:
            yield _opened(case, event, lifecycle, mine, shown)
        elif event.action == JOINED:
            if mine:
                text = str(event.given.get("message", ""))
                yield PublicStep(event.at, _("You joined this matter"), text, _photos(event, shown), own=True)
            elif own.first:
                yield PublicStep(event.at, _("A neighbour reported the same"))
        elif event.action not in (ALARMED, ALSO_RATED) and (step := lifecycle.actions.get(event.action)):
            yield from _taken(event, step, lifecycle, mine, shown)


def _opened(case: Case, event: CaseEvent, lifecycle: Lifecycle, mine: bool, shown: set[str]) -> PublicStep:
    title = lifecycle.states[event.changes["state"]].plain.here()
    if not mine:
        return PublicStep(event.at, title)
    return PublicStep(event.at, title, case.text, _photos(event, shown), own=True)


def _taken(event: CaseEvent, step: Action, lifecycle: Lifecycle, mine: bool, shown: set[str]) -> Iterator[PublicStep]:
    state = lifecycle.states.get(event.changes.get("state", ""))
    foreign = event.by_kind == "resident" and not mine
    said = (
        [] if foreign else [words for asked in step.asks if asked.public and (words := _said(asked, event, lifecycle))]
    )
    if moved := _new_date(event, step, lifecycle):
        said.append(moved)
    photos = () if foreign else _photos(event, shown, {asked.name for asked in step.asks if asked.public})
    if not (state or said or photos):
        return
    title = state.plain if state else step.name
    yield PublicStep(event.at, title.here(), "\n".join(said), photos, own=mine)


def last_asked(steps: Iterable[PublicStep]) -> str:
    """The last words of the office; "" if it said nothing."""
    return next((step.text for step in reversed(list(steps)) if step.text and not step.own), "")


def _said(asked: AskedField, event: CaseEvent, lifecycle: Lifecycle) -> str:
    """What was filled in, in words; "" for nothing and for photos."""
    value = event.given.get(asked.name)
    if value in (None, "", []) or asked.kind == "photos":
        return ""
    if asked.kind in _IN_OWN_WORDS:
        return str(value)
    return _("%(label)s: %(value)s") % {"label": asked.label.here(), "value": _in_words(asked, value, lifecycle)}


def _in_words(asked: AskedField, value: Any, lifecycle: Lifecycle) -> str:
    if asked.kind in ("choice", "reason"):
        options = lifecycle.reasons.get(asked.reasons or "", []) if asked.kind == "reason" else asked.options
        return next((option.name.here() for option in options if option.code == value), str(value))
    if asked.kind == "yes_no":
        return _("yes") if value else _("no")
    if asked.kind == "date":
        return formats.date_format(date.fromisoformat(str(value)))
    return str(value)


def _new_date(event: CaseEvent, step: Action, lifecycle: Lifecycle) -> str:
    """The date promised, where the action gave more time."""
    moved = event.changes.get("clocks", {})
    longer = [moved[code] for code in step.clocks.extend if code in lifecycle.begins.start and code in moved]
    if not longer:
        return ""
    due = max(datetime.fromisoformat(clock["due_at"]) for clock in longer)
    return _("To be handled by: %(day)s") % {"day": formats.date_format(timezone.localtime(due))}


def _photos(event: CaseEvent, shown: set[str], names: set[str] | None = None) -> tuple[str, ...]:
    """Digests added with the event, in fields of these names (any, where none are given), that may be shown."""
    lists = [value for name, value in event.given.items() if isinstance(value, list) and (not names or name in names)]
    return tuple(digest for digests in lists for digest in digests if digest in shown)
