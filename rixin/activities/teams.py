"""Teams: entered, corrected, counted, ended. One transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin import history
from rixin.activities.facts import ActivityRefused, kind_of
from rixin.activities.models import ActivityEvent, MemberCount, Team
from rixin.people.actors import Actor

_SEALED = ("leader_name", "leader_phone")


@dataclass(frozen=True, kw_only=True)
class TeamFacts:
    name: str
    kind: str
    level: str
    art: str = ""
    area_path: str
    place_code: str = ""
    leader_name: str | None = None
    leader_phone: str | None = None
    from_day: date

    def columns(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


def enter(said: TeamFacts, *, by: Actor, at: datetime, members: int | None = None) -> Team:
    """Raises ActivityRefused."""
    return enter_all([(said, members)], by=by, at=at)[0]


@transaction.atomic
def enter_all(news: Sequence[tuple[TeamFacts, int | None]], *, by: Actor, at: datetime) -> list[Team]:
    """Many at once, each with how many members it has. Raises ActivityRefused."""
    for said, _members in news:
        _check(said)
    made = Team.objects.bulk_create(
        Team(**said.columns(), members=members, entered_at=at, changed_at=at) for said, members in news
    )
    MemberCount.objects.bulk_create(
        MemberCount(team=team, day=team.from_day, members=members)
        for team, (_said, members) in zip(made, news, strict=True)
        if members is not None
    )
    ActivityEvent.objects.bulk_create(
        history.line(ActivityEvent, "enter", by, at, team=team, changes={"name": ["", team.name]}) for team in made
    )
    return made


def _check(said: TeamFacts) -> None:
    wrong: dict[str, str | Promise] = {}
    if said.level not in {level.code for level in kind_of(said.kind).teams}:
        wrong["level"] = _("Please choose one of the levels.")
    if not said.name.strip():
        wrong["name"] = _("Please write what it is called.")
    if wrong:
        raise ActivityRefused(wrong)


@transaction.atomic
def correct(team: Team, said: TeamFacts, *, by: Actor, at: datetime, seen: int) -> Team:
    """Raises ActivityRefused, ChangedMeanwhile."""
    _check(said)
    if team.until_day is not None and said.from_day >= team.until_day:
        raise ActivityRefused({"from_day": _("It ended before that day.")})
    changes = history.difference(team, said.columns())
    if changes:
        history.change(team, seen, at, {name: getattr(said, name) for name in changes})
        history.line(ActivityEvent, "correct", by, at, team=team, changes=changes, sealed=_SEALED).save()
    return team


@transaction.atomic
def count(team: Team, members: int, day: date, *, by: Actor, at: datetime, seen: int) -> Team:
    """How many members it had on a day. Raises ActivityRefused, ChangedMeanwhile."""
    if day > timezone.localdate(at) or day < team.from_day:
        raise ActivityRefused({"day": _("The day lies ahead, or before the team began.")})
    MemberCount.objects.update_or_create(team=team, day=day, defaults={"members": members})
    newest = team.counts.order_by("-day")[0].members
    history.change(team, seen, at, {"members": newest})
    changes: history.Changes = {"members": ["", members], "day": ["", day]}
    history.line(ActivityEvent, "count", by, at, team=team, changes=changes).save()
    return team


@transaction.atomic
def end(team: Team, day: date, *, by: Actor, at: datetime, seen: int) -> Team:
    """`day`: the first on which it is no more. Raises ActivityRefused, ChangedMeanwhile."""
    if team.until_day is not None:
        raise ActivityRefused({"": _("This team has ended already.")})
    if day <= team.from_day:
        raise ActivityRefused({"day": _("The team began on that day or later.")})
    history.change(team, seen, at, {"until_day": day})
    history.line(ActivityEvent, "end", by, at, team=team, changes={"until_day": ["", day]}).save()
    return team
