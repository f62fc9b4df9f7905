"""Rows of dwellings and head counts behind a figure: whose they are, and what they say."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse

from rixin.desk.figure_pages.kinds import Kind
from rixin.desk.figure_pages.row import Row
from rixin.desk.home_pages.plan import period_name
from rixin.homes import queries
from rixin.homes.layout import Planned
from rixin.homes.models import Dwelling, HeadCount, HomeEvent
from rixin.metrics import wording
from rixin.people.models import in_language
from rixin.people.staff import Staff
from rixin.places import gazetteer


def _counts(staff: Staff) -> QuerySet[HeadCount]:
    return HeadCount.objects.filter(ret__in=queries.returns_visible_to(staff)).select_related("ret")


def _building(code: str) -> str:
    place = gazetteer.current().places.get(code)
    return in_language(place.name_zh, place.name_en) if place else code


def _dwelling_row(one: Dwelling) -> Row:
    name = f"{_building(one.building)} {Planned(one.unit, one.number)}"
    return Row(reverse("desk:home", args=[one.building]), one.from_day, name, wording.area(one.area_path), "")


def _count_row(count: HeadCount) -> Row:
    ret, kept = count.ret, queries.definition()
    names = {field.code: field.name.here() for field in kept.fields} if kept else {}
    name = f"{_building(ret.building)} {ret.unit}".strip()
    told = f"{period_name(ret.period)}; {names.get(count.counted, count.counted)}: {count.number}"
    return Row(reverse("desk:home", args=[ret.building]), ret.from_day, name, wording.area(ret.area_path), told)


KINDS: Mapping[str, Kind] = {
    "dwellings": Kind(queries.visible_to, _dwelling_row, history=HomeEvent, subject="dwelling", itself=True),
    "head_counts": Kind(_counts, _count_row, history=HomeEvent, subject="ret"),
}
