"""Every figure opens to the rows behind it, as far as each may see them."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from rixin.metrics.tests.ground import DEJIA, JINGZHOU, a_record
from rixin.people.tests.cast import SUBDISTRICT

WULIAN = "330106013/003/"
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

    def test_the_period_before_stands_beside_it_with_the_change(self, leader):
        a_record("fair", "2021-05-01", posts=100, kind="hall", area=DEJIA)
        a_record("fair", "2021-06-01", posts=10, kind="hall", area=WULIAN)
        asked = {"period": "2022", "by": "area", "compare": "before"}

        answer = leader.client.get("/figures/posts/figures.xlsx", asked)

        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        # What is there no more is shown as nothing counted, not left out.
        assert [row[:4] for row in rows[-3:]] == [
            ("德加社区", 80, 100, "-20.0%"),
            ("竞舟社区", 20, None, "—"),
            ("五联社区", 0, 10, "-100.0%"),
        ]
        page = leader.client.get("/figures/posts/explore", asked).content.decode()
        assert "-20.0%" in page and "-9.1%" in page  # Of one community, and of the whole: 100 after 110.

    def test_months_stand_beside_those_of_the_quarter_before(self, leader):
        a_record("fair", "2022-02-01", posts=40, kind="hall", area=DEJIA)
        asked = {"period": "2022-Q2", "by": "month", "compare": "before"}

        answer = leader.client.get("/figures/posts/figures.xlsx", asked)

        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        # January to March beside April to June: the fairs of March, February and April.
        assert [row[1:4] for row in rows[-3:]] == [(20, None, "—"), (0, 40, "-100.0%"), (0, 80, "-100.0%")]

    def test_the_table_is_fetched_as_a_spreadsheet(self, leader):
        answer = leader.client.get("/figures/posts/figures.xlsx", {"period": "2022", "by": "area"})

        rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert [row[:2] for row in rows[-2:]] == [("德加社区", 80), ("竞舟社区", 20)]


class TestPartsOfARate:
    """Each part that a rate is made of opens to as many rows as it says."""

    @pytest.fixture(autouse=True)
    def _fairs(self, small_street):
        for day, kind, signed, outdoors, posts in (
            ("2022-03-01", "online", "2022-03-01", "no", 80),
            ("2022-03-02", "hall", "2022-03-02", "no", 50),
            ("2022-03-03", "hall", "2022-03-03", "no", 50),
            ("2022-03-04", "hall", "2022-03-04", "yes", 30),
            ("2022-03-05", "hall", None, "no", 30),
        ):
            said = {"signed": signed} if signed else {}
            a_record("fair", day, posts=posts, kind=kind, outdoors=outdoors, area=DEJIA, **said)

    @pytest.mark.parametrize(
        ("part", "days"),
        [
            ("", ["2022-03-01", "2022-03-02", "2022-03-03"]),
            ("part", ["2022-03-01"]),
            ("rest", ["2022-03-02", "2022-03-03"]),
            ("silent", ["2022-03-05"]),
            ("excluded 0", ["2022-03-04"]),
            ("nonsense", ["2022-03-01", "2022-03-02", "2022-03-03"]),
        ],
    )
    def test_it_opens_to_its_rows(self, part, days, leader):
        asked = {"period": "2022", "part": part}
        page = leader.client.get("/figures/indoors_online_rate", asked).content.decode()

        rows = page[page.index('id="rows"') :]
        assert re.findall(r">(2022-\d\d-\d\d)</td>", rows) == days
        assert f'<span class="count">{len(days)}</span>' in rows


def test_an_administrator_asks_for_no_figures(administrator):
    assert administrator.client.get("/figures/").status_code == 403
