"""What a matter type may not say of the records that it leaves. Each fault names file, line and reason."""

import pytest
from django.utils import translation

from rixin.catalogue import loader
from rixin.catalogue.tests.broken import MATTERS, Files, files

__all__ = ["files"]

pytestmark = pytest.mark.django_db

RECORDS = """\
records:
  code: work
  name: {zh: 工作, en: Work}
types:
  - code: clearing
    name: {zh: 清运, en: Clearing}
    meaning: {zh: 一次清运, en: One clearing}
    unit: sanitation
    day: {zh: 日期, en: Day}
    fields:
      - {name: kind, label: {zh: 类, en: Kind}, kind: choice, options: [{code: heap, name: {zh: 堆, en: Heap}}]}
      - {name: told, label: {zh: 说明, en: Told}, kind: text}
      - {name: due_on, label: {zh: 期限, en: Due}, kind: date, required: false}
"""
LEAVES = """\
    leaves:
      - record: clearing
        once: [handle]
        without: [reported]
        day: {day_of: [handle]}
        values:
          kind: {is: heap}
          told: {asked: handle.answer}
          due_on: {clock: handle}
"""
FIRST = len(MATTERS.splitlines()) + 1


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("records.yaml", RECORDS)
    files.write("matters.yaml", MATTERS + (LEAVES.replace(wrong, right, 1) if wrong else LEAVES))
    with translation.override("en"):
        return [str(fault) for fault in loader.read(files.folder, thoroughly=True).faults]


def test_one_that_is_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("record: clearing", "record: flying", 1, "there is no record type “flying”"),
        ("once: [handle]", "once: [fly]", 2, "there is no action “fly”"),
        ("once: [handle]", "each: fly", 2, "there is no action “fly”"),
        ("        once: [handle]\n", "", 1, "say either “once” or “each”"),
        ("without: [reported]", "without: [gone]", 3, "there is no state “gone”"),
        ("{day_of: [handle]}", "{day_of: [fly]}", 4, "there is no action “fly”"),
        ("{is: heap}", "{is: hole}", 6, "“kind” has no option “hole”"),
        ("{is: heap}", "{by: [{after: handle, is: hole}]}", 6, "“kind” has no option “hole”"),
        ("{is: heap}", "{is: heap, form: kind}", 6, "say one way in which the value is found, not 2"),
        ("{is: heap}", "{is: heap, as: {a: b}}", 6, "only what was chosen"),
        (
            "{is: heap}",
            "{by: [{after: close, is: heap}]}",
            5,
            "the record needs “kind”: say a way that always gives it",
        ),
        ("{is: heap}", "{is: heap, while: closed}", 5, "the record needs “kind”"),
        ("handle.answer", "handle.words", 7, "there is no field “handle.words”"),
        ("{asked: handle.answer}", "{form: words}", 7, "there is no field “words”"),
        ("{asked: handle.answer}", "{opened: true}", 7, "“told” is no date"),
        ("due_on: {clock: handle}", "due_on: {asked: handle.answer}", 8, "“due_on” cannot take what “answer” says"),
        ("{clock: handle}", "{clock: fly}", 8, "there is no clock “fly”"),
        ("due_on:", "due_at:", 8, "there is no field “due_at”"),
    ],
)
def test_one_that_is_not(files, wrong, right, line, reason):
    found = faults(files, wrong, right)

    assert any(f"matters.yaml:{FIRST + line}: " in one and reason in one for one in found), found
