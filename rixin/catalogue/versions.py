"""The published definitions: what new cases are opened under, and what each older case keeps.

`publish` writes what changed in the files; everything that runs reads the published versions, so that a file being
edited changes nothing until somebody publishes it.
"""

import hashlib
import json
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Max

from rixin.catalogue.loader import Catalogue, catalogue_dir, load
from rixin.catalogue.models import DefinitionVersion
from rixin.catalogue.schema import ResolvedType
from rixin.catalogue.worktime import WorkCalendar

_LOOK_AGAIN_AFTER = 5.0
"""Seconds for which a process believes its list of current versions."""


class UnknownType(LookupError):
    """No matter type of this code is published, or it is retired."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"No matter type “{code}” is published.")


@dataclass(frozen=True)
class Version:
    id: int
    number: int
    rules: ResolvedType


def publish(catalogue: Catalogue, at: datetime) -> list[DefinitionVersion]:
    """Writes a version for each type that is new, changed or retired; returns them. Repeating it writes nothing."""
    with transaction.atomic():
        latest = {version.code: version for version in _latest()}
        written = [made for code in sorted(catalogue.types) if (made := _changed(catalogue, code, latest.get(code), at))]
        written += [_retired(old, at) for code, old in latest.items() if code not in catalogue.types and not old.retired]
        DefinitionVersion.objects.bulk_create(written)
    current_versions.forget()
    return written


def version(version_id: int) -> Version:
    """The version of this id, wherever it is in history. Versions never change, so they are kept in memory."""
    return _read_version(version_id)


def current(code: str) -> Version:
    """The version that a new case of this type is opened under. Raises UnknownType."""
    try:
        return version(current_versions.ids()[code])
    except KeyError:
        raise UnknownType(code) from None


def current_types() -> list[Version]:
    """All types that can be opened, ordered by class and number."""
    versions = [version(version_id) for version_id in current_versions.ids().values()]
    return sorted(versions, key=lambda found: (found.rules.matter_class.national, found.rules.type.national))


@lru_cache(maxsize=1)
def work_calendar() -> WorkCalendar:
    """The calendar of this process's definitions."""
    return WorkCalendar.from_definition(load(catalogue_dir()).working_time)


class _CurrentVersions:
    """Code -> id of the newest version, read again when it has become old."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: dict[str, int] = {}
        self._read_at = float("-inf")

    def ids(self) -> dict[str, int]:
        if time.monotonic() - self._read_at > _LOOK_AGAIN_AFTER:
            ids = {found.code: found.pk for found in _latest() if not found.retired}
            with self._lock:
                self._ids, self._read_at = ids, time.monotonic()
        return self._ids

    def forget(self) -> None:
        self._read_at = float("-inf")


current_versions = _CurrentVersions()


@lru_cache(maxsize=4096)
def _read_version(version_id: int) -> Version:
    row = DefinitionVersion.objects.get(pk=version_id)
    return Version(row.pk, row.number, ResolvedType.model_validate(row.body))


def _latest() -> list[DefinitionVersion]:
    newest = DefinitionVersion.objects.values("code").annotate(newest=Max("id")).values("newest")
    return list(DefinitionVersion.objects.filter(pk__in=newest).defer("body"))


def _changed(catalogue: Catalogue, code: str, latest: DefinitionVersion | None, at: datetime) -> DefinitionVersion | None:
    resolved = catalogue.resolved(code)
    body = resolved.model_dump(mode="json", by_alias=True)
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    retired = resolved.type.retired
    if latest and latest.digest == digest and latest.retired == retired:
        return None
    number = latest.number + 1 if latest else 1
    return DefinitionVersion(code=code, number=number, digest=digest, body=body, published_at=at, retired=retired)


def _retired(old: DefinitionVersion, at: datetime) -> DefinitionVersion:
    body = DefinitionVersion.objects.values_list("body", flat=True).get(pk=old.pk)
    return DefinitionVersion(
        code=old.code, number=old.number + 1, digest=old.digest, body=body, published_at=at, retired=True
    )
