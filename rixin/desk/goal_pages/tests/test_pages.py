"""The goals of the year: lights for leaders, the unit's monthly words, and the sheet of the meeting."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue
from rixin.catalogue.worktime import LOCAL
from rixin.desk.tests.conftest import in_english, shown
from rixin.goals.models import GoalReview, SaidMilestone
from rixin.goals.tests.test_reviews import GOALS
from rixin.metrics.tests.ground import a_record, small
from rixin.people.tests.cast import Player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
MANY = "".join(
    f"  - {{code: more_{nth}, name: {{zh: 目标, en: Goal {nth}}}, chapter: {{zh: 民生, en: Life}}, "
    f"unit: city-management, metric: fairs, target: {nth + 1}}}\n"
    for nth in range(30)
)


@pytest.fixture(scope="module")
def with_goals(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small(tmp_path_factory.mktemp("goals"), goals=GOALS)


@pytest.fixture(scope="module")
def with_many_goals(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small(tmp_path_factory.mktemp("many"), goals=GOALS + MANY)


@pytest.fixture(autouse=True)
def _sixth_of_july(units: Any, with_goals: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The review of June was asked for on Saturday 1 July and is due by Wednesday the 5th."""
    versions.publish(with_goals, datetime(2022, 12, 1, tzinfo=LOCAL))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2023, 7, 6, 9, 0, tzinfo=LOCAL))


@pytest.fixture
def fairs() -> None:
    for day in ("2023-02-10", "2023-03-10", "2023-04-10", "2023-05-10"):
        a_record("fair", day, posts=80, kind="hall")


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def write(player: Player, code: str = "plan", **given: Any) -> Any:
    return in_english(player).post(f"/desk/goals/{code}/review", {"month": "6", "seen": "0", "done": "初稿", **given})


@pytest.mark.usefixtures("fairs")
class TestAllGoals:
    def test_stand_by_chapter_with_light_and_reason(self, leader):
        page = words(shown(leader, "/desk/goals"))

        assert "33% reached, 51% of the time gone: 18 points behind." in page
        assert "Yellow: up to 20 points behind." in page
        assert page.index("Life") < page.index("More fairs") < page.index("A plan")

    def test_open_to_the_rows_of_their_figures(self, leader):
        [address] = re.findall(r'<a href="(/figures/fairs[^"]*)">4 fairs', shown(leader, "/desk/goals"))

        assert "4 fairs" in words(shown(leader, address.replace("&amp;", "&")))

    def test_are_narrowed_to_a_unit_a_light_or_the_own_ones(self, leader, other_handler):
        assert "More fairs" not in words(shown(leader, "/desk/goals?unit=greening")).partition("A plan")[2]
        assert "No goal fits" in shown(leader, "/desk/goals?light=red&unit=city-management")
        assert "More fairs" not in shown(other_handler, "/desk/goals?mine=1")

    @pytest.mark.parametrize("query", ["year=1999", "light=blue", "unit=nobody", "chapter=%00", "year=x&month=99"])
    def test_wrong_words_fall_over_nothing(self, leader, query):
        for page in ("", "/meeting", "/table.xlsx"):
            assert in_english(leader).get(f"/desk/goals{page}?{query}").status_code == 200

    def test_who_has_none_is_told_whose_they_are(self, community_officer):
        assert "No goals for you here" in shown(community_officer, "/desk/goals")

    def test_who_has_not_written_by_the_day_is_late(self, leader, other_handler):
        before = shown(leader, "/desk/goals")
        write(other_handler)

        assert "2 are late." in before
        assert "1 is late." in shown(leader, "/desk/goals")

    def test_ask_no_more_of_the_database_for_many(self, leader, with_many_goals):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                shown(leader, "/desk/goals")
            return len(captured)

        queries()
        few = queries()
        versions.publish(with_many_goals, datetime(2023, 1, 1, tzinfo=LOCAL))
        queries()

        assert queries() == few


