"""A text column whose values are sealed in the database."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from rixin.privacy.sealing import fingerprint, seal, unseal

__all__ = ["EncryptedTextField", "fingerprint"]

if TYPE_CHECKING:
    TextField = models.TextField[str | None, str | None]
else:
    TextField = models.TextField


class EncryptedTextField(TextField):
    """Text in Python, sealed text in the database. None stays None; "" is sealed like any text.

    Equal values look different in the database, so a lookup by value is refused: keep `fingerprint(value)` in a
    column of its own and look for that.
    """

    description = "Text, encrypted in the database"

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else seal(str(value), self.place)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value, self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"{self.model.__name__}.{self.name} is encrypted and cannot be searched by {lookup_name!r}. "
            "Search a column that holds rixin.privacy.fields.fingerprint(value) instead."
        )
