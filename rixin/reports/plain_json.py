"""A report as JSON: per figure its value and everything by which it can be checked."""

import json
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from rixin.reports.cited import Cited
from rixin.reports.document import Document

_OF_PAGES = {"key", "meaning", "period_name", "where", "counted", "definition", "months", "areas"}
_OF_SOME = {"why", "kind", "place", "topic", "base"}
_OF_RATES = {"numerator", "denominator", "not_answered", "excluded"}


def figure_data(one: Cited) -> dict[str, Any]:
    """`value` is a number as it is shown, `exact` the quotient that it was rounded from, as text."""
    left_out = set(_OF_PAGES) | {name for name in _OF_SOME if not getattr(one, name)}
    if one.numerator is None:
        left_out |= _OF_RATES
    return {name: value for name, value in asdict(one).items() if name not in left_out}


def write(document: Document) -> str:
    """`figures` are those of the report's own period and place; `beside` what they are compared with, and goals."""
    said = {
        "title": document.title,
        "period": document.period,
        "area": document.area,
        "office": document.unit,
        "engine": document.engine,
        "as_of": timezone.localtime(document.as_of).isoformat(timespec="seconds"),
        "figures": [figure_data(one) for one in document.cited if document.is_own(one)],
        "beside": [figure_data(one) for one in document.cited if not document.is_own(one)],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
