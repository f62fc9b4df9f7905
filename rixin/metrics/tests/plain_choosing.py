"""Proposals and ratings as figures are to count them, put together in plain Python from what is stored."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from rixin.choosing.models import ProjectRating, Proposal

Row = dict[str, Any]


def _number(day: date | None) -> int | None:
    return None if day is None else int(f"{day:%Y%m%d}")


def _proposals() -> Iterator[Row]:
    for row in Proposal.objects.select_related("round"):
        yield {
            "id": row.pk,
            "area": row.area_path,
            "unit": "public-services",
            "day": _number(row.raised_on),
            "year": row.round.year,
            "source": row.source,
            "state": row.state,
            "listed_day": _number(row.listed_on),
            "chosen_day": _number(row.chosen_on),
            "supporters": row.supporters,
        }


def _ratings() -> Iterator[Row]:
    for row in ProjectRating.objects.select_related("project__unit"):
        yield {
            "id": row.pk,
            "area": row.project.area_path,
            "unit": row.project.unit.code,
            "day": _number(row.day),
            "project": str(row.project_id),
            "year": row.project.year,
            "rating": row.rating,
        }


_ROWS: dict[str, Callable[[], Iterator[Row]]] = {"proposals": _proposals, "project_ratings": _ratings}


def rows(source: str) -> list[Row]:
    return list(_ROWS[source]())
