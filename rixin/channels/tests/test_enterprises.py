"""An enterprise raises a problem itself, on the pages that everybody uses, and follows it by its code."""

import pytest

from rixin.channels.tests.conftest import KEY, only_case
from rixin.registers.tests.builders import a_code, an_enterprise

pytestmark = pytest.mark.django_db
SENT = {
    "text": "员工停车位不够，能否协调周边错时停车？",
    "kind": "enterprise_problem",
    "q-subject": "parking",
    "once": KEY,
}


def test_the_first_page_leads_to_a_form_that_asks_for_the_enterprise(phone):
    assert 'href="/enterprise"' in phone.get("/").content.decode()

    page = phone.get("/enterprise").content.decode()

    assert '<input type="hidden" name="kind" value="enterprise_problem">' in page and 'name="q-enterprise"' in page
    assert 'action="/report/at/330106013"' in page


@pytest.mark.parametrize("said", ["name", "code"])
def test_by_its_name_or_its_code_the_matter_is_linked_to_it(phone, said):
    enterprise = an_enterprise("杭州停车科技有限公司", code=a_code())

    answer = phone.post("/report/at/330106013", {**SENT, "q-enterprise": getattr(enterprise, said)})

    case = only_case()
    assert answer.status_code == 303
    assert (case.type, case.enterprise_id, case.channel) == ("enterprise_problem", enterprise.pk, "code")
    assert not case.public and not case.confidential


def test_of_one_that_is_not_in_the_register_the_matter_is_taken_all_the_same(phone):
    assert phone.post("/report/at/330106013", {**SENT, "q-enterprise": "某新公司"}).status_code == 303

    assert only_case().enterprise_id is None


def test_without_its_name_it_is_asked_again_and_nothing_is_lost(phone):
    answer = phone.post("/report/at/330106013", SENT)

    page = answer.content.decode()
    assert answer.status_code == 422 and SENT["text"] in page and 'value="parking"' in page
    assert "data-near-here" not in page and "data-near-here" in phone.get("/report/at/330106013").content.decode()
