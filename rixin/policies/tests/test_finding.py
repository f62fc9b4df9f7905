"""Who qualifies among all: what the database finds is what the rules say of each."""

from datetime import date
from random import Random

import pytest

from rixin.catalogue.policy_schema import Policy
from rixin.people.actors import SYSTEM
from rixin.policies import finding
from rixin.policies.facts import facts_of
from rixin.policies.rules import Answer, check
from rixin.policies.tests.test_rules import GROWS, HERE, HIGH_TECH, IT, NEW, PAYS, RENTS, SOFTWARE, a_policy
from rixin.registers import standings, traits
from rixin.registers.models import Enterprise, How, Standing
from rixin.registers.models.enterprises import PRESENT
from rixin.registers.tests.builders import NOW, TODAY, a_building, a_lease, a_room, an_enterprise, paid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
SEED = 20230110


@pytest.fixture
def enterprises() -> list[Enterprise]:
    """Of all kinds: with and without industry, returns, rooms; long here, newly come, gone, not known since when."""
    random, building = Random(SEED), a_building()
    return [_one(random, building, nth) for nth in range(60)]


def _one(random: Random, building, nth: int) -> Enterprise:
    section, division = random.choice([("I", "65"), ("I", ""), ("F", "52"), ("", "")])
    one = an_enterprise(
        f"第{nth}号公司",
        since=random.choice(["2018-05-01", "2022-01-09", "2022-01-10", "2022-12-30"]),
        how=random.choice([How.FOUND, How.NEW, How.MOVED_IN]),
        standing=random.choice([Standing.HERE, Standing.ELSEWHERE, Standing.WORKING]),
        section=section,
        division=division,
    )
    if random.random() < 0.5:
        until = random.choice([None, date(2023, 1, 10), date(2023, 1, 11)])
        stage = random.choice(["high_tech", "specialised", "listed"])
        traits.give(one, "stage", stage, date(2022, 2, 1), until_day=until, by=SYSTEM, at=NOW, seen=one.version)
    if random.random() < 0.4:
        a_lease(a_room(building, f"{nth}"), one)
    for year in (2021, 2022):
        steps = random.choice([[], [""], ["-Q1", "-Q2"], ["-Q1", "-Q2", "-Q3", "-Q4"]])
        for step in steps:
            paid(one, f"{year}{step}", random.choice([0, 9_000, 12_500, 45_455, 50_000, 55_000]))
    if random.random() < 0.15:
        one.refresh_from_db()
        gone = random.choice([date(2022, 12, 31), TODAY])
        standings.stand(one, Standing.LEFT, How.MOVED_OUT, gone, by=SYSTEM, at=NOW, seen=one.version, today=TODAY)
    one.refresh_from_db()
    return one


POLICIES = [
    a_policy(HERE),
    a_policy(IT),
    a_policy(SOFTWARE),
    a_policy(HIGH_TECH),
    a_policy(NEW),
    a_policy(PAYS),
    a_policy(GROWS),
    a_policy({"fact": "tax_growth", "at_least": -10}),
    a_policy({"fact": "tax_growth", "at_least": 0.01}),
    a_policy(RENTS),
    a_policy(HERE, IT, PAYS),
    a_policy(HERE, NEW, RENTS),
    a_policy(PAYS, GROWS, reference_year=2022),
]


def test_the_database_finds_whom_the_rules_name(enterprises):
    facts = facts_of(enterprises, TODAY)
    present = {one.pk for one in enterprises if one.standing in PRESENT}
    for policy in POLICIES:
        said = {pk: check(policy, facts[pk]).answer for pk in present}
        found = {
            Answer.MET: {one.pk for one in finding.qualifying(Enterprise.objects.all(), policy, TODAY)},
            Answer.NOT_KNOWN: {one.pk for one in finding.to_ask(Enterprise.objects.all(), policy, TODAY)},
        }
        for answer, ids in found.items():
            assert ids == {pk for pk, one in said.items() if one == answer}, (SEED, policy.conditions, answer)
        counted = finding.counts(Enterprise.objects.all(), policy, TODAY)
        assert (counted.qualifying, counted.to_ask) == (len(found[Answer.MET]), len(found[Answer.NOT_KNOWN]))


def test_every_kind_of_answer_is_among_them(enterprises):
    facts = facts_of(enterprises, TODAY)
    answers = {
        (found.condition.fact, found.answer)
        for policy in POLICIES
        for one in facts.values()
        for found in check(policy, one).findings
    }
    assert len(answers) >= 20, sorted(answers)


def test_statements_do_not_grow_with_the_enterprises(django_assert_num_queries):
    some = [an_enterprise() for _nth in range(2)]
    for one in some:
        paid(one, "2022", 60_000)
    facts_of(some, TODAY)
    with django_assert_num_queries(4):
        facts_of(some[:1], TODAY)
    with django_assert_num_queries(4):
        assert len(facts_of(some, TODAY)) == 2


def test_a_day_in_the_past_is_asked_as_it_was():
    one = an_enterprise(since="2022-06-01", how=How.NEW)
    policy: Policy = a_policy(HERE)

    before, after = (facts_of([one], day)[one.pk] for day in (date(2022, 5, 31), date(2022, 6, 1)))

    assert check(policy, before).answer == Answer.NOT_KNOWN
    assert check(policy, after).answer == Answer.MET
