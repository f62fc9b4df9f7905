"""The phone pages of staff on the move: own tasks, reports on the spot, each form sent once."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rixin.cases.models import Case
from rixin.cases.tests.builders import MICROGRID, a_case
from rixin.desk.tests.conftest import in_english, press, shown, unit_of
from rixin.people.tests.cast import Player
from rixin.places import gazetteer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
HOME = "/desk/field/"
REPORT = "/desk/field/report"


def a_photo(colour: str = "grey") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", out.getvalue(), content_type="image/jpeg")


def reports(player: Player, **typed: Any) -> Any:
    """Sends the form of the report page with the own grid as the place, unless something else is typed."""
    data = {"text": "楼道里堆满纸箱", "place-area": own_grid(player), "once": "one", **typed}
    return in_english(player).post(REPORT, data)


def own_grid(player: Player) -> str:
    return next(clause.area for clause in player.scope.clauses)


def does(player: Player, case: Case, action: str, *, seen: int | None = None, **typed: Any) -> Any:
    now = Case.objects.get(pk=case.pk)
    data = {"seen": now.version if seen is None else seen, **typed}
    return in_english(player).post(f"/desk/field/task/{case.number}/do/{action}", data)


@pytest.fixture
def given(dispatcher: Player, grid_worker: Player) -> Case:
    """A matter in the worker's grid that lies with the worker's community."""
    case = a_case(area_path=MICROGRID)
    press(dispatcher, case, "dispatch", unit=unit_of(grid_worker))
    return case


class TestTheTasks:
    def test_what_lies_with_the_own_unit_and_nobody_took_is_to_do(self, given, grid_worker):
        page = shown(grid_worker, HOME)

        assert given.title in page
        assert f"/desk/field/task/{given.number}/" in page

    def test_what_a_colleague_took_is_only_open_in_the_area(self, given, grid_worker, community_officer):
        press(community_officer, given, "acknowledge")

        assert given.title not in shown(grid_worker, HOME)
        assert given.title in shown(grid_worker, f"{HOME}?list=area")

    def test_what_lies_elsewhere_is_in_neither_list(self, grid_worker):
        elsewhere = next(
            area.path
            for area in gazetteer.current().areas.values()
            if area.level == "grid" and not area.path.startswith(own_grid(grid_worker)[:-1])
        )
        far = a_case(area_path=elsewhere, title="别处的事")

        assert far.title not in shown(grid_worker, HOME) + shown(grid_worker, f"{HOME}?list=area")
        assert grid_worker.client.get(f"/desk/field/task/{far.number}/").status_code == 404

    def test_ten_times_the_tasks_take_the_same_statements(
        self, given, grid_worker, django_assert_max_num_queries, dispatcher
    ):
        for nth in range(10):
            press(dispatcher, a_case(key=f"more {nth}", area_path=MICROGRID), "dispatch", unit=unit_of(grid_worker))
        with django_assert_max_num_queries(9):
            grid_worker.client.get(HOME)

    def test_they_lie_on_the_map_and_lead_to_the_phone_page(self, grid_worker):
        case = a_case(area_path=MICROGRID, lat=30.287, lng=120.093)

        [pin] = grid_worker.client.get("/desk/field/pins.geojson").json()["features"]

        assert pin["properties"]["href"] == f"/desk/field/task/{case.number}/"

    def test_a_grid_worker_begins_here_and_a_dispatcher_at_the_inbox(self, grid_worker, dispatcher):
        assert grid_worker.client.get("/desk/")["Location"] == HOME
        assert dispatcher.client.get("/desk/")["Location"] == "/desk/inbox"


class TestATask:
    def test_has_the_form_of_everything_that_can_be_done_now(self, given, grid_worker):
        page = shown(grid_worker, f"/desk/field/task/{given.number}/")

        assert page.count('data-outbox="') == page.count('<details class="fold" id="do-')
        assert f'action="/desk/field/task/{given.number}/do/acknowledge"' in page

    def test_is_taken_and_handled_with_photos_of_before_and_after(self, given, grid_worker):
        does(grid_worker, given, "acknowledge")
        answer = does(
            grid_worker, given, "handle", answer="纸箱已清走。", photos_before=a_photo(),
            photos_after=a_photo("green"),
        )  # fmt: skip

        assert answer["Location"] == f"/desk/field/task/{given.number}/"
        now = Case.objects.get(pk=given.pk)
        assert (now.state, now.answer) == ("handled", "纸箱已清走。")
        assert set(now.photos.values_list("stage", flat=True)) == {"photos_before", "photos_after"}

    def test_sent_again_after_its_answer_was_lost_is_done_once(self, given, grid_worker, dispatcher):
        seen = Case.objects.get(pk=given.pk).version
        does(grid_worker, given, "acknowledge", seen=seen)
        press(dispatcher, given, "note", note="请注意安全")
        events = given.events.count()

        again = does(grid_worker, given, "acknowledge", seen=seen)

        assert again.status_code == 302
        assert given.events.count() == events

    def test_refused_comes_back_with_what_was_typed_and_with_the_photo(self, given, grid_worker):
        does(grid_worker, given, "acknowledge")
        refused = does(grid_worker, given, "handle", answer="", note="已联系物业", photos_after=a_photo())

        page = refused.content.decode()
        assert refused.status_code == 422
        assert "已联系物业" in page and 'name="photos_after-kept"' in page
        assert Case.objects.get(pk=given.pk).state == "handling"

    def test_that_somebody_changed_meanwhile_says_who_did_what_and_can_be_sent_again(
        self, given, grid_worker, dispatcher
    ):
        seen = Case.objects.get(pk=given.pk).version
        press(dispatcher, given, "note", note="请注意安全")

        changed = does(grid_worker, given, "note", seen=seen, note="现场无人")

        page = changed.content.decode()
        assert changed.status_code == 409
        assert "Somebody acted on this matter" in page and "现场无人" in page
        assert f'name="seen" value="{seen + 1}"' in page

    def test_an_action_that_is_not_possible_any_more_still_shows_its_form_with_the_reason(self, given, grid_worker):
        does(grid_worker, given, "acknowledge")

        page = in_english(grid_worker).get(f"/desk/field/task/{given.number}/do/acknowledge")

        assert page.status_code == 409
        assert 'data-outbox="' in page.content.decode()

    def test_hides_who_reported(self, grid_worker):
        case = a_case(area_path=MICROGRID, text="请回电 13812345678")

        assert "13812345678" not in shown(grid_worker, f"/desk/field/task/{case.number}/")


class TestAReportOnTheSpot:
    def test_is_sorted_by_its_words_and_comes_from_the_grid(self, grid_worker):
        answer = reports(grid_worker, text="楼道里堆满纸箱，堵住了消防通道", photos=a_photo())

        case = Case.objects.get()
        assert answer["Location"] == f"/desk/field/task/{case.number}/"
        assert (case.channel, case.state, case.photos.count()) == ("grid", "reported", 1)
        assert case.area_path.startswith(own_grid(grid_worker))
        assert case.events.get(seq=1).by_account_id == grid_worker.account.pk

    def test_takes_the_kind_that_was_chosen(self, grid_worker):
        reports(grid_worker, type="exposed_rubbish")

        assert Case.objects.get().type == "exposed_rubbish"

    def test_sent_twice_by_the_phone_is_one_matter(self, grid_worker):
        assert reports(grid_worker)["Location"] == reports(grid_worker)["Location"]
        assert Case.objects.count() == 1

    def test_without_a_place_keeps_the_words_and_the_photo(self, grid_worker):
        answer = reports(grid_worker, **{"place-area": ""}, photos=a_photo())

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "楼道里堆满纸箱" in page and 'name="photos-kept"' in page
        assert not Case.objects.exists()

    def test_that_was_dealt_with_goes_straight_to_the_verifier(self, grid_worker):
        reports(
            grid_worker,
            type="exposed_rubbish",
            settled="on",
            **{
                "settle-answer": "已当场清理。",
                "settle-photos_before": a_photo(),
                "settle-photos_after": a_photo("green"),
            },
        )

        case = Case.objects.get()
        assert (case.state, case.answer) == ("handled", "已当场清理。")
        assert set(case.photos.values_list("stage", flat=True)) == {"photos_before", "photos_after"}

    def test_that_was_dealt_with_needs_what_its_definition_asks_for(self, grid_worker):
        answer = reports(grid_worker, type="exposed_rubbish", settled="on", **{"settle-answer": "已当场清理。"})

        assert answer.status_code == 422
        assert "settle-photos_after" in answer.content.decode()
        assert not Case.objects.exists()

    def test_outside_the_own_area_is_not_settled_by_oneself(self, grid_worker):
        elsewhere = next(
            area.path
            for area in gazetteer.current().areas.values()
            if area.level == "community" and not own_grid(grid_worker).startswith(area.path)
        )
        answer = reports(
            grid_worker,
            type="exposed_rubbish",
            settled="on",
            **{"place-area": elsewhere, "settle-answer": "清理了", "settle-photos_after": a_photo()},
        )

        assert answer.status_code == 422
        assert "outside your area" in answer.content.decode()
        assert not Case.objects.exists()

    def test_is_proposed_a_kind_while_it_is_typed(self, grid_worker):
        found = (
            in_english(grid_worker).post("/desk/field/report/proposed", {"text": "楼道里堆满纸箱，堵住消防通道"}).json()
        )

        assert found["types"]
        assert {"code", "name"} == set(found["types"][0])
