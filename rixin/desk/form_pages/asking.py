"""Which form a page is asked for, for which period and place. Wrong words fall back, told; out of scope is a 404."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.catalogue.versions import FormVersion, UnknownType
from rixin.desk.figure_pages import asking as figures
from rixin.desk.figure_pages.asking import Asking
from rixin.metrics.scope import Place
from rixin.people.staff import Staff, StaffRequest
from rixin.records import queries as record_queries
from rixin.reports.forms import queries
from rixin.reports.forms.blanks import typed_in
from rixin.reports.forms.due import Due, next_due
from rixin.reports.forms.filling import Order, Typed
from rixin.reports.models import FormSubmission

TYPED = "typed:"
"""How the fields of a page are named that are typed by hand, before the key of their cell."""


@dataclass(frozen=True)
class AskedForm:
    version: FormVersion
    asked: Asking
    due: Due
    """What is to be handed in next for the place."""

    @property
    def period(self) -> Period:
        return self.asked.period

    @property
    def place(self) -> Place:
        return self.asked.place


def read(request: StaffRequest, code: str, now: datetime) -> AskedForm:
    """Raises Http404 for a form that is not there, and for a place that the person may not ask for."""
    version = version_of(code)
    query = request.POST if request.method == "POST" else request.GET
    place = figures.place_in(query, request.staff)
    due = next_due(version.form, last_period(version, place), timezone.localdate(now))
    said = query.get("period", "").strip()
    try:
        return AskedForm(version, Asking(Period.reading(said, version.form.period) if said else due.period, place), due)
    except NoPeriod:
        wrong = _("“{given}” is no period of this form: write it as {example}.").format(given=said, example=due.period)
        return AskedForm(version, Asking(due.period, place, wrong=wrong), due)


def version_of(code: str) -> FormVersion:
    try:
        return versions.form(code)
    except UnknownType:
        raise Http404(_("There is no form of this name.")) from None


def last_period(version: FormVersion, place: Place) -> Period | None:
    """The latest period for which the form was handed in, and counts."""
    same = FormSubmission.objects.filter(form=version.form.code, area_path=place.area, unit_code=place.unit)
    said = same.filter(queries.COUNTS).order_by("-period").values_list("period", flat=True).first()
    return Period.read(said) if said else None


def order_for(staff: Staff, form: AskedForm, now: datetime, *, typed: Typed | None = None, only: str = "") -> Order:
    """`typed`: what was typed now; without it, what was typed the last time is offered again."""
    return Order(
        form.version,
        form.period,
        form.place,
        now,
        by=staff.name,
        typed=typed if typed is not None else _typed_before(form),
        seen=record_queries.visible_to(staff),
        only=only,
    )


def _typed_before(form: AskedForm) -> Typed:
    code = form.version.form.code
    if (same := queries.last(code, form.period, form.place)) is not None:
        return typed_in(same.table)
    former = queries.last(code, form.period.before(), form.place)
    return typed_in(former.table, numbers=False) if former is not None else {}


def typed_on(post: Mapping[str, str]) -> dict[str, str]:
    """What was typed on the page, by the key of the cell."""
    return {name.removeprefix(TYPED): said for name, said in post.items() if name.startswith(TYPED)}
