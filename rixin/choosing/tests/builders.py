"""Rounds, proposals and projects made through the real actions, with only what matters named."""

from datetime import date, datetime
from itertools import count
from typing import Any

from rixin.catalogue import versions
from rixin.catalogue.worktime import LOCAL
from rixin.choosing import counting, judging, raising, rounds
from rixin.choosing.judging import Judged
from rixin.choosing.models import Ballot, Proposal, Round
from rixin.choosing.raising import NewProposal
from rixin.choosing.rounds import Called
from rixin.choosing.vote import Counted
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor, resident
from rixin.programmes.models import Project, Status, Step

STREET, DEJIA, JINGZHOU = "330106013/", "330106013/001/", "330106013/002/"
AT = datetime(2022, 11, 10, 9, 30, tzinfo=LOCAL)
VOTE_DAY = date(2023, 1, 12)
AFTER = datetime(2023, 1, 12, 16, 0, tzinfo=LOCAL)
_numbers = count(1)


def called(**given: Any) -> Called:
    known: dict[str, Any] = {
        "year": 2023,
        "area_path": STREET,
        "call": "您希望明年建什么？",
        "call_from": date(2022, 11, 1),
        "call_until": date(2022, 12, 31),
        "places": 2,
        "deputies": 50,
    }
    return Called(**{**known, **given})


def a_round(**given: Any) -> Round:
    return rounds.open_round(called(**given), by=SYSTEM, at=AT)


def a_proposal(row: Round, title: str = "", *, at: datetime = AT, by: Actor | None = None, **given: Any) -> Proposal:
    nth = next(_numbers)
    known = {"title": title or f"口袋公园{nth}", "why": "附近老人没有地方坐。", "area_path": DEJIA}
    new = NewProposal(key=f"key-{nth}", **{**known, **given})
    return raising.raise_one(row, new, by=by or resident(), at=at)


def published(row: Round, title: str = "", *, at: datetime = AT, **given: Any) -> Proposal:
    one = a_proposal(row, title, at=at, **given)
    return judging.publish(one, one.title, one.why, by=SYSTEM, at=at, seen=one.version)


def judged(one: Proposal, *, at: datetime = AT, **given: Any) -> Proposal:
    known = {"feasible": "yes", "cost": 30_000_000, "unit_id": units.by_code("greening").id, "payer": "街道财政"}
    return judging.judge(one, Judged(**{**known, **given}), by=SYSTEM, at=at, seen=one.version)


def listed(row: Round, title: str = "", *, at: datetime = AT, **given: Any) -> Proposal:
    one = judged(published(row, title, at=at, **given), at=at)
    return judging.list_it(one, by=SYSTEM, at=at, seen=one.version)


def a_vote(row: Round, held_on: date = VOTE_DAY) -> Ballot:
    row.refresh_from_db()
    return rounds.put_to_vote(row, held_on, by=SYSTEM, at=AFTER, seen=row.version)


def counted(ballot: Ballot, by: Any, present: int, votes: dict[Proposal, int]) -> Ballot:
    numbers = Counted(present, {one.pk: n for one, n in votes.items()})
    return counting.count_in(ballot, numbers, by=by.actor, at=AFTER)


def a_project(*, status: Status = Status.OPEN, done_on: date | None = None, **given: Any) -> Project:
    """With two steps: the first one done, the second one done on `done_on`."""
    known: dict[str, Any] = {
        "kind": "livelihood",
        "name": "口袋公园新建",
        "area_path": STREET,
        "unit_id": units.by_code("greening").id,
        "year": 2023,
        "definition_id": versions.programmes()["livelihood"].id,
        "opened_on": date(2023, 2, 1),
        "ended_on": None if status == Status.OPEN else done_on or date(2023, 9, 30),
        "entered_at": AT,
        "changed_at": AT,
    }
    made = Project.objects.create(status=status, **{**known, **given})
    days = {"planned": date(2023, 2, 10), "accepted": done_on}
    for nth, (code, day) in enumerate(days.items(), 1):
        Step.objects.create(project=made, nth=nth, code=code, planned_on=date(2023, 9, 30), done_on=day)
    return made
