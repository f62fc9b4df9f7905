"""The demo's service rolls: some 120 made-up people over two years, two grid workers who call at them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from rixin.catalogue.roll_schema import Roll
from rixin.catalogue.worktime import LOCAL
from rixin.history import line
from rixin.homes.models import Dwelling
from rixin.people.actors import Actor, resident
from rixin.people.staff import Staff
from rixin.privacy.opening import Purpose, What, log
from rixin.refused import FieldsRefused
from rixin.rolls import actions, days, queries, retention
from rixin.rolls.actions import Joining
from rixin.rolls.drafts import Said
from rixin.rolls.models import Consent, Entry, RollEvent, Status, Visit
from rixin.tracking_codes import tracking_code

PEOPLE = {"meals": 44, "elder_care": 40, "disabled_home": 18, "aid": 18}
"""How many join each roll within the years."""
BEGINNING = date(2021, 3, 1)
_LEAVE, _ASKING = 0.16, 3
"""Share of those who leave again, and how many requests wait at the end."""
_SURNAMES = "王陈李张徐吴沈周朱俞金方郑孙赵胡章潘毛汪"
_GIVEN = (
    "秀英",
    "桂芬",
    "阿根",
    "文英",
    "水娟",
    "国荣",
    "月仙",
    "福林",
    "彩娥",
    "金土",
    "雅芬",
    "建国",
    "素珍",
    "宝根",
)
_TIMES = ("上午", "下午两点以后", "周末不在", "")


@dataclass(frozen=True)
class _Ground:
    """Homes of the grid in which somebody serves."""

    server: Staff
    dwellings: list[Dwelling]


def make(random: Random, keeper: Actor, servers: list[Staff], now: datetime) -> int:
    """Answers how many people joined. What is to be deleted by `now` is deleted."""
    grounds = [ground for one in servers if (ground := _ground(random, one)) is not None]
    if not grounds:
        return 0
    made = 0
    for code, number in PEOPLE.items():
        roll = queries.rolls()[code]
        for nth in range(number):
            day = BEGINNING + timedelta(days=random.randrange(max(1, (now.date() - BEGINNING).days)))
            made += _person(random, roll, nth, day, keeper, random.choice(grounds), now)
        for nth in range(_ASKING):
            _asks(random, roll, nth, random.choice(grounds), now)
    retention.empty_due(now, dry_run=False)
    return made


def _ground(random: Random, server: Staff) -> _Ground | None:
    area = server.scope.areas("grid_worker")[0]
    rows = list(Dwelling.objects.filter(area_path__startswith=area, until_day=None).order_by("pk"))
    return _Ground(server, random.sample(rows, min(len(rows), 120))) if rows else None


def _said(random: Random, roll: Roll, ground: _Ground) -> Said:
    values = {}
    for field in roll.fields:
        if field.kind == "choice":
            values[field.name] = random.choice(field.options).code
        elif field.name in ("days", "when") and (told := random.choice(_TIMES)):
            values[field.name] = told
    dwelling = ground.dwellings[random.randrange(len(ground.dwellings))]
    return Said(
        name=random.choice(_SURNAMES) + random.choice(_GIVEN),
        area_path=dwelling.area_path,
        phone=f"1390000{random.randrange(10_000):04d}",
        dwelling=dwelling,
        values=values,
    )


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LOCAL)


def _asks(random: Random, roll: Roll, nth: int, ground: _Ground, now: datetime) -> None:
    at = now - timedelta(days=random.randint(0, 6), hours=random.randint(1, 8))
    actions.ask(
        roll, _said(random, roll, ground), origin=f"demo ask {roll.code} {nth}", at=at, code=tracking_code(random)
    )


def _person(random: Random, roll: Roll, nth: int, day: date, keeper: Actor, ground: _Ground, now: datetime) -> int:
    serves = any(one.role == "grid_worker" for one in roll.serves)
    new = Joining(
        said=_said(random, roll, ground),
        consent_how=random.choice([Consent.PAPER, Consent.PAPER, Consent.COUNTER, Consent.PHONE]),
        consent_on=day,
        server=ground.server.account.pk if serves else None,
        origin=f"demo {roll.code} {nth}",
    )
    try:
        entry = actions.join(roll, new, by=keeper, at=_at(day, 9, 40), code=tracking_code(random)).entry
    except FieldsRefused:
        return 0  # a double of somebody who was drawn before
    leaves = day + timedelta(days=random.randint(60, 500)) if random.random() < _LEAVE else None
    last = min(leaves or now.date(), now.date())
    _calls(random, entry, roll, ground.server, last, now)
    if leaves is not None and leaves <= now.date():
        actions.leave(entry, by=resident(), at=_at(leaves, 15), seen=entry.version, by_person=True)
    return 1


def _calls(random: Random, entry: Entry, roll: Roll, server: Staff, last: date, now: datetime) -> None:
    """A call about every so many days, some of them late; the last one is not long ago."""
    if roll.visits is None or roll.visits.every_days is None or entry.joined_on is None:
        return
    rows, events, day = [], [], entry.joined_on
    outcomes = [option.code for option in roll.visits.outcomes]
    while True:
        day += timedelta(days=max(1, roll.visits.every_days + random.randint(-3, 5)))
        if day > last:
            break
        at = _at(day, random.randint(9, 16), random.randrange(60))
        if at > now:
            break
        outcome = random.choices(outcomes, [80, *[6] * (len(outcomes) - 1)])[0]
        due = days.next_visit(roll, day)
        rows.append(Visit(entry=entry, day=day, outcome=outcome, by=server.account, at=at, next_due=due))
        events.append(line(RollEvent, "visit", server.actor, at, entry=entry, changes={"day": [None, day]}))
    if not rows:
        return
    Visit.objects.bulk_create(rows)
    RollEvent.objects.bulk_create(events)
    newest = rows[-1]
    if newest.day >= now.date() - timedelta(days=20):
        log(server.account, What.CONTACT, entry.number, Purpose.VISIT, newest.at - timedelta(minutes=20))
    delete_on = days.deleted_on(roll, newest.day)
    Entry.objects.filter(pk=entry.pk, status=Status.ON).update(
        visit_due=newest.next_due, used_on=newest.day, delete_on=delete_on
    )
    entry.refresh_from_db()
