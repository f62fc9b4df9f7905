"""The demonstration in its full size: what the report of the sub-district says of 2022, and every action in use."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from rixin.cases.models import Case, CaseClock, CaseEvent
from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.worktime import LOCAL
from rixin.demo.bursts import BURSTS, Burst
from rixin.metrics import compute
from rixin.metrics.engines.database import Database
from rixin.records.models import Record
from rixin.records.verification import verify as verify_records
from rixin.reports import editions
from rixin.reports.forms import standing
from rixin.reports.forms.filling import Order
from rixin.reports.forms.queries import place_of
from rixin.reports.models import Edition, FormSubmission
from rixin.topics.models import Topic
from rixin.triage.hot.heat import WINDOW

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]


OF_THE_REPORT = {
    "fiscal_revenue_total": "13.23", "fiscal_revenue_total_growth": "10.06", "budget_revenue": "6.66",
    "budget_revenue_growth": "13.05", "retail_sales": "50.8", "retail_sales_growth": "1.2",
    "fixed_asset_investment": "0.85", "foreign_capital_used": "500", "enterprise_visits": "896",
    "enterprise_problems_solved": "215", "enterprises_retained": "54", "subsidies_paid": "1400",
    "university_projects": "2", "industry_research_projects": "2", "large_enterprises_attracted": "5",
    "ipo_candidates": "1", "unicorn_candidates": "2", "enterprises_moved_in": "90", "enterprises_registered": "391",
    "ten_million_buildings": "6", "hundred_million_buildings": "2", "talents_attracted": "106",
    "class_d_talents": "3", "startup_teams": "4", "rd_centres": "5", "health_stations_opened": "1",
    "health_centre_space_ratio": "2", "job_fairs": "11", "jobs_offered": "3098", "employment_agreements": "1005",
    "labour_complaints": "310", "labour_complaint_amount": "264", "labour_first_time_resolution": "100",
    "five_star_service_centres": "1", "five_star_service_stations": "6", "cultural_events": "300",
    "cultural_enterprises": "30", "cultural_output": "50", "rooftop_kangle": "34", "rooftop_meidu": "9",
    "tripartite_disputes": "70", "self_built_house_hazards": "1", "waste_sorting_provincial": "2",
    "waste_sorting_municipal": "4", "secondary_water_supply": "11", "owners_committee_elections": "7",
    "owners_committee_disputes": "80", "key_roads": "1", "other_roads": "3", "murals": "6", "river_problems": "360",
    "river_problem_rate": "100", "xihu_code_cases": "8945", "xihu_code_satisfaction": "99.2",
    "backlog_petitions_resolved": "2", "petition_visits": "146", "petition_visitors": "285",
    "petitions_handled": "2697", "shared_court_sessions": "7", "safety_inspectors": "3700",
    "safety_hazards_fixed": "573", "command_groups": "17", "epidemic_drills": "6", "epidemic_operations": "320",
    "five_within_one_hour": "100", "antigen_points": "108", "nucleic_points": "74", "mobile_cabins": "46",
    "volunteers": "500", "people_transferred": "20233", "people_isolated": "3169", "records_checked": "360000",
    "people_managed": "5.2", "community_spread": "0", "isolation_sites": "3", "vaccination_coverage_60": "102.43",
}  # fmt: skip
"""Every figure of the sub-district's report of 2022, as it is printed there."""


class TestTheFullYear:
    def test_it_has_the_matters_and_the_satisfaction_of_the_report(self) -> None:
        through_the_code = Case.objects.filter(channel="code", opened_at__year=2022)
        ratings = through_the_code.filter(excluded=False).exclude(rating="")

        satisfied = 100 * ratings.exclude(rating="not_satisfied").count() / ratings.count()

        assert through_the_code.count() == 8945
        assert round(satisfied, 1) == 99.2

    def test_every_action_of_the_lifecycle_occurs(self) -> None:
        taken = set(CaseEvent.objects.values_list("action", flat=True))

        standard = next(one for one in versions.lifecycles() if one.code == "standard")
        assert not set(standard.actions) - taken

    def test_handled_in_time_are_between_96_and_98_in_a_hundred(self) -> None:
        clocks = CaseClock.objects.filter(code="handle", case__opened_at__year=2022)

        assert 0.96 <= clocks.filter(missed=False).count() / clocks.count() <= 0.98

    def test_hardly_two_people_write_the_same(self) -> None:
        texts = list(Case.objects.values_list("text", flat=True))

        assert len(set(texts)) > 0.99 * len(texts)

    def test_the_record_is_whole(self) -> None:
        call_command("verify", stdout=StringIO())
        assert not [found for _record, found in verify_records(Record.objects.all()) if found]

    def test_every_figure_of_the_report_comes_out_of_the_rows(self) -> None:
        as_of = datetime(2023, 6, 15, 17, 0, tzinfo=LOCAL)
        figures = compute.figures(OF_THE_REPORT, Period.read("2022"), engine=Database(), as_of=as_of)

        assert {code: figures[code].value for code in OF_THE_REPORT} == {
            code: Decimal(value) for code, value in OF_THE_REPORT.items()
        }
        assert [code for code, figure in figures.items() if figure.missing] == []

    def test_the_sealed_report_says_the_same_and_a_persons_words_on_the_problems(self) -> None:
        edition = Edition.objects.get()
        sealed = editions.document_of(edition)

        said = {one.id: Decimal(str(one.value)) for one in sealed.cited if sealed.is_own(one)}
        assert {code: said[code] for code in OF_THE_REPORT} == {
            code: Decimal(value) for code, value in OF_THE_REPORT.items()
        }
        assert "[problems" not in edition.body and "逐件倒查超期原因" in edition.body
        assert editions.is_intact(edition)


class TestTheTopics:
    @pytest.mark.parametrize("burst", BURSTS, ids=lambda burst: burst.type)
    def test_what_many_raised_at_once_was_found(self, burst: Burst) -> None:
        over = burst.first + timedelta(days=burst.days)
        found = Topic.objects.filter(peak_on__range=(burst.first, over + timedelta(days=WINDOW)))

        raised = [topic.cases.filter(day__range=(burst.first, over), case__type=burst.type) for topic in found]

        assert max((cases.count() for cases in raised), default=0) >= 0.7 * burst.count

    def test_the_report_speaks_of_them(self) -> None:
        assert "matters_received#" in Edition.objects.get().body


class TestTheForms:
    def test_one_of_each_was_handed_in(self) -> None:
        forms = {version.form.code for version in versions.forms()}

        assert set(FormSubmission.objects.values_list("form", flat=True)) == forms

    def test_a_return_that_was_corrected_afterwards_makes_cells_that_would_be_other_today(self) -> None:
        submission = FormSubmission.objects.get(form="economy-monthly", period="2022-12")
        order = Order(
            versions.form(submission.form), Period.read(submission.period), place_of(submission), submission.at
        )

        other = standing.other_today(submission, order).values()

        assert {one.now.cell.figures[0]["id"] for one in other} == {"retail_sales", "retail_sales_growth"}

    def test_a_form_handed_in_again_says_something_else_than_before(self) -> None:
        again = FormSubmission.objects.get(form="safety-quarterly", period="2022-Q4", number=2)

        assert standing.handed_in(again).changes and 0 < again.filled < 20
