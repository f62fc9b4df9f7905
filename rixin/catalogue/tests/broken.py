"""A small whole lifecycle, and ways to break it in one place."""

from pathlib import Path

import pytest
from django.utils import translation

from rixin.catalogue import loader

WORKING_TIME = """\
working_time:
  hours:
    - {start: "08:30", end: "12:00"}
    - {start: "13:30", end: "17:30"}
"""
MATTERS = """\
matters:
  code: appearance
  national: E01
  name: {zh: 市容, en: Appearance}
  kind: event
types:
  - code: rubbish
    national: E0101
    name: {zh: 垃圾, en: Rubbish}
    plain: {zh: 有垃圾, en: Rubbish lying about}
    unit: sanitation
    lifecycle: small
"""
LIFECYCLE = """\
lifecycle:
  code: small
  name: {zh: 小流程, en: Small}
  source: {zh: 自定, en: ours}
  start: reported
  begins: {start: [handle]}
  states:
    reported: {name: {zh: 待办, en: Reported}, plain: {zh: 收到, en: Received}, owner: handler}
    handled: {name: {zh: 待核, en: Handled}, plain: {zh: 核查, en: Being checked}, owner: verifier}
    closed: {name: {zh: 办结, en: Closed}, plain: {zh: 办结, en: Done}, owner: resident, phase: closed, outcome: solved}
  clocks:
    handle:
      name: {zh: 办理, en: Handling}
      term: {amount: 5, unit: working_days}
      extension: {amount: 5, unit: working_days}
      rule: {zh: 规定, en: Rule}
  actions:
    handle:
      name: {zh: 处置, en: Handle}
      from: [reported]
      to: handled
      roles: [handler]
      asks:
        - {name: answer, label: {zh: 答复, en: Answer}, kind: long_text, public: true}
      sets: [handled, answered]
      keeps: [answer]
      clocks: {pause: [handle]}
    rework:
      name: {zh: 返工, en: Send back}
      from: [handled]
      to: reported
      roles: [verifier]
      clocks: {resume: [handle]}
    close:
      name: {zh: 结案, en: Close}
      from: [handled]
      to: closed
      roles: [verifier]
      not_by: [handle]
      needs: [answered]
      sets: [verified, closed]
      clocks: {stop: [all]}
      tells_resident: true
    ask_extension:
      name: {zh: 申请延期, en: Ask for more time}
      from: [reported]
      roles: [handler]
      opens: extension
    grant_extension:
      name: {zh: 同意, en: Grant}
      from: [reported]
      roles: [leader]
      not_by: [ask_extension]
      decides: extension
      grants: true
      clocks: {extend: [handle]}
    refuse_extension:
      name: {zh: 不同意, en: Refuse}
      from: [reported]
      roles: [leader]
      not_by: [ask_extension]
      decides: extension
  reasons: {}
"""


class Files:
    """A folder of definitions. `change` replaces one piece of text; `faults` are what the loader says, in English."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in (("small", LIFECYCLE), ("matters", MATTERS), ("working_time", WORKING_TIME)):
            self.write(f"{name}.yaml", text)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> "Files":
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        self.write(name, text.replace(old, new))
        return self

    def add(self, name: str, text: str) -> "Files":
        self.write(name, (self.folder / name).read_text(encoding="utf-8") + text)
        return self

    def faults(self) -> list[str]:
        with translation.override("en"):
            return [str(fault) for fault in loader.read(self.folder).faults]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)
