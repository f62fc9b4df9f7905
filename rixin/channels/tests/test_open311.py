"""Open311 GeoReport v2, call by call as the specification has it."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from rixin.cases.models import Case, Receipt
from rixin.cases.tests.builders import a_case, take
from rixin.channels.open311 import keys
from rixin.channels.open311.formats import ITEM, written
from rixin.channels.tests.conftest import a_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
BASE = "/open311/v2"
HERE = {"lat": "30.2869", "long": "120.0986"}
LAMP = {"service_code": "street_lamp", "description": "路灯坏了，晚上看不见。", **HERE}


@pytest.fixture
def key(units) -> str:
    return keys.make("邻区热线", timezone.now())


@pytest.fixture
def here(wenxin_places) -> dict[str, str]:
    from rixin.places import gazetteer

    place = next(place for place in gazetteer.current().places.values() if place.position is not None)
    return {"lat": str(place.position.lat), "long": str(place.position.lng)}


def get(path: str, **asked):
    return Client().get(f"{BASE}/{path}", asked)


def said(answer):
    return json.loads(answer.content)


def tree(answer) -> ElementTree.Element:
    assert answer.content.startswith(b"<?xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def send(key: str, base: str = BASE, format: str = "json", **fields):
    return Client().post(f"{base}/requests.{format}", {"api_key": key, **fields})


def sent(key: str, here: dict[str, str], **other) -> Case:
    answer = send(key, **{**LAMP, **here, **other})
    assert answer.status_code == 200, answer.content
    [made] = said(answer)
    return Case.objects.get(pk=int(made["service_request_id"].rpartition("-")[2]))


class TestDiscovery:
    @pytest.mark.parametrize(("format", "kind"), [("xml", "text/xml"), ("json", "application/json")])
    def test_both_formats_with_the_bare_type_that_validators_compare(self, format, kind):
        answer = Client().get(f"/open311/discovery.{format}")

        assert (answer.status_code, answer["Content-Type"]) == (200, kind)

    def test_two_endpoints_each_with_two_formats_and_a_changeset_in_the_past(self):
        found = said(Client().get("/open311/discovery.json"))

        assert {"changeset", "contact", "key_service", "endpoints"} == found.keys()
        assert [one["type"] for one in found["endpoints"]] == ["production", "test"]
        assert all(len(one["formats"]) == 2 and one["specification"] for one in found["endpoints"])
        assert datetime.fromisoformat(found["changeset"]) < timezone.now()

    def test_xml_has_the_same(self):
        root = tree(Client().get("/open311/discovery.xml"))

        assert root.tag == "discovery"
        assert [one.text for one in root.iterfind("endpoints/endpoint/type")] == ["production", "test"]


class TestServices:
    def test_a_list_of_public_kinds_with_every_key(self):
        found = {one["service_code"]: one for one in said(get("services.json"))}

        lamp = found["street_lamp"]
        assert set(lamp) == {
            "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
        }  # fmt: skip
        assert lamp["type"] == "realtime" and lamp["metadata"] in (True, False)

    @pytest.mark.parametrize("closed", ["petition", "labour_complaint", "mediation", "inspection_hazard"])
    def test_what_shows_something_of_a_person_is_not_offered(self, closed):
        assert closed not in {one["service_code"] for one in said(get("services.json"))}
        assert get(f"services/{closed}.json").status_code == 404

    def test_xml_and_json_say_the_same(self):
        rows = [{child.tag: child.text or "" for child in row} for row in tree(get("services.xml"))]
        plain = [
            {name: str(value).lower() if isinstance(value, bool) else value for name, value in one.items()}
            for one in said(get("services.json"))
        ]

        assert rows == plain
        assert get("services.xml")["Content-Type"] == "text/xml; charset=utf-8"
        assert get("services.json")["Content-Type"] == "application/json; charset=utf-8"

    def test_a_definition_is_an_object_with_ordered_attributes(self):
        with_questions = next(one["service_code"] for one in said(get("services.json")) if one["metadata"])
        found = said(get(f"services/{with_questions}.json"))

        assert found["service_code"] == with_questions
        orders = [one["order"] for one in found["attributes"]]
        assert orders == sorted(set(orders)) and orders[0] == 1
        assert all(one["variable"] is True for one in found["attributes"])
        assert tree(get(f"services/{with_questions}.xml")).tag == "service_definition"


class TestSending:
    def test_it_becomes_a_matter_placed_and_with_its_owner(self, key, here):
        case = sent(key, here, first_name="三", last_name="张", phone="13800001234")

        assert (case.channel, case.type, case.phase) == ("open311", "street_lamp", "open")
        assert case.due_at is not None and case.area_path.startswith("330106013/")
        receipt = Receipt.objects.get(case=case)
        assert (receipt.name, receipt.phone) == ("张 三", "13800001234")

    def test_the_same_once_more_is_the_same_request(self, key, here):
        first, again = sent(key, here), sent(key, here)

        assert first == again and Case.objects.count() == 1
        assert sent(key, here, description="另一盏路灯坏了") != first

    @pytest.mark.parametrize("wrong", ["", "no-such-key"])
    def test_without_a_key_it_is_forbidden(self, here, wrong):
        answer = send(wrong, **LAMP)

        assert answer.status_code == 403
        assert said(answer)[0]["code"] == "403"
        assert Case.objects.count() == 0

    def test_a_retired_key_is_worth_nothing(self, key, here):
        keys.retire("邻区热线", timezone.now())

        assert send(key, **{**LAMP, **here}).status_code == 403

    @pytest.mark.parametrize(
        ("fields", "status", "word"),
        [
            ({"service_code": ""}, 400, "service_code"),
            ({"service_code": "flying"}, 404, "service_code"),
            ({"lat": "", "long": ""}, 400, "address_string"),
            ({"long": ""}, 400, "lat and long"),
            ({"lat": "east"}, 400, "lat and long"),
            ({"lat": "nan"}, 400, "lat and long"),
            ({"lat": "39.9", "long": "116.4"}, 400, "outside"),
            ({"lat": "", "long": "", "address_id": "no-such"}, 400, "address_id"),
            ({"phone": "12"}, 400, "phone"),
            ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
            ({"description": "长" * 4001}, 400, "4001"),
            ({"attribute[flying]": "1"}, 400, "flying"),
            ({"jurisdiction_id": "elsewhere"}, 404, "jurisdiction_id"),
        ],
    )
    @pytest.mark.parametrize("format", ["json", "xml"])
    def test_what_is_wrong_is_told_in_the_format_asked_for(self, key, here, fields, status, word, format):
        answer = send(key, format=format, **{**LAMP, **here, **fields})

        assert answer.status_code == status
        described = (
            said(answer)[0]["description"] if format == "json" else tree(answer).findtext("error/description", "")
        )
        assert word in described
        assert Case.objects.count() == 0

    def test_an_address_is_enough(self, key):
        case = sent(key, {"lat": "", "long": "", "address_string": "文一西路588号"})

        assert case.address == "文一西路588号"

    def test_pictures_come_under_any_name_and_lose_their_metadata(self, key, here):
        case = sent(key, here, photo1=a_photo())

        assert case.photos.count() == 1

    def test_a_picture_elsewhere_is_named_and_never_fetched(self, key, here):
        case = sent(key, here, media_url="http://127.0.0.1:1/a.jpg")

        assert "http://127.0.0.1:1/a.jpg" in case.text

    def test_markup_is_taken_out(self, key, here):
        case = sent(key, here, description="<b>路灯</b><script>alert(1)</script>坏了")

        assert "<" not in case.text

    def test_answers_to_the_questions_of_a_kind(self, key, here):
        asks = [(one["service_code"], said(get(f"services/{one['service_code']}.json"))["attributes"])
                for one in said(get("services.json")) if one["metadata"]]  # fmt: skip
        code, asked = next((code, one) for code, attributes in asks for one in attributes if one["values"])
        choice = asked["values"][0]["key"]
        for written_as in (f"attribute[{asked['code']}]", f"attribute[{asked['code']}][]"):
            case = sent(key, here, service_code=code, description=written_as, **{written_as: choice})
            assert case.form[asked["code"]] in (choice, choice == "yes")
        wrong = send(key, **{**LAMP, **here, "service_code": code, f"attribute[{asked['code']}]": "none such"})
        assert wrong.status_code == 400

    def test_the_test_endpoint_checks_all_and_opens_nothing(self, key, here):
        answer = send(key, base="/open311/test/v2", **{**LAMP, **here})

        assert answer.status_code == 200 and said(answer)[0]["service_request_id"].startswith("TEST-")
        assert send(key, base="/open311/test/v2", service_code="").status_code == 400
        assert Case.objects.count() == 0

    def test_too_many_from_one_key_are_told_when_to_come_again(self, key, here, settings):
        settings.OPEN311_REQUESTS_PER_HOUR = 1
        sent(key, here)

        answer = send(key, **{**LAMP, **here, "description": "又一盏"})

        assert answer.status_code == 429 and int(answer["Retry-After"]) > 0


class TestReading:
    KEYS = {
        "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
        "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
        "address", "address_id", "zipcode", "lat", "long", "media_url",
    }  # fmt: skip

    def test_every_key_is_always_there_and_ids_are_texts(self, key, here):
        case = sent(key, here)
        [found] = said(get("requests.json"))

        assert set(found) == self.KEYS
        assert found["service_request_id"] == case.number and found["status"] == "open"
        assert datetime.fromisoformat(found["requested_datetime"]).utcoffset() is not None
        assert "." not in found["requested_datetime"]

    def test_one_request_is_a_list_of_one(self, key, here):
        case = sent(key, here)

        [found] = said(get(f"requests/{case.number}.json"))
        assert found["service_request_id"] == case.number
        assert tree(get(f"requests/{case.number}.xml")).findtext("request/service_request_id") == case.number
        assert get("requests/20220101-99999.json").status_code == 404

    def test_names_and_numbers_are_taken_out_of_the_words(self, key, here):
        sent(key, here, description="我叫张三丰，电话13800001234，住3幢2单元501。路灯坏了。")

        described = said(get("requests.json"))[0]["description"]
        assert "三丰" not in described and "0000" not in described and "501" not in described

    def test_words_sent_by_a_printed_code_are_shown_to_nobody(self):
        a_case(type="street_lamp", text="我家门口的灯坏了，我很怕黑", lat=30.28, lng=120.09, at=timezone.now())

        [found] = said(get("requests.json"))
        assert "怕黑" not in found["description"]

    def test_private_closed_off_and_unplaced_matters_are_not_there(self):
        a_case(type="street_lamp", key="1", lat=None, lng=None, at=timezone.now())
        a_case(type="street_lamp", key="2", lat=30.28, lng=120.09, may_be_public=False, at=timezone.now())
        closed = a_case(
            type="wage_complaint", key="3", lat=30.28, lng=120.09, at=timezone.now(), form={"employer": "某"}
        )

        assert said(get("requests.json")) == []
        assert get(f"requests/{closed.number}.json").status_code == 404

    def test_filters_by_service_state_day_and_page(self, key, here):
        lamp, other = sent(key, here), sent(key, here, service_code="exposed_rubbish", description="垃圾")
        ids = lambda **asked: [one["service_request_id"] for one in said(get("requests.json", **asked))]  # noqa: E731

        assert ids(service_code="street_lamp") == [lamp.number]
        assert set(ids(service_code="street_lamp,exposed_rubbish")) == {lamp.number, other.number}
        assert ids(status="closed") == [] and len(ids(status="open,closed")) == 2
        assert ids(start_date=(timezone.now() + timedelta(hours=1)).isoformat(), end_date="2100-01-01T00:00:00Z") == []
        assert ids(end_date="2020-01-01T00:00:00Z") == []
        assert ids(page_size="1") + ids(page_size="1", page="2") == ids()
        # ids override all else
        assert ids(service_request_id=f"{lamp.number},none", status="closed") == [lamp.number]

    @pytest.mark.parametrize(
        "asked",
        [
            {"status": "pending"},
            {"start_date": "yesterday"},
            {"end_date": "2022-13-45"},
            {"page": "0"},
            {"start_date": "2022-02-01T00:00:00Z", "end_date": "2022-01-01T00:00:00Z"},
        ],
    )
    def test_what_cannot_be_read_is_told(self, asked):
        assert get("requests.json", **asked).status_code == 400

    def test_an_empty_parameter_is_no_parameter(self, key, here):
        sent(key, here)

        assert len(said(get("requests.json", status="", service_code="", start_date="", jurisdiction_id=""))) == 1

    def test_a_list_takes_a_bounded_number_of_statements(self, key, here, django_assert_max_num_queries):
        for nth in range(5):
            sent(key, here, description=f"路灯{nth}坏了")
        get("requests.json")

        with django_assert_max_num_queries(3):
            assert len(said(get("requests.json"))) == 5

    def test_a_closed_request_says_when_and_what_became_of_it(self, key, here, handler, dispatcher, verifier):
        case = sent(key, here)
        at, unit = case.opened_at, next(iter(handler.scope.unit_ids))
        case = take(case, "dispatch", dispatcher, at, unit=unit)
        case = take(case, "acknowledge", handler, at)
        case = take(case, "handle", handler, at, answer="灯泡已更换。")
        case = take(case, "verify", verifier, at)
        case = take(case, "close", dispatcher, at)

        [found] = said(get(f"requests/{case.number}.json"))
        assert found["status"] == "closed"
        assert "灯泡已更换" in found["status_notes"]
        assert datetime.fromisoformat(found["updated_datetime"]) == case.closed_at.replace(microsecond=0)


class TestTokens:
    def test_a_tracking_code_gives_the_number(self, key, here):
        case = sent(key, here)
        code = Receipt.objects.get(case=case).code

        assert said(get(f"tokens/{code}.json")) == [{"service_request_id": case.number, "token": code}]

    def test_a_wrong_one_is_not_found_and_guessing_ends(self):
        answers = [get(f"tokens/WRONG{nth:03}.json").status_code for nth in range(30)]

        assert answers[0] == 404 and answers[-1] == 429


class TestUpdates:
    def test_steps_between_two_moments_need_a_key(self, key, here, dispatcher, handler):
        case = sent(key, here)
        take(case, "dispatch", dispatcher, case.opened_at, unit=next(iter(handler.scope.unit_ids)))
        span = {"start_date": (timezone.now() - timedelta(hours=1)).isoformat(),
                "end_date": (timezone.now() + timedelta(hours=1)).isoformat()}  # fmt: skip

        assert get("servicerequestupdates.json", **span).status_code == 403
        found = said(get("servicerequestupdates.json", api_key=key, **span))
        assert [one["status"] for one in found] == ["FOR_TRIAGE", "IN_PROGRESS"]
        assert {one["service_request_id"] for one in found} == {case.number}
        assert get("servicerequestupdates.json", api_key=key, start_date=span["start_date"]).status_code == 400

    def test_words_are_added_to_a_request_that_came_this_way(self, key, here):
        case = sent(key, here)
        answer = Client().post(
            f"{BASE}/servicerequestupdates.json",
            {"api_key": key, "service_request_id": case.number, "description": "又坏了一盏"},
        )

        assert answer.status_code == 200
        assert case.events.order_by("-seq")[0].given["message"] == "又坏了一盏"

    def test_and_to_no_other(self, key):
        other = a_case(type="street_lamp", lat=30.28, lng=120.09, at=timezone.now())
        answer = Client().post(
            f"{BASE}/servicerequestupdates.json",
            {"api_key": key, "service_request_id": other.number, "description": "x"},
        )

        assert answer.status_code == 403


class TestTheCommand:
    def test_a_key_is_shown_once_retired_and_listed(self, capsys):
        call_command("open311", "key", "测试")
        shown = capsys.readouterr().out.strip()
        assert keys.holder_of(shown).name == "测试"
        call_command("open311", "retire", "测试")
        call_command("open311", "list")
        assert "测试" in capsys.readouterr().out
        with pytest.raises(CommandError):
            call_command("open311", "retire", "测试")


plain = st.none() | st.booleans() | st.integers() | st.text(max_size=20)


@given(st.lists(st.dictionaries(st.sampled_from(["service_code", "description", "keywords"]), plain, max_size=3)))
def test_whatever_is_said_is_xml_and_json_of_the_same_shape(rows):
    root = ElementTree.fromstring(written("services", rows, "xml"))  # noqa: S314 - our own
    read = json.loads(written("services", rows, "json"))

    assert [child.tag for child in root] == [ITEM["services"]] * len(rows)
    assert [{leaf.tag for leaf in child} for child in root] == [set(one) for one in read]
