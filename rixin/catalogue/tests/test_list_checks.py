"""What a list may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import MATTERS, Files, files

__all__ = ["files"]
FORM = """\
    form:
      - {name: heap, label: {zh: 堆, en: Heap}, kind: choice, options: [{code: big, name: {zh: 大, en: Big}}]}
      - {name: wet, label: {zh: 湿, en: Wet}, kind: yes_no}
"""
LISTS = """\
lists:
  - code: big_heaps
    name: {zh: 大堆清单, en: Big heaps}
    meaning: {zh: 大堆, en: Big heaps}
    types: [rubbish]
    form: {heap: big, wet: true}
    after: [handle]
    asked: {handle.answer: cleared}
    by: heap
    columns: [{form: heap}, {asked: handle.answer}]
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("matters.yaml", MATTERS + FORM)
    files.write("lists.yaml", LISTS.replace(wrong, right, 1) if wrong else LISTS)
    return files.faults()


def test_one_that_is_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("types: [rubbish]", "types: [flying]", 5, "there is no matter type “flying”"),
        ("heap: big", "heap: small", 6, "“heap” has no option “small”"),
        ("heap: big", "hole: big", 6, "there is no field “hole”"),
        ("wet: true", "wet: damp", 6, "“wet” cannot say “damp”"),
        ("after: [handle]", "after: [fly]", 7, "there is no action “fly”"),
        ("handle.answer: cleared", "handle.words: cleared", 8, "there is no field “handle.words”"),
        ("by: heap", "by: wet", 9, "there is no field “wet” of kind “choice”"),
        ("{form: heap}", "{form: hole}", 10, "there is no field “hole”"),
        ("{form: heap}", "{form: heap, asked: handle.answer}", 10, "say either “form” or “asked”"),
        ("{asked: handle.answer}", "{asked: fly.answer}", 10, "there is no field “fly.answer”"),
    ],
)
def test_one_that_is_not(files, wrong, right, line, reason):
    found = faults(files, wrong, right)

    assert any(f"lists.yaml:{line}: " in one and reason in one for one in found), found
