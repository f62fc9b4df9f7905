"""A look finds what many raise at once, once; and what was found goes on."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from rixin.cases.models import Case, Receipt
from rixin.cases.tests.builders import a_case
from rixin.topics import looking
from rixin.topics.models import Topic, TopicCase
from rixin.topics.tests.raised import GRID, JUNE, SMOKE, in_between, raised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
LAST = date(2022, 6, 10)


def members(topic: Topic) -> set[int]:
    return set(topic.cases.values_list("case_id", flat=True))


def test_what_many_raise_becomes_a_topic_with_place_kind_days_and_heat() -> None:
    in_between()
    smoke = raised()
    looked = looking.look(LAST)
    assert (looked.matters, looked.new, looked.grown) == (12, 1, 6)
    topic = Topic.objects.get()
    assert members(topic) == {case.pk for case in smoke}
    assert (topic.area_path, topic.type) == (GRID, "cooking_smoke")
    assert (topic.first_on, topic.last_on) == (date(2022, 6, 1), date(2022, 6, 6))
    assert (topic.voices, topic.agreed, topic.hot) == (6, 0, True)
    assert "油烟" in topic.name


def test_the_same_look_again_changes_nothing() -> None:
    raised()
    looking.look(LAST)
    before = list(Topic.objects.values()), list(TopicCase.objects.values())
    assert looking.look(LAST).new == 0
    assert (list(Topic.objects.values()), list(TopicCase.objects.values())) == before


def test_later_matters_join_the_topic_that_is_known_and_what_was_said_of_it_stays() -> None:
    raised()
    looking.look(LAST)
    Topic.objects.update(standing="watched")
    more = raised((("还是油烟", "烧烤店油烟还是没有整改，排烟口没动。"),), JUNE + timedelta(days=12))
    looked = looking.look(LAST + timedelta(days=10))
    assert (looked.new, looked.grown) == (0, 1)
    topic = Topic.objects.get()
    assert more[0].pk in members(topic)
    assert (topic.standing, topic.voices, topic.looked_on) == ("watched", 7, date(2022, 6, 20))


def test_a_topic_cools_down_but_its_peak_is_remembered() -> None:
    raised()
    looking.look(LAST)
    looking.look(date(2022, 9, 1))
    topic = Topic.objects.get()
    assert (topic.voices, topic.hot, topic.peak_on) == (0, False, date(2022, 6, 6))
    assert topic.peak_heat == pytest.approx(6.0)


def test_a_look_as_of_an_earlier_day_does_not_take_back_what_is_known_since() -> None:
    raised()
    looking.look(LAST)
    looking.look(date(2022, 6, 3))
    assert Topic.objects.get().looked_on == LAST


def test_confidential_matters_are_in_no_topic() -> None:
    for case in raised():
        Case.objects.filter(pk=case.pk).update(confidential=True)
    assert looking.look(LAST) == looking.Looked(0, 0, 0)


def test_what_has_nothing_in_common_is_no_topic() -> None:
    in_between()
    assert looking.look(LAST).new == 0


def test_neighbours_who_join_make_a_topic_hotter() -> None:
    first = raised()[0]
    for nth in range(9):
        marks = {"code": f"c{nth}", "code_mark": f"c{nth}", "submission_mark": f"s{nth}"}
        Receipt.objects.create(case=first, channel="code", joined=True, at=JUNE, **marks)
    looking.look(LAST)
    topic = Topic.objects.get()
    assert (topic.agreed, topic.heat) == (9, pytest.approx(9.0))


def test_the_same_message_sent_again_and_again_is_one_voice() -> None:
    for nth in range(8):
        a_case(key=f"again-{nth}", title=SMOKE[0][0], text=SMOKE[0][1], at=JUNE + timedelta(days=nth))
    assert looking.look(LAST).new == 0


def test_no_telephone_number_gets_into_a_name() -> None:
    raised(tuple((f"烧烤{nth}", f"{text}电话13800138000") for nth, (_title, text) in enumerate(SMOKE)))
    looking.look(LAST)
    assert "1380" not in Topic.objects.get().name


def test_the_command_tells_what_it_found() -> None:
    raised()
    out = StringIO()
    call_command("topics", "look", "--until=2022-06-10", stdout=out)
    assert "油烟" in out.getvalue() and "2022-06-06" in out.getvalue()
