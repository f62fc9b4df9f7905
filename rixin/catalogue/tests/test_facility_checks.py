"""What definitions of facilities may not say. Each fault names file, line and reason."""

import pytest

from rixin.catalogue.tests.broken import Files, files

__all__ = ["files"]
GROUPS = """\
facility_groups:
  - {code: culture, icon: culture, name: {zh: 文化, en: Culture}}
"""
KINDS = """\
facilities:
  - code: library
    name: {zh: 图书馆, en: Library}
    meaning: {zh: 图书馆, en: A library}
    group: culture
    unit: party-office
    walk: 15
    levels:
      - {code: branch, name: {zh: 分馆, en: Branch}}
      - {code: room, name: {zh: 阅览室, en: Room}}
"""
LAYOUTS = """\
facility_layouts:
  - code: ours
    name: {zh: 布局, en: Layout}
    source: {zh: 自定, en: Ours}
    rules:
      - {name: {zh: 一个分馆, en: One branch}, kinds: [library], levels: [branch], least: 1}
"""


def faults(files: Files, wrong: str = "", right: str = "") -> list[str]:
    texts = {"groups.yaml": GROUPS, "kinds.yaml": KINDS, "layouts.yaml": LAYOUTS}
    assert not wrong or sum(wrong in text for text in texts.values()) == 1
    for name, text in texts.items():
        files.write(name, text.replace(wrong, right, 1) if wrong else text)
    return files.faults()


def test_definitions_that_are_fine(files):
    assert faults(files) == []


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("group: culture", "group: sports", "kinds.yaml:5: there is no group of facilities “sports”"),
        ("code: room", "code: branch", "kinds.yaml:10: the code “branch” is there twice"),
        ("walk: 15", "walk: 0", "kinds.yaml:7: "),
        ("icon: culture", "icon: dragon", "groups.yaml:2: "),
        ("kinds: [library]", "kinds: [cinema]", "layouts.yaml:6: there is no kind of facility “cinema”"),
        ("kinds: [library]", "kinds: [library, library]", "layouts.yaml:6: the code “library” is there twice"),
        ("levels: [branch]", "levels: [palace]", "layouts.yaml:6: none of these kinds has a level “palace”"),
        ("least: 1", "least: 0", "layouts.yaml:6: "),
    ],
)
def test_each_fault_names_file_line_and_reason(files, wrong, right, said):
    assert any(fault.startswith(said) for fault in faults(files, wrong, right)), faults(files, wrong, right)
