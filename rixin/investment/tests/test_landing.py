"""A lead lands: one record, one enterprise, once."""

from datetime import date, timedelta

import pytest

from rixin.investment import actions
from rixin.investment.actions import ChangedMeanwhile, Move
from rixin.investment.drafts import LeadRefused
from rixin.investment.figures import WAN
from rixin.investment.landing import Landing, land
from rixin.investment.models import Lead, Status
from rixin.investment.tests.builders import AT, a_lead, a_university_lead, noted
from rixin.records.models import Record
from rixin.records.models import Status as RecordStatus
from rixin.registers.models import Enterprise, How, Standing, StandingSpan
from rixin.registers.tests.builders import a_code, an_enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
LATER = AT + timedelta(days=30)
DAY = date(2022, 12, 30)


def landed(lead: Lead, by, *, seen: int = 0, **given) -> Lead:
    fresh = Lead.objects.get(pk=lead.pk)
    landing = Landing(**{"day": DAY, **given})
    return land(fresh, landing, by=by.actor, at=LATER, seen=seen or fresh.version)


class TestItsRecord:
    def test_says_what_the_lead_says_in_the_units_of_the_record(self, officer):
        lead = landed(a_lead(officer, name="云帆智能", amount=1234 * WAN + 560_000), officer)

        record = Record.objects.get(type="landing")
        assert lead.record == record and record.day == DAY
        assert record.values == {"project": "云帆智能", "amount": 123_456, "industry": "软件和信息技术服务业"}
        assert record.enterprise == lead.enterprise

    def test_an_amount_that_only_the_landing_says(self, officer):
        lead = a_lead(officer, amount=None)
        with pytest.raises(LeadRefused) as refused:
            landed(lead, officer)
        assert list(refused.value.fields) == ["amount"]

        assert landed(lead, officer, amount=300 * WAN).amount == 300 * WAN

    def test_of_a_university_has_partner_and_kind_and_nothing_enters_the_register(self, officer):
        lead = landed(a_university_lead(officer, name="联合实验室"), officer)

        record = Record.objects.get(type="university_project")
        assert record.values == {"project": "联合实验室", "partner": "浙江大学", "kind": "research"}
        assert lead.enterprise is None and not Enterprise.objects.exists()


class TestItsEnterprise:
    @pytest.mark.parametrize("how", [How.NEW, How.MOVED_IN])
    def test_a_new_one_stands_in_the_register_from_that_day(self, officer, how):
        code = a_code()
        made = landed(a_lead(officer), officer, name="杭州云帆智能有限公司", code=code, how=how).enterprise

        assert (made.name, made.code, made.section, made.since) == ("杭州云帆智能有限公司", code, "I", DAY)
        span = StandingSpan.objects.get(enterprise=made)
        assert (span.how, span.standing) == (how, Standing.HERE)

    def test_one_that_is_there_is_chosen_and_not_entered_a_second_time(self, officer):
        there = an_enterprise("杭州云帆智能有限公司")
        lead = a_lead(officer, name="杭州云帆智能有限公司")
        with pytest.raises(LeadRefused) as refused:
            landed(lead, officer)
        assert list(refused.value.fields) == ["enterprise"]

        assert landed(lead, officer, enterprise=there.pk).enterprise == there
        assert Enterprise.objects.count() == 1

    def test_one_that_has_moved_away_is_not_chosen(self, officer):
        gone = an_enterprise(standing=Standing.LEFT, how=How.MOVED_OUT)

        with pytest.raises(LeadRefused):
            landed(a_lead(officer), officer, enterprise=gone.pk)


class TestOnce:
    def test_a_double_click_lands_once(self, officer):
        lead = a_lead(officer)

        first, second = landed(lead, officer, seen=1), landed(lead, officer, seen=1)

        assert first.record == second.record and first.enterprise == second.enterprise
        assert (Record.objects.count(), Enterprise.objects.count()) == (1, 1)

    def test_of_two_the_second_is_told(self, officer, second_officer):
        lead = a_lead(officer)
        landed(lead, officer, seen=1)

        with pytest.raises(ChangedMeanwhile):
            landed(lead, second_officer, seen=1)

    def test_a_refusal_leaves_nothing_behind(self, officer):
        lead = a_lead(officer, amount=None)

        with pytest.raises(LeadRefused):
            landed(lead, officer)

        lead.refresh_from_db()
        assert (lead.status, lead.version) == (Status.OPEN, 1)
        assert not Enterprise.objects.exists() and not Record.objects.exists()

    @pytest.mark.parametrize(("day", "fine"), [(DAY, True), (date(2023, 1, 5), False), (date(2022, 11, 1), False)])
    def test_on_a_day_between_its_opening_and_today(self, officer, day, fine):
        lead = a_lead(officer)
        if fine:
            assert landed(lead, officer, day=day).landed_on == day
        else:
            with pytest.raises(LeadRefused) as refused:
                landed(lead, officer, day=day)
            assert list(refused.value.fields) == ["day"]

    def test_what_landed_by_mistake_is_taken_up_loses_its_record_and_may_land_again(self, officer):
        lead = landed(a_lead(officer), officer, name="杭州云帆智能有限公司")
        first, enterprise = lead.record, lead.enterprise

        lead = actions.take_up(lead, Move(words="合同未生效"), by=officer.actor, at=LATER, seen=lead.version)
        first.refresh_from_db()
        assert (lead.status, first.status, enterprise.withdrawn) == (Status.OPEN, RecordStatus.WITHDRAWN, False)

        again = landed(noted(lead, officer, at=LATER), officer, enterprise=enterprise.pk)
        assert again.record != first and again.record.status == RecordStatus.CONFIRMED
