"""The monthly review of goals: who is asked when, who writes, what is kept, and what a leader says to it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue
from rixin.catalogue.worktime import LOCAL
from rixin.goals import actions, queries
from rixin.goals.actions import Claim, Frozen, ReviewRefused, Words
from rixin.goals.jobs import ask_for_reviews
from rixin.goals.models import GoalReview
from rixin.goals.months import last_asked, round_of
from rixin.history import ChangedMeanwhile
from rixin.metrics.tests.ground import small
from rixin.people.models import Notice
from rixin.people.roles import Role
from rixin.people.tests.cast import ELSEWHERE, a_player

pytestmark = pytest.mark.django_db
GOALS = """\
goals: {year: 2023, name: {zh: 2023年目标, en: Goals of 2023}}
items:
  - code: more_fairs
    name: {zh: 办好招聘会, en: More fairs}
    chapter: {zh: 民生, en: Life}
    unit: city-management
    helpers: [sanitation]
    metric: fairs
    target: 12
  - code: plan
    name: {zh: 完成规划, en: A plan}
    chapter: {zh: 街区, en: City}
    unit: greening
    kind: milestones
    milestones:
      - {code: draft, name: {zh: 草案, en: Draft}, due: 2023-03-31}
      - {code: three, name: {zh: 三场, en: Three fairs}, due: 2023-06-30, metric: fairs, at_least: 3}
