"""Every figure opens to the rows behind it, as far as each may see them."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, a_record
from rixin.people.tests.cast import SUBDISTRICT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_street", "wenxin_places")]


@pytest.fixture
def fairs(small_street):
    a_record("fair", "2022-03-01", posts=80, kind="online", area=DEJIA)
    a_record("fair", "2022-04-01", posts=20, kind="hall", area=JINGZHOU)


@pytest.mark.usefixtures("fairs")
class TestOpeningAFigure:
    def test_the_number_and_the_rows_that_make_it(self, leader):
        page = leader.client.get("/figures/posts", {"period": "2022"}).content.decode()

        assert "岗位: 100个" in page
        assert page.count('<a href="/records/') >= 2

    def test_who_serves_one_area_has_the_figure_of_that_area(self, community_officer):
        page = community_officer.client.get("/figures/posts", {"period": "2022"}).content.decode()

        assert "岗位: 80个" in page

    def test_a_figure_of_another_place_is_not_found(self, community_officer):
        assert community_officer.client.get("/figures/posts", {"area": JINGZHOU}).status_code == 404
        assert community_officer.client.get("/figures/posts", {"area": SUBDISTRICT}).status_code == 404

    def test_a_handler_has_the_figures_of_the_own_unit_only(self, handler):
        page = handler.client.get("/figures/posts", {"period": "2022"}).content.decode()

        assert "岗位: 0个" in page
        assert handler.client.get("/figures/posts", {"unit": "public-services"}).status_code == 404

    def test_a_figure_that_is_none_is_not_found(self, leader):
        assert leader.client.get("/figures/happiness").status_code == 404

    def test_a_period_that_is_none_is_said(self, leader):
        answer = leader.client.get("/figures/posts", {"period": "去年"})

        assert answer.status_code == 200 and "去年" in answer.content.decode()


@pytest.mark.usefixtures("fairs")
class TestExploring:
    @pytest.mark.parametrize("by", ["month", "area", "unit"])
    @pytest.mark.parametrize("drawn", ["bar", "line", "rows", "map"])
    def test_every_split_is_drawn_in_every_way(self, by, drawn, leader):
        asked = {"period": "2022", "by": by, "as": drawn, "compare": "1"}

        assert "<svg" in leader.client.get("/figures/posts/explore", asked).content.decode()

    def test_the_table_is_fetched_as_a_spreadsheet(self, leader):
        answer = leader.client.get("/figures/posts/figures.xlsx", {"period": "2022", "by": "area"})

        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert [row[:2] for row in rows[-2:]] == [("德加社区", 80), ("竞舟社区", 20)]


def test_an_administrator_asks_for_no_figures(administrator):
    assert administrator.client.get("/figures/").status_code == 403
