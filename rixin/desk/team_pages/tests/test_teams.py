"""Teams against what is wanted, volunteers and their hours at the desk."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.activities import volunteers
from rixin.activities.models import Hours, Team, Volunteer
from rixin.activities.tests.builders import NOW, a_team, a_volunteer, an_event
from rixin.activities.volunteers import NewHours
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import COMMUNITY
from rixin.privacy.models import Opening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


def page(player, address: str) -> str:
    answer = player.client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def hours_of(volunteer: Volunteer | None = None, **said: Any) -> Hours:
    known = {
        "day": date(2022, 5, 1),
        "hours": 250,
        "area_path": COMMUNITY,
        "unit_id": units.by_code("public-services").id,
    }
    who = {"volunteer_id": volunteer.pk} if volunteer else {"group": "绿城志愿队"}
    return volunteers.write(NewHours(**{**known, **who, **said}), by=SYSTEM, at=NOW)


class TestTeams:
    def test_each_level_says_how_many_are_there_and_wanted(self, dispatcher):
        a_team()
        a_team(name="德加舞蹈队")

        said = page(dispatcher, "/desk/teams")

        assert "6+15+80" in said and "2</strong> / 15" in said and "0</strong> / 6" in said

    def test_a_community_officer_enters_one_and_the_leader_is_sealed(self, community_officer):
        said = {
            "name": "德加合唱队", "level": "community", "art": "合唱", "area_path": COMMUNITY, "from_day": "2022-01-01",
            "members": "22", "leader_name": "周小红", "leader_phone": "13800001234",
        }  # fmt: skip

        answer = community_officer.client.post("/desk/teams/new/cultural_event", said)

        team = Team.objects.get()
        assert answer.status_code == 302 and (team.members, team.leader_name) == (22, "周小红")
        shown = page(community_officer, team.get_absolute_url())
        assert "周小红" not in shown and "13800001234" not in shown

    def test_who_leads_it_is_opened_for_a_purpose(self, community_officer, auditor):
        team = a_team(leader_name="周小红", leader_phone="13800001234")
        address = f"{team.get_absolute_url()}/leader"

        assert auditor.client.post(address, {"purpose": "call_back"}).status_code == 404
        assert community_officer.client.post(address, {"purpose": ""}).status_code == 422
        assert "周小红" in community_officer.client.post(address, {"purpose": "call_back"}).content.decode()
        assert Opening.objects.get().number == f"TD{team.pk}"

    def test_counting_correcting_and_ending_it(self, community_officer):
        team = a_team()
        said = {"name": "德加团", "level": "community", "area_path": COMMUNITY, "from_day": "2020-01-01"}

        for act, given in (
            ("count", {"members": "30", "day": "2022-01-01"}),
            ("correct", said),
            ("end", {"day": "2022-05-01"}),
        ):
            team.refresh_from_db()
            answer = community_officer.client.post(f"{team.get_absolute_url()}/{act}", {**given, "seen": team.version})
            assert answer.status_code == 302, act

        team.refresh_from_db()
        assert (team.name, team.members, team.until_day) == ("德加团", 30, date(2022, 5, 1))

    def test_elsewhere_nobody_enters_one(self, community_officer):
        said = {"name": "队", "level": "community", "area_path": "330106013/002/", "from_day": "2022-01-01"}

        assert community_officer.client.post("/desk/teams/new/cultural_event", said).status_code == 422
        assert not Team.objects.exists()

    def test_the_list_costs_as_many_statements_with_many_as_with_one(self, dispatcher):
        a_team()
        with CaptureQueriesContext(connection) as one:
            page(dispatcher, "/desk/teams")
        for nth in range(20):
            a_team(name=f"第{nth}队")

        with CaptureQueriesContext(connection) as many:
            page(dispatcher, "/desk/teams")

        assert len(many) == len(one)


class TestVolunteers:
    def test_they_are_masked_and_found_by_the_whole_number(self, community_officer):
        a_volunteer(name="周小红", phone="13800001234")
        a_volunteer(name="王建明", phone="13800005678")

        everybody = page(community_officer, "/desk/volunteers")
        found = page(community_officer, "/desk/volunteers?q=13800001234")

        assert "周**" in everybody and "王**" in everybody and "周小红" not in everybody
        assert "周**" in found and "王**" not in found

    @pytest.mark.parametrize("role", ["auditor", "grid_worker", "handler"])
    def test_who_does_not_keep_them_sees_none(self, role, request):
        one = a_volunteer()
        player = request.getfixturevalue(role)

        assert player.client.get("/desk/volunteers").status_code == 404
        assert player.client.get(one.get_absolute_url()).status_code == 404

    def test_nobody_is_written_down_without_agreeing(self, community_officer):
        said = {"name": "周小红", "phone": "13800001234", "area_path": COMMUNITY, "once": "k" * 20}

        assert community_officer.client.post("/desk/volunteers/new", said).status_code == 422
        assert community_officer.client.post("/desk/volunteers/new", {**said, "agreed": "on"}).status_code == 302
        assert Volunteer.objects.get().state == "active"

    def test_the_thanks_name_the_volunteer_and_the_hours_of_each_year(self, community_officer):
        one = a_volunteer(name="周小红")
        hours_of(one)
        hours_of(one, day=date(2021, 5, 1), hours=400)
        address = f"{one.get_absolute_url()}/thanks"

        assert community_officer.client.post(address, {"purpose": ""}).status_code == 422
        said = community_officer.client.post(address, {"purpose": "answer"}).content.decode()

        assert "周小红" in said and "2.5" in said and "2021" in said
        assert Opening.objects.count() == 1

    def test_admitting_and_leaving(self, community_officer):
        asks = volunteers.Joining(name="周小红", phone="13800001234", area_path=COMMUNITY, once="resident key 0001")
        one = volunteers.ask(asks, at=NOW)

        community_officer.client.post(f"{one.get_absolute_url()}/admit", {"seen": one.version})
        one.refresh_from_db()
        assert one.state == "active"
        again = community_officer.client.post(f"{one.get_absolute_url()}/admit", {"seen": one.version})
        assert again.status_code == 409
        community_officer.client.post(f"{one.get_absolute_url()}/leave")
        one.refresh_from_db()
        assert one.state == "left"


class TestHours:
    def test_a_group_is_counted_without_names(self, community_officer):
        said = {
            "group": "绿城志愿队", "origin": "enterprise", "people": "12", "newcomers": "5", "day": "2022-05-01",
            "hours": "30", "area_path": COMMUNITY, "what": "河岸清洁",
        }  # fmt: skip

        assert community_officer.client.post("/desk/hours/new", said).status_code == 302

        row = Hours.objects.get()
        assert (row.people, row.newcomers, row.hours, row.origin) == (12, 5, 3000, "enterprise")

    def test_those_of_a_volunteer_at_an_event(self, community_officer):
        one, event = a_volunteer(), an_event(kind="practice_action", sort="green", day=date(2022, 5, 1))
        said = {"day": "2022-05-01", "hours": "2.5", "area_path": COMMUNITY, "what": ""}
        address = f"/desk/hours/new?volunteer={one.pk}&event={event.pk}"

        assert community_officer.client.post(address, said).status_code == 302

        row = Hours.objects.get()
        assert (row.volunteer, row.event, row.hours, row.newcomers) == (one, event, 250, 1)

    def test_more_than_a_day_has_is_refused(self, community_officer):
        said = {"day": "2022-05-01", "hours": "25", "area_path": COMMUNITY}

        answer = community_officer.client.post(f"/desk/hours/new?volunteer={a_volunteer().pk}", said)

        assert answer.status_code == 422

    def test_they_are_taken_back_by_who_keeps_them(self, community_officer, auditor):
        row = hours_of()
        said = {"seen": "1", "reason": "重复登记"}

        assert auditor.client.get(row.get_absolute_url()).status_code == 200
        assert auditor.client.post(row.get_absolute_url(), said).status_code == 404
        assert community_officer.client.post(row.get_absolute_url(), {"seen": "1"}).status_code == 422
        assert community_officer.client.post(row.get_absolute_url(), said).status_code == 302
        assert "绿城志愿队" not in page(community_officer, "/desk/hours")
