"""Rows of homes and rolls for figures: the SQL says what plain Python says, and nothing personal."""

import pytest
from django.db import connection

from rixin.catalogue.home_sources import HOMES
from rixin.catalogue.roll_sources import ROLLS
from rixin.homes import asked as homes
from rixin.homes.tests.builders import AT as COUNTED_AT
from rixin.homes.tests.builders import entered, returned
from rixin.rolls import asked as rolls
from rixin.rolls.tests.builders import AT, a_call, an_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "definitions")]


def rows(relation: str) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(relation)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_of_homes_spans_and_totals():
    entered("1-101", "1-102", at=COUNTED_AT)
    returned("2022-H1", residents=5)
    returned("2022-H2", residents=6)

    dwellings = rows(homes.relation(connection.vendor, "dwellings"))
    counts = rows(homes.relation(connection.vendor, "head_counts"))

    assert {row.keys() == HOMES["dwellings"].columns.keys() for row in dwellings} == {True}
    assert [(row["day"], row["until"], row["unit"]) for row in dwellings] == [(20000101, None, "public-services")] * 2
    told = sorted((row["day"], row["until"] or 0, row["number"]) for row in counts if row["counted"] == "residents")
    assert told == [(20220630, 20221231, 5), (20221231, 0, 6)]


def test_of_rolls_days_and_nothing_of_the_person(keeper, grid_worker):
    entry = an_entry(keeper, server=grid_worker)
    a_call(entry, grid_worker)

    entries = rows(rolls.relation(connection.vendor, "roll_entries", "202203"))
    visits = rows(rolls.relation(connection.vendor, "roll_visits"))

    assert entries[0].keys() == ROLLS["roll_entries"].columns.keys()
    assert (entries[0]["day"], entries[0]["until"], entries[0]["roll"]) == (int(f"{AT:%Y%m%d}"), None, "elder_care")
    assert [(row["outcome"], row["day"]) for row in visits] == [("met", 20220307)]
    assert rows(rolls.relation(connection.vendor, "roll_entries", "202204")) == []
