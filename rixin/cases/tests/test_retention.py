"""Who reported is forgotten a year after the matter was closed; the matter itself stays."""

from datetime import timedelta

import pytest

from rixin.cases.models import Case, Receipt
from rixin.cases.tests.builders import MONDAY_0930, a_case, definitions, take
from rixin.privacy import retention

__all__ = ["definitions"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
DECLINED = {"reason": "not_ours", "answer": "请向供电公司反映。"}
DAY = timedelta(days=1)


def forgotten(at) -> int:
    return next(result.rows for result in retention.run(at) if result.rule.name == "contacts")


def contact() -> tuple[str | None, str]:
    receipt = Receipt.objects.get()
    return receipt.phone, receipt.phone_mark


def test_the_number_goes_a_year_after_the_end_and_not_before(dispatcher):
    case = a_case(phone="13812345678")
    take(case, "decline", dispatcher, MONDAY_0930 + DAY, **DECLINED)

    assert forgotten(MONDAY_0930 + 365 * DAY) == 0
    assert contact()[0] == "13812345678"
    assert forgotten(MONDAY_0930 + 367 * DAY) == 1
    assert contact() == (None, "")
    assert Case.objects.get().text


def test_of_an_open_matter_it_stays_however_old(dispatcher):
    a_case(phone="13812345678")

    assert forgotten(MONDAY_0930 + 3000 * DAY) == 0
    assert contact()[0] == "13812345678"


def test_of_a_merged_matter_the_end_of_the_other_counts(dispatcher):
    target = a_case(key="first")
    case = a_case(key="second", phone="13812345678")
    take(case, "merge", dispatcher, MONDAY_0930 + DAY, into=target.number)

    assert forgotten(MONDAY_0930 + 3000 * DAY) == 0
    take(Case.objects.get(pk=target.pk), "decline", dispatcher, MONDAY_0930 + 3000 * DAY, **DECLINED)
    assert forgotten(MONDAY_0930 + 3366 * DAY) == 1
    assert Receipt.objects.get(case=case).phone is None
