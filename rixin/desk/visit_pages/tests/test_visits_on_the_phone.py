"""An officer's enterprises on the phone: what is due, the walk, and a visit with the problem raised at it."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from rixin.cases.models import Case
from rixin.desk.visit_pages.tests.conftest import TODAY, given, in_english, shown, visited
from rixin.liaison import actions, queries
from rixin.liaison.models import RaisedProblem
from rixin.people.tests.cast import Player
from rixin.records.models import Record
from rixin.registers.models import Building
from rixin.registers.tests.builders import JINGZHOU, NOW, a_building, a_lease, a_room, an_enterprise

pytestmark = pytest.mark.django_db
MINE = "/desk/field/visits"
NOTHING_RAISED = {"day": "2022-03-14", "value-purpose": "regular", "value-problem": "0", "once": "k1"}
RAISED = {**NOTHING_RAISED, "value-problem": "1", "about": "parking", "words": "员工停车位不够，希望协调错时停车。"}


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def enterprise(officer: Player) -> Any:
    one = an_enterprise("杭州走访科技有限公司", address="文一西路")
    given(officer, one)
    return one


def writes(player: Player, enterprise: Any, **said: Any) -> Any:
    return in_english(player).post(f"{MINE}/{enterprise.pk}", {**NOTHING_RAISED, **said})


class TestMyEnterprises:
    def test_are_those_that_the_officer_has_and_that_are_here(self, officer: Player, enterprise: Any) -> None:
        an_enterprise("杭州别人科技有限公司")

        page = shown(officer, MINE)

        assert enterprise.name in page and "杭州别人" not in page
        assert "Never visited" in page and f'href="{MINE}/{enterprise.pk}" data-keep' in page

    def test_say_what_is_due(self, officer: Player, enterprise: Any) -> None:
        a_lease(a_room(a_building()), enterprise, until="2022-05-31")
        visited(enterprise, date(2021, 11, 1))

        page = shown(officer, MINE)

        assert "Lease ends 2022-05-31" in page and "Visited 133 days ago" in page

    def test_nothing_due_is_said_and_others_can_be_chosen(self, officer: Player, enterprise: Any) -> None:
        visited(enterprise, TODAY)

        assert "Nothing is due" in shown(officer, MINE)
        assert "The walk that you chose" in shown(officer, f"{MINE}?pick={enterprise.pk}")

    def test_the_walk_goes_through_a_building_from_the_top_down(self, officer: Player) -> None:
        tower = a_building()
        Building.objects.update(lat=30.28, lng=120.1)
        low, high = an_enterprise("甲公司"), an_enterprise("乙公司")
        for number, (one, floor) in enumerate(((low, 2), (high, 9))):
            a_lease(a_room(tower, str(number), floor=floor), one)
        given(officer, low, high)

        page = shown(officer, MINE)

        assert page.index("1. 乙公司") < page.index("2. 甲公司")
        assert "Tower, floor 9" in page and "2 enterprises" in page

    def test_for_who_has_none_the_page_says_so(self, handler: Player) -> None:
        assert "No enterprise is yours yet" in shown(handler, MINE)

    def test_stand_on_the_page_of_work_for_who_has_some(
        self, officer: Player, handler: Player, enterprise: Any
    ) -> None:
        assert f'href="{MINE}"' in shown(officer, "/desk/field/work")
        assert f'href="{MINE}"' not in shown(handler, "/desk/field/work")

    def test_cost_the_same_number_of_statements_however_many_they_are(self, officer: Player, enterprise: Any) -> None:
        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                shown(officer, MINE)
            return len(asked)

        shown(officer, MINE)
        few = statements()
        room = a_room(a_building(), metres=2000)
        for _nth in range(8):
            one = an_enterprise()
            a_lease(room, one, until="2022-05-31", metres=10)
            visited(one, date(2021, 11, 1))
            given(officer, one)

        assert statements() == few


class TestAVisit:
    def test_asks_five_questions_of_the_enterprise_that_is_fixed(self, officer: Player, enterprise: Any) -> None:
        page = shown(officer, f"{MINE}/{enterprise.pk}")

        for question in ("How business is", "Space and lease", "People", "Policies", "A problem was raised"):
            assert question in page
        assert 'data-outbox="Enterprise visit"' in page and enterprise.name in page

    def test_is_a_record_of_the_enterprise_where_it_is(self, officer: Player, enterprise: Any) -> None:
        answer = writes(officer, enterprise, **{"value-business": "rising", "value-space": "renews"})

        record = Record.objects.get()
        assert answer["Location"] == MINE
        assert (record.enterprise_id, record.day, record.address) == (enterprise.pk, TODAY, "文一西路")
        assert record.values["enterprise"] == enterprise.name and record.values["business"] == "rising"
        assert not Case.objects.exists()

    def test_another_enterprise_cannot_be_slipped_in(self, officer: Player, enterprise: Any) -> None:
        writes(officer, enterprise, **{"value-enterprise": "别的公司"})

        assert Record.objects.get().values["enterprise"] == enterprise.name

    def test_takes_it_off_the_route(self, officer: Player, enterprise: Any) -> None:
        actions.plan(enterprise, officer.account, by=None, at=NOW.replace(year=2022))
        assert "Visit planned" in shown(officer, MINE)

        writes(officer, enterprise)

        assert not queries.planned_for(officer.account.pk).exists()
        assert "Visit planned" not in shown(officer, MINE)

    def test_one_of_another_area_is_not_found(self, community_officer: Player, officer: Player) -> None:
        elsewhere = an_enterprise("竞舟公司", area_path=JINGZHOU)

        assert in_english(community_officer).get(f"{MINE}/{elsewhere.pk}").status_code == 404
        assert in_english(officer).get(f"{MINE}/{elsewhere.pk}").status_code == 200

    def test_is_nothing_for_who_may_not_write_visits_down(self, handler: Player, enterprise: Any) -> None:
        assert writes(handler, enterprise).status_code == 404


class TestAProblemThatWasRaised:
    def test_is_a_matter_of_the_enterprise_linked_to_the_visit(self, officer: Player, enterprise: Any) -> None:
        answer = writes(officer, enterprise, **RAISED)

        case, record = Case.objects.get(), Record.objects.get()
        assert answer.status_code == 302
        assert (case.type, case.channel, case.enterprise_id) == ("enterprise_problem", "grid", enterprise.pk)
        assert (case.form["subject"], case.text) == ("parking", RAISED["words"])
        assert RaisedProblem.objects.get().record_id == record.pk
        assert case.number in shown(officer, MINE)

    def test_and_its_visit_lead_to_each_other(self, officer: Player, leader: Player, enterprise: Any) -> None:
        writes(officer, enterprise, **RAISED)

        case, record = Case.objects.get(), Record.objects.get()
        assert f'href="{record.get_absolute_url()}">visit of 2022-03-14' in shown(leader, case.get_absolute_url())
        assert case.number in shown(leader, record.get_absolute_url())

    def test_sent_again_by_the_phone_it_is_one_visit_and_one_matter(self, officer: Player, enterprise: Any) -> None:
        for _twice in range(2):
            assert writes(officer, enterprise, **RAISED).status_code == 302

        assert (Record.objects.count(), Case.objects.count(), RaisedProblem.objects.count()) == (1, 1, 1)

    @pytest.mark.parametrize("missing", ["about", "words"])
    def test_has_to_be_said_before_anything_is_written_down(
        self, officer: Player, enterprise: Any, missing: str
    ) -> None:
        answer = writes(officer, enterprise, **{**RAISED, missing: "", "value-told": "谈了很多"})

        assert answer.status_code == 422 and "谈了很多" in answer.content.decode()
        assert not Record.objects.exists() and not Case.objects.exists()

    def test_where_the_matter_cannot_be_opened_the_visit_is_not_written_down_either(
        self, officer: Player, enterprise: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from rixin.cases import actions as cases
        from rixin.cases.facts import refusal
        from rixin.cases.history import ActionRefused

        def refuses(*_any: Any, **_more: Any) -> None:
            raise ActionRefused(refusal("closed", "Not today."))

        monkeypatch.setattr(cases, "open_case", refuses)

        assert writes(officer, enterprise, **RAISED).status_code == 409
        assert not Record.objects.exists()

    def test_keeps_photos_also_over_a_refusal(self, officer: Player, enterprise: Any) -> None:
        out = BytesIO()
        Image.new("RGB", (64, 48), "grey").save(out, "JPEG")
        photo = SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")
        refused = writes(officer, enterprise, **{**RAISED, "words": "", "photos": photo})
        note = refused.content.decode().split('name="photos-kept" value="')[1].split('"')[0]

        writes(officer, enterprise, **{**RAISED, "photos-kept": note})

        assert Case.objects.get().photos.count() == 1
