"""What a document's template may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import Files, files

__all__ = ["files"]

DOCUMENT = """\
documents:
  - code: order
    name: {zh: 通知书, en: Order}
    lifecycles: [small]
    after: [handle]
    number: 文字〔{year}〕{n}号
    asks: [{name: ground, label: {zh: 依据, en: Ground}, kind: text}]
    body: |
      关于“{title}”，{handle.on}已办理：{handle.answer}
      依据：{own.ground}
      于{due.handle}前完成。
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    files.write("documents.yaml", DOCUMENT.replace(wrong, right, 1) if wrong else DOCUMENT)
    return files.faults()


def test_one_that_is_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("[small]", "[large]", 4, "there is no lifecycle “large”"),
        ("after: [handle]", "after: [fly]", 5, "there is no action “fly”"),
        ("{title}", "{titel}", 8, "{titel}: no document knows this; there are:"),
        ("{due.handle}", "{due.fly}", 8, "{due.fly}: there is no clock “fly”"),
        ("{handle.answer}", "{handle.reason}", 8, "{handle.reason}: there is no field “reason”"),
        ("{handle.answer}", "{fly.answer}", 8, "{fly.answer}: there is no action “fly”"),
        ("{own.ground}", "{own.law}", 8, "{own.law}: there is no field “law”"),
        ("{own.ground}", "{依据}", 8, "“{依据}” is no mark"),
        ("kind: text", "kind: photos", 7, "a document cannot ask for a field of kind “photos”"),
        ("name: ground", "name: to", 7, "“to” has a meaning of its own"),
        ("文字〔{year}〕{n}号", "文字{n}号", 6, ""),
    ],
)
def test_one_that_is_not(files, wrong, right, line, reason):
    found = faults(files, wrong, right)

    assert any(f"documents.yaml:{line}: " in one and reason in one for one in found), found
