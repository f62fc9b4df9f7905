"""What the marks of a document say in one matter, in Chinese as it stands on paper."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation

from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.catalogue.dates import as_moment
from rixin.catalogue.document_schema import DocumentTemplate
from rixin.catalogue.document_text import DONE_ON, Mark, marks
from rixin.catalogue.schema import AskedField, Lifecycle, ResolvedType
from rixin.people import units
from rixin.places import gazetteer
from rixin.places.models import Level

LANGUAGE = "zh-hans"


@dataclass(frozen=True)
class Heading:
    """What is not in the matter: whom it addresses, and how it is numbered and dated."""

    to: str
    number: str
    day: date


def said(case: Case, template: DocumentTemplate, own: Mapping[str, Any], heading: Heading) -> dict[Mark, str]:
    """Every mark of the template with what it says here; nothing where there is nothing."""
    with translation.override(LANGUAGE):
        speaking = _Speaking(case, template, own, heading)
        return {mark: speaking.says(mark) for mark in _wanted(template)}


def _wanted(template: DocumentTemplate) -> Iterator[Mark]:
    for line in template.body.splitlines():
        for _written, mark in marks(line):
            if mark is not None:
                yield Mark(mark.of, mark.name)


class _Speaking:
    def __init__(self, case: Case, template: DocumentTemplate, own: Mapping[str, Any], heading: Heading) -> None:
        self._case, self._template, self._own, self._heading = case, template, own, heading
        self._rules: ResolvedType = versions.version(case.definition_id).rules
        # The latest of each action stands.
        self._events = {event.action: event for event in case.events.order_by("seq")}
        self._due = {row.code: row.due_at for row in case.clocks.all()}

    def says(self, mark: Mark) -> str:
        match mark.of:
            case "":
                return self._fact(mark.name)
            case "due":
                due = self._due.get(mark.name)
                return day_on_paper(as_moment(due).date()) if due else ""
            case "own":
                return self._field(self._template.asks, mark.name, self._own)
            case "form":
                return self._field(self._rules.type.form, mark.name, self._case.form)
            case _:
                return self._done(mark)

    def _done(self, mark: Mark) -> str:
        event = self._events.get(mark.of)
        if event is None:
            return ""
        if mark.name == DONE_ON:
            return day_on_paper(timezone.localdate(event.at))
        return self._field(self._rules.lifecycle.actions[mark.of].asks, mark.name, event.given)

    def _field(self, asks: Iterable[AskedField], name: str, given: Mapping[str, Any]) -> str:
        asked = next((one for one in asks if one.name == name), None)
        value = given.get(name)
        if asked is None or value in (None, "", []):
            return ""
        return on_paper(asked, value, self._rules.lifecycle)

    def _fact(self, name: str) -> str:
        case = self._case
        match name:
            case "to":
                return self._heading.to
            case "number":
                return self._heading.number
            case "day":
                return day_on_paper(self._heading.day)
            case "case":
                return case.number
            case "title":
                return case.title
            case "opened":
                return day_on_paper(timezone.localdate(case.opened_at))
            case "place":
                return case.address or gazetteer.current().label(case.area_path).rpartition(" › ")[2]
            case "unit":
                return units.by_id(case.unit_id or case.owner_unit_id).name_zh
            case "type":
                return self._rules.type.name.zh
            case _:
                return office_of(case)


def on_paper(asked: AskedField, value: Any, lifecycle: Lifecycle) -> str:
    """A value that was filled in, as a document says it."""
    match asked.kind:
        case "date":
            return day_on_paper(date.fromisoformat(str(value)))
        case "money":
            return f"{value}元"
        case "yes_no":
            return "是" if value else "否"
        case "choice" | "reason":
            options = lifecycle.reasons[asked.reasons] if asked.reasons else asked.options
            return next((option.name.zh for option in options if option.code == value), str(value))
        case "unit":
            return units.by_id(value).name_zh
        case "units":
            return "、".join(units.by_id(one).name_zh for one in value)
        case "staff":
            return str(value["name"])
        case _:
            return str(value)


def day_on_paper(day: date) -> str:
    """2022年3月4日: no zeros are put before months and days (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def office_of(case: Case) -> str:
    """The office in whose name documents go out: that of the sub-district in which the matter lies."""
    known = gazetteer.current().areas.values()
    streets = [one for one in known if one.level == Level.SUBDISTRICT and case.area_path.startswith(one.path)]
    return f"{streets[0].name_zh}办事处" if streets else units.by_id(case.owner_unit_id).name_zh
