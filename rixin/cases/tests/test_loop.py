"""A matter on its way from the report to the rating."""

from datetime import timedelta
from typing import Any

import pytest

from rixin.cases import actions, queries
from rixin.cases.history import ActionRefused, Reporter
from rixin.cases.models import Case, CaseEvent, Receipt
from rixin.cases.tests.builders import MONDAY_0930, a_case, a_new_case, take
from rixin.people.actors import resident
from rixin.people.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
HOUR = timedelta(hours=1)


def dispatched(dispatcher: Any, handler: Any, **given: Any) -> Case:
    return take(a_case(**given), "dispatch", dispatcher, MONDAY_0930 + HOUR, unit=handler.main_post.unit_id)


def handled(dispatcher: Any, handler: Any) -> Case:
    case = take(dispatched(dispatcher, handler), "acknowledge", handler, MONDAY_0930 + 2 * HOUR)
    return take(case, "handle", handler, MONDAY_0930 + 4 * HOUR, answer="已清运，并加装了监控。")


class TestTheWholeLoop:
    def test_four_facts_have_their_own_dates(self, dispatcher, handler, verifier):
        case = handled(dispatcher, handler)
        case = take(case, "verify", verifier, MONDAY_0930 + 5 * HOUR)
        case = take(case, "close", dispatcher, MONDAY_0930 + 6 * HOUR)
        case = take(case, "rate", resident(), MONDAY_0930 + 30 * HOUR, rating="satisfied", resolved=True)

        assert case.answered_at == MONDAY_0930 + 4 * HOUR
        assert case.verified_at == MONDAY_0930 + 5 * HOUR
        assert case.resolved_at == case.rated_at == MONDAY_0930 + 30 * HOUR
        assert (case.phase, case.outcome, case.rating) == ("closed", "solved", "satisfied")
        assert case.due_at is None

    def test_the_unit_named_gets_the_case_and_is_told(self, dispatcher, handler, other_handler):
        case = dispatched(dispatcher, handler)

        assert queries.visible_to(handler).contains(case)
        assert not queries.visible_to(other_handler).contains(case)
        assert Notice.objects.filter(account=handler.account).count() == 1

    def test_what_is_open_to_a_unit_leaves_with_its_closing_and_returns_with_its_reopening(
        self, dispatcher, handler, verifier
    ):
        case = handled(dispatcher, handler)
        case = take(case, "verify", verifier, MONDAY_0930 + 5 * HOUR)
        assert queries.open_to(handler).contains(case)

        case = take(case, "close", dispatcher, MONDAY_0930 + 6 * HOUR)
        assert not queries.open_to(handler).contains(case)
        assert queries.visible_to(handler).contains(case)

        case = take(case, "reopen", resident(), MONDAY_0930 + 30 * HOUR, message="又堆起来了")
        assert queries.open_to(handler).contains(case)

    def test_a_unit_that_lost_the_case_still_sees_what_became_of_it(self, dispatcher, handler, other_handler):
        case = dispatched(dispatcher, handler)

        case = take(
            case,
            "transfer",
            dispatcher,
            MONDAY_0930 + 2 * HOUR,
            unit=other_handler.main_post.unit_id,
            explanation="属绿化",
        )

        assert queries.visible_to(handler).contains(case)
        assert queries.actions_for(case, queries.actor_on(handler, case), MONDAY_0930 + 3 * HOUR) == []

    def test_the_handler_does_not_verify_the_own_work(self, dispatcher, handler, community_officer):
        case = take(a_case(), "dispatch", dispatcher, MONDAY_0930 + HOUR, unit=community_officer.main_post.unit_id)
        case = take(case, "acknowledge", community_officer, MONDAY_0930 + 2 * HOUR)
        case = take(case, "handle", community_officer, MONDAY_0930 + 3 * HOUR, answer="已清理。")

        with pytest.raises(ActionRefused) as refused:
            take(case, "verify", community_officer, MONDAY_0930 + 4 * HOUR)

        assert refused.value.refusal.code == "same_person"

    def test_an_unsatisfied_rating_comes_back_for_a_second_look(self, dispatcher, handler, verifier):
        case = handled(dispatcher, handler)
        case = take(case, "verify", verifier, MONDAY_0930 + 5 * HOUR)
        case = take(case, "close", dispatcher, MONDAY_0930 + 6 * HOUR)

        case = take(
            case,
            "rate_unsatisfied",
            resident(),
            MONDAY_0930 + 7 * HOUR,
            rating="not_satisfied",
            resolved=False,
            rating_reason="第二天又堆起来了",
        )

        assert (case.state, case.owner, case.due_clock) == ("second_look", "verifier", "review")
        assert Notice.objects.filter(account=verifier.account).exists()


