"""What figures say of proposals and ratings: rows as plain Python puts them together, on the database in use."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rixin.catalogue.periods import Period
from rixin.catalogue.worktime import LOCAL
from rixin.choosing import judging, raising, rating
from rixin.choosing.rating import Rated
from rixin.choosing.tests.builders import AT, a_project, a_proposal, a_round, a_vote, counted, listed, published
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.metrics.rows import behind
from rixin.people.actors import SYSTEM, resident
from rixin.programmes.models import Status
from rixin.reports import stamps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
LATER = datetime(2023, 12, 1, tzinfo=LOCAL)


def figure(code: str, year: str, **where: Any) -> Any:
    return compute.figures([code], Period.read(year), engine=Database(), as_of=LATER, **where)[code]


def value(code: str, year: str, **where: Any) -> Decimal | None:
    found: Decimal | None = figure(code, year, **where).value
    return found


def test_each_of_raised_listed_and_chosen_counts_on_its_own_day(keeper, second_keeper):
    row = a_round(places=1)
    one, other = listed(row), listed(row, area_path="330106013/002/")
    declined = published(row)
    judging.decline(declined, "few", by=SYSTEM, at=AT, seen=declined.version)
    ballot = a_vote(row)
    for by in (keeper, second_keeper):
        counted(ballot, by, 40, {one: 30, other: 10})

    assert value("proposals_received", "2022") == 3 and value("proposals_received", "2023") == 0
    assert value("proposals_received", "2022", area="330106013/002/") == 1
    assert value("proposals_listed", "2022") == 2
    assert (value("proposals_chosen", "2022"), value("proposals_chosen", "2023")) == (0, 1)


def test_what_staff_wrote_down_is_told_from_what_residents_raised():
    row = a_round()
    a_proposal(row), a_proposal(row), a_proposal(row), a_proposal(row, source=raising.Source.MEETING)

    assert value("proposals_of_residents", "2022") == Decimal("75.0")


def test_satisfaction_is_of_those_who_answered(units):
    built = a_project(status=Status.DONE, done_on=date(2023, 9, 20))
    for phone, said in enumerate(("satisfied", "fairly", "not_satisfied", "satisfied")):
        rating.rate(built, Rated(rating=said, browser=f"{phone}"), by=resident(), at=LATER - timedelta(days=10))

    assert value("livelihood_satisfaction", "2023") == Decimal("75.0")
    assert value("livelihood_ratings", "2023", unit="greening") == 4
    assert value("livelihood_ratings", "2023", unit="sanitation") == 0


def test_a_supporter_changes_what_stands_behind_a_figure():
    one = published(a_round())
    before, stamp = figure("proposals_received", "2022").digest, stamps.of_facts()

    raising.support(one, "a-phone", at=AT)

    assert figure("proposals_received", "2022").digest != before and stamps.of_facts() != stamp


def test_the_rows_of_a_figure_lead_to_the_proposals(keeper):
    one = published(a_round(), "德加西区口袋公园")
    rows = behind("proposals_received", Period.read("2022"))
    assert rows is not None and rows.source == "proposals"

    page = keeper.client.get("/figures/proposals_received?period=2022").content.decode()

    assert "德加西区口袋公园" in page and one.get_absolute_url() in page
