"""Clients that act on one case at the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from rixin.cases import actions, escalation
from rixin.cases.history import ActionRefused, Reporter
from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case, a_new_case
from rixin.cases.verification import verify
from rixin.people.actors import resident

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("definitions")]
HOUR = timedelta(hours=1)
WARNING = MONDAY_0930 + timedelta(minutes=100)


def at_once(*calls):
    """Runs the calls together, each in a thread with its own connection; their results or exceptions, in order."""
    together = Barrier(len(calls))

    def run(call):
        together.wait()
        try:
            return call()
        except Exception as raised:
            return raised
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def untouched():
    return all(not found for _case, found in verify(Case.objects.all()))


class TestActing:
    def test_two_dispatchers_leave_one_winner(self, dispatcher, second_dispatcher, handler, other_handler):
        case = a_case()
        sendings = [
            lambda by=by, unit=unit: actions.act(
                case, "dispatch", by=by, given={"unit": unit.main_post.unit_id}, seen=1, at=MONDAY_0930 + HOUR
            )
            for by, unit in ((dispatcher, handler), (second_dispatcher, other_handler))
        ]

        results = at_once(*sendings)

        assert sorted(type(result).__name__ for result in results) == ["Case", "ChangedMeanwhile"]
        case.refresh_from_db()
        assert case.version == 2 and case.events.count() == 2
        assert untouched()

    def test_eight_neighbours_who_join_at_once_all_get_in(self):
        case = a_case()
        joining = [
            lambda key=key: actions.join(
                case,
                reporter=Reporter(submission_key=f"n{key}"),
                words="",
                channel="code",
                at=MONDAY_0930 + HOUR,
                by=resident(),
            )
            for key in range(8)
        ]

        results = at_once(*joining)

        assert [type(result).__name__ for result in results] == ["Opened"] * 8
        assert case.receipts.count() == 9
        assert untouched()

    def test_a_resident_who_rates_twice_from_two_phones_is_counted_once(self, dispatcher, handler, verifier):
        case = a_case()
        for action, by, given in (
            ("dispatch", dispatcher, {"unit": handler.main_post.unit_id}),
            ("acknowledge", handler, {}),
            ("handle", handler, {"answer": "已清运。"}),
            ("verify", verifier, {}),
            ("close", dispatcher, {}),
        ):
            case = actions.act(case, action, by=by, given=given, seen=case.version, at=MONDAY_0930 + HOUR)
        ratings = [
            lambda rating=rating: actions.act(
                case,
                "rate",
                by=resident(),
                given={"rating": rating, "resolved": True},
                seen=case.version,
                at=MONDAY_0930 + 2 * HOUR,
            )
            for rating in ("satisfied", "fairly")
        ]

        results = at_once(*ratings)

        assert sum(isinstance(result, Case) for result in results) == 1
        assert case.events.filter(action="rate").count() == 1


class TestSending:
    def test_one_submission_from_eight_retries_is_one_case(self):
        sendings = [lambda: actions.open_case(a_new_case(key="one"), by=resident(), at=MONDAY_0930)] * 8

        results = at_once(*sendings)

        assert Case.objects.count() == 1
        assert len({result.receipt.code for result in results}) == 1
        assert sum(not result.again for result in results) == 1


class TestSweeping:
    def test_two_sweeps_at_once_tell_each_alarm_once(self):
        for key in range(5):
            a_case(key=f"case-{key}")

        at_once(*[lambda: escalation.sweep(WARNING)] * 2)

        for case in Case.objects.all():
            assert case.events.filter(action="alarm").count() == 1
        assert untouched()

    def test_a_case_that_was_taken_while_the_sweep_ran_keeps_its_chain(self, dispatcher):
        case = a_case()

        results = at_once(
            lambda: escalation.sweep(MONDAY_0930 + timedelta(minutes=100)),
            lambda: actions.act(
                case, "accept", by=dispatcher, given={}, seen=1, at=MONDAY_0930 + timedelta(minutes=100)
            ),
        )

        assert isinstance(results[0], int)
        assert isinstance(results[1], Case | actions.ChangedMeanwhile | ActionRefused)
        assert untouched()
