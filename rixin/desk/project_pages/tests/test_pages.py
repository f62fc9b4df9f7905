"""Opening a project and everything that is done with it on its page."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from rixin.desk.tests.conftest import in_english, shown
from rixin.people.roles import Role
from rixin.people.tests.cast import a_player
from rixin.programmes import money, stepping
from rixin.programmes.drafts import NewPayment
from rixin.programmes.models import Evidence, Payment, Project, Risk, Status
from rixin.programmes.tests.builders import AT, FILLED, PHOTO, a_project, act, done, through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
TODAY = AT.date()


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_photo(name: str = "a.jpg", colour: str = "green") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def press(player: Any, project: Project, action: str, **given: Any) -> Any:
    seen = given.pop("seen", None) or Project.objects.get(pk=project.pk).version
    return in_english(player).post(f"/desk/projects/{project.pk}/do/{action}", {"seen": seen, **given})


def typed(**given: Any) -> dict[str, Any]:
    known = {
        "name": "科技新村墙绘", "year": "2023", "opened_on": "2023-12-01", "place-address": "科技新村",
        "budget": "30,000", "contractor": "彩墙文化", "once": "k",
    }  # fmt: skip
    return {**known, **given}


class TestOpening:
    def test_the_kind_is_chosen_among_those_that_one_may_open(self, handler):
        page = shown(handler, "/desk/projects/new")

        assert "Mural" in page and "Renewal of an old quarter" not in page

    def test_a_project_is_opened_from_its_template(self, handler):
        sent = in_english(handler).post("/desk/projects/new/mural", typed())

        project = Project.objects.get()
        assert sent.status_code == 302 and sent["Location"] == project.get_absolute_url()
        assert (project.budget, project.place_code, project.unit.code) == (3_000_000, "quarter-keji", "city-management")
        assert project.lat is not None
        assert project.steps.get(code="sketched").planned_on == date(2023, 12, 15)

    def test_sent_twice_it_is_one(self, handler):
        for _nth in range(2):
            in_english(handler).post("/desk/projects/new/mural", typed())

        assert Project.objects.count() == 1

    def test_dates_are_counted_anew_from_another_day_and_what_was_typed_stays(self, handler):
        answer = in_english(handler).post("/desk/projects/new/mural", typed(opened_on="2023-11-01", plan="1"))

        page = answer.content.decode()
        assert answer.status_code == 200 and Project.objects.count() == 0
        assert 'value="2023-11-15"' in page and "科技新村墙绘" in page and "彩墙文化" in page

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"name": ""}, "This field is required"),
            ({"budget": "much"}, "is no number"),
            ({"place-address": ""}, "Please say where"),
            ({"opened_on": "2023-12-21"}, "still to come"),
            ({"day-sketched": "2023-12-30", "day-agreed": "2023-12-29"}, "before the step that comes first"),
            ({"day-sketched": "no day"}, "Enter a valid date"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, handler, wrong, said):
        answer = in_english(handler).post("/desk/projects/new/mural", typed(**wrong))

        assert answer.status_code == 422 and said in answer.content.decode()
        assert "彩墙文化" in answer.content.decode() and Project.objects.count() == 0

    def test_not_of_a_kind_of_another_unit_nor_by_who_may_open_none(self, handler, auditor):
        assert handler.client.get("/desk/projects/new/renewal").status_code == 404
        assert handler.client.get("/desk/projects/new/castle").status_code == 404
        assert auditor.client.get("/desk/projects/new").status_code == 404
        assert auditor.client.get("/desk/projects/new/mural").status_code == 404

    def test_a_community_opens_projects_within_itself_only(self, community_officer):
        browser = in_english(community_officer)
        elsewhere = browser.post("/desk/projects/new/mural", typed(**{"place-address": "阳光地带"}))
        whole = browser.post("/desk/projects/new/grant", typed(**{"place-address": ""}))
        within = browser.post("/desk/projects/new/mural", typed())

        assert [one.status_code for one in (elsewhere, whole, within)] == [422, 422, 302]
        assert "outside the area of your posts" in whole.content.decode()

    def test_a_dispatcher_may_name_another_unit(self, dispatcher, units):
        in_english(dispatcher).post("/desk/projects/new/mural", typed(unit=units["greening"].pk))

        assert Project.objects.get().unit.code == "greening"


class TestSteps:
    def test_a_step_with_its_photo(self, handler):
        project = a_project("mural")

        sent = press(handler, project, "step", of="sketched", day="2023-12-19", photos=[a_photo()], note="画稿完成")

        assert sent.status_code == 302
        page = shown(handler, project.get_absolute_url())
        assert "画稿完成" in page and "2023-12-19" in page
        photo = Evidence.objects.get()
        for thumb in ("", "?thumb=1"):
            got = handler.client.get(f"/desk/projects/{project.pk}/photo/{photo.pk}{thumb}")
            assert got["Content-Type"] == "image/jpeg" and b"".join(got.streaming_content)[:2] == b"\xff\xd8"

    def test_without_the_photo_it_is_refused_and_what_was_typed_stays(self, handler):
        project = a_project("mural")

        sent = press(handler, project, "step", of="sketched", day="2023-12-19", note="画稿完成")

        page = sent.content.decode()
        assert sent.status_code == 422 and "At least 1 photo is needed" in page and "画稿完成" in page

    def test_a_photo_that_was_sent_is_kept_over_a_refusal(self, handler):
        project = a_project("mural")
        refused = press(handler, project, "step", of="sketched", day="2024-12-19", photos=[a_photo()])
        page = refused.content.decode()
        note = page.split('name="photos-kept" value="')[1].split('"')[0]

        sent = press(handler, project, "step", of="sketched", day="2023-12-19", **{"photos-kept": note})

        assert refused.status_code == 422 and sent.status_code == 302 and Evidence.objects.count() == 1

    def test_a_vote_shows_both_thresholds(self, leader):
        project = a_project("renewal")
        given = {f"value-{name}": value for name, value in FILLED["wishes"].items()}

        too_few = press(leader, project, "step", of="wishes", day="2023-12-19", **{**given, "value-agreed": 599})
        assert too_few.status_code == 422 and "at least 2/3 is needed, that is 600" in too_few.content.decode()

        assert press(leader, project, "step", of="wishes", day="2023-12-19", **given).status_code == 302
        page = shown(leader, project.get_absolute_url())
        assert "Owners who agreed: 650 of 900" in page and "Floor area that agreed: 66,000 of 90,000" in page

    def test_a_number_that_is_none_is_said_beside_its_field(self, handler):
        project = through(a_project("mural"), "agreed")

        sent = press(
            handler, project, "step", of="painted", day="2023-12-19", photos=[a_photo()], **{"value-painted": "x"}
        )

        assert sent.status_code == 422 and Project.objects.get().status == Status.OPEN

    def test_a_double_click_is_harmless(self, handler):
        project, seen = a_project("mural"), 1
        given = {"of": "sketched", "day": "2023-12-19", "once": "k", "seen": seen}

        sent = [press(handler, project, "step", photos=[a_photo()], **given).status_code for _nth in range(2)]

        assert sent == [302, 302] and Evidence.objects.count() == 1

    def test_of_two_the_second_is_told(self, handler, dispatcher):
        project = a_project("mural", budget=10_000)
        money_given = {"day": "2023-12-19", "amount": "10", "payee": "甲", "purpose": "首款", "seen": 1}
        press(handler, project, "pay", **money_given)

        second = press(dispatcher, project, "pay", **money_given)

        assert second.status_code == 409 and "Somebody changed this" in second.content.decode()
        assert Payment.objects.count() == 1

    def test_the_last_step_is_taken_back(self, handler):
        project = done(a_project("mural"), "sketched")

        assert press(handler, project, "take_back", reason="").status_code == 422
        assert press(handler, project, "take_back", reason="日期写错").status_code == 302
        assert project.steps.exclude(done_on=None).count() == 0

    def test_a_step_that_is_not_next_is_not_there_to_be_done(self, handler):
        project = a_project("mural")

        assert handler.client.get(f"/desk/projects/{project.pk}/do/step?of=painted").status_code == 404
        assert handler.client.get(f"/desk/projects/{project.pk}/do/step?of=sketched").status_code == 200
        assert press(handler, project, "step", of="castle", day="2023-12-19").status_code == 404


class TestEvidence:
    def test_photos_and_files_are_added_and_removed(self, handler):
        project = done(a_project("mural"), "sketched")
        paper = SimpleUploadedFile("协议.pdf", b"%PDF-1.7 x", "application/pdf")

        sent = press(handler, project, "evidence", step="sketched", photos=[a_photo()], files=[paper])

        assert sent.status_code == 302
        file, photo = Evidence.objects.order_by("pk").exclude(name="").get(), Evidence.objects.filter(name="").last()
        got = handler.client.get(f"/desk/projects/{project.pk}/file/{file.pk}")
        assert got["Content-Disposition"].startswith("attachment") and b"".join(got.streaming_content)[:4] == b"%PDF"
        assert press(handler, project, "unshow", of=photo.pk, reason="拍错").status_code == 302
        assert handler.client.get(f"/desk/projects/{project.pk}/photo/{photo.pk}").status_code == 404

    def test_what_is_no_picture_is_refused(self, handler):
        project = a_project("mural")
        fake = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")

        assert press(handler, project, "evidence", step="sketched", photos=[fake]).status_code == 422

    def test_pictures_are_for_those_who_see_the_project(self, outsider, handler):
        project = a_project("mural")
        press(handler, project, "evidence", step="sketched", photos=[a_photo()])
        photo = Evidence.objects.get()

        assert outsider.client.get(f"/desk/projects/{project.pk}/photo/{photo.pk}").status_code == 404
        assert handler.client.get(f"/desk/projects/{project.pk}/file/{photo.pk}").status_code == 404


class TestTheRest:
    def test_payments_against_the_budget(self, handler):
        project = a_project("mural", budget=1_000_000)
        given = {"day": "2023-12-19", "payee": "彩墙文化", "purpose": "绘制费"}

        assert press(handler, project, "pay", amount="6,000", **given).status_code == 302
        over = press(handler, project, "pay", amount="6,000", **given)
        assert over.status_code == 422 and "more than the budget" in over.content.decode()
        assert "4,000 yuan left" in shown(handler, project.get_absolute_url())
        assert press(handler, project, "unpay", of=Payment.objects.get().pk, reason="误登").status_code == 302
        assert money.paid(project) == 0

    def test_risks(self, handler):
        project = a_project("mural")

        assert press(handler, project, "risk", words="雨季", weight="huge").status_code == 422
        assert press(handler, project, "risk", words="雨季", weight="grave", due_on="2024-01-02").status_code == 302
        assert "雨季" in shown(handler, project.get_absolute_url())
        assert press(handler, project, "settle", of=Risk.objects.get().pk, answer="搭棚").status_code == 302
        assert "搭棚" in shown(handler, project.get_absolute_url())

    def test_dates_change(self, handler):
        project = a_project("mural")
        days = {f"day-{step.code}": step.planned_on.isoformat() for step in project.steps.all()}

        assert press(handler, project, "plan", **days, reason="连日下雨").status_code == 422
        later = {**days, "day-painted": "2024-01-31"}
        assert press(handler, project, "plan", **later, reason="连日下雨").status_code == 302
        assert project.steps.get(code="painted").planned_on == date(2024, 1, 31)
        assert "2024-01-31" in shown(handler, project.get_absolute_url())

    def test_stopped_and_going_on(self, handler):
        project = a_project("mural")

        assert press(handler, project, "stop", reason="墙面拆除").status_code == 302
        assert press(handler, project, "step", of="sketched", day="2023-12-19").status_code == 404
        assert press(handler, project, "resume", reason="恢复").status_code == 302
        assert Project.objects.get().status == Status.OPEN

    def test_corrected_with_a_reason_for_another_budget(self, handler):
        project = a_project("mural", name="墙绘", budget=1_000_000)
        given = {"name": "科技新村墙绘", "year": "2023", "budget": "12000", "contractor": ""}

        assert press(handler, project, "correct", **given).status_code == 422
        assert press(handler, project, "correct", **given, reason="增加点位").status_code == 302
        project.refresh_from_db()
        assert (project.name, project.budget, project.place_code) == ("科技新村墙绘", 1_200_000, "quarter-keji")

    def test_handed_over(self, handler):
        project = a_project("mural")

        assert press(handler, project, "hand", to=handler.account.pk).status_code == 302
        assert Project.objects.get().owner == handler.account


class TestWho:
    def test_who_reads_only_finds_nothing_to_do(self, auditor):
        project = a_project("mural")

        assert "nothing for you to do" in shown(auditor, project.get_absolute_url())
        for action in ("step", "pay", "correct", "stop", "evidence"):
            answer = press(auditor, project, action, of="sketched", reason="x")
            assert answer.status_code == 404, action

    def test_a_handler_of_another_unit_neither(self, other_handler):
        project = a_project("mural")

        assert press(other_handler, project, "pay", amount="1").status_code == 404

    def test_the_unit_that_does_a_step_may_do_that_one_only(self, units):
        drainage = a_player("mao.shui", "毛水", "drainage", Role.HANDLER)
        project = through(a_project("sewers"), "begun")

        assert drainage.client.get(f"/desk/projects/{project.pk}/do/step?of=completed").status_code == 404
        done(project, "completed")
        assert drainage.client.get(f"/desk/projects/{project.pk}/do/step?of=accepted").status_code == 200
        assert press(drainage, project, "stop", reason="x").status_code == 404

    def test_out_of_scope_is_not_found(self, outsider):
        project = a_project("mural")

        assert outsider.client.get(project.get_absolute_url()).status_code == 404
        assert press(outsider, project, "stop", reason="x").status_code == 404

    def test_what_is_no_act_or_number_is_not_found(self, handler):
        project = a_project("mural")

        assert press(handler, project, "burn").status_code == 404
        for action in ("unpay", "settle", "unshow"):
            assert press(handler, project, action, of="x", reason="x", answer="x").status_code == 404


def test_the_page_asks_the_database_as_often_for_a_long_history(handler):
    project = a_project("mural", budget=100_000_000, owner=handler.account.pk)
    done(project, "sketched")
    shown(handler, project.get_absolute_url())
    with CaptureQueriesContext(connection) as with_few:
        shown(handler, project.get_absolute_url())
    project.refresh_from_db()
    for nth in range(10):
        new = NewPayment(day=TODAY - timedelta(days=nth), amount=100, payee="甲", purpose="进度款")
        project = money.pay(project, new, "", act(project))
        project = stepping.add_evidence(project, "sketched", [replace(PHOTO, digest=f"{nth}" * 64)], "", act(project))

    with CaptureQueriesContext(connection) as with_many:
        shown(handler, project.get_absolute_url())

    assert len(with_many) == len(with_few) <= 18, [query["sql"] for query in with_many]
