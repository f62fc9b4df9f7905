"""What must hold of a list beyond its shape, so that no matter is missed for a misspelt name.

As in `checks`: each check yields (place in the file, reason), and the loader adds file and line.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from rixin.catalogue.answers import asked_field, form_field
from rixin.catalogue.checks import Found
from rixin.catalogue.list_schema import ListColumn, MatterList
from rixin.catalogue.schema import AskedField, Lifecycle, MatterType


def list_faults(kept: MatterList, lifecycles: Mapping[str, Lifecycle], types: Mapping[str, MatterType]) -> Found:
    for nth, code in enumerate(kept.types):
        if code not in types:
            yield ("types", nth), _("there is no matter type “{code}”").format(code=code)
    meant = [types[code] for code in kept.types if code in types]
    followed = [lifecycles[kind.lifecycle] for kind in meant if kind.lifecycle in lifecycles]
    for nth, code in enumerate(kept.after):
        if not any(code in lifecycle.actions for lifecycle in followed):
            yield ("after", nth), _("there is no action “{code}”").format(code=code)
    for name, value in kept.form.items():
        yield from ((("form", name), reason) for reason in _value_faults(form_field(name, meant), name, value))
    for written, value in kept.asked.items():
        found = asked_field(written, followed)
        yield from ((("asked", written), reason) for reason in _value_faults(found, written, value))
    if kept.by is not None and ((field := form_field(kept.by, meant)) is None or field.kind != "choice"):
        yield ("by",), _("there is no field “{name}” of kind “{kind}”").format(name=kept.by, kind="choice")
    for nth, column in enumerate(kept.columns):
        yield from ((("columns", nth), reason) for reason in _column_faults(column, meant, followed))


def _value_faults(field: AskedField | None, name: str, value: object) -> Iterator[str]:
    if field is None:
        yield _("there is no field “{name}”").format(name=name)
    elif field.kind == "choice" and value not in {option.code for option in field.options}:
        yield _("“{name}” has no option “{code}”").format(name=name, code=value)
    elif (field.kind == "yes_no") != isinstance(value, bool):
        yield _("“{name}” cannot say “{value}”").format(name=name, value=value)


def _column_faults(column: ListColumn, types: list[MatterType], lifecycles: list[Lifecycle]) -> Iterator[str]:
    if (column.form is None) == (column.asked is None):
        yield _("say either “form” or “asked”")
    elif column.form is not None and form_field(column.form, types) is None:
        yield _("there is no field “{name}”").format(name=column.form)
    elif column.asked is not None and asked_field(column.asked, lifecycles) is None:
        yield _("there is no field “{name}”").format(name=column.asked)
