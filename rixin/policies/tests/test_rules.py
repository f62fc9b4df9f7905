"""Whether an enterprise meets the conditions of a policy, and what it would be paid: told from plain facts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from rixin.catalogue.policy_schema import Policy
from rixin.policies.rules import Answer, Check, Facts, Held, Taxed, check

DAY = date(2023, 3, 1)
MET, NOT_MET, NOT_KNOWN = Answer.MET, Answer.NOT_MET, Answer.NOT_KNOWN


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def a_policy(*conditions: dict[str, Any], **said: Any) -> Policy:
    text = {"zh": "条件", "en": "Condition"}
    return Policy.model_validate(
        {
            "code": "reward",
            "name": {"zh": "奖励", "en": "Reward"},
            "document": text,
            "from_day": "2023-01-01",
            "conditions": [{"text": text, **one} for one in conditions or ({"fact": "leases_here"},)],
            **said,
        }
    )


def checked(*conditions: dict[str, Any], **known: Any) -> Check:
    return check(a_policy(*conditions), Facts(**{"day": DAY, **known}))


def whole_year(yuan: int) -> Taxed:
    return Taxed(yuan * 100, 12)


HERE = {"fact": "standing", "any_of": ["here", "elsewhere"]}
SOFTWARE = {"fact": "division", "any_of": ["65"]}
IT = {"fact": "section", "any_of": ["I"]}
HIGH_TECH = {"fact": "trait", "any_of": ["stage.high_tech", "stage.specialised"]}
NEW = {"fact": "came_within_days", "at_most": 365}
PAYS = {"fact": "tax", "at_least": 50_000}
GROWS = {"fact": "tax_growth", "at_least": 10}
RENTS = {"fact": "leases_here"}


@pytest.mark.parametrize(
    ("condition", "known", "answer", "reason"),
    [
        (HERE, {"standing": "here"}, MET, "Registered and working here"),
        (HERE, {"standing": "working"}, NOT_MET, "Working here, registered elsewhere"),
        (HERE, {}, NOT_KNOWN, "is not known"),
        (IT, {"section": "I", "industry": "Software"}, MET, "Industry: Software"),
        (IT, {"section": "F", "industry": "Retail"}, NOT_MET, "Industry: Retail"),
        (IT, {}, NOT_KNOWN, "not entered"),
        (SOFTWARE, {"section": "I"}, NOT_KNOWN, "not so finely"),
        (
            HIGH_TECH,
            {"traits": {"stage.specialised": Held("Specialised", date(2022, 5, 1))}},
            MET,
            "Specialised, since",
        ),
        (HIGH_TECH, {"traits": {"stage.listed": Held("Listed", date(2022, 5, 1))}}, NOT_MET, "none of this"),
        (NEW, {"came_on": date(2022, 3, 1)}, MET, "365 days before"),
        (NEW, {"came_on": date(2022, 2, 28)}, NOT_MET, "366 days before"),
        (NEW, {"here_since": date(2020, 1, 1)}, NOT_MET, "here already"),
        (NEW, {"here_since": date(2022, 12, 1)}, NOT_KNOWN, "When it came is not known"),
        (PAYS, {"taxes": {2022: whole_year(50_000)}}, MET, "5 ten thousand yuan in 2022"),
        (PAYS, {"taxes": {2022: whole_year(49_999)}}, NOT_MET, "in 2022"),
        (PAYS, {"taxes": {2021: whole_year(90_000)}}, NOT_KNOWN, "There is no tax return of 2022"),
        (PAYS, {"taxes": {2022: Taxed(9_000_000, 9)}}, NOT_KNOWN, "only 9 months of 2022, 9 ten thousand yuan so far"),
        (GROWS, {"taxes": {2021: whole_year(100), 2022: whole_year(110)}}, MET, "10.0%"),
        (GROWS, {"taxes": {2021: whole_year(1000), 2022: whole_year(1099)}}, NOT_MET, "9.9%"),
        (GROWS, {"taxes": {2022: whole_year(110)}}, NOT_KNOWN, "no tax return of 2021"),
        (GROWS, {"taxes": {2021: whole_year(0), 2022: whole_year(110)}}, NOT_KNOWN, "no growth to tell"),
        (RENTS, {"leases_here": True}, MET, "has rooms"),
        (RENTS, {}, NOT_MET, "no rooms"),
    ],
)
def test_each_condition_says_why(condition, known, answer, reason):
    (finding,) = checked(condition, **known).findings

    assert finding.answer == answer
    assert reason in finding.reason


class TestAllConditionsTogether:
    def test_one_that_is_not_met_decides(self):
        assert checked(RENTS, PAYS, leases_here=False).answer == NOT_MET

    def test_one_that_is_not_known_leaves_it_open(self):
        assert checked(RENTS, PAYS, leases_here=True).answer == NOT_KNOWN

    def test_all_met_it_qualifies(self):
        assert checked(RENTS, PAYS, leases_here=True, taxes={2022: whole_year(60_000)}).answer == MET


class TestTheYearWhoseTaxCounts:
    def test_is_that_before_the_application(self):
        assert check(a_policy(PAYS), Facts(DAY, taxes={2022: whole_year(60_000)})).answer == MET

    def test_or_the_one_that_the_policy_names(self):
        policy = a_policy(PAYS, reference_year=2021)

        assert check(policy, Facts(DAY, taxes={2022: whole_year(60_000)})).answer == NOT_KNOWN
        assert check(policy, Facts(DAY, taxes={2021: whole_year(60_000)})).answer == MET


@pytest.mark.parametrize(
    ("said", "tax", "yuan", "how"),
    [
        ({"amount": 100_000}, None, 100_000, "10 ten thousand yuan to each"),
        ({}, None, None, "as the application says"),
        ({"most": 80_000}, None, None, "at most 8 ten thousand yuan"),
        ({"share_of_tax": 10}, 340_000, 34_000, "10% of the tax of 2022, 34 ten thousand yuan"),
        ({"share_of_tax": 10, "most": 20_000}, 340_000, 20_000, "of which at most 2 ten thousand yuan is paid"),
        ({"share_of_tax": 10}, None, None, "which is not known yet"),
        ({"share_of_tax": 10}, -5_000, 0, "10% of the tax of 2022"),
    ],
)
def test_the_amount_says_how_it_comes_about(said, tax, yuan, how):
    taxes = {} if tax is None else {2022: whole_year(tax)}

    amount = check(a_policy(**said), Facts(DAY, taxes=taxes)).amount

    assert amount.fen == (None if yuan is None else yuan * 100)
    assert how in amount.how


@given(tax=some.integers(0, 10**13), share=some.integers(1, 100), most=some.integers(1, 10**9))
def test_no_fen_more_than_the_share_and_never_more_than_the_most(tax, share, most):
    policy = a_policy(share_of_tax=share, most=Decimal(most))

    paid = check(policy, Facts(DAY, taxes={2022: Taxed(tax, 12)})).amount.fen

    assert paid is not None and 0 <= paid <= most * 100
    assert paid * 100 <= tax * share
    assert paid == most * 100 or (paid + 1) * 100 > tax * share


@given(tax=some.integers(-(10**12), 10**12), more=some.integers(0, 10**12), months=some.integers(0, 12))
def test_more_tax_never_loses_what_is_met(tax, more, months):
    before, after = (checked(PAYS, taxes={2022: Taxed(fen, months)}).answer for fen in (tax, tax + more))

    assert before != MET or after == MET
    assert (before == NOT_KNOWN) == (months < 12)


@given(days=some.integers(0, 5_000), most=some.integers(0, 5_000))
def test_who_came_that_many_days_ago_is_within_as_many(days, most):
    condition = {"fact": "came_within_days", "at_most": most}

    assert (checked(condition, came_on=DAY - timedelta(days=days)).answer == MET) == (days <= most)


@given(day=some.dates(date(2022, 1, 1), date(2024, 12, 31)))
def test_applications_are_taken_from_the_first_day_to_the_last_both_included(day):
    policy = a_policy(from_day="2023-01-01", until_day="2023-12-31")

    assert policy.in_force(day) == (day.year == 2023)
