"""One report that arrives several times at the same moment, as over a flaky network."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from rixin.cases.models import Case, Receipt
from rixin.channels.tests.conftest import Phone

pytestmark = pytest.mark.django_db(transaction=True)


def test_is_one_case_with_one_receipt(phone):
    together = Barrier(8)
    phone.report(once="the-report-of-somebody-else")

    def send(_nth):
        sender = Phone()
        sender.code = phone.code
        together.wait()
        try:
            return sender.report()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer["Location"] for answer in answers}) == 1
    assert (Case.objects.count(), Receipt.objects.count()) == (2, 2)
