"""A resident scans a code and reports."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rixin.cases.models import Case, CaseEvent, Receipt
from rixin.channels.models import Code
from rixin.channels.tests.conftest import KEY, LAMP, a_photo, only_case
from rixin.people.models import Account

pytestmark = pytest.mark.django_db
FAR = {"lat": "39.9042", "lng": "116.4074"}


class TestScanningACode:
    def test_opens_a_page_that_names_the_place(self, phone):
        page = phone.get(f"/c/{phone.code.token}").content.decode()

        assert "德加西区" in page and 'name="text"' in page

    def test_makes_no_session_and_asks_for_no_account(self, phone):
        phone.get(f"/c/{phone.code.token}")

        assert "sessionid" not in phone.cookies

    def test_loads_no_map_until_it_is_asked_for(self, phone):
        page = phone.get(f"/c/{phone.code.token}").content.decode()

        assert not re.search(r"<(script|link)[^>]+/map-", page)

    def test_that_nobody_printed_leads_to_a_choice_of_places(self, phone):
        answer = phone.get("/c/nosuch1")

        assert answer.status_code == 404
        assert "/report/at/quarter-dejia-west" in answer.content.decode()

    def test_that_is_retired_says_for_which_place_and_leads_to_a_choice(self, phone):
        Code.objects.update(retired_at=datetime(2022, 2, 1, tzinfo=UTC))

        answer = phone.get(f"/c/{phone.code.token}")

        assert answer.status_code == 410
        assert "德加西区" in answer.content.decode() and "/report/at/" in answer.content.decode()

    def test_costs_few_statements_however_many_matters_are_near(self, phone):
        phone.get(f"/c/{phone.code.token}")
        for nth in range(12):
            phone.reported(once=f"{KEY}-{nth}")

        with CaptureQueriesContext(connection) as statements:
            phone.get(f"/c/{phone.code.token}")

        assert len(statements) <= 3


class TestSending:
    def test_gives_a_receipt_and_a_case_at_the_place_sorted_by_the_words(self, phone):
        answer = phone.report()

        case = only_case()
        assert answer.status_code == 303
        assert answer["Location"] == f"/t/{Receipt.objects.get().code}?new=1"
        assert (case.text, case.channel, case.place_code[:20]) == (LAMP, "code", "building-dejia-west-")
        assert case.area_path.startswith("330106013/001/") and case.due_at is not None
        assert case.type == "quarter_lighting"

    def test_twice_with_the_same_key_is_one_case(self, phone):
        first, second = phone.report(), phone.report()

        assert first["Location"] == second["Location"]
        assert Case.objects.count() == 1

    def test_takes_at_most_twelve_statements(self, phone):
        phone.report(once=f"{KEY}-before")

        with CaptureQueriesContext(connection) as statements:
            assert phone.report().status_code == 303

        assert len(statements) <= 12, "\n".join(query["sql"][:100] for query in statements)

    def test_takes_the_kind_chosen_with_its_answers(self, phone):
        phone.report(kind="dogs", **{"q-bitten": "yes"})

        assert (only_case().type, only_case().form) == ("dogs", {"bitten": True})

    def test_asks_for_the_kinds_own_questions_before_it_is_sent(self, phone):
        answer = phone.report(kind="enterprise_problem")

        assert answer.status_code == 422
        assert 'name="q-enterprise"' in answer.content.decode() and LAMP in answer.content.decode()

    def test_at_the_phones_position_lies_where_the_phone_is(self, phone):
        phone.report(lat="30.2760", lng="120.1000")

        assert (only_case().lat, only_case().lng) == (30.276, 120.1)

    def test_keeps_photos_without_what_the_camera_wrote(self, phone):
        phone.report(photos=[a_photo(), a_photo("red", "two.jpg")])

        assert only_case().photos.count() == 2

    def test_takes_signs_out_that_nobody_sees(self, phone):
        phone.report(text="灯\x00坏\x07了\u202e")

        assert only_case().text == "灯坏了"

    def test_shows_script_as_the_text_that_it_is(self, phone):
        receipt = phone.reported(text="<script>alert(1)</script>灯坏了")

        page = phone.get(f"/t/{receipt.code}").content.decode()

        assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


class TestWhatIsNotRight:
    """Each says what to mend, and gives back everything that was typed."""

    @pytest.mark.parametrize(
        ("wrong", "status", "says"),
        [
            ({"text": "", "where": "东门"}, 422, "东门"),
            ({"phone": "12345"}, 422, "12345"),
            (FAR, 422, "km"),
            ({"lat": "abc", "lng": "120"}, 422, "3幢2单元"),
            ({"lat": "120.1", "lng": "30.2"}, 422, "120.1"),
        ],
        ids=["nothing written", "no telephone", "a position in Beijing", "no position", "exchanged"],
    )
    def test_is_told_and_kept(self, phone, wrong, status, says):
        phone.cookies["language"] = "en"

        answer = phone.report(**wrong)

        page = answer.content.decode()
        assert answer.status_code == status
        assert says in page and "error-summary" in page and KEY in page
        assert "text" in wrong or LAMP in page
        assert not Case.objects.exists()

    def test_a_file_that_is_no_photo_is_named_and_the_good_one_stays(self, phone):
        fake = SimpleUploadedFile("virus.jpg", b"MZ this is no picture", "image/jpeg")

        refused = phone.report(photos=[a_photo(), fake])
        kept = re.search(r'name="photos-kept" value="([^"]+)"', refused.content.decode())
        sent = phone.report(**{"photos-kept": kept[1]})

        assert refused.status_code == 422 and "virus.jpg" in refused.content.decode()
        assert sent.status_code == 303
        assert only_case().photos.count() == 1

    def test_a_photo_that_is_kept_can_be_seen_by_whoever_sent_it(self, phone):
        page = phone.report(text="", photos=[a_photo()]).content.decode()

        address = re.search(r'<img src="(/report/photo/[^"]+)"', page)[1]

        assert phone.get(address)["Content-Type"] == "image/jpeg"
        assert phone.get("/report/photo/forged").status_code == 404

    def test_a_kept_photo_cannot_be_claimed_by_writing_the_field_oneself(self, phone):
        phone.report(**{"photos-kept": '[["' + "a" * 64 + '", 1, 1, 1]]'})

        assert not only_case().photos.exists()


class TestTooManyReports:
    def test_are_stopped_with_everything_kept_and_a_sum_to_solve(self, phone, settings):
        settings.REPORTS_PER_HOUR_ADDRESS = 1
        phone.report(once=f"{KEY}-first")

        answer = phone.report(photos=[a_photo()])

        page = answer.content.decode()
        assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
        assert LAMP in page and "photos-kept" in page and 'id="challenge"' in page
        assert Case.objects.count() == 1

    def test_are_counted_per_code_too(self, phone, settings):
        settings.REPORTS_PER_HOUR_CODE = 1
        phone.report(once=f"{KEY}-first")

        assert phone.report(REMOTE_ADDR="198.51.100.7").status_code == 429

    def test_get_through_with_the_sum_solved_once(self, phone, settings):
        import json

        import altcha

        settings.REPORTS_PER_HOUR_ADDRESS = 1
        phone.report(once=f"{KEY}-first")
        page = phone.report().content.decode()
        given = json.loads(re.search(r'<script id="challenge"[^>]*>(.*?)</script>', page)[1])
        made = altcha.Challenge.from_dict(given)
        solved = altcha.Payload(made, altcha.solve_challenge(made, altcha.derive_key_pbkdf2)).to_base64()

        assert phone.report(challenge=solved).status_code == 303
        assert phone.report(once=f"{KEY}-third", challenge=solved).status_code == 429


class TestANeighbour:
    def test_sees_that_a_matter_is_open_near_but_not_who_wrote_what(self, phone):
        phone.reported(phone="13800001234")

        page = phone.get(f"/c/{phone.code.token}").content.decode()

        assert f'name="join" value="{only_case().pk}"' in page
        assert "老人上下楼" not in page and "1234" not in page

    def test_joins_it_with_the_words_typed_and_gets_an_own_code(self, phone):
        first = phone.reported()

        answer = phone.report(join=str(only_case().pk), once=f"{KEY}-neighbour", text="我家也是")

        joined = Receipt.objects.exclude(pk=first.pk).get()
        assert answer["Location"] == f"/t/{joined.code}?new=1"
        assert (joined.joined, joined.words, Case.objects.count()) == (True, "我家也是", 1)

    def test_who_joins_what_was_finished_meanwhile_is_told_and_keeps_the_words(self, phone):
        phone.reported()
        Case.objects.update(phase="closed", due_at=None)

        answer = phone.report(join=str(only_case().pk), once=f"{KEY}-neighbour", text="我家也是")

        assert answer.status_code == 409
        assert "我家也是" in answer.content.decode()

    def test_does_not_see_what_was_reported_as_private(self, phone):
        phone.reported(private="on")

        assert 'name="join"' not in phone.get(f"/c/{phone.code.token}").content.decode()

    def test_is_shown_first_what_sounds_most_like_his_own(self, phone):
        phone.reported(once=f"{KEY}-a", text="垃圾桶满了没人清理，味道很大。")
        phone.reported(once=f"{KEY}-b")
        given = {"text": "楼道灯坏了看不见", "lat": phone.code.lat, "lng": phone.code.lng}

        part = phone.post("/report/near", given).content.decode()

        lamp = Case.objects.get(type="quarter_lighting")
        assert re.findall(r'name="join" value="(\d+)"', part)[0] == str(lamp.pk)


class TestWithoutACode:
    def test_the_place_is_found_by_its_name(self, phone):
        page = phone.get("/report", {"q": "德加西区"}).content.decode()

        assert "/report/at/quarter-dejia-west" in page

    def test_the_same_report_is_sent_from_a_place_chosen_by_hand(self, phone):
        answer = phone.post("/report/at/quarter-dejia-west", {"text": LAMP, "once": KEY})

        assert answer.status_code == 303 and only_case().text == LAMP

    def test_a_place_that_is_none_leads_to_the_choice(self, phone):
        assert phone.get("/report/at/nowhere").status_code == 404


class TestSearchingAKind:
    def test_finds_it_by_a_word_that_people_use(self, phone):
        assert "dogs" in phone.get("/report/kinds", {"q": "狗叫"}).content.decode()

    def test_that_has_questions_shows_them(self, phone):
        assert 'name="q-bitten"' in phone.get("/report/questions", {"kind": "dogs"}).content.decode()


def test_a_report_leaves_no_account_and_names_nobody_in_the_timeline(phone):
    phone.reported(phone="13800001234")

    event = CaseEvent.objects.get()
    assert (event.by_kind, event.by_name) == ("resident", "")
    assert "13800001234" not in str(event.given) + str(event.changes)
    assert not Account.objects.exists()
