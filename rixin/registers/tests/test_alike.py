"""What may be the same enterprise: by code, by name, by a name that is nearly the same."""

import pytest

from rixin.registers import alike
from rixin.registers.models import Enterprise
from rixin.registers.tests.builders import a_code, an_enterprise


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("杭州青屿软件有限公司", "青屿软件（杭州）有限公司", True),
        ("杭州青屿软件有限公司", "杭州青屿软件技术有限公司", True),
        ("杭州青屿软件有限公司", "浙江杭州青屿软件股份有限公司", True),
        ("杭州青屿软件有限公司", "杭州山月光电有限公司", False),
        ("杭州青屿软件有限公司", "杭州青屿餐饮管理有限公司", False),
    ],
)
def test_legal_form_and_town_tell_nothing(one, other, near):
    assert (alike.nearness(one, other) >= 0.6) is near
    assert alike.nearness(one, other) == pytest.approx(alike.nearness(other, one))


def test_a_name_of_nothing_but_town_and_form_is_compared_as_it_is():
    assert alike.nearness("杭州有限公司", "杭州市有限公司") < 1


@pytest.mark.django_db
class TestLookingThroughTheRegister:
    def test_the_same_code_stands_before_a_name_that_is_near(self):
        near = an_enterprise("青屿软件（杭州）有限公司")
        same = an_enterprise("杭州山月光电有限公司", code=a_code())

        assert alike.alike(Enterprise.objects.all(), "杭州青屿软件有限公司", same.code) == [same, near]

    def test_nothing_is_like_what_is_new(self):
        an_enterprise("杭州山月光电有限公司")

        assert alike.alike(Enterprise.objects.all(), "杭州青屿软件有限公司", a_code()) == []
