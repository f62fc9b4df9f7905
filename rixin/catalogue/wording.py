"""Words for what definitions are made of, in the reader's language: roles, terms, facts, faults of shape."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from rixin.catalogue.schema import Term

ROLES: dict[str, Promise] = {
    "resident": pgettext_lazy("role", "resident"),
    "grid_worker": pgettext_lazy("role", "grid worker"),
    "community_officer": pgettext_lazy("role", "community officer"),
    "handler": pgettext_lazy("role", "handler"),
    "dispatcher": pgettext_lazy("role", "dispatcher"),
    "verifier": pgettext_lazy("role", "verifier"),
    "leader": pgettext_lazy("role", "leader"),
    "auditor": pgettext_lazy("role", "auditor"),
    "administrator": pgettext_lazy("role", "administrator"),
    "system": pgettext_lazy("role", "system"),
}
FACTS: dict[str, Promise] = {
    "accepted": pgettext_lazy("fact", "accepted"),
    "answered": pgettext_lazy("fact", "answered"),
    "handled": pgettext_lazy("fact", "handled"),
    "resolved": pgettext_lazy("fact", "resolved"),
    "verified": pgettext_lazy("fact", "verified"),
    "closed": pgettext_lazy("fact", "closed"),
    "rated": pgettext_lazy("fact", "rated"),
    "supervised": pgettext_lazy("fact", "supervised"),
}
STEPS: dict[str, Promise] = {
    "day": pgettext_lazy("length of a period", "day"),
    "month": pgettext_lazy("length of a period", "month"),
    "quarter": pgettext_lazy("length of a period", "quarter"),
    "year": pgettext_lazy("length of a period", "year"),
}
PHASES: dict[str, Promise] = {
    "open": pgettext_lazy("phase", "open"),
    "suspended": pgettext_lazy("phase", "suspended"),
    "closed": pgettext_lazy("phase", "closed"),
}
CHANNELS: dict[str, Promise] = {
    "code": gettext_lazy("West Lake code"),
    "grid": pgettext_lazy("channel", "Grid worker"),
    "desk": pgettext_lazy("channel", "Desk"),
    "hotline": gettext_lazy("Hotline"),
    "import": pgettext_lazy("channel", "Import"),
    "open311": gettext_lazy("Open311"),
}
CLASS_KINDS: dict[str, Promise] = {
    "component": gettext_lazy("Components (facilities)"),
    "event": gettext_lazy("Events"),
    "service": gettext_lazy("Services and other matters"),
}
FIELD_KINDS: dict[str, Promise] = {
    "text": pgettext_lazy("kind of field", "short text"),
    "long_text": pgettext_lazy("kind of field", "text"),
    "number": pgettext_lazy("kind of field", "number"),
    "money": pgettext_lazy("kind of field", "amount in yuan"),
    "date": pgettext_lazy("kind of field", "date"),
    "yes_no": pgettext_lazy("kind of field", "yes or no"),
    "choice": pgettext_lazy("kind of field", "choice"),
    "reason": pgettext_lazy("kind of field", "reason from a list"),
    "phone": pgettext_lazy("kind of field", "telephone number"),
    "photos": pgettext_lazy("kind of field", "photos"),
    "files": pgettext_lazy("kind of field", "files"),
    "unit": pgettext_lazy("kind of field", "unit"),
    "units": pgettext_lazy("kind of field", "units"),
    "case": pgettext_lazy("kind of field", "number of a matter"),
    "type": pgettext_lazy("kind of field", "kind of matter"),
    "place": pgettext_lazy("kind of field", "place"),
    "staff": pgettext_lazy("kind of field", "somebody of the office"),
}


def listed(words: Sequence[str]) -> str:
    return pgettext_lazy("between listed words", ", ").join(words)


def roles(names: list[Any]) -> str:
    return listed([str(ROLES[name]) for name in names])


def term(length: Term | dict[str, Any]) -> str:
    """“5 working days”, “5个工作日”. Takes the stored form, a plain dict, too."""
    data = length if isinstance(length, dict) else length.model_dump()
    amount = int(data["amount"])
    text = {
        "hours": ngettext("{n} hour", "{n} hours", amount),
        "working_hours": ngettext("{n} working hour", "{n} working hours", amount),
        "calendar_days": ngettext("{n} day", "{n} days", amount),
        "working_days": ngettext("{n} working day", "{n} working days", amount),
        "months": ngettext("{n} month", "{n} months", amount),
    }[data["unit"]]
    return text.format(n=amount)


_SHAPE_FAULTS: dict[str, Promise] = {
    "extra_forbidden": gettext_lazy("“{key}” is not a known key"),
    "missing": gettext_lazy("“{key}” is missing"),
    "literal_error": gettext_lazy("“{key}”: “{value}” is not one of {expected}"),
    "string_pattern_mismatch": gettext_lazy("“{key}”: “{value}” does not have the form {pattern}"),
    "string_type": gettext_lazy("“{key}” has to be a text that is not empty"),
    "string_too_short": gettext_lazy("“{key}” has to be a text that is not empty"),
    "int_type": gettext_lazy("“{key}” has to be a whole number"),
    "int_parsing": gettext_lazy("“{key}” has to be a whole number"),
    "int_from_float": gettext_lazy("“{key}” has to be a whole number"),
    "bool_type": gettext_lazy("“{key}” has to be true or false"),
    "bool_parsing": gettext_lazy("“{key}” has to be true or false"),
    "list_type": gettext_lazy("“{key}” has to be a list"),
    "model_type": gettext_lazy("“{key}” has to be a block of keys"),
    "dict_type": gettext_lazy("“{key}” has to be a block of keys"),
    "too_short": gettext_lazy("“{key}” must not be empty"),
    "greater_than_equal": gettext_lazy("“{key}”: {value} is less than {ge}"),
    "less_than_equal": gettext_lazy("“{key}”: {value} is more than {le}"),
}


def schema_fault(error: Any) -> str:
    """One error of pydantic in our words; those that nobody has met here keep pydantic's own."""
    # A code of a table that is wrong itself is marked so by pydantic; to the reader it is just the code.
    key = ".".join(str(part) for part in error["loc"] if part != "[key]")
    value = error["input"]
    if error["type"] == "string_type" and isinstance(value, int | float):
        return _('“{key}” has to be a text: write "{value}" in quotes').format(key=key, value=value)
    if (text := _SHAPE_FAULTS.get(error["type"])) is None:
        return f"“{key}”: {error['msg']}"
    return str(text).format(key=key, value=value, **error.get("ctx", {}))