class TestRequests:
    def test_a_request_that_nobody_decided_ends_with_the_matter(self, dispatcher, handler, verifier):
        case = take(dispatched(dispatcher, handler), "acknowledge", handler, MONDAY_0930 + 2 * HOUR)
        case = take(case, "ask_extension", handler, MONDAY_0930 + 3 * HOUR, reason="parts", explanation="等待配件")
        assert case.waiting == "extension"

        case = take(case, "handle", handler, MONDAY_0930 + 4 * HOUR, answer="已清运。")
        case = take(case, "verify", verifier, MONDAY_0930 + 5 * HOUR)
        case = take(case, "close", dispatcher, MONDAY_0930 + 6 * HOUR)

        assert case.waiting == ""


class TestSortingAnew:
    def test_another_kind_brings_its_own_owner_and_term_counted_from_receipt(self, dispatcher):
        case = a_case(type="exposed_rubbish")
        before = {clock.code: clock for clock in queries.clocks(case)}

        case = take(case, "sort", dispatcher, MONDAY_0930 + HOUR, type="illegal_building", urgency="ordinary")

        after = {clock.code: clock for clock in queries.clocks(case)}
        assert case.type == "illegal_building"
        assert case.owner_unit.code == "enforcement-team"
        assert after["handle"].started_at == before["handle"].started_at == MONDAY_0930
        assert after["handle"].term == queries.setting_of(case).rules.term_of("handle") != before["handle"].term

    def test_a_place_found_later_moves_the_case_into_its_area(self, dispatcher, grid_worker):
        case = a_case(area_path="330106013/")
        assert not queries.visible_to(grid_worker).contains(case)

        place = {"area_path": "330106013/001/01/01/", "address": "德加公寓3幢", "lat": 30.29, "lng": 120.1}
        case = take(case, "sort", dispatcher, MONDAY_0930 + HOUR, type=case.type, urgency="urgent", place=place)

        assert queries.visible_to(grid_worker).contains(case)
        assert (case.address, case.urgency) == ("德加公寓3幢", "urgent")

    def test_a_kind_that_is_not_published_is_refused(self, dispatcher):
        with pytest.raises(ActionRefused) as refused:
            take(a_case(), "sort", dispatcher, MONDAY_0930 + HOUR, type="no_such_kind", urgency="ordinary")

        assert set(refused.value.refusal.fields) == {"type"}


class TestSendingTwice:
    def test_a_double_tap_makes_one_case_and_gives_the_same_receipt(self):
        first = actions.open_case(a_new_case(key="tap"), by=resident(), at=MONDAY_0930)
        again = actions.open_case(a_new_case(key="tap"), by=resident(), at=MONDAY_0930 + HOUR)

        assert again.again and again.case == first.case
        assert again.receipt.code == first.receipt.code
        assert Case.objects.count() == Receipt.objects.count() == CaseEvent.objects.count() == 1

    def test_a_double_click_is_done_once_and_answers_done(self, dispatcher):
        case = a_case()

        actions.act(case, "accept", by=dispatcher, given={}, seen=1, at=MONDAY_0930 + HOUR)
        again = actions.act(case, "accept", by=dispatcher, given={}, seen=1, at=MONDAY_0930 + HOUR)

        assert again.version == 2

    def test_of_two_dispatchers_the_second_is_told_what_the_first_did(self, dispatcher, second_dispatcher, handler):
        case = a_case()
        actions.act(case, "accept", by=dispatcher, given={}, seen=1, at=MONDAY_0930 + HOUR)

        with pytest.raises(actions.ChangedMeanwhile) as changed:
            unit = handler.main_post.unit_id
            actions.act(case, "dispatch", by=second_dispatcher, given={"unit": unit}, seen=1, at=MONDAY_0930 + HOUR)

        assert [(event.action, event.by_name) for event in changed.value.since] == [("accept", "陈敏")]


