"""What names an enterprise leads to its entry: found by itself, chosen by a person, carried over with a double."""

from datetime import date

import pytest

from rixin.cases import linking as case_linking
from rixin.cases.models import Case
from rixin.cases.tests.builders import a_case
from rixin.catalogue import versions
from rixin.desk.enterprise_pages.tests.conftest import english, shown
from rixin.people import units
from rixin.people.actors import SYSTEM
from rixin.people.tests.cast import Player
from rixin.records import actions
from rixin.records.journal import NewRecord
from rixin.records.models import Record
from rixin.registers import entering
from rixin.registers.tests.builders import DEJIA, JINGZHOU, NOW, an_enterprise

pytestmark = pytest.mark.django_db
NAME = "杭州青屿软件有限公司"


def a_visit(name: str = NAME) -> Record:
    version = versions.record("enterprise_visit")
    values = {"enterprise": name, "purpose": "regular", "problem": 0}
    unit = units.by_code("economy-office").id
    new = NewRecord(version=version, day=date(2022, 12, 1), area_path=DEJIA, unit=unit, values=values)
    return actions.enter(new, by=SYSTEM, at=NOW)


def a_problem(name: str = NAME) -> Case:
    return a_case(type="enterprise_problem", form={"enterprise": name}, channel="desk", at=NOW)


class TestAName:
    @pytest.mark.parametrize("made", [a_visit, a_problem])
    def test_that_is_in_the_register_leads_to_the_entry_and_back(self, dispatcher, made):
        one = an_enterprise(NAME)
        found = made()

        assert f'Enterprise: <a href="{one.get_absolute_url()}">{NAME}</a>' in shown(
            dispatcher, found.get_absolute_url()
        )
        assert found.get_absolute_url() in shown(dispatcher, one.get_absolute_url())

    @pytest.mark.parametrize("made", [a_visit, a_problem])
    def test_that_is_in_no_register_is_said_and_the_entry_chosen(self, dispatcher, made):
        one, found = an_enterprise("青屿软件"), made()
        choose = f"{found.get_absolute_url().rstrip('/')}/enterprise"
        page = shown(dispatcher, found.get_absolute_url())
        assert "is linked to no entry" in page and choose in page

        nothing = english(dispatcher).post(choose, {"words": NAME})
        answer = english(dispatcher).post(choose, {"words": NAME, "enterprise": f"{one.pk}.{one.version}"})

        found.refresh_from_db()
        assert (nothing.status_code, answer.status_code, found.enterprise_id) == (422, 302, one.pk)
        history = shown(dispatcher, one.get_absolute_url())
        assert "Linked by hand" in history
        assert "is linked to no entry" not in shown(dispatcher, found.get_absolute_url())

    def test_who_only_reads_is_told_and_chooses_nothing(self, auditor, dispatcher):
        found = a_visit()
        choose = f"{found.get_absolute_url()}/enterprise"

        assert choose not in shown(auditor, found.get_absolute_url())
        assert english(auditor).get(choose).status_code == 404
        assert english(dispatcher).get(choose).status_code == 200

    def test_an_entry_of_another_area_is_not_told(self, dispatcher, community_officer):
        away = an_enterprise(NAME, area_path=JINGZHOU)
        found = a_visit()

        assert away.get_absolute_url() in shown(dispatcher, found.get_absolute_url())
        page = shown(community_officer, found.get_absolute_url())
        assert away.get_absolute_url() not in page and "is linked to no entry" not in page


class TestTheEntryThatGoesOn:
    def test_has_the_matters_and_records_of_its_double(self):
        double = an_enterprise(NAME)
        record, case = a_visit(), a_problem()
        one = an_enterprise("青屿软件")

        entering.merge(double, one, by=SYSTEM, at=NOW, seen=double.version, into_seen=1)

        record.refresh_from_db()
        case.refresh_from_db()
        assert (record.enterprise_id, case.enterprise_id) == (one.pk, one.pk)

    def test_another_choice_stands_in_both_histories(self):
        one, other = an_enterprise(NAME), an_enterprise("青屿软件")
        case = a_problem()

        case_linking.link_enterprise(case, other, by=SYSTEM, at=NOW)

        assert one.events.get(action="linked").changes == {"matter": [case.number, None]}
        assert other.events.get(action="linked").changes == {"matter": [None, case.number]}


class TestWhileTyping:
    @pytest.mark.parametrize(
        ("address", "field"),
        [("/records/of/enterprise_visit/new", "value-enterprise"), ("/desk/new", "form-enterprise")],
    )
    def test_registered_names_are_offered(self, dispatcher: Player, address, field):
        if address == "/desk/new":
            page = english(dispatcher).post("/desk/new/questions", {"type": "enterprise_problem"}).content.decode()
        else:
            page = shown(dispatcher, address)

        assert f'hx-get="/desk/enterprises/names?of={field}"' in page and "<datalist" in page
