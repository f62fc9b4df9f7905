"""What cannot be done as it was filled in, told field by field."""

from collections.abc import Mapping

from django.utils.functional import Promise


class FieldsRefused(Exception):
    """`fields`: what to mend, by name; "" for what is no field of the form."""

    def __init__(self, fields: Mapping[str, str | Promise]) -> None:
        self.fields = dict(fields)
        super().__init__("; ".join(str(reason) for reason in fields.values()))