class TestJoining:
    def test_a_neighbour_joins_and_gets_an_own_receipt(self):
        case = a_case()

        opened = actions.join(
            case,
            reporter=Reporter(submission_key="n"),
            words="我家也闻到",
            channel="code",
            at=MONDAY_0930 + HOUR,
            by=resident(),
        )

        assert opened.case == case and opened.receipt.joined
        assert case.receipts.count() == 2 and Case.objects.count() == 1

    def test_joining_what_was_closed_meanwhile_is_refused(self, dispatcher):
        case = take(a_case(), "decline", dispatcher, MONDAY_0930 + HOUR, reason="not_ours", answer="请联系物业。")

        with pytest.raises(ActionRefused):
            actions.join(
                case,
                reporter=Reporter(submission_key="n"),
                words="",
                channel="code",
                at=MONDAY_0930 + 2 * HOUR,
                by=resident(),
            )

    def test_who_joined_rates_once_and_for_the_own_receipt(self, dispatcher, handler, verifier):
        case = dispatched(dispatcher, handler)
        neighbour = actions.join(
            case,
            reporter=Reporter(submission_key="n"),
            words="",
            channel="code",
            at=MONDAY_0930 + 2 * HOUR,
            by=resident(),
        ).receipt
        case.refresh_from_db()
        case = take(case, "acknowledge", handler, MONDAY_0930 + 3 * HOUR)
        case = take(case, "handle", handler, MONDAY_0930 + 4 * HOUR, answer="已清运。")
        case = take(case, "verify", verifier, MONDAY_0930 + 5 * HOUR)
        case = take(case, "close", dispatcher, MONDAY_0930 + 6 * HOUR)

        actions.rate_too(neighbour, rating="fairly", reason="", by=resident(), at=MONDAY_0930 + 7 * HOUR)
        with pytest.raises(ActionRefused):
            actions.rate_too(neighbour, rating="fairly", reason="", by=resident(), at=MONDAY_0930 + 8 * HOUR)

        neighbour.refresh_from_db()
        assert neighbour.rating == "fairly"
        assert Case.objects.get(pk=case.pk).rating == ""


class TestMerging:
    def test_the_receipt_of_a_merged_case_follows_the_other(self, dispatcher):
        first, twin = a_case(key="a"), a_case(key="b")

        twin = take(twin, "merge", dispatcher, MONDAY_0930 + HOUR, into=first.number)

        assert (twin.outcome, twin.merged_into) == ("merged", first)
        assert queries.by_receipt(twin.receipts.get()) == first

    @pytest.mark.parametrize("number", ["20220314-99999", "nonsense", "self"])
    def test_merging_into_nothing_or_itself_is_refused_with_the_field_named(self, dispatcher, number):
        case = a_case()

        with pytest.raises(ActionRefused) as refused:
            take(case, "merge", dispatcher, MONDAY_0930 + HOUR, into=case.number if number == "self" else number)

        assert set(refused.value.refusal.fields) == {"into"}


class TestOpening:
    def test_the_way_in_costs_few_statements(self, django_assert_max_num_queries):
        new = a_new_case()
        with django_assert_max_num_queries(9):
            actions.open_case(new, by=resident(), at=MONDAY_0930)
