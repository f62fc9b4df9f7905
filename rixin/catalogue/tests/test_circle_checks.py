"""What a circle may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.circle_schema import METRES_PER_MINUTE, Circle
from rixin.catalogue.tests.broken import Files, files

__all__ = ["files"]
KINDS = """\
facilities:
  - {code: station, name: {zh: 站, en: A}, meaning: {zh: 站, en: A}, unit: public-services, group: health, walk: 15}
  - {code: centre, name: {zh: 中心, en: Centre}, meaning: {zh: 中心, en: B}, unit: public-services, group: health}
"""
GROUPS = """\
facility_groups:
  - {code: health, name: {zh: 看病, en: Health}, icon: health}
"""
CIRCLES = """\
circles:
  - code: health
    name: {zh: 圈, en: Circle}
    meaning: {zh: 圈, en: Circle}
    unit: public-services
    kinds: [centre, station]
    minutes: 15
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("groups.yaml", GROUPS)
    files.write("kinds.yaml", KINDS)
    files.write("circles.yaml", CIRCLES.replace(wrong, right, 1) if wrong else CIRCLES)
    return files.faults()


def test_one_that_is_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("[centre, station]", "[centre, clinic]", 6, "there is no kind of facility “clinic”"),
        ("[centre, station]", "[centre, centre]", 6, "the kind “centre” is there twice"),
        (
            "code: health",
            "code: station",
            2,
            "“station” is a kind of facility with a “walk” of its own, which is a circle already",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(files, wrong, right, line, reason):
    assert faults(files, wrong, right) == [f"circles.yaml:{line}: {reason}"]


def test_a_circle_without_a_kind_is_none(files):
    assert len(faults(files, "[centre, station]", "[]")) == 1


def test_fifteen_minutes_are_the_thousand_metres_of_the_planning_standard():
    assert 1000 <= Circle.model_fields["minutes"].default * METRES_PER_MINUTE < 1010
