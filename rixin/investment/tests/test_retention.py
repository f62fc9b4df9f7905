"""Who told of a lead is forgotten a year after it was given up, and not while it is followed."""

from datetime import timedelta

import pytest

from rixin.investment import actions
from rixin.investment.models import Lead
from rixin.investment.tests.builders import AT, a_lead
from rixin.people.tests.cast import Player
from rixin.privacy import retention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]


def told_by(lead: Lead, *, days: int) -> str | None:
    """So many days after it was opened."""
    list(retention.run(AT + timedelta(days=days)))
    lead.refresh_from_db()
    return lead.introduced_by


def test_a_year_after_it_was_given_up(officer: Player) -> None:
    lead = a_lead(officer, introduced_by="老客户周先生")
    actions.give_up(lead, "rent", by=officer.actor, at=AT, seen=1)

    assert told_by(lead, days=360) == "老客户周先生"
    assert told_by(lead, days=367) is None


def test_not_while_it_is_followed(officer: Player) -> None:
    lead = a_lead(officer, introduced_by="老客户周先生")

    assert told_by(lead, days=3_000) == "老客户周先生"
