"""The goals of a year in a report: by the one rule, for the report's place, and readable in reports of long ago."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue
from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import parse
from rixin.catalogue.worktime import LOCAL
from rixin.goals.tests.test_reviews import GOALS
from rixin.metrics.engines.database import Database
from rixin.metrics.tests.ground import STREET, a_record, small
from rixin.reports.answers import Frame
from rixin.reports.document import GoalLine, GoalsBlock, put_together
from rixin.reports.freezing import freeze, thaw
from rixin.reports.words import spoken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
AT = datetime(2023, 7, 6, 9, 0, tzinfo=LOCAL)


@pytest.fixture(scope="module")
def with_goals(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small(tmp_path_factory.mktemp("goals"), goals=GOALS)


@pytest.fixture(autouse=True)
def _four_fairs(units: Any, with_goals: Catalogue) -> None:
    versions.publish(with_goals, datetime(2022, 12, 1, tzinfo=LOCAL))
    for month in (2, 3, 4, 5):
        a_record("fair", f"2023-{month:02}-10", posts=80, kind="hall")


def lines(**place: str) -> dict[str, GoalLine]:
    frame = Frame(Period.read("2023"), Database(), AT, **place)
    with spoken("en"):
        [block] = put_together("", parse("[goals: 2023]"), frame).blocks
    assert isinstance(block, GoalsBlock)
    return {line.name: line for line in block.goals}


class TestGoals:
    def test_have_the_light_of_their_pages(self):
        found = lines()

        assert [(line.state, line.state_name, line.share) for line in found.values()] == [
            ("yellow", "Somewhat behind", "33%"), ("red", "Far behind", "50%"),
        ]  # fmt: skip

    def test_one_by_steps_tells_how_many_are_done(self):
        plan = lines()["A plan"]

        assert (plan.target, plan.now.text, plan.now.cites) == ("2 steps", "1 of 2", "")

    def test_are_those_of_the_place_or_of_the_unit(self):
        assert list(lines(area=STREET)) == ["More fairs", "A plan"]
        assert list(lines(area="330106013/001/")) == []
        assert list(lines(unit="greening")) == ["A plan"]

    def test_words_of_a_report_that_was_sealed_long_ago_are_still_read(self):
        frame = Frame(Period.read("2023"), Database(), AT)
        made = put_together("", parse("[goals: 2023]"), frame)
        old = [replace(line, state="on_the_way") for line in made.blocks[0].goals]
        sealed = replace(made, blocks=(replace(made.blocks[0], goals=tuple(old)),))

        assert [line.state for line in thaw(freeze(sealed)).blocks[0].goals] == ["on_the_way", "on_the_way"]
