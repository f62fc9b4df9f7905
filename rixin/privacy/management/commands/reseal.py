"""`rixin reseal`: after a new key was put in front of FIELD_KEYS, seal all personal data with it."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models

from rixin.privacy.fields import EncryptedTextField
from rixin.privacy.resealing import reseal


class Command(BaseCommand):
    help = "Seal all personal data anew with the first of FIELD_KEYS, in small transactions; safe to stop and repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for model, field in _sealed_columns():
            rows = reseal(model, field)
            self.stdout.write(f"{field.place}: {rows}")
        self.stdout.write("Keep the last key of FIELD_KEYS: the fingerprints are made with it.")


def _sealed_columns() -> list[tuple[type[models.Model], EncryptedTextField]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
