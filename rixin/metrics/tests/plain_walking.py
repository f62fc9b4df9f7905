"""The rows of walks as figures are to count them, put together in plain Python from what is stored."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from rixin.catalogue import versions
from rixin.walking.models import Reach


def rows(_source: str) -> Iterator[dict[str, Any]]:
    for row in Reach.objects.select_related("ring", "facility"):
        work, code = versions.work(), row.ring.circle
        known = work.circles.get(code) or work.facilities[code]
        yield {
            "id": row.pk,
            "area": row.area_path,
            "unit": known.unit,
            "day": _number(row.from_day),
            "until": _number(row.until_day),
            "circle": code,
            "building": row.building,
            "dwellings": row.dwellings,
            "facility": str(row.facility_id or ""),
            "kind": row.facility.kind if row.facility else "",
            "metres": row.metres,
            "minutes": row.minutes,
            "covered": int(row.covered),
            "on_network": int(row.on_network),
        }


def _number(day: date | None) -> int | None:
    return None if day is None else int(f"{day:%Y%m%d}")
