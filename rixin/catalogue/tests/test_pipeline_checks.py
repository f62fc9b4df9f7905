"""What a pipeline may not say. Each fault names file, line and reason."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rixin.catalogue.tests.broken import Files, files
from rixin.catalogue.tests.test_work_checks import WORK

__all__ = ["files"]
RECORDS = """\
records: {code: works, name: {zh: 工作, en: Work}}
types:
  - code: landing
    name: {zh: 落地, en: Landed}
    meaning: {zh: 落地, en: Landed}
    unit: economy-office
    day: {zh: 日期, en: Day}
    fields:
      - {name: project, label: {zh: 项目, en: Project}, kind: text}
      - {name: amount, label: {zh: 金额, en: Amount}, kind: amount, unit: wan_yuan, decimals: 2}
      - {name: posts, label: {zh: 岗位, en: Posts}, kind: amount, unit: post, required: false}
      - name: sort
        label: {zh: 类别, en: Sort}
        kind: choice
        required: false
        options: [{code: big, name: {zh: 大, en: Big}}]
  - code: monthly
    name: {zh: 月报, en: Monthly}
    meaning: {zh: 月报, en: Monthly}
    unit: economy-office
    day: {zh: 月份, en: Month}
    period: month
    fields: [{name: project, label: {zh: 项目, en: Project}, kind: text}]
"""
PIPELINE = """\
pipeline:
  code: investment
  name: {zh: 招商, en: Investment}
  meaning: {zh: 招商, en: Investment}
  unit: economy-office
  stages:
    - {code: clue, name: {zh: 线索, en: Clue}, stale_days: 30, likely: 5}
    - {code: signed, name: {zh: 签约, en: Signed}, stale_days: 30, likely: 85}
  kinds: [{code: big, name: {zh: 大, en: Big}}]
  lost: [{code: rent, name: {zh: 租金, en: Rent}}]
  landing:
    record: landing
    values: {project: name, amount: amount, sort: kind}
    enterprise: true
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("measures.yaml", WORK)
    files.write("records.yaml", RECORDS)
    files.write("pipeline.yaml", PIPELINE.replace(wrong, right, 1) if wrong else PIPELINE)
    return files.faults()


def test_one_that_is_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("code: signed", "code: clue", 8, "the code “clue” is there twice"),
        ("record: landing", "record: flying", 12, "there is no record type “flying”"),
        ("record: landing", "record: monthly", 12, "“monthly” is a return: one lead would be all of its period"),
        ("project: name", "project: name, hole: name", 13, "there is no field “hole”"),
        ("project: name, ", "", 13, "the record asks for “project”: say what of the lead it is"),
        ("project: name", "project: partner", 13, "leads of this pipeline have no “partner”"),
        ("amount: amount", "amount: name", 13, "“amount” is a field of kind “amount” and cannot hold “name”"),
        ("amount: amount", "amount: amount, posts: amount", 13, "“posts” is counted in post, and an amount is in yuan"),
        ("kinds: [{code: big", "kinds: [{code: small", 13, "“sort” has no option “small”"),
        ("likely: 5}", "likely: 105}", 7, "100"),
        ("project: name", "project: colour", 13, "colour"),
    ],
)
def test_one_that_is_not(files, wrong, right, line, reason):
    found = faults(files, wrong, right)

    assert any(f"pipeline.yaml:{line}: " in one and reason in one for one in found), found


@pytest.mark.django_db
@pytest.mark.parametrize(("unit", "fine"), [("economy-office", True), ("economy-offise", False)])
def test_its_unit_is_one_of_the_office(files, unit, fine):
    assert faults(files, "unit: economy-office", f"unit: {unit}") == []
    files.change("matters.yaml", "unit: sanitation", "unit: city-management")
    out = StringIO()

    if fine:
        call_command("check", str(files.folder), "--language", "en", stdout=out)
    else:
        with pytest.raises(CommandError):
            call_command("check", str(files.folder), "--language", "en", stdout=out)

    assert ("pipeline.yaml:5: there is no unit “economy-offise”" in out.getvalue()) is not fine
