"""The page for staff, and the questions that anybody's phone may ask."""

import pytest
from django.urls import reverse


@pytest.fixture
def spot(wenxin_places):
    return wenxin_places.places["building-dejia-east-3"].position


@pytest.fixture
def reader(dispatcher):
    """A person of the desk who reads English."""
    dispatcher.client.cookies["language"] = "en"
    return dispatcher.client


class TestStaffPage:
    def test_staff_see_the_tree_and_are_told_that_the_boundaries_are_drawn(self, reader, wenxin_places):
        page = reader.get("/places/").content.decode()

        assert page.count("<summary>") >= 6
        assert "drawn for this product, not surveyed" in page

    def test_an_area_shows_its_parts_and_places(self, reader, wenxin_places):
        page = reader.get("/places/?area=330106013001").content.decode()

        assert "Dejia Grid 7" in page
        assert "Dejia East Quarter" in page

    def test_an_address_shows_where_it_lies_and_by_which_words(self, reader, wenxin_places):
        page = reader.get("/places/", {"q": "我家在德加东区3幢"}).content.decode()

        assert "Dejia East Quarter, Building 3" in page
        assert "by the words “德加东区3幢”" in page

    def test_an_unknown_area_is_not_found(self, reader, wenxin_places):
        assert reader.get("/places/?area=999").status_code == 404

    def test_who_is_signed_out_is_led_to_the_sign_in(self, client, wenxin_places):
        assert client.get("/places/").status_code == 302

    def test_places_add_no_query(self, reader, wenxin_places, django_assert_max_num_queries):
        reader.get("/places/")
        with django_assert_max_num_queries(8):  # session, account, posts, second factor: none of them for places
            reader.get("/places/?area=330106013&q=德加")


class TestOutlines:
    def test_the_map_of_areas_is_light_and_costs_no_query(self, client, wenxin_places, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = client.get(reverse("places:areas"))

        collection = answer.json()
        assert len(collection["features"]) == 1 + 6 + 41
        assert len(answer.content) < 60_000

    def test_a_browser_that_has_it_is_told_so(self, client, wenxin_places):
        first = client.get("/places/areas.geojson")

        again = client.get("/places/areas.geojson", headers={"if-none-match": first["ETag"]})

        assert (again.status_code, again.content) == (304, b"")
        client.cookies["language"] = "en"
        other_language = client.get("/places/areas.geojson", headers={"if-none-match": first["ETag"]})
        assert other_language.status_code == 200

    def test_a_level_can_be_chosen_and_an_unknown_one_is_told(self, client, wenxin_places):
        assert len(client.get("/places/areas.geojson?levels=microgrid").json()["features"]) == 260
        wrong = client.get("/places/areas.geojson?levels=moon")
        assert (wrong.status_code, wrong.json()["code"]) == (422, "unknown_level")

    def test_landmarks_have_roads_water_and_buildings(self, client, wenxin_places):
        kinds = {f["properties"]["kind"] for f in client.get("/places/landmarks.geojson").json()["features"]}

        assert kinds == {"road", "water", "green", "building"}


class TestFindingAnAddress:
    def test_suggestions_have_their_areas_and_cost_no_query(self, client, wenxin_places, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = client.get("/places/find", {"q": "德加公寓东区"}).json()

        assert answer["results"][0]["code"] == "quarter-dejia-east"
        assert answer["results"][0]["label"].startswith("文新街道 › 德加社区")

    def test_part_of_a_name_is_enough(self, client, wenxin_places):
        names = [result["name"] for result in client.get("/places/find", {"q": "紫荆"}).json()["results"]]

        assert "紫荆雅苑" in names
        assert len(names) <= 10

    def test_unit_and_room_are_not_repeated(self, client, wenxin_places):
        result = client.get("/places/find", {"q": "德加东区3幢2单元501"}).json()["results"][0]

        assert "501" not in result["name"]
        assert "room" not in result

    def test_nothing_asked_finds_nothing_and_too_much_is_refused(self, client, wenxin_places):
        assert client.get("/places/find").json()["results"] == []
        refused = client.get("/places/find", {"q": "德" * 201})
        assert (refused.status_code, refused.json()["fields"]) == (422, ["q"])


class TestWhereAPointLies:
    def test_its_areas_and_neighbours_are_told(self, client, spot, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = client.get("/places/at", {"lat": spot.lat, "lng": spot.lng}).json()

        assert answer["inside"] is True
        assert [area["level"] for area in answer["areas"]][-1] == "microgrid"
        assert answer["nearby"][0] == {
            "code": "building-dejia-east-3",
            "kind": "building",
            "name": "德加东区3幢",
            "metres": 0,
        }

    def test_a_point_from_a_chinese_map_lands_in_the_same_area(self, client, spot):
        from rixin.places.coordinates import to_system

        lat, lng = to_system(spot, "gcj02")
        plain = client.get("/places/at", {"lat": spot.lat, "lng": spot.lng}).json()

        assert client.get("/places/at", {"lat": lat, "lng": lng, "crs": "gcj02"}).json()["path"] == plain["path"]

    def test_outside_is_a_fact_and_no_error(self, client, wenxin_places):
        answer = client.get("/places/at?lat=30.2700&lng=120.0950").json()

        assert (answer["inside"], answer["path"]) == (False, None)
        assert answer["metres_outside"] > 100

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("lat=31.23&lng=121.47", "km away"),
            ("lat=120.1&lng=30.28", "changed places"),
            ("lat=nan&lng=120", "not a number"),
            ("lat=&lng=120", "not a number of degrees"),
            ("lat=30.28&lng=120.09&crs=utm", "coordinate system is not known"),
        ],
    )
    def test_an_impossible_position_is_told(self, client, wenxin_places, query, said):
        client.cookies["language"] = "en"
        answer = client.get(f"/places/at?{query}")

        assert answer.status_code == 422
        assert said in answer.json()["message"]
