"""Office buildings on the pages of the desk."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.registers.models import Building, Enterprise, RegisterEvent, Room, Standing, Tenancy
from rixin.registers.tests.builders import JINGZHOU, NOW, a_building, a_code, a_lease, a_room, an_enterprise, paid

__all__ = ["_monday", "_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "_january")]


@pytest.fixture
def _january(_monday, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def keeper(units):
    return a_player("qian.ying", "钱颖", "economy-office", Role.HANDLER, title_zh="企业服务专员")


@pytest.fixture
def tower():
    """200 m² on two floors: one room let whole, of the other 40 m²."""
    tower = a_building("tower", name="云联大厦")
    a_lease(a_room(tower, "301"), an_enterprise("杭州青屿软件有限公司"), since="2021-06-01", until="2023-05-31")
    elsewhere = an_enterprise("杭州山月光电有限公司", standing=Standing.WORKING, section="C", division="39")
    a_lease(a_room(tower, "401", floor=4), elsewhere, since="2022-04-01", metres=40)
    tower.refresh_from_db()
    return tower


def send(player, address: str, **typed: Any) -> Any:
    return in_english(player).post(f"/desk/buildings/{address}", typed)


def _counted() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def page_of(answer) -> str:
    return answer.content.decode()


class TestTheList:
    def test_a_line_has_area_vacancy_tenants_and_how_many_are_registered_here(self, tower, handler):
        page = shown(handler, "/desk/buildings")

        assert all(said in page for said in ("Tower", "200 m²", "140 m²", "30.0%", "50.0%"))

    def test_on_a_day_past_it_is_as_it_was(self, tower, handler):
        page = shown(handler, "/desk/buildings?day=2022-03-31")

        assert "50.0%" in page and "100.0%" in page and "30.0%" not in page

    def test_leases_that_end_within_180_days_are_counted_from_the_day_on(self, tower, handler):
        def ending(day: str) -> str:
            page = shown(handler, f"/desk/buildings?day={day}")
            return page.split('data-label="Leases ending within 180 days">')[1][0]

        assert [ending(day) for day in ("2022-12-01", "2022-12-02", "2023-05-31", "2023-06-01")] == ["0", "1", "1", "0"]

    def test_tax_is_the_sum_of_the_tenants_with_its_tier(self, tower, handler):
        for one in Enterprise.objects.all():
            paid(one, "2022", 60_000_000)

        page = shown(handler, "/desk/buildings")

        assert "12,000 ten thousand yuan" in page and "100-million-yuan building" in page

    def test_of_years_without_returns_the_last_one_that_is_known_is_told(self, tower, handler):
        paid(Enterprise.objects.get(name="杭州青屿软件有限公司"), "2022", 3_000_000)

        page = shown(handler, "/desk/buildings?day=2026-03-01")

        assert "Tax of 2022" in page and "Tax of 2026 so far" in page and "300 ten thousand yuan" in page

    def test_where_no_return_is_known_no_sum_is_made_up(self, tower, handler):
        assert "0 yuan" not in shown(handler, "/desk/buildings")

    def test_as_many_statements_for_many_buildings_as_for_one(self, tower, handler):
        def count() -> int:
            with _counted() as statements:
                shown(handler, "/desk/buildings")
            return len(statements)

        shown(handler, "/desk/buildings")
        with_one = count()
        for nth in range(5):
            a_lease(a_room(a_building(f"park{nth}")), an_enterprise())

        assert count() == with_one <= 14

    def test_out_of_the_own_area_there_is_nothing(self, tower, outsider):
        assert "Tower" not in shown(outsider, "/desk/buildings")
        assert in_english(outsider).get("/desk/buildings/tower/").status_code == 404

    def test_the_same_as_a_table_with_a_total(self, tower, handler):
        answer = in_english(handler).get("/desk/buildings.xlsx?day=2023-01-10")

        rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[1][:10] == ["tower", "Tower", "", "", 200, 140, 60, 30, 2, 50]
        assert rows[2][1] == "Total" and rows[2][4:10] == [200, 140, 60, 30, 2, 50]

    def test_buildings_with_a_position_are_pins(self, tower, handler):
        assert "building_pins" not in shown(handler, "/desk/buildings")
        Building.objects.update(lat=30.28, lng=120.09)
        a_building("nowhere")

        assert "/desk/buildings/pins.geojson" in shown(handler, "/desk/buildings")
        features = in_english(handler).get("/desk/buildings/pins.geojson").json()["features"]
        assert [one["properties"]["title"] for one in features] == ["Tower"]


class TestThePlan:
    def test_floors_from_the_top_down_with_each_tenancy_and_what_is_free(self, tower, handler):
        page = shown(handler, "/desk/buildings/tower/")

        assert page.index("Floor 4") < page.index("Floor 3")
        assert "Room 301, 杭州青屿软件有限公司, 100 m²" in page
        assert "Room 401: 60 m² free" in page

    def test_a_part_is_as_wide_as_its_share(self, tower, handler):
        page = shown(handler, "/desk/buildings/tower/")

        assert "flex-grow: 4000" in page and "flex-grow: 6000" in page

    @pytest.mark.parametrize(
        ("by", "says"),
        [
            ("industry", ["I ", "C "]),
            ("lease", ["ends within 180 days", "end of the lease not known"]),
            ("vacancy", ["let", "free"]),
        ],
    )
    def test_what_a_colour_says_stands_in_words_too(self, tower, handler, by, says):
        page = shown(handler, f"/desk/buildings/tower/?by={by}")

        legend = page.split("stacking-legend")[1].split("</ul>")[0]
        assert all(word in legend for word in says)

    def test_single_payments_colour_the_plan_only_for_who_may_read_them(self, tower, keeper, handler):
        paid(Enterprise.objects.get(name="杭州青屿软件有限公司"), "2022", 3_000_000)

        ours = shown(keeper, "/desk/buildings/tower/?by=tax")
        assert "1 to 10 million yuan" in ours and "amp;by=tax" in ours
        theirs = shown(handler, "/desk/buildings/tower/?by=tax")
        assert "1 to 10 million yuan" not in theirs and "amp;by=tax" not in theirs
        assert "300 ten thousand yuan" in theirs  # the building's sum is open to all who see it

    def test_the_same_as_a_table(self, tower, handler):
        page = shown(handler, "/desk/buildings/tower/?view=table")

        assert "2023-05-31" in page and "registered elsewhere" in page and "stacking" not in page

    def test_on_a_day_to_come_it_shows_what_is_signed(self, tower, handler):
        a_lease(Room.objects.get(number="401"), an_enterprise("杭州远帆科技有限公司"), since="2023-03-01", metres=60)

        def drawn(day: str) -> str:
            return shown(handler, f"/desk/buildings/tower/?day={day}").split("Three years by quarter")[0]

        assert "远帆" not in drawn("2023-02-28")
        assert "远帆" in drawn("2023-03-01")

    def test_three_years_by_quarter_in_a_drawing_with_words(self, tower, handler):
        page = shown(handler, "/desk/buildings/tower/")

        assert "2021 Q4: vacancy 50.0%, registered here 100.0%" in page
        assert "2022 Q4: vacancy 30.0%, registered here 50.0%" in page

    def test_what_happened_is_told(self, tower, handler):
        page = shown(handler, "/desk/buildings/tower/")

        assert "Let: 杭州山月光电有限公司" in page and "room 401 (100 m²)" in page

    def test_as_many_statements_for_a_full_building_as_for_an_empty_one(self, tower, keeper):
        shown(keeper, "/desk/buildings/tower/")
        with _counted() as before:
            shown(keeper, "/desk/buildings/tower/")
        for nth in range(8):
            a_lease(a_room(tower, f"5{nth:02d}", floor=5), an_enterprise())
        with _counted() as after:
            shown(keeper, "/desk/buildings/tower/")

        assert len(after) == len(before) <= 20

    def test_only_who_keeps_it_is_offered_to_change_it(self, tower, keeper, handler):
        room = Room.objects.get(number="401")
        address = f"/desk/buildings/tower/rooms/{room.pk}/let"

        assert address in shown(keeper, "/desk/buildings/tower/")
        assert address not in shown(handler, "/desk/buildings/tower/")
        assert in_english(handler).get(address).status_code == 404
        assert in_english(keeper).get(address).status_code == 200


class TestKeeping:
    new = {
        "code": "park", "name_zh": "西溪科创园", "theme_zh": "高端人才集聚区", "keeper": "", "built_on": "2011-06-01",
        "where-address": "余杭塘路71号", "where-lat": "30.295880", "where-lng": "120.083869", "where-area": "",
    }  # fmt: skip

    def test_a_new_building_leads_to_its_rooms(self, keeper):
        answer = send(keeper, "new", **self.new)

        made = Building.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, "/desk/buildings/park/rooms")
        assert made.area_path.startswith("330106013/") and made.built_on == date(2011, 6, 1)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"code": "Park 1"}, "small letters"),
            ({"code": "tower"}, "Another building has this code."),
            ({"name_zh": ""}, "required"),
            ({"where-lat": "30.0", "where-lng": "120.5"}, "km away from"),
        ],
    )
    def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(self, keeper, tower, wrong, said):
        answer = send(keeper, "new", **{**self.new, **wrong})

        page = page_of(answer)
        assert answer.status_code == 422 and Building.objects.count() == 1
        assert said in page and "高端人才集聚区" in page

    def test_a_community_enters_only_in_its_own_area(self, community_officer):
        mine = {**self.new, "where-address": "", "where-lat": "", "where-lng": "", "where-area": "330106013/001/"}

        assert send(community_officer, "new", **{**mine, "where-area": JINGZHOU}).status_code == 422
        assert send(community_officer, "new", **mine).status_code == 302

    def test_who_keeps_no_buildings_finds_no_form(self, handler, keeper):
        assert in_english(handler).get("/desk/buildings/new").status_code == 404
        assert in_english(keeper).get("/desk/buildings/new").status_code == 200

    def test_correcting_is_refused_once_where_somebody_else_was_faster(self, keeper, tower):
        said = {**self.new, "name_zh": "云联大厦B座", "seen": tower.version}
        late = {**said, "name_zh": "云联大厦C座"}

        assert send(keeper, "tower/correct", **said).status_code == 302
        refused = send(keeper, "tower/correct", **late)

        assert refused.status_code == 409 and "云联大厦C座" in page_of(refused)
        assert send(keeper, "tower/correct", **{**late, "seen": tower.version + 1}).status_code == 302

    def test_many_rooms_are_pasted_as_lines(self, keeper, tower):
        lines = "5, 501, 120.5, office\n5\t502\t80\t商铺"

        answer = send(keeper, "tower/rooms", many="1", number=lines, from_day="2023-01-01", seen=tower.version)

        assert answer.status_code == 302
        made = Room.objects.filter(floor=5).values_list("number", "area", "use")
        assert list(made) == [("501", 12_050, "office"), ("502", 8_000, "shop")]

    def test_each_line_that_cannot_be_read_is_told_and_none_is_added(self, keeper, tower):
        lines = "5, 501, 120\nx, 502, 80\n5, 503, many"

        answer = send(keeper, "tower/rooms", many="1", number=lines, from_day="2023-01-01", seen=tower.version)

        page = page_of(answer)
        assert answer.status_code == 422 and not Room.objects.filter(floor=5).exists()
        assert "Row 2, column floor" in page and "Row 3, column area" in page and "5, 503, many" in page

    def test_one_room(self, keeper, tower):
        said = {"floor": "B1", "number": "B101", "area": "60", "use": "shop", "from_day": "2023-01-01"}

        assert send(keeper, "tower/rooms", **{**said, "floor": "0"}, seen=tower.version).status_code == 422
        assert send(keeper, "tower/rooms", **said, seen=tower.version).status_code == 302
        assert Room.objects.get(number="B101").floor == -1

    def test_a_number_that_is_there_is_refused(self, keeper, tower):
        said = {"floor": "3", "number": "301", "area": "60", "use": "shop", "from_day": "2023-01-01"}

        assert "Room 301 is there already." in page_of(send(keeper, "tower/rooms", **said, seen=tower.version))

    def test_a_room_is_closed_from_a_day_but_not_while_somebody_has_it(self, keeper, tower):
        free = a_room(tower, "302")
        tower.refresh_from_db()
        let = Room.objects.get(number="301")

        refused = send(keeper, f"tower/rooms/{let.pk}/close", day="2023-06-30", seen=tower.version)
        done = send(keeper, f"tower/rooms/{free.pk}/close", day="2023-06-30", reason="并入301", seen=tower.version)

        assert (refused.status_code, done.status_code) == (422, 302)
        assert "somebody has it still" in page_of(refused)
        free.refresh_from_db()
        assert free.until_day == date(2023, 6, 30)
        assert "并入301" in shown(keeper, "/desk/buildings/tower/")


class TestLetting:
    @pytest.fixture
    def room(self, tower):
        return Room.objects.get(number="401")

    def let(self, keeper, room, **other: Any) -> Any:
        said = {"enterprise": "杭州远帆科技有限公司", "area": "", "from_day": "2023-01-10", "lease_end": "2025-01-09"}
        return send(keeper, f"tower/rooms/{room.pk}/let", **{**said, "rent": "3.2", **other})

    def test_an_enterprise_found_by_name_has_all_that_is_free(self, keeper, room):
        an_enterprise("杭州远帆科技有限公司")

        assert self.let(keeper, room).status_code == 302

        made = Tenancy.objects.get(enterprise__name="杭州远帆科技有限公司")
        assert (made.area, made.rent, made.lease_end) == (6_000, 320, date(2025, 1, 9))

    def test_by_its_code(self, keeper, room):
        one = an_enterprise(code=a_code())

        assert self.let(keeper, room, enterprise=a_code()).status_code == 422
        assert self.let(keeper, room, enterprise=one.code).status_code == 302

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"area": "60.5"}, "60 m² are free"),
            ({"area": "0"}, "too little"),
            ({"rent": "dear"}, "is no number"),
            ({"lease_end": "2022-01-01"}, "ends before it begins"),
            ({"from_day": "2019-01-01"}, "the room is not there"),
            ({"enterprise": "杭州远帆"}, "Which one is meant? 杭州远帆科技有限公司"),
            ({"enterprise": "杭州无名"}, "No enterprise that you may see"),
        ],
    )
    def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(self, keeper, room, wrong, said):
        an_enterprise("杭州远帆科技有限公司")

        answer = self.let(keeper, room, **wrong)

        page = page_of(answer)
        assert answer.status_code == 422 and said in page
        assert f'value="{next(iter(wrong.values()))}"' in page
        assert self.let(keeper, room).status_code == 302

    def test_a_second_click_does_not_let_twice(self, keeper, room):
        an_enterprise("杭州远帆科技有限公司")

        self.let(keeper, room, area="20")
        again = self.let(keeper, room, area="20")

        assert again.status_code == 422
        assert Tenancy.objects.filter(enterprise__name="杭州远帆科技有限公司").count() == 1

    def test_enterprises_are_offered_while_one_types(self, keeper, room):
        page = shown(keeper, f"/desk/buildings/tower/rooms/{room.pk}/let")

        assert 'hx-get="/desk/enterprises/names?of=enterprise"' in page


class TestTheLease:
    @pytest.fixture
    def lease(self, tower):
        return Tenancy.objects.get(room__number="301")

    def act(self, player, lease, action: str, **typed: Any) -> Any:
        lease.enterprise.refresh_from_db()
        return send(
            player, f"tower/tenancies/{lease.pk}/{action}", **{"seen": lease.enterprise.version, **typed}
        )  # fmt: skip

    def test_a_tenant_leaves_and_the_room_is_free_from_that_day_on(self, keeper, lease):
        assert self.act(keeper, lease, "leave", day="2023-01-05", reason="搬往滨江").status_code == 302

        assert "青屿" in shown(keeper, "/desk/buildings/tower/?day=2023-01-04&view=table")
        assert "Room 301: 100 m² free" in shown(keeper, "/desk/buildings/tower/?day=2023-01-05")

    def test_not_on_a_day_to_come(self, keeper, lease):
        assert self.act(keeper, lease, "leave", day="2023-01-11").status_code == 422
        assert self.act(keeper, lease, "leave", day="2023-01-10").status_code == 302

    def test_who_looked_at_it_before_somebody_changed_it_is_told(self, keeper, lease):
        seen = lease.enterprise.version
        self.act(keeper, lease, "renew", lease_end="2024-05-31")

        late = self.act(keeper, lease, "leave", day="2023-01-05", reason="搬往滨江", seen=seen)

        page = page_of(late)
        assert late.status_code == 409 and "搬往滨江" in page
        assert self.act(keeper, lease, "leave", day="2023-01-05").status_code == 302

    def test_a_lease_is_renewed(self, keeper, lease):
        assert self.act(keeper, lease, "renew", lease_end="2020-01-01").status_code == 422
        assert self.act(keeper, lease, "renew", lease_end="2025-05-31", rent="4").status_code == 302

        lease.refresh_from_db()
        assert (lease.lease_end, lease.rent) == (date(2025, 5, 31), 400)

    def test_a_tenant_moves_to_a_free_room_of_another_building_on_one_day(self, keeper, lease):
        to = a_room(a_building("park", name="西溪科创园"), "1201", metres=150, floor=12)

        form = shown(keeper, f"/desk/buildings/tower/tenancies/{lease.pk}/move")
        assert "Park 1201, Floor 12, Office: 150 m² free" in form and "Tower 401" in form
        answer = self.act(keeper, lease, "move", room=to.pk, from_day="2023-01-08", area="120", lease_end="", rent="")

        assert answer.status_code == 302
        lease.refresh_from_db()
        new = Tenancy.objects.get(room=to)
        assert (lease.until_day, new.from_day, new.area) == (date(2023, 1, 8), date(2023, 1, 8), 12_000)

    def test_where_the_other_room_is_too_small_it_stays_where_it_is(self, keeper, lease):
        small = Room.objects.get(number="401")

        answer = self.act(keeper, lease, "move", room=small.pk, from_day="2023-01-08", area="100")

        lease.refresh_from_db()
        assert answer.status_code == 422 and "60 m² are free" in page_of(answer)
        assert lease.until_day is None and not RegisterEvent.objects.filter(action="leave").exists()

    def test_a_community_is_offered_rooms_of_its_own_buildings_only(self, community_officer, keeper, lease):
        a_room(a_building("far", name="远处大厦", area=JINGZHOU), "101", floor=1)
        address = f"/desk/buildings/tower/tenancies/{lease.pk}/move"

        assert "Far 101" in shown(keeper, address)
        assert "Far 101" not in shown(community_officer, address)

    def test_one_that_has_ended_is_not_found(self, keeper, lease):
        self.act(keeper, lease, "leave", day="2023-01-05")

        assert self.act(keeper, lease, "renew", lease_end="2025-05-31").status_code == 404

    def test_who_does_not_keep_the_building_finds_no_form(self, handler, lease, keeper):
        for action in ("leave", "move", "renew"):
            address = f"/desk/buildings/tower/tenancies/{lease.pk}/{action}"
            assert in_english(handler).get(address).status_code == 404
            assert in_english(keeper).get(address).status_code == 200


class TestARebuild:
    said = {
        "from_day": "2023-07-01", "until_day": "2025-07-01", "going": "3F", "coming": "3, 301N, 250, office",
        "let_share": "80", "tax_per_metre": "1000", "look": "1",
    }  # fmt: skip

    def look(self, player, tower, **other: Any) -> Any:
        said = {**self.said, "seen": tower.version, **other}
        return send(player, "tower/rebuild", **{name: value for name, value in said.items() if value is not None})

    def test_area_movers_and_expected_tax_are_told_and_nothing_is_saved(self, keeper, tower):
        a_room(a_building("park", name="西溪科创园"), "1201", metres=150, floor=12)

        page = page_of(self.look(keeper, tower))

        assert "100 m²" in page and "350 m²" in page
        assert "杭州青屿软件有限公司" in page and "Park 1201" in page
        assert "20 ten thousand yuan of the new area" in page
        assert "Nothing is known of what this building brought in 2022." in page
        assert not Room.objects.filter(number="301N").exists()

    def test_single_payments_are_summed_only_for_who_may_read_them(self, keeper, handler, tower):
        paid(Enterprise.objects.get(name="杭州青屿软件有限公司"), "2022", 365_000)

        ours = page_of(self.look(keeper, tower))
        assert "73.1 ten thousand yuan" in ours and "All that such a tenant paid counts" in ours
        theirs = page_of(self.look(handler, tower))
        assert "73.1 ten thousand yuan" not in theirs and "estimated by area" in theirs

    def test_tax_per_metre_is_the_buildings_own_where_nothing_is_said(self, keeper, tower):
        assert self.look(keeper, tower, tax_per_metre="").status_code == 422
        paid(Enterprise.objects.get(name="杭州青屿软件有限公司"), "2022", 140_000)

        page = page_of(self.look(keeper, tower, tax_per_metre=""))

        assert "bring 1,000 yuan a year and let m²" in page

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"until_day": "2023-07-01"}, "ends before it begins"),
            ({"from_day": "2023-01-10"}, "begins on a day to come"),
            ({"going": "9F"}, "No room or floor here is"),
            ({"coming": "4, 401, 100"}, "Room 401 is there already."),
            ({"coming": "4, 402, many"}, "Row 1, column area"),
            ({"let_share": "101"}, "100"),
            ({"tax_per_metre": "much"}, "is no number"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field_and_kept(self, keeper, tower, wrong, said):
        answer = self.look(keeper, tower, **wrong)

        page = page_of(answer)
        assert answer.status_code == 422
        assert said in page and next(iter(wrong.values())) in page

    def test_the_whole_building(self, keeper, tower):
        page = page_of(self.look(keeper, tower, going="", everything="on", coming="4, 401, 500"))

        assert "500 m²" in page and "2 tenants" in page

    def test_saving_is_refused_while_somebody_has_a_room_that_goes(self, keeper, tower):
        answer = self.look(keeper, tower, look=None, save="1")

        assert answer.status_code == 422 and "Room 301" in page_of(answer)
        assert not Room.objects.filter(number="301N").exists()

    def test_once_it_is_empty_the_plan_is_saved_as_rooms_of_coming_days(self, keeper, tower):
        lease = Tenancy.objects.get(room__number="301")
        send(keeper, f"tower/tenancies/{lease.pk}/leave", seen=lease.enterprise.version, day="2023-01-05")

        answer = self.look(keeper, tower, look=None, save="1")

        assert answer.status_code == 302
        assert Room.objects.get(number="301").until_day == date(2023, 7, 1)
        assert Room.objects.get(number="301N").from_day == date(2025, 7, 1)
        assert "301N" in shown(keeper, "/desk/buildings/tower/?day=2025-07-01")

    def test_only_who_keeps_the_building_saves(self, handler, tower):
        assert self.look(handler, tower).status_code == 200
        assert self.look(handler, tower, look=None, save="1").status_code == 404
