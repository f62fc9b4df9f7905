"""Rows that people change, and what is written about each change: who, when, what it said before and says now.

A change follows on what the person saw: `change` refuses where somebody else was faster. Every app keeps its own
append-only table of `Happened`, with the rows that a line is about.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rixin.append_only import AppendOnly
from rixin.people.actors import Actor

Changes = dict[str, list[Any]]
"""By name: [before, now]."""
Line = TypeVar("Line", bound="Happened")


class ChangedMeanwhile(Exception):
    """Somebody changed the row after this person looked at it."""

    def __init__(self) -> None:
        self.message = _("Somebody changed this while you looked at it. Compare, then save again.")
        super().__init__("changed meanwhile")


class Versioned(models.Model):
    """A row as it is now. Only `change` writes it again."""

    version = models.PositiveIntegerField(default=1, help_text="Counts its changes.")
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class Happened(AppendOnly):
    """One change. A subclass names the row that it is about."""

    action = models.CharField(max_length=16)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60, blank=True)
    by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    by_post_zh = models.CharField(max_length=40, blank=True)
    by_post_en = models.CharField(max_length=80, blank=True)
    changes: models.JSONField[Any, Any] = models.JSONField(
        default=dict, help_text="By name: [before, now]. Of sealed fields only that they changed."
    )
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]


def change(row: Versioned, seen: int, at: datetime, columns: Mapping[str, Any]) -> None:
    """Writes the columns of a row that is still as the person saw it. Raises ChangedMeanwhile.

    `row` has the new values afterwards.
    """
    rows = type(row)._default_manager.filter(pk=row.pk, version=seen)
    if not rows.update(version=seen + 1, changed_at=at, **columns):
        raise ChangedMeanwhile
    row.refresh_from_db()


def difference(before: Any, columns: Mapping[str, Any]) -> Changes:
    """What of `columns` differs from the row."""
    return {name: [old, new] for name, new in columns.items() if (old := getattr(before, name)) != new}


def line(
    model: type[Line],
    action: str,
    by: Actor,
    at: datetime,
    *,
    changes: Mapping[str, list[Any]] | None = None,
    reason: str = "",
    sealed: tuple[str, ...] = (),
    **about: Any,
) -> Line:
    """One line, not saved yet. `about`: its rows; `sealed`: names of which it says only that they changed."""
    return model(
        action=action,
        at=at,
        by_name=by.name,
        by_account_id=by.account_id,
        by_post_zh=by.post_zh,
        by_post_en=by.post_en,
        changes=_plain(changes or {}, sealed),
        reason=reason,
        **about,
    )


def _plain(changes: Mapping[str, list[Any]], sealed: tuple[str, ...]) -> Changes:
    return {
        name: ["", ""] if name in sealed else [_said(old), _said(new)] for name, (old, new) in sorted(changes.items())
    }


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value
