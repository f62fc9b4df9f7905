"""The list of reports: what is asked for in the address, and one row for each."""

from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.periods import NoPeriod, Period
from rixin.desk.report_pages.common import TONES, place_name, template_name
from rixin.metrics import wording
from rixin.reports.models import Report, ReportVersion, State

PAGE = 50


@dataclass(frozen=True)
class Filter:
    """Every field narrows the list. `wrong`: what was asked for and cannot be had."""

    q: str = ""
    state: str = ""
    template: str = ""
    period: str = ""
    wrong: str = ""

    def apply(self, reports: QuerySet[Report]) -> QuerySet[Report]:
        for word in self.q.split():
            reports = reports.filter(title__icontains=word)
        same = {name: value for name in ("state", "template", "period") if (value := getattr(self, name))}
        return reports.filter(**same)

    def query(self, **more: str | int) -> str:
        said = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "wrong"}
        return urlencode({name: value for name, value in {**said, **more}.items() if value})


def read_filter(query: QueryDict) -> Filter:
    said, wrong = query.get("period", "").strip(), ""
    try:
        period = str(Period.read(said)) if said else ""
    except NoPeriod:
        period, wrong = "", _("“{given}” is no period such as 2022, 2022-Q1 or 2022-03.").format(given=said)
    state, template = query.get("state", ""), query.get("template", "")
    return Filter(
        query.get("q", "").strip()[:60],
        state if state in State.values else "",
        template if template in versions.work().reports else "",
        period,
        wrong,
    )


@dataclass(frozen=True)
class Row:
    report: Report
    template: str
    period: str
    place: str
    tone: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    before: int | None
    """Where the next page begins; None at the end."""


def page_of(reports: QuerySet[Report], before: str) -> Page:
    """The newest first. One statement."""
    if before.isascii() and before.isdigit() and len(before) < 16:
        reports = reports.filter(pk__lt=int(before))
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    found = list(reports.annotate(by=Subquery(newest.values("by_name")[:1])).order_by("-pk")[: PAGE + 1])
    rows = [
        Row(
            report,
            template_name(report.template),
            wording.period(Period.read(report.period)),
            place_name(report),
            TONES[report.state],
            report.by,
            report.changed_at,
        )
        for report in found[:PAGE]
    ]
    return Page(rows, found[PAGE - 1].pk if len(found) > PAGE else None)
