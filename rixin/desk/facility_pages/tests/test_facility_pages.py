"""Facilities on the pages of the desk."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from python_calamine import CalamineWorkbook

from rixin.desk.tests.conftest import _monday, _published, in_english, shown
from rixin.facilities import actions
from rixin.facilities.models import Facility, State
from rixin.facilities.tests.builders import DEJIA, JINGZHOU, NOW, a_facility, becomes, day, deed
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player

__all__ = ["_monday", "_published"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places", "_january", "_media")]


@pytest.fixture
def _january(_monday, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def keeper(units):
    return a_player("fang.min", "方敏", "public-services", Role.HANDLER, title_zh="养老专员")


@pytest.fixture
def canteen():
    return a_facility(name_zh="阳光老年食堂", name_en="Sunny Canteen", address="文三西路351号", lat=30.275, lng=120.099)


def send(player, address: str, **typed: Any) -> Any:
    return in_english(player).post(f"/desk/facilities/{address}", typed)


def new_one(**typed: str) -> dict[str, str]:
    plain = {"kind": "canteen", "name_zh": "竞舟助餐点", "state": "open", "from_day": "2022-12-01"}
    return {**plain, "where-area": JINGZHOU, "level": "canteen:point", "hours": "每天 10:30-13:00", **typed}


class TestTheList:
    def test_a_line_has_kind_place_state_stars_and_area(self, keeper):
        one = a_facility("elder_care", name_en="Day Care")
        one = actions.give_stars(one, 3, day("2022-04-01"), deed(one))
        actions.measure(one, 32_000, day("2022-04-01"), deed(one))

        page = shown(keeper, "/desk/facilities")

        assert all(said in page for said in ("Day Care", "Elder-care centre", "Open", "3 stars", "320 m²"))

    def test_on_a_day_past_it_is_as_it_was(self, canteen, keeper):
        becomes(canteen, State.PAUSED, "2022-06-01")

        def badge(on: str) -> bool:
            return '<span class="badge warn">Closed for a time</span>' in shown(keeper, f"/desk/facilities?day={on}")

        assert "Sunny Canteen" not in shown(keeper, "/desk/facilities?day=2022-02-28")
        assert [badge(on) for on in ("2022-05-31", "2022-06-01")] == [False, True]

    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("kind=canteen", True),
            ("kind=library", False),
            ("group=elder", True),
            ("group=health", False),
            ("state=open", True),
            ("state=ended", False),
            (f"area={JINGZHOU}", True),
            (f"area={DEJIA}", False),
            ("q=351", True),
            ("q=352", False),
            ("q=%00&kind=x&state=y&area=z&group=w&day=never&page=-3", True),
        ],
    )
    def test_it_is_narrowed_and_nonsense_is_left_out(self, canteen, keeper, query, there):
        assert ("Sunny Canteen" in shown(keeper, f"/desk/facilities?{query}")) is there

    def test_states_are_counted_whatever_state_is_asked_for(self, canteen, keeper):
        becomes(a_facility(), State.ENDED, "2022-06-01")

        page = shown(keeper, "/desk/facilities?state=open")

        assert (
            'All that ever were <span class="count">2</span>' in page
            and 'Closed for good <span class="count">1</span>' in page
        )

    def test_as_many_statements_for_many_as_for_one(self, canteen, keeper):
        def count() -> int:
            with CaptureQueriesContext(connection) as statements:
                shown(keeper, "/desk/facilities")
            return len(statements)

        shown(keeper, "/desk/facilities")
        with_one = count()
        for _nth in range(6):
            a_facility()

        assert count() == with_one <= 14

    def test_out_of_the_own_area_there_is_nothing(self, canteen, outsider):
        assert "Sunny Canteen" not in shown(outsider, "/desk/facilities")
        assert in_english(outsider).get(canteen.get_absolute_url()).status_code == 404

    def test_a_second_page_goes_on(self, keeper):
        for _nth in range(51):
            a_facility()

        assert "page=2" in shown(keeper, "/desk/facilities")
        assert shown(keeper, "/desk/facilities?page=2").count('class="subject"') == 1

    def test_the_same_as_a_table(self, canteen, keeper):
        answer = in_english(keeper).get("/desk/facilities.xlsx?kind=canteen")

        rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows[0][:5] == ["Kind of facility", "Name of the facility", "English name", "Area", "Address"]
        assert rows[1][1:3] == ["阳光老年食堂", "Sunny Canteen"] and rows[1][14] == "Open"

    def test_those_with_a_position_are_pins(self, canteen, keeper):
        a_facility(name_en="Nowhere")

        features = in_english(keeper).get("/desk/facilities/pins.geojson").json()["features"]

        assert [one["properties"]["title"] for one in features] == ["Sunny Canteen"]


class TestOne:
    def test_its_page_says_what_is_known_and_when(self, keeper):
        one = a_facility(hours={"2": [["08:30", "17:00"]]}, hours_note="Closed on holidays", name_en="Here")
        becomes(one, State.PAUSED, "2023-02-01", note="Painting")

        page = shown(keeper, one.get_absolute_url())

        assert all(
            said in page for said in ("Tue 08:30–17:00", "Closed on holidays", "open now", "Painting", "planned")
        )

    def test_as_many_statements_with_a_long_history_as_with_a_short_one(self, canteen, keeper):
        def count() -> int:
            with CaptureQueriesContext(connection) as statements:
                shown(keeper, canteen.get_absolute_url())
            return len(statements)

        shown(keeper, canteen.get_absolute_url())
        short = count()
        for nth, state in enumerate([State.PAUSED, State.OPEN] * 4):
            becomes(Facility.objects.get(pk=canteen.pk), state, f"2022-{nth + 4:02d}-01")

        assert count() == short <= 16

    def test_only_who_keeps_it_is_offered_to_change_it(self, canteen, keeper, handler):
        assert "Change its state" in shown(keeper, canteen.get_absolute_url())
        assert "Change its state" not in shown(handler, canteen.get_absolute_url())
        for act in ("correct", "state", "stars", "area", "pictures"):
            assert in_english(handler).get(f"{canteen.get_absolute_url()}{act}").status_code == 404


class TestWritingDown:
    def test_a_new_one_is_entered(self, keeper):
        answer = send(keeper, "new", **new_one())

        one = Facility.objects.get()
        assert answer.status_code == 302 and answer["Location"] == one.get_absolute_url()
        assert (one.level, one.state, one.hours["3"]) == ("point", "open", [["10:30", "13:00"]])

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"name_zh": ""}, "required"),
            ({"hours": "每天 22:00-06:00"}, "runs over midnight"),
            ({"level": "library:branch"}, "Select a valid choice"),
            ({"kind": "library"}, "Select a valid choice"),
            ({"from_day": "0001-01-01"}, "check the year"),
            ({"from_day": "tomorrow"}, "valid date"),
            ({"where-area": ""}, "say where"),
        ],
    )
    def test_what_cannot_be_is_told_beside_the_field_and_what_was_typed_stays(self, keeper, typed, said):
        answer = send(keeper, "new", **new_one(operator="某某餐饮", **typed))

        page = answer.content.decode()
        assert answer.status_code == 422 and said in page and "某某餐饮" in page
        assert not Facility.objects.exists()

    def test_nobody_enters_outside_the_own_area(self, units):
        officer = a_player("tang", "汤琴", "community-001", Role.COMMUNITY_OFFICER, area=DEJIA)

        assert send(officer, "new", **new_one(**{"where-area": DEJIA})).status_code == 302
        assert send(officer, "new", **new_one(name_zh="别处")).status_code == 422

    def test_it_is_corrected_by_who_saw_it_as_it_is(self, canteen, keeper):
        page = shown(keeper, f"/desk/facilities/{canteen.pk}/correct")
        assert 'value="阳光老年食堂"' in page
        typed = new_one(name_zh="阳光食堂", seen=str(canteen.version))

        assert send(keeper, f"{canteen.pk}/correct", **typed).status_code == 302
        assert send(keeper, f"{canteen.pk}/correct", **{**typed, "name_zh": "再改"}).status_code == 409
        assert Facility.objects.get().name_zh == "阳光食堂"

    def test_its_state_changes_from_a_day_on(self, canteen, keeper):
        typed = {"state": "paused", "day": "2023-01-02", "note": "装修", "seen": canteen.version}

        assert send(keeper, f"{canteen.pk}/state", **typed).status_code == 302
        assert Facility.objects.get().state == State.PAUSED
        again = send(keeper, f"{canteen.pk}/state", **{**typed, "seen": canteen.version + 1})
        assert again.status_code == 422 and "It is so on that day already." in again.content.decode()

    def test_stars_and_floor_area_are_noted_where_the_kind_has_them(self, canteen, keeper):
        one = a_facility("elder_care")

        assert send(keeper, f"{one.pk}/stars", stars="4", day="2022-11-28", seen="1").status_code == 302
        assert send(keeper, f"{one.pk}/area", area="320.5", day="2022-11-28", seen="2").status_code == 302
        one.refresh_from_db()
        assert (one.stars, one.floor_area) == (4, 32_050)
        assert send(keeper, f"{canteen.pk}/stars", stars="4", day="2022-11-28", seen="1").status_code == 404

    def test_an_entry_is_taken_back_with_a_reason(self, canteen, keeper):
        becomes(canteen, State.PAUSED, "2022-06-01")
        span = canteen.states.get(state="paused").pk

        assert send(keeper, f"{canteen.pk}/back/state/{span}", reason="", seen="2").status_code == 422
        assert send(keeper, f"{canteen.pk}/back/state/{span}", reason="误登", seen="2").status_code == 302
        assert send(keeper, f"{canteen.pk}/back/state/{span}", reason="误登", seen="3").status_code == 404
        assert Facility.objects.get().state == State.OPEN

    def test_pictures_are_added_shown_and_removed(self, canteen, keeper, outsider):
        out = BytesIO()
        Image.new("RGB", (64, 48), "navy").save(out, "PNG")
        out.seek(0)
        out.name = "door.png"
        assert send(keeper, f"{canteen.pk}/pictures", photos=out, says="门口", seen="1").status_code == 302
        digest = canteen.pictures.get().digest
        address = f"/desk/facilities/{canteen.pk}/pictures/{digest}"

        assert "门口" in shown(keeper, canteen.get_absolute_url())
        assert in_english(keeper).get(f"{address}?thumb=1")["Content-Type"] == "image/jpeg"
        assert in_english(outsider).get(address).status_code == 404
        assert send(keeper, f"{canteen.pk}/pictures/{digest}/remove", seen="2").status_code == 302
        assert in_english(keeper).get(address).status_code == 404

    def test_what_is_no_picture_is_refused_in_words(self, canteen, keeper):
        hello = BytesIO(b"hello")
        hello.name = "door.jpg"

        answer = send(keeper, f"{canteen.pk}/pictures", photos=hello, says="", seen="1")

        assert answer.status_code == 422 and "not a photo" in answer.content.decode()


class TestLayouts:
    def test_each_rule_says_what_counts_and_what_is_missing(self, keeper):
        a_facility("culture_home", name_en="Culture Home One")

        page = shown(keeper, "/desk/facilities/layouts")

        assert "11115" in page and "Culture Home One" in page
        assert "4 missing" in page and "0 of 5 kept" in page

    def test_as_of_a_day(self, keeper):
        a_facility("culture_station", name_en="Station")

        assert "1 of 5 kept" in shown(keeper, "/desk/facilities/layouts?day=2022-03-01")
        assert "0 of 5 kept" in shown(keeper, "/desk/facilities/layouts?day=2022-02-28")
