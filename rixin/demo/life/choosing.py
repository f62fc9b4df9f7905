"""The choice of livelihood projects in the demonstration: the round of 2023 as it went, and one that is open now.

What is chosen is linked with a project of the same name, and finished projects are rated, as far as there are any.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from rixin.cases.history import tracking_code
from rixin.catalogue.worktime import LOCAL
from rixin.choosing import counting, judging, projects, raising, rating, rounds
from rixin.choosing.judging import Judged
from rixin.choosing.models import Proposal, Round
from rixin.choosing.queries import KEEPER
from rixin.choosing.raising import NewProposal
from rixin.choosing.rating import Rated
from rixin.choosing.rounds import Called
from rixin.choosing.stages import Source, State
from rixin.choosing.vote import Counted
from rixin.demo.cast import Cast
from rixin.people import units
from rixin.people.actors import Actor, resident

_STREET = "330106013/"
_YEAR = 2023
_CALL = date(2022, 11, 1), date(2022, 12, 31)
_JUDGED, _VOTED = datetime(2023, 1, 5, 9, 0, tzinfo=LOCAL), datetime(2023, 1, 12, 15, 0, tzinfo=LOCAL)
_ANNOUNCED = datetime(2023, 1, 13, 10, 0, tzinfo=LOCAL)
_OPEN_FOR = timedelta(days=20)
"""Before and after the moment up to which the demonstration goes: the call that is open then."""
_ANSWERS = ("satisfied",) * 74 + ("fairly",) * 21 + ("not_satisfied",) * 5
_MARGIN = timedelta(days=45)
"""After the vote of 2023: only then another round is called."""


@cache
def plan() -> dict[str, Any]:
    text = (Path(__file__).parent / "choosing.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def store(random: Random, now: datetime, cast: Cast) -> int:
    """Answers how many proposals there are. After the projects of the demonstration, which it links and rates."""
    office = [staff.actor for staff in cast.everybody("handler", units.by_code(KEEPER).id)]
    if len(office) < 2 or now < _at(_CALL[0]):
        return 0
    _of_2023(random, now, office)
    if now > _VOTED + _MARGIN:
        _open_now(random, now, office)
    _rate(random, now)
    return Proposal.objects.count()


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), LOCAL)


# ---- the round of 2023


def _of_2023(random: Random, now: datetime, office: Sequence[Actor]) -> None:
    first, last = _CALL
    row = rounds.open_round(_called(_YEAR, first, last), by=office[0], at=_at(first))
    made: dict[str, Proposal] = {}
    for told in plan()["proposals"]:
        if _at(told["day"]) <= now:
            made[told["title"]] = _raised(random, row, told, _at(told["day"], random.randint(8, 20)), now, office)
    for told in plan()["proposals"]:
        if told["fate"] == "into" and told["title"] in made and now > _JUDGED:
            one, into = (Proposal.objects.get(pk=made[title].pk) for title in (told["title"], told["into"]))
            judging.merge(one, into, by=office[0], at=_JUDGED, seen=one.version)
    if now > _VOTED:
        _decide(row, made, office)
        _vote(row, made, office)
    if now > _ANNOUNCED:
        row.refresh_from_db()
        rounds.announce(row, by=office[0], at=_ANNOUNCED, seen=row.version)
        _link(made, office[0], now)


def _called(year: int, first: date, last: date) -> Called:
    said = plan()
    return Called(
        year=year,
        area_path=_STREET,
        call=said["call"].replace(f"{_YEAR}", f"{year}").strip(),
        call_from=first,
        call_until=last,
        places=said["places"],
        deputies=said["deputies"],
    )


def _raised(
    random: Random, row: Round, told: dict[str, Any], at: datetime, now: datetime, office: Sequence[Actor]
) -> Proposal:
    """Raised, read a day later, and supported from then on."""
    source = Source(told.get("source", Source.RESIDENT))
    new = NewProposal(
        key=f"demo {row.year} {told['title']}",
        title=told["title"],
        why=told["said"],
        area_path=f"{_STREET}{told['area']}/",
        address=told["where"],
        source=source,
        origin=told.get("origin", ""),
        browser=f"demo-{random.random()}" if source == Source.RESIDENT else "",
    )
    by = resident() if source == Source.RESIDENT else office[0]
    one = raising.raise_one(row, new, by=by, at=at, code=tracking_code(random))
    read = at + timedelta(hours=random.randint(14, 30))
    if read > now or (told["voices"] == 0 and "fate" not in told):
        return one
    if told.get("fate") == "hidden":
        return judging.hide(one, told["reason"], told.get("note", ""), by=office[0], at=read, seen=one.version)
    judging.publish(one, one.title, one.why, by=office[0], at=read, seen=one.version)
    last = min(now, _at(row.call_until, 20))
    for _nth in range(told["voices"]):
        moment = read + (last - read) * random.random() if last > read else last
        raising.support(one, f"demo-{random.random()}", at=moment)
    return one


def _decide(row: Round, made: dict[str, Proposal], office: Sequence[Actor]) -> None:
    """What is put on the short list and what is not, with its reason."""
    for told in plan()["proposals"]:
        if told["fate"] not in ("listed", "declined"):
            continue
        one = Proposal.objects.get(pk=made[told["title"]].pk)
        judged = Judged(
            group=told["group"],
            feasible="yes" if told["fate"] == "listed" else "no",
            cost=told["cost"] * 100 if "cost" in told else None,
            unit_id=units.by_code(told["unit"]).id if "unit" in told else None,
            payer=told.get("payer", ""),
        )
        how: dict[str, Any] = {"by": office[0], "at": _JUDGED}
        judging.judge(one, judged, **how, seen=one.version)
        if told["fate"] == "listed":
            judging.list_it(one, **how, seen=one.version)
        else:
            judging.decline(one, told["reason"], told.get("note", ""), **how, seen=one.version)


def _vote(row: Round, made: dict[str, Proposal], office: Sequence[Actor]) -> None:
    """Of the two who count, the second one first misread a number."""
    ballot = rounds.put_to_vote(row, _VOTED.date(), by=office[0], at=_VOTED, seen=row.version)
    votes = {made[told["title"]].pk: told["votes"] for told in plan()["proposals"] if "votes" in told}
    present, misread = plan()["present"], {**votes, max(votes): votes[max(votes)] + 1}
    for nth, (by, said) in enumerate(((office[0], votes), (office[1], misread), (office[1], votes))):
        counting.count_in(ballot, Counted(present, said), by=by, at=_VOTED + timedelta(minutes=30 + 10 * nth))


def _link(made: dict[str, Proposal], by: Actor, now: datetime) -> None:
    """Each chosen one with the project of its name."""
    chosen = Proposal.objects.filter(pk__in=[one.pk for one in made.values()], state=State.CHOSEN)
    for one in chosen.select_related("round"):
        project = projects.offered_for(one).filter(name=one.title).first()
        if project is not None:
            at = min(now, max(_ANNOUNCED, project.entered_at))
            projects.open_for(one, project, by=by, at=at, seen=one.version)


# ---- a round that is open now, and what residents think of what was built


def _open_now(random: Random, now: datetime, office: Sequence[Actor]) -> None:
    today = now.astimezone(LOCAL).date()
    called = _called(today.year + 1, today - _OPEN_FOR, today + _OPEN_FOR)
    row = rounds.open_round(called, by=office[0], at=_at(called.call_from))
    offered = plan()["open"]
    for nth, told in enumerate(offered):
        day = called.call_from + timedelta(days=1 + nth * (_OPEN_FOR.days - 3) // len(offered))
        _raised(random, row, told, _at(day, random.randint(8, 20)), now, office)


def _rate(random: Random, now: datetime) -> None:
    """Those who live around it, in the weeks after it was finished."""
    found = list(projects.rated().order_by("pk"))
    for known in projects.progress(found):
        if known.finished_on is None or _at(known.finished_on, 20) >= now:
            continue
        until = min(now, _at(known.finished_on, 20) + rating.OPEN_FOR - timedelta(days=1))
        for _nth in range(random.randint(18, 60)):
            moment = _at(known.finished_on, 20) + (until - _at(known.finished_on, 20)) * random.random()
            said = random.choice(_ANSWERS)
            words = random.choice(plan()["words"][said])
            answer = Rated(rating=said, words=words, browser=f"demo-{random.random()}")
            rating.rate(known.project, answer, by=resident(), at=moment)
