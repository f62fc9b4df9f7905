"""A layout is checked as of a day: what counts, and what is missing."""

import pytest

from rixin.catalogue.facility_schema import FacilityLayout
from rixin.facilities import layouts, queries
from rixin.facilities.models import Facility, State
from rixin.facilities.tests.builders import DEJIA, JINGZHOU, a_facility, becomes, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]
LAYOUT = FacilityLayout.model_validate(
    {
        "code": "ours",
        "name": {"zh": "布局", "en": "Layout"},
        "source": {"zh": "自定", "en": "Ours"},
        "rules": [
            {"name": {"zh": "分馆", "en": "Branches"}, "kinds": ["library"], "levels": ["branch"], "least": 2},
            {"name": {"zh": "家园", "en": "Homes"}, "kinds": ["culture_home"], "least": 1, "each": "community"},
        ],
    }
)


def checked(on: str) -> list[layouts.Checked]:
    return layouts.check(LAYOUT, queries.as_of(Facility.objects.all(), day(on)), [DEJIA, JINGZHOU])


def test_only_what_is_open_on_the_day_and_of_the_level_counts():
    a_facility("library", level="branch", name_zh="分馆")
    a_facility("library", level="room", name_zh="阅览室")
    becomes(a_facility("library", level="branch", name_zh="旧分馆"), State.ENDED, "2022-06-01")

    assert [checked(on)[0].missing for on in ("2022-02-28", "2022-03-01", "2022-06-01")] == [2, 0, 1]
    assert [one.name_zh for one in checked("2022-06-01")[0].found[0].facilities] == ["分馆"]


def test_what_is_asked_of_each_community_is_not_made_up_for_by_another():
    a_facility("culture_home", name_zh="一家")
    a_facility("culture_home", name_zh="二家")

    rule = checked("2022-03-01")[1]

    assert [(found.area, found.missing) for found in rule.found] == [(DEJIA, 1), (JINGZHOU, 0)]
    assert rule.missing == 1
