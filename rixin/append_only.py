"""Rows that are written once: what was done with accounts or personal data must read the same ever after."""

from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class WrittenOnce(Exception):
    """Somebody tried to change or delete a row of an append-only log."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__} is append-only: write a new row instead. Old rows leave by `rixin retention`."
        )


class AppendOnlyQuerySet(models.QuerySet[Row]):
    def update(self, **changes: Any) -> int:
        raise WrittenOnce(self.model)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WrittenOnce(self.model)

    def expire(self) -> int:
        """Delete rows whose time for keeping is over. For retention only."""
        return int(self._raw_delete(self.db))


class AppendOnly(models.Model):
    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise WrittenOnce(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise WrittenOnce(type(self))
