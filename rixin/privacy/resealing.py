"""Seals a column anew with the first key, so that an older one may leave."""

from django.conf import settings
from django.db import connection, models, transaction

from rixin.privacy.fields import EncryptedTextField
from rixin.privacy.sealing import key_id, seal, sealed_with, unseal

AT_ONCE = 500  # rows per transaction


def reseal(model: type[models.Model], field: EncryptedTextField) -> int:
    """Answers how many values were sealed anew. Values of the first key are left as they are."""
    newest = key_id(settings.FIELD_KEYS[0])
    changed, after = 0, 0
    while rows := _read(model, field, after):
        after = rows[-1][0]
        stale = [(pk, sealed) for pk, sealed in rows if sealed_with(sealed) != newest]
        changed += _write(model, field, stale)
    return changed


def _read(model: type[models.Model], field: EncryptedTextField, after: int) -> list[tuple[int, str]]:
    table, column, key = _names(model, field)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL AND {key} > %s"  # noqa: S608
            f" ORDER BY {key} LIMIT {AT_ONCE}",
            [after],
        )
        return list(cursor.fetchall())


def _write(model: type[models.Model], field: EncryptedTextField, stale: list[tuple[int, str]]) -> int:
    """Only where the value is still the one that was read: somebody may have changed it meanwhile."""
    table, column, key = _names(model, field)
    changed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        for pk, sealed in stale:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608
                [seal(unseal(sealed, field.place), field.place), pk, sealed],
            )
            changed += cursor.rowcount
    return changed


def _names(model: type[models.Model], field: EncryptedTextField) -> tuple[str, str, str]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), quote(str(field.column)), quote(str(model._meta.pk.column))
