"""What happens to a record: entered once, corrected with history, confirmed by another, withdrawn; seen by scope."""

from typing import Any

import pytest
from django.db import connection

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, NOW, a_record
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import ELSEWHERE
from rixin.records import actions, queries
from rixin.records.actions import ChangedMeanwhile, EntryRefused
from rixin.records.models import Record, Status
from rixin.records.verification import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street")]


@pytest.fixture
def fair() -> Record:
    return a_record("fair", "2022-03-01", posts=80, kind="hall")


def correct(record: Record, by: Any, *, posts: int, seen: int | None = None) -> Record:
    values = {**record.values, "posts": posts}
    return actions.correct(
        record,
        by=by.actor,
        at=NOW,
        seen=record.version if seen is None else seen,
        reason="误登",
        values=values,
        day=record.day,
    )


class TestCorrecting:
    def test_the_history_keeps_what_was_there_before(self, fair, leader):
        correct(fair, leader, posts=90)

        said = [(event.action, event.changes.get("values", {}).get("posts")) for event in fair.events.order_by("seq")]
        assert said == [("enter", 80), ("correct", 90)]

    def test_of_two_at_once_the_second_is_told_what_the_first_did(self, fair, leader, dispatcher):
        correct(fair, leader, posts=90)

        with pytest.raises(ChangedMeanwhile) as meanwhile:
            correct(fair, dispatcher, posts=70, seen=1)
        assert [event.by_name for event in meanwhile.value.since] == [leader.name]

    def test_what_says_nothing_new_changes_nothing(self, fair, leader):
        assert correct(fair, leader, posts=80).version == 1

    def test_a_confirmed_return_has_to_be_confirmed_anew(self, leader):
        record = a_record("revenue", "2022-03-31", amount="5")
        values = {"amount": 600}
        changed = actions.correct(
            record, by=leader.actor, at=NOW, seen=record.version, reason="", values=values, day=record.day
        )
        assert changed.status == Status.DRAFT


class TestConfirming:
    def test_nobody_confirms_what_is_his_or_her_own(self, leader, dispatcher):
        record = a_record("revenue", "2022-03-31", amount="5")
        draft = actions.correct(
            record, by=leader.actor, at=NOW, seen=record.version, reason="", values={"amount": 700}, day=record.day
        )
        with pytest.raises(EntryRefused):
            actions.confirm(draft, by=leader.actor, at=NOW, seen=draft.version)
        assert actions.confirm(draft, by=dispatcher.actor, at=NOW, seen=draft.version).status == Status.CONFIRMED


class TestReturns:
    def test_a_return_is_there_once_for_each_period(self):
        first = a_record("revenue", "2022-03-15", amount="5")
        with pytest.raises(EntryRefused) as refused:
            a_record("revenue", "2022-03-31", amount="6")
        assert (refused.value.code, refused.value.record) == ("there_already", first)

    def test_a_withdrawn_one_makes_room(self):
        first = a_record("revenue", "2022-03-15", amount="5")
        actions.withdraw(first, by=SYSTEM, at=NOW, seen=first.version, reason="twice")
        assert a_record("revenue", "2022-03-31", amount="6").values == {"amount": 600}


class TestScope:
    @pytest.mark.parametrize(
        ("role", "sees"),
        [("leader", 3), ("dispatcher", 3), ("auditor", 3), ("community_officer", 2), ("grid_worker", 0),
         ("handler", 0), ("outsider", 1)],
    )  # fmt: skip
    def test_each_role_sees_its_own(self, role, sees, request):
        player = request.getfixturevalue(role)
        a_record("fair", "2022-03-01", posts=1, kind="hall", area=DEJIA)
        a_record("visit", "2022-03-01", firm="甲公司", area=DEJIA)
        a_record("fair", "2022-03-01", posts=1, kind="hall", area=JINGZHOU)
        elsewhere = a_record("fair", "2022-03-01", posts=1, kind="hall", area=ELSEWHERE)

        seen = queries.visible_to(player)

        if role == "outsider":  # a handler of another sub-district, whose unit did none of this
            assert list(seen) == []
        else:
            assert (seen.count(), elsewhere in seen) == (sees, False)


class TestTheRecordOfRecords:
    def test_an_untouched_history_is_whole(self, fair, leader):
        correct(fair, leader, posts=90)
        assert [found for _record, found in verify(Record.objects.all()) if found] == []

    @pytest.mark.parametrize(
        "altered",
        [
            """UPDATE records_record SET "values" = '{"posts": 9999, "kind": "hall"}'""",
            "UPDATE records_recordevent SET reason = 'x' WHERE seq = 1",
            "UPDATE records_record SET day = '2022-03-02'",
        ],
    )
    def test_what_is_altered_past_the_product_is_found(self, fair, altered):
        with connection.cursor() as cursor:
            cursor.execute(altered)
        assert [found for _record, found in verify(Record.objects.all()) if found]
