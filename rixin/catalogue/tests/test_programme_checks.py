"""What a kind of project may not say. Each fault names file, line and reason."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rixin.catalogue.tests.broken import Files, files
from rixin.catalogue.tests.test_work_checks import WORK

__all__ = ["files"]
PROGRAMMES = """\
programmes:
  - code: painting
    name: {zh: 粉刷, en: Painting}
    meaning: {zh: 粉刷, en: Painting}
    unit: city-management
    level: {zh: 级别, en: Level}
    levels: [{code: key, name: {zh: 重点, en: Key}}, {code: other, name: {zh: 其他, en: Other}}]
    late: {owner: 1, unit: 7, leader: 15}
    steps:
      - {code: agreed, name: {zh: 同意, en: Agreed}, notice_days: 7}
      - code: voted
        name: {zh: 表决, en: Voted}
        days: 9
        fields:
          - {name: owners, label: {zh: 业主, en: Owners}, kind: count, unit: post}
          - {name: size, label: {zh: 面积, en: Size}, kind: count, unit: post}
          - {name: why, label: {zh: 说明, en: Words}, kind: text}
        vote:
          {rule: grave, owners: owners, area: size, took_part: owners, area_took_part: size, agreed: owners,
           area_agreed: size}
      - {code: looked, name: {zh: 查看, en: Looked at}, optional: true, counts_as: started}
      - {code: done, name: {zh: 完成, en: Done}, counts_as: completed, ends: true}
      - {code: after, name: {zh: 质保, en: Guarantee}, weight: 0}
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("measures.yaml", WORK)
    files.write("programmes.yaml", PROGRAMMES.replace(wrong, right, 1) if wrong else PROGRAMMES)
    return files.faults()


def test_what_is_right_has_no_faults(files: Files) -> None:
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "place", "reason"),
    [
        ("code: voted", "code: agreed", "programmes.yaml:11", "is there twice"),
        ("{code: other,", "{code: key,", "programmes.yaml:7", "is there twice"),
        ("    level: {zh: 级别, en: Level}\n", "", "programmes.yaml:2", "say what they are called"),
        (", {code: other, name: {zh: 其他, en: Other}}", "", "programmes.yaml:7", "at least two levels"),
        ("weight: 0}", "ends: true}", "programmes.yaml:23", "an earlier step already"),
        (
            "counts_as: completed, ends: true}",
            "optional: true, ends: true}",
            "programmes.yaml:22",
            "cannot be left out",
        ),
        ("notice_days: 7}", "notice_days: 7, optional: true}", "programmes.yaml:10", "cannot be left out"),
        ("days: 9", "days: 0", "programmes.yaml:13", "plan days for this one"),
        ("weight: 0}", "notice_days: 7}", "programmes.yaml:23", "nothing follows"),
        ("counts_as: completed", "counts_as: started", "programmes.yaml:22", "by an earlier step already"),
        ("unit: 7,", "unit: 17,", "programmes.yaml:8", "in charge first"),
        ("{name: size", "{name: owners", "programmes.yaml:16", "is there twice"),
        ("kind: count, unit: post}", "kind: count, unit: mile}", "programmes.yaml:15", "no unit of measure “mile”"),
        ("area: size", "area: area", "programmes.yaml:19", "there is no field “area”"),
        ("area: size", "area: why", "programmes.yaml:19", "has to be a number that is always filled in"),
        ("days: 9", "days: 9000", "programmes.yaml:13", "1500"),
        ("steps:\n", "steps: []\n    stepped:\n", "programmes.yaml:9", ""),
    ],
)
def test_a_fault_names_file_line_and_reason(files: Files, wrong: str, right: str, place: str, reason: str) -> None:
    found = faults(files, wrong, right)

    assert any(place in fault and reason in fault for fault in found), found


def test_a_way_on_which_nothing_counts_is_refused(files: Files) -> None:
    light = PROGRAMMES.replace("      - {code:", "      - {weight: 0, code:").replace(", weight: 0}", "}")
    files.write("measures.yaml", WORK)
    files.write("programmes.yaml", light.replace("        days: 9", "        weight: 0\n        days: 9"))

    assert any("no step counts" in fault for fault in files.faults())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "right", "line"),
    [("unit: city-management", "unit: castle", 5), ("{code: agreed,", "{code: agreed, unit: castle,", 10)],
)
def test_its_units_are_some_of_the_office(files: Files, wrong: str, right: str, line: int) -> None:
    assert faults(files, wrong, right) == []
    files.change("matters.yaml", "unit: sanitation", "unit: city-management")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("check", str(files.folder), "--language", "en", stdout=out)

    assert f"programmes.yaml:{line}: there is no unit “castle”" in out.getvalue()
