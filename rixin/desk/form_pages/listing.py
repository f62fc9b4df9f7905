"""The list of forms: who asks for each, what is due next, what was handed in last, and the time that it saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.catalogue.versions import FormVersion
from rixin.metrics import wording
from rixin.metrics.scope import Place
from rixin.reports.forms import queries
from rixin.reports.forms.due import Due, next_due
from rixin.reports.forms.effort import Saved
from rixin.reports.models import FormSubmission


@dataclass(frozen=True)
class Line:
    version: FormVersion
    due: Due
    due_name: str
    last: FormSubmission | None
    last_name: str
    waiting: list[FormSubmission]
    """Those that a second person has to confirm."""


def lines(visible: QuerySet[FormSubmission], place: Place, today: date) -> list[Line]:
    """The published forms, for one place."""
    there = visible.filter(area_path=place.area, unit_code=place.unit).defer("sheets")
    last = _last(there)
    waiting = list(there.exclude(queries.COUNTS).order_by("period"))
    found = []
    for version in versions.forms():
        of = last.get(version.form.code)
        due = next_due(version.form, Period.read(of.period) if of is not None else None, today)
        own = [one for one in waiting if one.form == version.form.code]
        found.append(Line(version, due, wording.period(due.period), of, period_name(of) if of else "", own))
    return found


def period_name(submission: FormSubmission) -> str:
    return wording.period(Period.read(submission.period))


def _last(there: QuerySet[FormSubmission]) -> dict[str, FormSubmission]:
    """The newest of the latest period of each form, by the form's code."""
    latest = there.filter(queries.COUNTS).order_by().values("form").annotate(period=Max("period"))
    keys = {(row["form"], row["period"]) for row in latest}
    rows = there.filter(queries.COUNTS, period__in={period for _form, period in keys}).order_by("number")
    return {row.form: row for row in rows if (row.form, row.period) in keys}


@dataclass(frozen=True)
class Effort:
    name: str
    saved: Saved
    took: str


def efforts(saved: Iterable[Saved]) -> list[Effort]:
    named = {version.form.code: version.form.name.here() for version in versions.forms()}
    return [Effort(named.get(one.form, one.form), one, duration(one.seconds)) for one in saved]


def duration(seconds: int) -> str:
    """Hours and minutes, the last begun one counted."""
    hours, minutes = divmod(-(-seconds // 60), 60)
    if not hours:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
