"""The rows of projects as figures are to count them, put together in plain Python from what is stored."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from rixin.programmes.models import Payment, Project, Step

Row = dict[str, Any]


def rows(source: str) -> list[Row]:
    return list(_ROWS[source]())


def _number(day: date | None) -> int | None:
    return None if day is None else int(f"{day:%Y%m%d}")


def _of(project: Project) -> Row:
    return {
        "area": project.area_path,
        "unit": project.unit.code,
        "project": str(project.pk),
        "kind": project.kind,
        "level": project.level,
        "year": project.year,
    }


def _steps() -> Iterator[Row]:
    for row in Step.objects.exclude(done_on=None).select_related("project__unit"):
        yield {
            **_of(row.project),
            "id": row.pk,
            "day": _number(row.done_on),
            "planned": _number(row.planned_on),
            "step": row.code,
            "milestone": row.project.rules.steps[row.nth - 1].counts_as or "",
            "on_time": int(row.planned_on is not None and row.done_on is not None and row.done_on <= row.planned_on),
            "place": row.project.place_code,
        }


def _projects() -> Iterator[Row]:
    for row in Project.objects.select_related("unit"):
        yield {
            **_of(row),
            "id": row.pk,
            "day": _number(row.opened_on),
            "until": _number(row.ended_on),
            "status": row.status,
            "budget": row.budget,
            "paid": sum(payment.amount for payment in row.payments.filter(taken_back=False)),
        }


def _payments() -> Iterator[Row]:
    for row in Payment.objects.filter(taken_back=False).select_related("project__unit"):
        yield {**_of(row.project), "id": row.pk, "day": _number(row.day), "amount": row.amount}


_ROWS: dict[str, Callable[[], Iterator[Row]]] = {
    "project_steps": _steps,
    "projects": _projects,
    "project_payments": _payments,
}
