"""What comes of an enterprise that thinks of leaving stands in the register, in the same transaction."""

from datetime import date
from typing import Any

import pytest

from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.cases.tests.builders import take
from rixin.cases.tests.statutes import DAY, on, received
from rixin.people.actors import SYSTEM
from rixin.people.roles import Role
from rixin.people.tests.cast import Player, a_player
from rixin.registers import entering, standings
from rixin.registers.models import Enterprise, How, RegisterEvent, Standing
from rixin.registers.tests.builders import NOW, a_building, a_lease, a_room, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
AT = on(2023, 3, 6)
NAME = "杭州去留科技有限公司"


@pytest.fixture
def office(units: Any) -> Player:
    return a_player("jin.ying", "金英", "economy-office", Role.HANDLER)


@pytest.fixture
def enterprise() -> Enterprise:
    return an_enterprise(NAME)


def talked_with(office: Player, name: str = NAME) -> Case:
    case = received("enterprise_retention", AT, enterprise=name)
    return take(case, "contact", office, AT, day="2023-03-06", reason="rent", note="租约到期")


class TestAnEnterpriseThatLeaves:
    def test_is_gone_in_the_register_with_where_it_went_and_its_rooms(
        self, office: Player, enterprise: Enterprise
    ) -> None:
        lease = a_lease(a_room(a_building()), enterprise)

        take(talked_with(office), "leave", office, AT + DAY, where="余杭区", note="租金")

        enterprise.refresh_from_db()
        lease.refresh_from_db()
        assert (enterprise.standing, enterprise.since) == (Standing.LEFT, date(2023, 3, 7))
        assert lease.until_day == date(2023, 3, 7)
        span = enterprise.standings.get(until_day=None)
        assert (span.how, span.where) == (How.MOVED_OUT, "余杭区")

    def test_is_left_as_it_is_where_the_register_knew_it(self, office: Player, enterprise: Enterprise) -> None:
        case = talked_with(office)
        standings.stand(
            enterprise, Standing.LEFT, How.MOVED_OUT, date(2023, 3, 6), where="滨江区", by=SYSTEM, at=AT,
            seen=enterprise.version, today=date(2023, 3, 6),
        )  # fmt: skip

        take(case, "leave", office, AT + DAY, where="余杭区", note="租金")

        assert enterprise.standings.get(until_day=None).where == "滨江区"

    def test_one_that_is_not_in_the_register_changes_nothing_there(
        self, office: Player, enterprise: Enterprise
    ) -> None:
        take(talked_with(office, "某公司"), "leave", office, AT + DAY, where="余杭区", note="租金")

        enterprise.refresh_from_db()
        assert enterprise.standing == Standing.HERE

    def test_of_one_entered_twice_the_entry_that_goes_on_has_left(self, office: Player, enterprise: Enterprise) -> None:
        case, into = talked_with(office), an_enterprise("杭州去留科技股份有限公司")
        entering.merge(enterprise, into, by=SYSTEM, at=NOW, seen=enterprise.version, into_seen=into.version)

        take(case, "leave", office, AT + DAY, where="余杭区", note="租金")

        into.refresh_from_db()
        assert into.standing == Standing.LEFT

    def test_where_the_register_cannot_take_it_nothing_happens_at_all(self, office: Player) -> None:
        """It is in the register from a later day on only."""
        later = an_enterprise("杭州未来科技有限公司", since="2023-04-01")
        case = talked_with(office, later.name)

        with pytest.raises(ActionRefused) as refused:
            take(case, "leave", office, AT + DAY, where="余杭区", note="租金")

        case.refresh_from_db()
        assert refused.value.refusal.code == "before" and case.state == "talking"


def test_that_it_stays_is_a_line_in_its_history(office: Player, enterprise: Enterprise) -> None:
    case = talked_with(office)

    take(case, "stay", office, AT + DAY, answer="续租三年")

    enterprise.refresh_from_db()
    last = RegisterEvent.objects.filter(enterprise=enterprise).last()
    assert (last.action, last.reason, enterprise.standing) == ("stay", case.number, Standing.HERE)
