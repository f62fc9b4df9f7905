"""A table of events that an office has: looked at, entered, and brought again without harm."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from rixin.activities.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]
HEADS = ["序号", "活动种类", "类别", "活动名称", "日期", "开始时间", "区域", "地点", "参加人次"]
SHOW = [1, "文体活动", "文艺演出", "邻里百家宴", "2022-05-01", "14:00", "德加社区", "德加西区", "120人次"]
FAIR = [2, "招聘会", "现场招聘", "春风行动", "2022年3月5日", "", "", "", ""]


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def table(*rows: list) -> SimpleUploadedFile:
    book = Workbook()
    for row in (["2022年活动统计"], HEADS, *rows, ["合计", "", "", "", "", "", "", "", 120]):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("活动.xlsx", out.getvalue())


def brought(player, *rows: list):
    """The page on which the table is looked at."""
    answer = player.client.post("/desk/events/import", {"file": table(*rows)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_a_table_is_looked_at_and_then_entered(dispatcher):
    page = brought(dispatcher, SHOW, FAIR)
    assert "邻里百家宴" in dispatcher.client.get(page).content.decode() and not Event.objects.exists()

    dispatcher.client.post(page)

    show, fair = Event.objects.order_by("-day")
    assert (show.title, show.sort, show.attendance, show.state) == ("邻里百家宴", "show", 120, "held")
    assert (show.area_path, f"{show.starts:%H:%M}") == ("330106013/001/", "14:00")
    assert (fair.kind, str(fair.day), fair.state, fair.attendance) == ("job_fair", "2022-03-05", "held", None)


def test_the_same_table_again_enters_nothing(dispatcher):
    for _nth in range(2):
        dispatcher.client.post(brought(dispatcher, SHOW, FAIR))

    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "wrong", "said"),
    [
        (1, "联欢会", "联欢会"),
        (2, "歌剧", "歌剧"),
        (4, "2022-13-01", "2022-13-01"),
        (5, "25:99", "25:99"),
        (6, "火星社区", "火星社区"),
        (8, "很多", "很多"),
        (3, "", "行"),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_others_are_entered(dispatcher, column, wrong, said):
    row = [*SHOW]
    row[column] = wrong
    page = brought(dispatcher, row, FAIR)

    shown = dispatcher.client.get(page).content.decode()
    dispatcher.client.post(page)

    assert said in shown and "3" in shown
    assert [event.title for event in Event.objects.all()] == ["春风行动"]


def test_another_attendance_of_what_is_there_is_told(dispatcher):
    dispatcher.client.post(brought(dispatcher, SHOW))
    other = [*SHOW[:-1], "150"]

    page = brought(dispatcher, other)
    dispatcher.client.post(page)

    assert Event.objects.get().attendance == 120


def test_what_lies_outside_the_own_area_is_not_entered(community_officer):
    elsewhere = [*SHOW]
    elsewhere[6] = "竞舟社区"
    community_officer.client.post(brought(community_officer, SHOW, elsewhere))

    assert [event.area_path for event in Event.objects.all()] == ["330106013/001/"]


def test_what_was_fetched_can_be_brought(dispatcher, community_officer):
    dispatcher.client.post(brought(dispatcher, SHOW, FAIR))
    fetched = b"".join(dispatcher.client.get("/desk/events/export.xlsx").streaming_content)
    Event.objects.get(title="邻里百家宴").events.all()

    answer = dispatcher.client.post("/desk/events/import", {"file": SimpleUploadedFile("again.xlsx", fetched)})
    dispatcher.client.post(answer["Location"])

    assert Event.objects.count() == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "标题,别的\n1,2".encode()])
def test_what_is_no_such_table_is_told(dispatcher, content):
    answer = dispatcher.client.post("/desk/events/import", {"file": SimpleUploadedFile("x.xlsx", content)})

    assert answer.status_code == 422


def test_each_sees_only_the_own_tables(dispatcher, leader):
    page = brought(dispatcher, SHOW)

    assert leader.client.get(page).status_code == 404


def test_who_plans_no_events_brings_none(auditor):
    assert auditor.client.get("/desk/events/import").status_code == 404
