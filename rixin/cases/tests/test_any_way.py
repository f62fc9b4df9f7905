"""Whatever people do, in whatever order: no case gets stuck, no chain breaks, no clock runs after the end."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from rixin.cases import journal, lifecycle
from rixin.cases.facts import CaseFacts, Event, project
from rixin.cases.history import History
from rixin.cases.lifecycle import Setting
from rixin.cases.models import Case
from rixin.cases.tests.builders import LOCAL, a_new_case, bundled
from rixin.cases.verification import verify
from rixin.catalogue.schema import AskedField, Lifecycle
from rixin.catalogue.worktime import WorkCalendar
from rixin.people.actors import SYSTEM, Actor, resident

OWNER, FIRST_UNIT, SECOND_UNIT, THIRD_UNIT = 1, 2, 3, 4
STAFF_ROLES = ("grid_worker", "community_officer", "handler", "dispatcher", "verifier", "leader")
CALENDAR = WorkCalendar.from_definition(bundled().working_time)
LIFECYCLES = sorted(bundled().lifecycles)
MOST_STEPS_TO_THE_END = 12


def people(first: int) -> list[Actor]:
    """One person per role and unit, and the resident."""
    numbers = count(first)
    staff = [
        Actor(
            kind="staff",
            name=f"{role}-{unit}",
            roles=frozenset({role}),
            account_id=next(numbers),
            unit_id=unit,
            unit_ids=frozenset({unit}),
        )
        for role in STAFF_ROLES
        for unit in (OWNER, FIRST_UNIT, SECOND_UNIT, THIRD_UNIT)
    ]
    return [*staff, resident()]


KEYS = count(1)
PEOPLE, STAND_INS = people(100), people(200)


def filled(asked: AskedField, rules: Lifecycle, choose: Any, at: datetime) -> Any:
    """A value that fits the field."""
    if asked.kind in ("text", "long_text"):
        return "已核实"
    if asked.kind in ("choice", "reason"):
        options = rules.reasons[asked.reasons] if asked.reasons else asked.options
        return choose([option.code for option in options])
    values: dict[str, Any] = {
        # As many as there are: every quota is reached.
        "number": 3,
        "money": 100,
        "date": (at.date() if asked.latest else at.date() + timedelta(days=choose([0, 20]))).isoformat(),
        "yes_no": True if asked.must else choose([True, False]),
        "phone": "13800000000",
        "photos": ["0" * 64],
        "files": ["1" * 64],
        "unit": choose([FIRST_UNIT, SECOND_UNIT, THIRD_UNIT]),
        "units": [choose([FIRST_UNIT, SECOND_UNIT, THIRD_UNIT])],
        "case": "20220101-00001",
        "type": "x",
        "place": {"area_path": "330106013/001/", "address": ""},
        "staff": {"id": 900, "name": "leader-named"},
    }
    return values[asked.kind]


def moves(setting: Setting, case: CaseFacts, at: datetime, staff: list[Actor], choose: Any) -> list[tuple[str, Actor]]:
    return [(action, by) for by in staff for action in lifecycle.possible(setting, case, by, at)]


def taken(setting: Setting, case: CaseFacts, action: str, by: Actor, at: datetime, choose: Any) -> Event:
    step = setting.rules.lifecycle.actions[action]
    given_values = {asked.name: filled(asked, setting.rules.lifecycle, choose, at) for asked in step.asks}
    outcome = lifecycle.decide(setting, case, action, by, given_values, at)
    assert isinstance(outcome, Event), f"{action} was possible, then refused: {outcome}"
    return outcome


def can_end(setting: Setting, case: CaseFacts, at: datetime) -> bool:
    """Whether some people, all new to the case, can bring it to an end that the definition calls closed."""
    reached, seen = [case], set()
    for step in range(MOST_STEPS_TO_THE_END):
        further = []
        for now in reached:
            if setting.rules.lifecycle.states[now.state].phase == "closed":
                return True
            key = (now.state, now.unit, tuple(now.pending), tuple(sorted(now.times.items())))
            if key in seen:
                continue
            seen.add(key)
            # Far enough for a notice to have hung for its days.
            moment = at + timedelta(days=10 * step)
            tried = set()
            for action, by in moves(setting, now, moment, STAND_INS, first_of):
                leads = setting.rules.lifecycle.actions[action].to
                if leads is not None and action not in tried:
                    tried.add(action)
                    further.append(project(now, taken(setting, now, action, by, moment, first_of)))
        reached = further
    return False


def first_of(values: list[Any]) -> Any:
    return values[0]


def check(setting: Setting, case: CaseFacts, at: datetime) -> None:
    state = setting.rules.lifecycle.states[case.state]
    if state.phase == "closed":
        assert not case.running(), f"a clock runs in {case.state}"
        assert all(clock.alarm_at is None for clock in case.clocks.values())
        deciding = [action for action in setting.rules.lifecycle.actions.values() if case.state in action.from_]
        assert set(case.pending) <= {action.decides for action in deciding}, "a request that nobody can decide"
    if state.phase == "suspended":
        assert not case.running(), "a clock runs while suspended"
    for clock in case.running():
        assert clock.alarm_at is None or CALENDAR.guessing(2027).next_working_moment(clock.alarm_at) == clock.alarm_at


@pytest.mark.parametrize("code", LIFECYCLES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_case_gets_stuck_and_no_clock_runs_after_the_end(code, data):
    kind = data.draw(st.sampled_from([c for c, matter in bundled().types.items() if matter.lifecycle == code]))
    setting = Setting(bundled().resolved(kind), CALENDAR)
    at = datetime(2022, 9, 28, 8, 0, tzinfo=LOCAL) + timedelta(minutes=data.draw(st.integers(0, 20_000)))
    first = lifecycle.begin(setting, resident(), {}, at, owner_unit=OWNER, unit=None, form={})
    case, events = lifecycle.opened(first), [first]

    for _nth in range(data.draw(st.integers(1, 25))):
        at += timedelta(minutes=data.draw(st.sampled_from([0, 1, 30, 300, 1_440, 10_000])))
        for clock in [*case.clocks]:
            if event := lifecycle.alarm(setting, case, clock, SYSTEM, at):
                case, events = project(case, event), [*events, event]
        possible = moves(setting, case, at, PEOPLE, None)
        if not possible:
            break
        action, by = data.draw(st.sampled_from(possible))
        note(f"{at:%m-%d %H:%M} {case.state}: {action} by {by.name or by.kind}")
        event = taken(setting, case, action, by, at, lambda values: data.draw(st.sampled_from(values)))
        case, events = project(case, event), [*events, event]
        check(setting, case, at)

    assert can_end(setting, case, at), f"stuck in {case.state}"
    again = lifecycle.opened(events[0])
    for event in events[1:]:
        again = project(again, event)
    assert again == case


@pytest.mark.django_db
@pytest.mark.usefixtures("definitions")
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_is_stored_of_any_history_adds_up_again(data, dispatcher, handler, verifier, leader, grid_worker):
    staff = [person.actor for person in (dispatcher, handler, verifier, leader, grid_worker)]
    units = sorted({unit for person in staff for unit in person.unit_ids})
    at = datetime(2022, 9, 28, 8, 0, tzinfo=LOCAL)
    new = a_new_case(key=f"any-{next(KEYS)}")
    history = History.begin(new, resident(), at, CALENDAR, opening=journal.opening(new))
    for _nth in range(data.draw(st.integers(0, 12))):
        at += timedelta(hours=data.draw(st.integers(0, 40)))
        history.alarms_until(at)
        possible = [
            (action, by)
            for action, by in moves(history.setting, history.case, at, [*staff, resident()], None)
            if not history.setting.rules.lifecycle.actions[action].merges
            and not history.setting.rules.lifecycle.actions[action].sorts
        ]
        if not possible:
            break
        action, by = data.draw(st.sampled_from(possible))
        asks = history.setting.rules.lifecycle.actions[action].asks
        values = {
            asked.name: filled(
                asked, history.setting.rules.lifecycle, lambda options: data.draw(st.sampled_from(options)), at
            )
            for asked in asks
        }
        for asked in asks:
            if asked.kind in ("unit", "units"):
                unit = data.draw(st.sampled_from(units))
                values[asked.name] = unit if asked.kind == "unit" else [unit]
        history.take(action, by, values, at)

    [case] = journal.store([history])

    found = [str(finding) for _case, findings in verify(Case.objects.filter(pk=case.pk)) for finding in findings]
    assert found == []
    assert journal.facts_of(Case.objects.get(pk=case.pk), case.clocks.all()) == history.case