@pytest.mark.usefixtures("fairs")
class TestOneGoal:
    def test_tells_of_each_step_how_one_knows(self, leader):
        page = words(shown(leader, "/desk/goals/plan"))

        assert "said at a review, with evidence Day has passed" in page
        assert "Job fairs: at least 3 fairs Done" in page
        assert "The day of these steps has passed: Draft." in page

    def test_is_not_found_by_whom_it_does_not_concern(self, handler, outsider, administrator):
        for who in (handler, outsider):
            assert who.client.get("/desk/goals/plan").status_code == 404
        assert administrator.client.get("/desk/goals/plan").status_code == 403

    def test_of_another_name_is_not_found(self, leader):
        assert leader.client.get("/desk/goals/nothing").status_code == 404


@pytest.mark.usefixtures("fairs")
class TestWriting:
    def test_keeps_the_light_with_the_words(self, other_handler, leader):
        answer = write(other_handler, hinders="缺图纸")

        review = GoalReview.objects.get()
        assert (answer.status_code, review.state, review.share) == (302, "red", 50)
        assert "缺图纸" in shown(leader, "/desk/goals/plan")

    def test_a_step_that_is_said_counts_at_once(self, other_handler):
        write(other_handler, **{"said-draft": "on", "on-draft": "2023-06-20", "evidence-draft": "文规3号"})

        assert SaidMilestone.objects.get().milestone == "draft"
        assert GoalReview.objects.get().state == "reached"

    @pytest.mark.parametrize(
        ("given", "status"),
        [
            ({"done": ""}, 422),
            ({"said-draft": "on"}, 422),
            ({"next_by": "bald"}, 422),
            ({"seen": "7"}, 409),
            ({"said-draft": "on", "on-draft": "2023-07-20", "evidence-draft": "文规3号"}, 409),
        ],
    )
    def test_what_is_refused_says_why_and_keeps_what_was_typed(self, other_handler, given, status):
        answer = write(other_handler, **{"hinders": "缺图纸", **given})

        assert (answer.status_code, "缺图纸" in answer.content.decode()) == (status, True)
        assert not GoalReview.objects.exists() and not SaidMilestone.objects.exists()

    def test_is_for_the_owner_unit(self, leader, handler, dispatcher):
        for who in (leader, handler, dispatcher):
            assert write(who).status_code == 404
            assert who.client.get("/desk/goals/plan/review").status_code == 404
        assert not GoalReview.objects.exists()

    def test_offers_the_form_with_what_was_written(self, other_handler):
        write(other_handler)

        page = shown(other_handler, "/desk/goals/plan/review?month=6")
        assert "初稿" in page and 'name="seen" value="1"' in page


@pytest.mark.usefixtures("fairs")
class TestRemarking:
    def remark(self, player: Player, **given: Any) -> Any:
        data = {"month": "6", "seen": "1", "remark": "抓紧", **given}
        return in_english(player).post("/desk/goals/plan/remark", data)

    def test_stands_under_the_words(self, other_handler, leader):
        write(other_handler)

        assert self.remark(leader).status_code == 302
        assert "抓紧" in shown(other_handler, "/desk/goals/plan")

    def test_is_for_leaders_and_needs_words_and_the_newest_version(self, other_handler, dispatcher, leader):
        write(other_handler)

        assert [self.remark(who).status_code for who in (other_handler, dispatcher)] == [404, 404]
        assert self.remark(leader, remark="").status_code == 422
        assert self.remark(leader, seen="9").status_code == 409
        assert self.remark(leader, month="2").status_code == 404
        assert GoalReview.objects.get().remark == ""


@pytest.mark.usefixtures("fairs")
class TestTheMeeting:
    def test_has_what_each_unit_wrote_and_who_did_not(self, other_handler, leader):
        write(other_handler, next_step="送审")

        page = words(shown(leader, "/desk/goals/meeting"))
        assert "1 of 2 reviews written" in page and "送审" in page and "not written" in page

    def test_can_be_fetched_as_a_table(self, other_handler, leader):
        write(other_handler, done="=1+1")

        sheet = load_workbook(BytesIO(in_english(leader).get("/desk/goals/table.xlsx").content)).active
        rows = list(sheet.values)
        assert rows[0][1] == "Goal" and len(rows) == 3
        assert rows[2][9] == "'=1+1" and rows[1][14] == "not written"
