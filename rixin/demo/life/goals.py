"""The monthly reviews of the goals of 2023, written by their units through the actions, up to a moment."""

from datetime import date, datetime, time, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.work import GoalInYear
from rixin.catalogue.worktime import LOCAL
from rixin.catalogue.yamlfile import parsed
from rixin.demo.cast import Cast
from rixin.goals import actions
from rixin.goals.actions import Claim, Words
from rixin.goals.months import asked_on
from rixin.goals.queries import Said
from rixin.metrics import goals
from rixin.metrics.engines.database import Database
from rixin.metrics.goals import Progress
from rixin.people import units
from rixin.people.actors import SYSTEM, Actor

YEAR = 2023
_WRITTEN_AT = time(15, 20)


def store(random: Random, now: datetime, cast: Cast) -> int:
    """Every review that was asked for by `now`; answers how many there are. The records of the year are there."""
    words: dict[str, Any] = parsed((files("rixin.demo.life") / "goals.yaml").read_text(encoding="utf-8"))
    known, count = goals.lasting(YEAR), 0
    days = _days(known, words, random)
    said: dict[tuple[str, str], Said] = {}
    for month in range(1, 13):
        last = Period.of("month", date(YEAR, month, 1)).last
        if not known or asked_on(known[0].year, month) >= now.date():
            break
        claims = {key: day for key, day in days.items() if day <= last and key not in said}
        said |= {key: Said(day, random.choice(words["evidence"]), "") for key, day in claims.items()}
        at_end = datetime.combine(last, _WRITTEN_AT, LOCAL)
        for one in goals.progress(known, engine=Database(), as_of=at_end, said=said):
            its_own = {code: said[goal, code] for goal, code in claims if goal == one.goal.code}
            if its_own or random.random() > words["unwritten"]:
                count += _review(one, month, its_own, words, random, now, cast)
    return count


def _days(known: list[GoalInYear], words: dict[str, Any], random: Random) -> dict[tuple[str, str], date]:
    """When each step that a person has to say is done came about; some come late, and some not at all."""
    found = {}
    for kept in known:
        for step in kept.goal.milestones:
            drawn = random.random()
            if step.at_least is not None or drawn < words["never"]:
                continue
            due = date.fromisoformat(step.due)
            late = drawn < words["never"] + words["late"]
            day = due + timedelta(days=random.randint(8, 40) if late else -random.randint(0, 12))
            found[kept.goal.code, step.code] = min(day, date(YEAR, 12, 29))
    return found


def _review(
    one: Progress, month: int, said: dict[str, Said], words: dict[str, Any], random: Random, now: datetime, cast: Cast
) -> int:
    kept = versions.work().goals[one.goal.code]
    at = datetime.combine(asked_on(kept.year, month) + timedelta(days=random.randint(0, 3)), _WRITTEN_AT, LOCAL)
    if at > now:
        return 0
    unit = units.by_code(one.goal.unit).id
    by: Actor = cast.of_unit("handler", unit, random) or cast.in_role("leader", random) or SYSTEM
    told = _words(one, words, random, at.date(), said)
    review = actions.write(kept, month, told, goals.frozen(one), by=by, at=at, seen=0)
    if one.judged.light == "red" and random.random() < 0.6:
        leader = cast.in_role("leader", random) or SYSTEM
        later = at + timedelta(days=2)
        if later <= now:
            actions.remark(review, random.choice(words["remarks"]), by=leader, at=later, seen=review.version)
    return 1


def _words(one: Progress, words: dict[str, Any], random: Random, day: date, said: dict[str, Said]) -> Words:
    light, state = one.judged.light, one.judged.state
    done = random.choice(words["done"]["reached" if state == "reached" else one.goal.kind])
    behind = light in ("yellow", "red")
    steps = {step.code: step.name.zh for step in one.goal.milestones}
    if said:
        done = "；".join(f"“{steps[code]}”已完成" for code in said) + "。" + done
    return Words(
        done=done,
        hinders=random.choice(words["hinders"][light]) if behind else "",
        next_step="" if state == "reached" else random.choice(words["next"]["behind" if behind else "ordinary"]),
        next_by=day + timedelta(days=random.randint(10, 25)) if behind else None,
        claims=tuple(Claim(code, one_said.done_on, one_said.evidence) for code, one_said in said.items()),
    )
