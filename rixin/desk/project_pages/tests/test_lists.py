"""Projects as a list, along time, on the map and as a table."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from rixin.desk.project_pages.gantt import PER_DAY, gantt
from rixin.desk.project_pages.rows import lines
from rixin.desk.tests.conftest import in_english, shown
from rixin.programmes import actions
from rixin.programmes.models import Project
from rixin.programmes.tests.builders import AT, a_project, act, done, through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wenxin_places")]
TODAY = AT.date()
VIEWS = ["/desk/projects", "/desk/projects/gantt", "/desk/projects/map"]


def a_late_project(**given: Any) -> Project:
    """Ten days late with its first step."""
    first = TODAY - timedelta(days=10)
    days = {"sketched": first, "agreed": first + timedelta(days=20), "painted": first + timedelta(days=40)}
    return a_project("mural", days=days, **given)


class TestList:
    def test_says_how_far_each_is_and_what_is_late(self, handler):
        a_late_project(name="古荡墙绘")
        done(a_project("mural", name="科技新村墙绘"), "sketched")

        page = shown(handler, "/desk/projects")

        assert "古荡墙绘" in page and "10 days late" in page
        assert "科技新村墙绘" in page and "20 %" in page

    def test_money_is_summed_over_what_is_asked(self, handler):
        a_project("mural", budget=3_000_000)
        a_project("facade", level="key", budget=1_000_000, name="古墩路")

        assert "4 ten thousand yuan" in shown(handler, "/desk/projects")
        assert "3 ten thousand yuan" in shown(handler, "/desk/projects?kind=mural")

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("kind=mural", {"墙绘甲", "墙绘乙"}),
            ("year=2022", {"墙绘乙"}),
            ("state=late", {"墙绘甲"}),
            ("state=done", {"古墩路"}),
            ("unit=city-management", {"墙绘甲", "墙绘乙", "古墩路"}),
            ("q=乙", {"墙绘乙"}),
            ("area=330106013/002/", set()),
            ("year=last", set()),
            ("unit=castle", set()),
            ("state=lost&q=%00", {"墙绘甲", "墙绘乙", "古墩路"}),
        ],
    )
    def test_conditions(self, handler, asked, found):
        a_late_project(name="墙绘甲")
        later = date(2024, 1, 8)
        days = {"sketched": later, "agreed": later, "painted": later}
        a_project("mural", name="墙绘乙", year=2022, days=days)
        through(a_project("facade", name="古墩路", level="key"))

        page = shown(handler, f"/desk/projects?{asked}")

        assert {name for name in ("墙绘甲", "墙绘乙", "古墩路") if f">{name}</a>" in page} == found

    def test_an_empty_list_says_what_to_do(self, handler):
        assert "No project yet" in shown(handler, "/desk/projects")
        a_project()
        assert "No project meets this" in shown(handler, "/desk/projects?q=nothing")

    def test_what_lies_elsewhere_is_not_seen(self, outsider):
        a_project(name="科技新村墙绘")

        for view in VIEWS:
            assert "科技新村墙绘" not in shown(outsider, view)

    @pytest.mark.parametrize("address", VIEWS)
    def test_asks_the_database_as_often_for_many_as_for_one(self, handler, address):
        a_project()
        shown(handler, address)
        with CaptureQueriesContext(connection) as with_one:
            shown(handler, address)
        for _nth in range(12):
            a_late_project()

        with CaptureQueriesContext(connection) as with_many:
            shown(handler, address)

        assert len(with_many) == len(with_one) <= 16, [query["sql"] for query in with_many]

    def test_the_table_has_the_same_projects(self, handler):
        a_late_project(name="=墙绘", budget=123_456)
        a_project("facade", level="key")

        answer: Any = in_english(handler).get("/desk/projects/table?kind=mural")

        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        heading, row = list(sheet.iter_rows(values_only=True))
        told = dict(zip(heading, row, strict=True))
        assert (told["Project"], told["Budget (yuan)"], told["Days late"]) == ("'=墙绘", 1234.56, 10)


class TestMap:
    def test_pins_and_the_list_beside(self, handler):
        a_late_project(name="有位置", lat=30.28, lng=120.09)
        a_project(name="没有位置")

        pins = in_english(handler).get("/desk/projects/pins.geojson").json()["features"]

        assert [pin["properties"]["title"] for pin in pins] == ["有位置"]
        assert pins[0]["properties"]["tone"] == "late"
        page = shown(handler, "/desk/projects/map")
        assert "没有位置" in page and "no position" in page

    def test_one_project_by_itself(self, handler, outsider):
        project = a_project(lat=30.28, lng=120.09)

        assert len(handler.client.get(f"/desk/projects/{project.pk}/pin.geojson").json()["features"]) == 1
        assert outsider.client.get(f"/desk/projects/{project.pk}/pin.geojson").status_code == 404


class TestChart:
    def test_bars_as_planned_and_as_it_went_and_a_mark_for_each_step(self):
        opened = date(2023, 11, 1)
        days = {"sketched": date(2023, 11, 11), "agreed": date(2023, 12, 1), "painted": date(2023, 12, 31)}
        done(a_project("mural", opened_on=opened, days=days), "sketched", "2023-11-09")

        chart = gantt(lines(Project.objects.all(), TODAY), TODAY)

        assert chart is not None
        (row,) = chart.rows
        assert chart.width == round(61 * PER_DAY) and chart.today == round(49 * PER_DAY, 1)
        assert row.planned is not None and (row.planned.x, row.planned.width) == (0, round(61 * PER_DAY, 1))
        assert row.actual is not None and row.actual.width == round(50 * PER_DAY, 1)
        assert [(mark.x, mark.tone) for mark in row.marks] == [
            (round(8 * PER_DAY, 1), "done"),
            (round(30 * PER_DAY, 1), "late"),
            (round(60 * PER_DAY, 1), "open"),
        ]

    def test_a_guarantee_does_not_make_it_longer(self):
        project = a_project("renewal")

        chart = gantt(lines(Project.objects.all(), TODAY), TODAY)

        end = project.steps.get(code="handed_over").planned_on
        assert chart is not None and end is not None
        assert chart.width < ((end - project.opened_on).days + 62) * PER_DAY

    def test_years_are_drawn_closer_than_months(self):
        a_project("mural", opened_on=date(2023, 11, 1), days={"painted": date(2024, 3, 31)})
        of_months = gantt(lines(Project.objects.all(), TODAY), TODAY)
        a_project("mural", opened_on=date(2021, 11, 1))
        of_years = gantt(lines(Project.objects.all(), TODAY), TODAY)

        assert of_months is not None and of_years is not None
        assert of_months.width == round(152 * 1.6) and of_years.width == round(882 * 0.95)

    def test_nothing_is_no_chart(self):
        assert gantt([], TODAY) is None

    def test_the_chart_says_in_words_what_it_draws(self, handler):
        a_late_project()

        assert "0 % done, 20 % expected by today; 10 days late" in shown(handler, "/desk/projects/gantt")

    def test_a_stopped_one_is_not_late(self, handler):
        project = a_late_project()
        actions.stop(project, "墙面拆除", act(project))

        assert "days late" not in shown(handler, "/desk/projects/gantt")
