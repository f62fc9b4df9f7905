"""Whom to call at an enterprise is forgotten a year after it went."""

from datetime import date, datetime

import pytest

from rixin.catalogue.worktime import LOCAL
from rixin.people.actors import SYSTEM
from rixin.privacy import retention
from rixin.registers import standings
from rixin.registers.models import Enterprise, How, Standing
from rixin.registers.tests.builders import NOW, TODAY, an_enterprise

pytestmark = pytest.mark.usefixtures("definitions")


def after(now: str) -> Enterprise:
    list(retention.run(datetime.fromisoformat(now).replace(tzinfo=LOCAL)))
    return Enterprise.objects.get()


def gone_since(day: str) -> None:
    one = an_enterprise(contact_name="周经理", contact_phone="13900001234")
    standings.stand(
        one,
        Standing.LEFT,
        How.MOVED_OUT,
        date.fromisoformat(day),
        by=SYSTEM,
        at=NOW,
        seen=one.version,
        today=TODAY,
    )


def test_a_year_after_it_moved_away():
    gone_since("2022-05-02")

    assert after("2023-05-02T04:00").contact_phone == "13900001234"
    assert after("2023-05-04T04:00").contact_phone is None


def test_never_while_it_is_here():
    an_enterprise(contact_name="周经理", contact_phone="13900001234")

    assert after("2033-05-04T04:00").contact_name == "周经理"
