"""Of the kinds that sorting proposed, the share that people let stand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from rixin.cases.models import Case
from rixin.cases.tests.builders import MONDAY_0930, a_case, take
from rixin.catalogue.periods import Period
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.metrics.figures import Figure
from rixin.people.tests.cast import Player
from rixin.triage import proposals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
LATER = MONDAY_0930 + timedelta(hours=1)


def figures() -> dict[str, Figure]:
    codes = ("proposal_rate", "proposal_acceptance")
    return compute.figures(codes, Period.read("2022"), engine=Database(), as_of=LATER + timedelta(days=1))


def came_in(key: str, dispatcher: Player, **given: str) -> Case:
    return take(a_case(key=key, **given), "accept", dispatcher, LATER)


def test_what_is_corrected_counts_against_the_proposal_and_what_stands_for_it(dispatcher: Player) -> None:
    came_in("stands", dispatcher, proposed="exposed_rubbish")
    came_in("again", dispatcher, proposed="exposed_rubbish")
    came_in("never-proposed", dispatcher)
    corrected = came_in("corrected", dispatcher, proposed="exposed_rubbish")
    take(corrected, "sort", dispatcher, LATER, type="quarter_lighting", urgency="ordinary")
    a_case(key="nobody-has-looked", proposed="exposed_rubbish")

    found = figures()

    assert found["proposal_rate"].value == Decimal("75.0")
    assert found["proposal_acceptance"].value == Decimal("66.7")
    assert (found["proposal_acceptance"].numerator, found["proposal_acceptance"].denominator) == (2, 3)


def test_a_kind_that_the_resident_chose_is_no_proposal() -> None:
    text = "3幢2单元楼道灯不亮，晚上看不见台阶。"
    assert proposals.propose(text).proposed == "quarter_lighting"
    assert proposals.propose(text, chosen="exposed_rubbish").proposed == ""
    assert proposals.propose("你好").proposed == ""


def test_a_matter_that_came_in_through_several_channels_counts_once(dispatcher: Player) -> None:
    first = came_in("code", dispatcher)
    second = a_case(key="hotline", channel="hotline")
    take(second, "merge", dispatcher, LATER, into=first.number)

    found = compute.figures(
        ("matters_received", "matters_distinct"),
        Period.read("2022"),
        engine=Database(),
        as_of=LATER + timedelta(days=1),
    )

    assert found["matters_received"].value == 2
    assert found["matters_distinct"].value == 1
    assert second.receipts.count() == 1
