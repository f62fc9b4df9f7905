"""Who sees a topic, and who says what becomes of it."""

from datetime import date
from typing import Any

import pytest

from rixin.cases.models import Case
from rixin.people.tests.cast import Player
from rixin.topics import actions, looking, queries
from rixin.topics.actions import TopicRefused
from rixin.topics.models import Topic, TopicStep
from rixin.topics.tests.raised import JUNE, raised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


@pytest.fixture
def topic() -> Topic:
    raised()
    looking.look(date(2022, 6, 10))
    return Topic.objects.get()


def test_who_sees_its_matters_sees_the_topic_and_nobody_else(
    topic: Topic, leader: Player, community_officer: Player, outsider: Player, other_handler: Player
) -> None:
    assert queries.visible_to(leader).get() == topic
    assert queries.visible_to(community_officer).get() == topic
    for nobody in (outsider, other_handler):
        assert not queries.visible_to(nobody).exists()


def test_half_of_the_matters_have_to_be_seen(topic: Topic, community_officer: Player) -> None:
    rows = list(topic.cases.values_list("case_id", flat=True))
    Case.objects.filter(pk__in=rows[:3]).update(area_path="330106013/002/01/")
    found = vars(queries.visible_to(community_officer).get())
    assert (found["seen"], found["all"]) == (3, 6)
    Case.objects.filter(pk=rows[3]).update(area_path="330106013/002/01/")
    assert not queries.visible_to(community_officer).exists()


def test_only_matters_that_one_may_see_are_shown(topic: Topic, leader: Player, community_officer: Player) -> None:
    elsewhere = topic.cases.first()
    assert elsewhere is not None
    Case.objects.filter(pk=elsewhere.case_id).update(area_path="330106013/002/01/")
    assert queries.matters_of(topic, leader).count() == 6
    assert elsewhere.case_id not in queries.matters_of(topic, community_officer).values_list("pk", flat=True)


def test_what_is_said_changes_the_standing_and_stays_in_order(topic: Topic, leader: Player, dispatcher: Player) -> None:
    actions.say(topic, "watched", "", by=dispatcher, at=JUNE)
    actions.say(topic, "settled", "已装净化器并复测达标。", by=leader, at=JUNE)
    topic.refresh_from_db()
    assert topic.standing == "settled"
    assert [(step.standing, step.by_id) for step in topic.steps.all()] == [
        ("watched", dispatcher.account.pk),
        ("settled", leader.account.pk),
    ]


def test_a_settled_topic_is_not_among_the_hot_ones(topic: Topic, leader: Player) -> None:
    assert queries.hot(queries.visible_to(leader)).exists()
    actions.say(topic, "settled", "已整改。", by=leader, at=JUNE)
    assert not queries.hot(queries.visible_to(leader)).exists()


@pytest.mark.parametrize(
    ("standing", "words", "field"),
    [("settled", " ", "words"), ("found", "", "words"), ("gone", "x", "standing"), ("watched", "长" * 501, "words")],
)
def test_what_cannot_be_said_is_refused_at_its_field(
    topic: Topic, leader: Player, standing: str, words: str, field: str
) -> None:
    with pytest.raises(TopicRefused) as refused:
        actions.say(topic, standing, words, by=leader, at=JUNE)
    assert list(refused.value.fields) == [field]
    assert not TopicStep.objects.exists()


def test_who_works_on_matters_does_not_decide_about_topics(topic: Topic, community_officer: Player) -> None:
    with pytest.raises(TopicRefused):
        actions.say(topic, "watched", "", by=community_officer, at=JUNE)


def test_steps_are_written_once(topic: Topic, leader: Player) -> None:
    step: Any = actions.say(topic, "watched", "", by=leader, at=JUNE)
    step.words = "anders"
    with pytest.raises(Exception, match="append-only"):
        step.save()
