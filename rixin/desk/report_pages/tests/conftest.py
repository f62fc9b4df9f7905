"""What the tests of the report pages share: a small street with a few rows, and a report on its way."""

from collections.abc import Iterator
from typing import Any

import pytest

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, STREET, a_record
from rixin.people.tests.cast import Player
from rixin.reports import recent
from rixin.reports.models import Report

BEGIN = {"template": "small-report", "period": "2022", "place": STREET, "language": "zh", "fit": "on"}
WRITTEN = "## 一、工作\n\n举办招聘会{fairs}，提供岗位{posts}。\n\n## 二、问题\n\n线上场次偏少，明年补上。"


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    """What one test computed is rolled back behind the memory's back."""
    recent.forget()
    yield
    recent.forget()


@pytest.fixture
def fairs(small_street: None, wenxin_places: Any) -> None:
    a_record("fair", "2022-03-01", posts=80, kind="online", area=DEJIA)
    a_record("fair", "2022-04-01", posts=20, kind="hall", area=JINGZHOU)


def begin(player: Player, **given: str) -> Any:
    return player.client.post("/reports/new", {**BEGIN, **given})


def write(player: Player, report: Report, body: str = WRITTEN, *, seen: int | None = None, **given: str) -> Any:
    """Sends the form of the editor, as a browser does: with its own line ends."""
    version = Report.objects.get(pk=report.pk).version if seen is None else seen
    data = {"title": "招聘工作总结", "body": body.replace("\n", "\r\n"), "note": "", "seen": version, **given}
    return player.client.post(f"/reports/{report.pk}/edit", data)


def step(player: Player, report: Report, name: str, *, seen: int | None = None, **given: str) -> Any:
    version = Report.objects.get(pk=report.pk).version if seen is None else seen
    return player.client.post(f"/reports/{report.pk}/{name}", {"seen": version, **given})


def shown(player: Player, address: str, **asked: str) -> str:
    answer = player.client.get(address, asked)
    assert answer.status_code == 200, answer.status_code
    page: str = answer.content.decode()
    return page


@pytest.fixture
def draft(fairs: None, dispatcher: Player) -> Report:
    begin(dispatcher)
    return Report.objects.get()


@pytest.fixture
def in_review(draft: Report, dispatcher: Player, leader: Player) -> Report:
    write(dispatcher, draft)
    step(dispatcher, draft, "submit", note="请审")
    draft.refresh_from_db()
    return draft


@pytest.fixture
def sealed(in_review: Report, leader: Player) -> Report:
    step(leader, in_review, "seal")
    in_review.refresh_from_db()
    return in_review
