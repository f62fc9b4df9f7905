"""What matters leave among the records: written with the act that it follows from, kept up to date, never by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rixin.cases.models import Case
from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, due, on, received
from rixin.catalogue.periods import Period, day_number
from rixin.catalogue.schema import Drawn, Leaving
from rixin.catalogue.work_schema import RecordType
from rixin.filing.drawing import Course, NotWritable, Taken, leaves
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.records import actions, queries
from rixin.records.actions import EntryRefused
from rixin.records.models import Record
from rixin.records.verification import verify

AT = on(2022, 12, 5)
LABOUR = {
    "employer": "某餐饮店",
    "subject": "wages",
    "since": "2022-10-01",
    "amount": 12_800.5,
    "people": 3,
    "arrears": True,
}
database = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


def left(case: Case) -> list[Record]:
    return list(queries.following(case.pk).order_by("pk"))


def only(case: Case) -> Record:
    [record] = left(case)
    return record


def value(code: str) -> object:
    found = compute.figures([code], Period.read("2022"), engine=Database(), as_of=on(2023, 1, 5))
    return found[code].value


class TestLabourComplaint:
    pytestmark = database

    @pytest.fixture
    def window(self, units):
        return a_player("luo.min", "罗敏", "labour-desk", Role.HANDLER)

    @pytest.fixture
    def complaint(self, window):
        return received("labour_complaint", AT, **LABOUR)

    def test_nothing_is_left_before_it_is_accepted(self, complaint):
        assert left(complaint) == []

    def test_settled_on_the_spot_it_says_so_to_the_cent_and_the_figures_count_it(self, complaint, window):
        take(complaint, "settle", window, AT, answer="双方同意本周五前付清。")

        record = only(complaint)
        assert record.values == {
            "subject": "wages", "workers": 3, "amount": 1_280_050, "how": "on_the_spot",
            "closed_on": 20221205, "first_time": 1,
        }  # fmt: skip
        assert (record.day, record.entered_by_id) == (date(2022, 12, 5), window.account.pk)
        assert (value("labour_complaints"), value("labour_first_time_resolution")) == (1, 100)

    def test_it_follows_the_matter_step_by_step_with_a_history(self, complaint, window):
        filed = take(complaint, "accept", window, AT)
        assert "closed_on" not in only(complaint).values
        corrected = take(filed, "amount", window, AT + DAY, amount=20_000, people=5, note="工资表")
        assert (only(complaint).values["amount"], only(complaint).values["workers"]) == (2_000_000, 5)
        take(corrected, "to_arbitration", window, AT + 2 * DAY, answer="事实有争议，建议仲裁。")

        record = only(complaint)
        assert (record.values["how"], record.values["closed_on"], record.values["first_time"]) == (
            "arbitration",
            20221207,
            0,
        )
        assert [event.action for event in record.events.order_by("seq")] == ["enter", "correct", "correct"]
        assert all(not faults for _record, faults in verify(Record.objects.all()))

    def test_declined_it_leaves_none(self, complaint, window):
        take(complaint, "decline", window, AT, reason="two_years", answer="已超过两年，可申请仲裁。")

        assert left(complaint) == []
        assert value("labour_complaints") == 0

    def test_nobody_changes_it_but_the_matter(self, complaint, window):
        take(complaint, "accept", window, AT)
        record = only(complaint)

        for change in (
            lambda: actions.withdraw(record, by=window.actor, at=AT, seen=record.version, reason="误录"),
            lambda: actions.correct(
                record, by=window.actor, at=AT, seen=record.version, reason="改", values={}, day=record.day
            ),
        ):
            with pytest.raises(EntryRefused) as refused:
                change()
            assert refused.value.code == "follows"
        assert not queries.may_correct(window, record)

    def test_the_page_leads_to_the_matter_and_offers_no_change(self, client, complaint, window):
        take(complaint, "accept", window, AT)
        client.force_login(window.account)

        page = client.get(only(complaint).get_absolute_url()).content.decode()

        assert complaint.get_absolute_url() in page
        assert "/correct" not in page


class TestPetition:
    pytestmark = database

    @pytest.fixture
    def office(self, units):
        return a_player("yu.jianhua", "俞建华", "petition-office", Role.HANDLER)

    @pytest.fixture
    def petition(self, office):
        return received("petition", AT, way="letter")

    def test_each_reception_is_a_visit_with_its_people_and_the_petition_is_counted_once(self, petition, office):
        leader = a_player("he.lei", "何磊", "party-office", Role.LEADER)
        visit = {"subject": "housing", "note": "当面说明"}
        came = take(petition, "receive", leader, AT, day="2022-12-05", people=12, **visit)
        again = take(came, "receive", leader, AT + DAY, day="2022-12-06", people=3, **visit)
        take(again, "accept", office, AT + DAY)

        visits = [record for record in left(petition) if record.type == "petition_visit"]
        [handled] = [record for record in left(petition) if record.type == "petition_case"]
        assert [(one.day, one.values["people"]) for one in visits] == [(date(2022, 12, 5), 12), (date(2022, 12, 6), 3)]
        assert (handled.day, handled.values["way"]) == (date(2022, 12, 5), "letter")
        assert handled.values["due_on"] == day_number(due(petition, "handle"))
        assert (value("petitions_handled"), value("petition_visits"), value("petition_visitors")) == (1, 2, 15)

    def test_merged_into_the_same_matter_it_counts_no_more(self, petition, office):
        other = received("petition", AT + DAY, way="online")
        accepted = take(other, "accept", office, AT + DAY)
        assert value("petitions_handled") == 1
        take(accepted, "merge", office, AT + 2 * DAY, into=petition.number)

        assert value("petitions_handled") == 0
        assert [event.action for event in only(other).events.order_by("seq")] == ["enter", "withdraw"]


class TestHazard:
    pytestmark = database

    @pytest.fixture
    def struck_off(self, units, handler, verifier):
        office = a_player("ge.tao", "葛涛", "peace-office", Role.HANDLER)
        hazard = take(received("inspection_hazard", AT, kind="crowd", site="某商场"), "grade", office, AT, note="一般")
        assert (only(hazard).values["kind"], only(hazard).values["grade"]) == ("crowd", "ordinary")
        unit = next(iter(handler.scope.unit_ids))
        order = {"unit": unit, "liable": "某公司", "demand": "清空通道", "by_day": "2022-12-09"}
        hazard = take(hazard, "order", office, AT, **order)
        assert only(hazard).values["due_on"] == 20221209
        hazard = take(hazard, "rectify", handler, AT + DAY, answer="已清空。", photos_after=["0" * 64])
        assert value("safety_hazards_fixed") == 0
        return take(hazard, "pass", verifier, AT + 3 * DAY, day="2022-12-08", note="已整改到位")

    def test_struck_off_it_counts_by_the_day_on_which_it_was_put_right(self, struck_off):
        assert only(struck_off).values["fixed_on"] == 20221206
        assert (value("safety_hazards_found"), value("safety_hazards_fixed"), value("hazards_on_time")) == (1, 1, 100)

    def test_found_again_it_is_the_same_hazard_and_open(self, struck_off, verifier):
        take(struck_off, "again", verifier, AT + 4 * DAY, note="又堆上了")

        assert "fixed_on" not in only(struck_off).values
        assert (value("safety_hazards_found"), value("safety_hazards_fixed")) == (1, 0)


class TestSharedCourt:
    pytestmark = database

    def test_a_session_is_written_once_and_counts_when_the_parties_agree(self, units):
        centre = a_player("tang.hao", "唐浩", "mediation-centre", Role.HANDLER)
        form = {"origin": "court", "dispute": "property", "other_side": "某物业公司", "people": 14}
        case = take(received("mediation", AT, **form), "accept", centre, AT, willing=True)
        case = take(case, "appoint", centre, AT, mediator="周大姐", kind="committee", free=True)
        day = {"day": "2022-12-06"}
        case = take(case, "session", centre, AT + DAY, where="调解室", present="双方", note="各自陈述", **day)
        held = {"room": "共享法庭", "equipment": True, "people": 14, "task": "guide", "record": "法官释明"}
        case = take(case, "court_session", centre, AT + DAY, **day, **held)
        assert value("shared_court_sessions") == 0
        terms = {"form": "written", "terms": "分期补缴", "by_day": "2022-12-30"}
        signed = {"signed_one": True, "signed_other": True, "signed_mediator": True}
        take(case, "agree", centre, AT + 2 * DAY, **terms, **signed)

        record = only(case)
        assert (record.day, record.values) == (date(2022, 12, 6), {"people": 14, "settled": 1})
        assert value("shared_court_sessions") == 1


FIELDS = {
    "code": "visit", "name": {"zh": "访", "en": "Visit"}, "meaning": {"zh": "访", "en": "A visit"},
    "unit": "office", "day": {"zh": "日", "en": "Day"},
    "fields": [
        {"name": "people", "label": {"zh": "人", "en": "People"}, "kind": "count", "unit": "person"},
        {"name": "done", "label": {"zh": "成", "en": "Done"}, "kind": "yes_no"},
    ],
}  # fmt: skip
VISIT = RecordType.model_validate(FIELDS)
FIRST = date(2022, 3, 1)
acts = st.lists(st.tuples(st.sampled_from(["come", "agree", "note"]), st.integers(0, 40)), max_size=12)


def course(steps: list[tuple[str, int]], state: str = "open") -> Course:
    taken = [
        Taken(seq, action, FIRST + timedelta(days=seq), {"people": people})
        for seq, (action, people) in enumerate(steps, start=2)
    ]
    return Course(state, FIRST, taken=taken)


class TestAnyCourse:
    """For whatever happens in whatever order."""

    @given(acts)
    def test_one_for_each_time_tells_of_that_time_and_never_changes_with_what_comes_later(self, steps):
        each = Leaving(
            record="visit",
            each="come",
            day=Drawn(day_of=["come"]),
            values={"people": Drawn(asked="come.people"), "done": Drawn(done=["agree"])},
        )
        found = leaves(each, VISIT, course(steps))

        assert [leaf.values["people"] for leaf in found] == [people for action, people in steps if action == "come"]
        assert len({leaf.key for leaf in found}) == len(found)
        for upto in range(len(steps)):
            assert found[: len(leaves(each, VISIT, course(steps[:upto])))] == leaves(each, VISIT, course(steps[:upto]))

    @given(acts, st.booleans())
    def test_one_for_the_matter_is_there_once_it_came_to_that_and_says_the_latest(self, steps, gone):
        once = Leaving(
            record="visit",
            once=["come"],
            without=["gone"],
            values={
                "people": Drawn(asked="come.people"),
                "done": Drawn.model_validate({"by": [{"after": "agree", "is": True}, {"after": "come", "is": False}]}),
            },
        )
        found = leaves(once, VISIT, course(steps, "gone" if gone else "open"))

        came = [people for action, people in steps if action == "come"]
        assert len(found) == (1 if came and not gone else 0)
        for leaf in found:
            assert leaf.values == {"people": came[-1], "done": int("agree" in dict(steps))}
            assert leaf.day == FIRST

    def test_what_a_record_would_refuse_is_told_by_field(self):
        wrong = Leaving.model_validate({"record": "visit", "once": ["come"], "values": {"people": {"is": "drei"}}})

        with pytest.raises(NotWritable) as refused:
            leaves(wrong, VISIT, course([("come", 1)]))
        assert set(refused.value.faults) == {"people", "done"}


class TestLegalAdvice:
    pytestmark = database

    def test_an_answer_is_a_record_and_counts_once_however_often_the_enterprise_asks_on(self, units):
        office = a_player("feng.lv", "冯律", "justice-office", Role.HANDLER)
        case = received("legal_question", AT, enterprise="某软件公司", field="labour")
        assert left(case) == []
        case = take(case, "name_lawyer", office, AT, lawyer="丁正", free=True)
        case = take(case, "answer", office, AT + DAY, way="written", answer="可以。")
        case = take(case, "ask_again", office, AT + 2 * DAY, message="如何办理？")
        case = take(case, "answer", office, AT + 3 * DAY, way="phone", answer="已电话说明。")

        record = only(case)

        assert record.type == "legal_advice" and record.day == date(2022, 12, 8) and record.confidential
        assert (record.values["field"], record.values["lawyer"], record.values["way"]) == ("labour", "丁正", "phone")
        assert value("legal_questions_answered") == 1
