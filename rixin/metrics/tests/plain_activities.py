"""The rows of activities as figures are to count them, put together in plain Python from what is stored."""

from collections.abc import Callable, Iterator
from typing import Any

from rixin.activities.models import Employer, Event, Hours, Team
from rixin.catalogue import versions
from rixin.metrics.tests.plain_registers import Row, number


def rows(source: str) -> list[Row]:
    return list(_ROWS[source]())


def _key(pk: int | None) -> str:
    return "" if pk is None else str(pk)


def _of_event(event: Event) -> Row:
    return {
        "area": event.area_path,
        "unit": event.unit.code,
        "day": number(event.day),
        "kind": event.kind,
        "state": event.state,
    }


def _events() -> Iterator[Row]:
    for event in Event.objects.select_related("unit").prefetch_related("sessions"):
        held = [session for session in event.sessions.all() if session.attendance is not None]
        said = {"sort": event.sort, "team": _key(event.team_id), "people": event.attendance, "sessions": len(held)}
        yield {"id": event.pk, **_of_event(event), **said}


def _employers() -> Iterator[Row]:
    for one in Employer.objects.select_related("event__unit"):
        said = {"enterprise": _key(one.enterprise_id), "posts": one.posts, "agreements": one.agreements}
        yield {"id": one.pk, **_of_event(one.event), "event": _key(one.event_id), **said}


def _teams() -> Iterator[Row]:
    kinds = versions.work().activities
    for team in Team.objects.all():
        said: dict[str, Any] = {"kind": team.kind, "level": team.level, "members": team.members}
        unit = kinds[team.kind].unit if team.kind in kinds else ""
        ground = {"id": team.pk, "area": team.area_path, "unit": unit}
        yield {**ground, "day": number(team.from_day), "until": number(team.until_day), **said}


def _hours() -> Iterator[Row]:
    for row in Hours.objects.filter(taken_back=False).select_related("unit"):
        said = {name: getattr(row, name) for name in ("origin", "people", "newcomers", "hours")}
        ground = {"id": row.pk, "area": row.area_path, "unit": row.unit.code, "day": number(row.day)}
        yield {**ground, "volunteer": _key(row.volunteer_id), **said}


_ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "events": _events,
    "event_employers": _employers,
    "teams": _teams,
    "volunteer_hours": _hours,
}
