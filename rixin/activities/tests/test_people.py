"""Teams, volunteers, their hours, and how long it is kept who they are."""

from datetime import date, timedelta

import pytest

from rixin.activities import teams, volunteers
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import Hours
from rixin.activities.tests.builders import COMMUNITY, NOW, TODAY, a_team, a_volunteer, an_open_event, signed_up
from rixin.activities.volunteers import Joining, NewHours
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.privacy import retention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]


def hours(**said) -> Hours:
    known = {"day": TODAY, "hours": 200, "area_path": COMMUNITY, "unit_id": units.by_code("public-services").id}
    return volunteers.write(NewHours(**{**known, **said}), by=SYSTEM, at=NOW)


class TestTeams:
    def test_a_team_has_as_many_members_as_were_counted_last(self):
        team = a_team(members=20)

        teams.count(team, 25, date(2022, 5, 1), by=SYSTEM, at=NOW, seen=team.version)
        teams.count(team, 18, date(2021, 5, 1), by=SYSTEM, at=NOW, seen=team.version)

        assert team.members == 25
        assert [(one.day.year, one.members) for one in team.counts.all()] == [(2022, 25), (2021, 18), (2020, 20)]

    def test_who_leads_it_is_not_written_into_its_history(self):
        team = a_team()
        said = teams.TeamFacts(
            name=team.name, kind=team.kind, level=team.level, area_path=team.area_path, from_day=team.from_day,
            leader_name="周小红", leader_phone="13800001234",
        )  # fmt: skip

        teams.correct(team, said, by=SYSTEM, at=NOW, seen=team.version)

        assert team.leader_name == "周小红"
        assert team.happened.last().changes == {"leader_name": ["", ""], "leader_phone": ["", ""]}

    def test_it_ends_once_and_after_it_began(self):
        team = a_team()

        with pytest.raises(ActivityRefused):
            teams.end(team, team.from_day, by=SYSTEM, at=NOW, seen=team.version)
        teams.end(team, TODAY, by=SYSTEM, at=NOW, seen=team.version)
        with pytest.raises(ActivityRefused):
            teams.end(team, TODAY, by=SYSTEM, at=NOW, seen=team.version)

    def test_its_level_is_one_of_its_kind(self):
        with pytest.raises(ActivityRefused):
            a_team(level="world")


class TestVolunteers:
    def test_who_asks_to_join_is_admitted_by_somebody(self):
        said = Joining(name="周小红", phone="13800001234", area_path=COMMUNITY, once="key of a resident")
        one = volunteers.ask(said, at=NOW)
        assert (one.state, one.joined_on) == ("asked", None) and volunteers.ask(said, at=NOW) == one

        volunteers.admit(one, by=SYSTEM, at=NOW, seen=one.version)

        assert (one.state, one.joined_on) == ("active", TODAY)

    def test_one_telephone_is_one_volunteer_until_that_one_leaves(self):
        one = a_volunteer(phone="13800001234")

        with pytest.raises(ActivityRefused):
            a_volunteer(phone="13800001234")
        volunteers.leave(one, by=SYSTEM, at=NOW)

        assert a_volunteer(phone="13800001234") != one


class TestHours:
    def test_the_first_hours_make_a_newcomer_and_later_ones_do_not(self):
        one = a_volunteer()

        later = hours(volunteer_id=one.pk)
        first = hours(volunteer_id=one.pk, day=TODAY - timedelta(days=30))

        later.refresh_from_db()
        first.refresh_from_db()
        assert (first.newcomers, later.newcomers) == (1, 0)
        assert later.version > 1

    def test_when_the_first_are_taken_back_the_next_are_the_first(self):
        one = a_volunteer()
        first, second = hours(volunteer_id=one.pk, day=TODAY - timedelta(days=30)), hours(volunteer_id=one.pk)

        first.refresh_from_db()
        volunteers.take_back(first, "重复登记", by=SYSTEM, at=NOW, seen=first.version)

        second.refresh_from_db()
        assert second.newcomers == 1

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"group": "志愿队", "day": TODAY + timedelta(days=1)}, "day"),
            ({"group": "志愿队", "hours": 0}, "hours"),
            ({"group": "志愿队", "people": 2, "hours": 4801}, "hours"),
            ({"group": "志愿队", "people": 2, "newcomers": 3}, "newcomers"),
            ({}, "group"),
        ],
    )
    def test_what_cannot_be_is_refused(self, said, field):
        with pytest.raises(ActivityRefused) as refused:
            hours(**said)

        assert set(refused.value.fields) == {field}


class TestRetention:
    def run(self, months: int) -> None:
        list(retention.run(NOW + timedelta(days=31 * months)))

    def test_who_signed_up_is_forgotten_three_months_after_the_event(self):
        event = an_open_event()
        row = signed_up(event)
        self.run(2)
        row.refresh_from_db()
        assert row.name

        self.run(4)

        row.refresh_from_db()
        assert (row.name, row.phone, row.age_band, row.phone_mark) == (None, None, None, "")
        assert row.state == "in" and row.people == 1

    def test_a_volunteer_is_forgotten_a_year_after_leaving_and_the_hours_stay(self):
        gone, stays = a_volunteer(), a_volunteer()
        hours(volunteer_id=gone.pk)
        volunteers.leave(gone, by=SYSTEM, at=NOW)

        self.run(13)

        gone.refresh_from_db()
        stays.refresh_from_db()
        assert (gone.name, gone.phone) == (None, None) and stays.name == "周小红"
        assert gone.hours.count() == 1

    def test_who_led_a_team_that_ended_is_forgotten(self):
        team = a_team(leader_name="周小红", leader_phone="13800001234")
        teams.end(team, TODAY, by=SYSTEM, at=NOW, seen=team.version)

        self.run(13)

        team.refresh_from_db()
        assert (team.leader_name, team.leader_phone) == (None, None)