"""
AT = datetime(2023, 4, 4, 10, 0, tzinfo=LOCAL)
FROZEN = Frozen("yellow", Decimal(2), Decimal("16.7"), Decimal("25.5"), Decimal("25.5"))


@pytest.fixture(scope="session")
def with_goals(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small(tmp_path_factory.mktemp("goals"), goals=GOALS)


@pytest.fixture(autouse=True)
def _goals(units: Any, with_goals: Catalogue) -> None:
    versions.publish(with_goals, datetime(2022, 12, 1, tzinfo=LOCAL))


def kept(code: str) -> Any:
    return versions.work().goals[code]


def write(by: Any, code: str = "plan", *, month: int = 3, seen: int = 0, **words: Any) -> GoalReview:
    said = Words(**{"done": "已形成初稿", **words})
    return actions.write(kept(code), month, said, FROZEN, by=by.actor, at=AT, seen=seen)


class TestAsking:
    def told(self) -> dict[str, int]:
        notices = Notice.objects.filter(kind="goal_review").values_list("account__username", flat=True)
        return {name: list(notices).count(name) for name in notices}

    def test_the_owner_units_are_asked_once_in_the_morning_of_the_day(self, handler, other_handler, leader):
        told = [ask_for_reviews(datetime(2023, 4, 3, hour, tzinfo=LOCAL)) for hour in (9, 10, 15)]

        assert told == [2, 0, 0]
        assert self.told() == {handler.account.username: 1, other_handler.account.username: 1}

    def test_nobody_is_asked_at_night_or_on_a_day_off(self, handler):
        # 1 April 2023 was a Saturday.
        assert ask_for_reviews(datetime(2023, 4, 1, 10, 0, tzinfo=LOCAL)) == 0
        assert ask_for_reviews(datetime(2023, 4, 3, 7, 0, tzinfo=LOCAL)) == 0
        assert ask_for_reviews(datetime(2023, 4, 3, 8, 30, tzinfo=LOCAL)) == 1

    def test_each_month_anew(self, handler):
        assert ask_for_reviews(datetime(2023, 4, 3, 9, 0, tzinfo=LOCAL)) == 1
        assert ask_for_reviews(datetime(2023, 5, 4, 9, 0, tzinfo=LOCAL)) == 1

    def test_of_a_year_that_is_over_nothing_is_asked(self, handler):
        assert ask_for_reviews(datetime(2024, 3, 4, 9, 0, tzinfo=LOCAL)) == 0

    def test_a_round_is_due_after_working_days(self):
        year = kept("plan").year
        found = round_of(year, 9, versions.work_calendar())

        # 1 to 6 October 2023 were days off; 7 and 8 were worked.
        assert (found.asked_on, found.due_on) == (date(2023, 10, 1), date(2023, 10, 9))
        assert [last_asked(year, day) for day in (date(2023, 1, 31), date(2023, 2, 1), date(2024, 6, 1))] == [0, 1, 12]


class TestWriting:
    def test_keeps_how_far_the_goal_had_come(self, other_handler):
        review = write(other_handler, hinders="缺图纸", next_step="补测", next_by=date(2023, 4, 20))

        assert (review.state, review.value, review.gone) == ("yellow", 2, Decimal("25.5"))
        assert [event.action for event in review.events.all()] == ["write"]

    def test_what_is_written_again_changes_the_words_and_not_what_was_frozen(self, other_handler):
        first = write(other_handler)

        again = write(other_handler, seen=1, done="初稿已送审")

        assert (again.pk, again.done, again.state, again.version) == (first.pk, "初稿已送审", "yellow", 2)
        assert again.events.last().changes == {"done": ["已形成初稿", "初稿已送审"]}

    def test_of_two_who_write_at_once_the_second_is_told(self, other_handler):
        write(other_handler)

        with pytest.raises(ChangedMeanwhile):
            write(other_handler, done="另一稿")

    def test_a_month_is_written_of_once_it_is_asked_for(self, other_handler):
        with pytest.raises(ReviewRefused):
            write(other_handler, month=4)
        assert write(other_handler, month=3).month == 3

    def test_says_something(self, other_handler):
        with pytest.raises(ReviewRefused) as refused:
            write(other_handler, done="  ")
        assert list(refused.value.fields) == ["done"]


class TestSteps:
    CLAIM = Claim("draft", date(2023, 3, 30), "草案第三稿，编号文规〔2023〕3号")

    def test_said_with_evidence_count_from_their_day(self, other_handler):
        write(other_handler, claims=(self.CLAIM,))

        said = queries.said_of(2023)["plan", "draft"]
        assert (said.done_on, said.by) == (date(2023, 3, 30), other_handler.name)
        assert "evidence" not in GoalReview.objects.get().events.get().changes

    @pytest.mark.parametrize(
        ("claim", "field"),
        [
            (Claim("three", date(2023, 3, 30), "见照片"), ""),
            (Claim("draft", date(2023, 4, 5), "见照片"), "on-draft"),
            (Claim("draft", date(2023, 3, 30), " "), "evidence-draft"),
        ],
    )
    def test_that_a_figure_tells_or_without_evidence_are_refused(self, other_handler, claim, field):
        with pytest.raises(ReviewRefused) as refused:
            write(other_handler, claims=(claim,))

        assert list(refused.value.fields) == [field]
        assert not GoalReview.objects.exists()

    def test_are_said_once(self, other_handler):
        write(other_handler, claims=(self.CLAIM,))

        with pytest.raises(ReviewRefused):
            write(other_handler, seen=1, claims=(self.CLAIM,))


class TestRemarks:
    def test_stand_beside_the_words_with_who_said_them(self, other_handler, leader):
        review = actions.remark(write(other_handler), "抓紧报批", by=leader.actor, at=AT, seen=1)

        assert (review.remark, review.remark_by, review.done) == ("抓紧报批", leader.name, "已形成初稿")

    def test_on_what_changed_meanwhile_are_refused(self, other_handler, leader):
        review = write(other_handler)
        write(other_handler, seen=1, done="初稿已送审")

        with pytest.raises(ChangedMeanwhile):
            actions.remark(review, "抓紧", by=leader.actor, at=AT, seen=1)


class TestWhoSees:
    def seen(self, who: Any) -> list[str]:
        return [one.goal.code for one in queries.visible_to(who, 2023)]

    def test_who_oversees_or_audits_sees_all_of_the_area(self, leader, dispatcher, auditor):
        assert self.seen(leader) == self.seen(dispatcher) == self.seen(auditor) == ["more_fairs", "plan"]

    def test_a_handler_sees_those_of_the_own_unit_and_those_it_helps_with(self, handler, other_handler, units):
        helper = a_player("qian", "钱工", "sanitation", Role.HANDLER)

        assert [self.seen(who) for who in (handler, other_handler, helper)] == [
            ["more_fairs"], ["plan"], ["more_fairs"],
        ]  # fmt: skip

    def test_others_see_none(self, grid_worker, administrator, outsider, units):
        far = a_player("far", "远", "far-office", Role.LEADER, ELSEWHERE)

        assert [self.seen(who) for who in (grid_worker, administrator, outsider, far)] == [[], [], [], []]

    def test_only_the_owner_writes_and_only_a_leader_remarks(self, handler, leader, dispatcher, units):
        helper = a_player("qian", "钱工", "sanitation", Role.HANDLER)
        goal = kept("more_fairs").goal

        assert [queries.may_write(who, goal) for who in (handler, helper, leader)] == [True, False, False]
        assert [queries.may_remark(who, goal) for who in (leader, dispatcher, handler)] == [True, False, False]
