"""A report as JSON: per figure its value and everything by which it can be checked."""

import json
from typing import Any

from django.utils import timezone

from rixin.metrics import wording
from rixin.metrics.figures import Figure
from rixin.reports.document import Document


def figure_data(figure: Figure) -> dict[str, Any]:
    """`value` is a number as it is shown, `exact` the quotient that it was rounded from, as text."""
    said: dict[str, Any] = {
        "id": figure.code,
        "name": wording.name_of(figure.code),
        "value": _number(figure),
        "unit": wording.unit_of(figure.code),
        "display": wording.shown(figure),
        "at_least": figure.at_least,
        "rows": figure.rows,
        "period": str(figure.period),
        "area": figure.area,
        "office": figure.unit,
        "as_of": timezone.localtime(figure.as_of).isoformat(timespec="seconds"),
        "digest": figure.digest,
        "exact": str(figure.exact) if figure.exact is not None else None,
        "missing": list(figure.missing),
        "remarks": list(wording.remarks(figure)),
    }
    if figure.why is not None:
        said["why"] = figure.why
    if figure.numerator is not None:
        said["numerator"], said["denominator"] = figure.numerator, figure.denominator
        said["not_answered"] = figure.silent
        said["excluded"] = [{"reason": wording.excluded_name(one), "rows": one.rows} for one in figure.excluded]
    if figure.base is not None:
        said["base"] = {"period": str(figure.base.period), "value": _number(figure.base), "digest": figure.base.digest}
    return said


def _number(figure: Figure) -> int | float | None:
    if figure.value is None:
        return None
    whole = figure.value == figure.value.to_integral_value() and wording.metric_of(figure.code).show.decimals == 0
    return int(figure.value) if whole else float(figure.value)


def write(document: Document) -> str:
    frame = document.frame
    said = {
        "title": document.title,
        "period": str(frame.period),
        "area": frame.area,
        "office": frame.unit,
        "engine": frame.engine.name,
        "as_of": timezone.localtime(frame.as_of).isoformat(timespec="seconds"),
        "figures": [figure_data(figure) for figure in document.figures],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
