"""What a kind of event may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import Files, files

__all__ = ["files"]
ACTIVITIES = """\
activities:
  - code: show
    name: {zh: 演出, en: Show}
    meaning: {zh: 一场演出, en: One show}
    unit: public-services
    options: [{code: dance, name: {zh: 舞, en: Dance}}, {code: song, name: {zh: 歌, en: Song}}]
    sign_up: {asks: [name, phone]}
    teams:
      - {code: street, name: {zh: 街道级, en: Street}, wanted: 6}
      - {code: quarter, name: {zh: 小区级, en: Quarter}, wanted: 80}
  - code: fair
    name: {zh: 招聘会, en: Fair}
    meaning: {zh: 一场招聘会, en: One fair}
    unit: public-services
    employers: true
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("activities.yaml", ACTIVITIES.replace(wrong, right, 1) if wrong else ACTIVITIES)
    return files.faults()


def test_one_that_is_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("code: song", "code: dance", 6, "the code “dance” is there twice"),
        ("code: quarter,", "code: street,", 10, "the code “street” is there twice"),
        ("[name, phone]", "[name, name]", 7, "“name” is asked twice"),
        ("[name, phone]", "[phone]", 7, "whoever is asked for a telephone is asked for a name too"),
        (
            "employers: true",
            "employers: true\n    sessions: true",
            16,
            "a fair with employers is one occasion: it has no sessions",
        ),
        ("employers: true", "roles: [resident]", 15, "events are planned by staff"),
        (
            "employers: true",
            "teams: [{code: street, name: {zh: 队, en: Team}, wanted: 1}]",
            15,
            "“street” is a level of “show” already",
        ),
    ],
)
def test_one_that_contradicts_itself(files, wrong, right, line, reason):
    assert f"activities.yaml:{line}: {reason}" in faults(files, wrong, right)


@pytest.mark.parametrize("right", ["[name, id_number]", "[name, religion]"])
def test_more_than_needed_cannot_be_asked_of_anybody(files, right):
    found = faults(files, "[name, phone]", right)

    assert len(found) == 1 and found[0].startswith("activities.yaml:7: ")
