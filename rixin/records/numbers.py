"""The number of a field as people and spreadsheets write it. Pure but for the language."""

from typing import Any

from django.utils.translation import gettext as _

from rixin.catalogue import written_numbers
from rixin.catalogue.work_schema import RecordField
from rixin.catalogue.written_numbers import NO_MEASURES, Measures
from rixin.sheets import Unreadable

_LARGEST = 10**15


def read_number(field: RecordField, given: Any, measures: Measures = NO_MEASURES) -> int:
    """The number in the field's unit, as a whole number of its last digit. Raises Unreadable.

    A unit may be written behind it: the field's own, or one that differs from it by a factor, which is converted.
    """
    number = written_numbers.read_number(given, measures.get(field.unit or ""), measures)
    decimals = field.decimals if field.kind == "amount" else 0
    scaled = number.scaleb(decimals)
    if scaled != scaled.to_integral_value():
        if field.kind == "count":
            raise Unreadable(_("“{number}” is no whole number.").format(number=given))
        raise Unreadable(
            _("“{number}” has more than {decimals} digits after the point.").format(number=given, decimals=decimals)
        )
    if field.least is not None and number < field.least:
        raise Unreadable(_("“{number}” is less than {least}.").format(number=given, least=field.least))
    if field.most is not None and number > field.most:
        raise Unreadable(_("“{number}” is more than {most}.").format(number=given, most=field.most))
    if abs(scaled) >= _LARGEST:
        raise Unreadable(_("“{number}” is too large.").format(number=given))
    return int(scaled)
