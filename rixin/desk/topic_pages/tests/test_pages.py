"""Topics on the pages of the desk."""

from datetime import date, timedelta

import pytest

from rixin.choosing.tests.builders import DEJIA, a_round
from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.desk.topic_pages import rows
from rixin.people.tests.cast import Player
from rixin.topics import looking
from rixin.topics.models import Topic
from rixin.topics.tests.raised import raised

__all__ = ["_monday", "_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]


@pytest.fixture
def topic() -> Topic:
    raised()
    looking.look(date(2022, 6, 10))
    return Topic.objects.get()


class TestTheList:
    def test_it_says_how_hot_and_why(self, topic: Topic, leader: Player) -> None:
        page = shown(leader, "/desk/topics")
        assert topic.name in page
        assert "6 voices within 30 days, usual are 0.0" in page

    def test_before_the_first_look_it_says_so(self, leader: Player) -> None:
        assert "Topics are looked for each night" in shown(leader, "/desk/topics")

    @pytest.mark.parametrize("tab", ["watched", "settled", "all", "nonsense"])
    def test_each_folder_opens(self, topic: Topic, leader: Player, tab: str) -> None:
        assert (topic.name in shown(leader, f"/desk/topics?tab={tab}")) is (tab in ("all", "nonsense"))

    def test_the_hottest_stand_above_the_figures(self, topic: Topic, leader: Player) -> None:
        assert topic.get_absolute_url() in shown(leader, "/figures/")


class TestATopic:
    def test_it_shows_its_matters_and_each_matter_leads_back(self, topic: Topic, leader: Player) -> None:
        page = shown(leader, topic.get_absolute_url())
        cases = [link.case for link in topic.cases.select_related("case")]
        assert all(case.number in page for case in cases)
        assert topic.get_absolute_url() in shown(leader, cases[0].get_absolute_url())

    def test_a_leader_settles_it_and_says_how(self, topic: Topic, leader: Player) -> None:
        client = in_english(leader)
        wrong = client.post(topic.get_absolute_url(), {"standing": "settled", "words": ""})
        assert wrong.status_code == 422 and "what was done or found" in wrong.content.decode()
        sent = client.post(topic.get_absolute_url(), {"standing": "settled", "words": "已装净化器"})
        assert sent.status_code == 302
        assert "已装净化器" in shown(leader, topic.get_absolute_url())

    def test_what_many_want_is_proposed_as_a_livelihood_project(self, topic: Topic, leader: Player) -> None:
        assert "Propose a livelihood project" not in shown(leader, topic.get_absolute_url())
        row = a_round()
        address = f"/desk/choices/{row.pk}/raise"
        assert f"{address}?topic={topic.pk}" in shown(leader, topic.get_absolute_url())
        assert f'<option value="{topic.pk}" selected' in shown(leader, f"{address}?topic={topic.pk}")

        typed = {"title": "增设净化器", "why": "多人反映", "source": "topic", "topic": topic.pk, "place-area": DEJIA}
        in_english(leader).post(address, typed)

        assert row.proposals.get().topic == topic

    def test_what_was_typed_stays_when_it_is_refused(self, topic: Topic, leader: Player) -> None:
        page = in_english(leader).post(topic.get_absolute_url(), {"standing": "gone", "words": "已查"})
        assert page.status_code == 422 and "已查" in page.content.decode()

    def test_who_may_not_decide_sees_no_form_and_cannot_send_it(self, topic: Topic, community_officer: Player) -> None:
        assert "What becomes of it" not in shown(community_officer, topic.get_absolute_url())
        sent = in_english(community_officer).post(topic.get_absolute_url(), {"standing": "watched"})
        assert sent.status_code == 422
        topic.refresh_from_db()
        assert topic.standing == "found"

    def test_a_topic_of_others_is_not_found(self, topic: Topic, outsider: Player) -> None:
        assert in_english(outsider).get(topic.get_absolute_url()).status_code == 404


def test_the_weeks_are_drawn_with_the_newest_on_the_right_and_the_counted_days_marked() -> None:
    last = date(2022, 6, 30)
    drawn = rows.bars([last, last - timedelta(days=1), last - timedelta(days=70), last - timedelta(days=400)], last)
    assert [bar.says for bar in drawn if bar.height] == ["1", "2"]
    assert drawn[-1].says == "2" and drawn[-1].hot and drawn[-1].height > drawn[-11].height > 0
    assert not drawn[0].hot and len(drawn) == rows.WEEKS
