"""Dates that statutes set, as `rixin due` prints them. Each was worked out by hand from the State Council's notices.

Spring Festival 2023: 21 to 27 January off, 28 and 29 January worked. National Day 2022: 1 to 7 October off, 8 and 9
October worked. New Year 2023: 31 December to 2 January off.
"""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from rixin.catalogue.loader import catalogue_dir, load

DATES = [
    # 15 days: 27 January is a day off, 28 January a Saturday that is worked
    ("petition", "accept", "2023-01-12", "2023-01-28"),
    # 60 days: 2 October, so the first worked day
    ("petition", "handle", "2022-08-03", "2022-10-08"),
    ("petition", "handle", "2022-12-01", "2023-01-30"),
    # 30 days: 12 March is a Sunday
    ("petition", "review", "2023-02-10", "2023-03-13"),
    ("petition", "recheck", "2023-03-07", "2023-04-06"),
    # 5 working days: 8, 9, 10, 11, 12 October
    ("labour-complaint", "accept", "2022-09-30", "2022-10-12"),
    # 60 working days: 19 in December, 16 in January (28 and 29 among them), 20 in February, 3 in March; 2 January off
    ("labour-complaint", "investigate", "2022-12-05", "2023-03-03"),
    # 20 working days: 11, 12, 13, 16 to 20, 28 to 31 January, 1 to 3 and 6 to 10 February
    ("information-disclosure", "reply", "2023-01-10", "2023-02-10"),
    # 3 months: 4 October is off
    ("motion", "reply", "2022-07-04", "2022-10-08"),
    # there is no 30 February
    ("motion", "reply", "2022-11-30", "2023-02-28"),
    # 5 working days, though the law says days (art. 88): 20, 28, 29, 30, 31 January
    ("administrative-review", "accept", "2023-01-19", "2023-01-31"),
    # 10 working days: 28 to 30 September, 8 to 14 October
    ("administrative-review", "answer", "2022-09-27", "2022-10-14"),
    # 60 days: 26 November is a Saturday
    ("administrative-review", "decide", "2022-09-27", "2022-11-28"),
    # 15 days: 5 October is off
    ("lawsuit", "answer", "2022-09-20", "2022-10-08"),
]


def told(kind: str, clock: str, received: str) -> dict:
    out = StringIO()
    call_command("due", kind, clock, received, "--language", "en", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(("kind", "clock", "received", "due"), DATES)
def test_a_term_ends_on_the_day_worked_out_by_hand(kind, clock, received, due):
    assert told(kind, clock, received)["due"] == due


@pytest.mark.parametrize("time", ["T00:00:00+08:00", "T23:59:59+08:00"])
def test_the_hour_of_receipt_costs_no_day(time):
    assert told("petition", "accept", f"2023-01-12{time}")["due"] == "2023-01-28"


def test_a_date_says_what_it_crossed():
    steps = told("information-disclosure", "reply", "2023-01-10")["steps"]

    assert [step["kind"] for step in steps] == ["term", "holiday", "make_up", "weekend"]
    assert steps[1]["days"][0] == "2023-01-21" and steps[2]["days"] == ["2023-01-28", "2023-01-29"]


def test_every_legal_date_names_its_rule_and_is_warned_of():
    clocks = [
        (lifecycle.code, code, clock)
        for lifecycle in load(catalogue_dir()).lifecycles.values()
        for code, clock in lifecycle.clocks.items()
        if clock.statutory
    ]

    assert len(clocks) >= 10
    assert [where for *where, clock in clocks if not (clock.rule.zh and clock.warn_before)] == []
