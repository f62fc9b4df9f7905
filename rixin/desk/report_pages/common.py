"""What all pages of a report share: finding one that the person may see, and what stands at its head."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.catalogue.periods import Period
from rixin.desk.report_pages import places
from rixin.metrics import wording
from rixin.metrics.scope import Place
from rixin.people.staff import Staff
from rixin.reports import queries
from rixin.reports.models import Report

TONES = {"draft": "open", "review": "warn", "sealed": "done"}


def seen_report(staff: Staff, pk: int) -> Report:
    """The report of this number. What is out of scope is not found, so that its existence is not told."""
    found = queries.visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no report of this number among those that you may see."))
    return found


def written_report(staff: Staff, pk: int) -> Report:
    """The same for a report of a place for which the person writes; that it is sealed is told by what is refused."""
    found = seen_report(staff, pk)
    if not queries.writes(staff, found):
        raise Http404(_("There is no report of this number among those that you may write."))
    return found


def head_of(staff: Staff, report: Report) -> dict[str, Any]:
    """For the head of a page: what the report is, where it stands, and what the person may do with it."""
    return {
        "section": "reports",
        "report": report,
        "tone": TONES[report.state],
        "template_name": template_name(report.template),
        "period_name": wording.period(Period.read(report.period)),
        "place_name": place_name(report),
        "may_write": queries.may_write(staff, report),
        "may_review": queries.may_review(staff, report),
    }


def place_name(report: Report) -> str:
    return places.name_of(Place(report.area_path, report.unit_code))


def template_name(code: str) -> str:
    """A report outlives its template."""
    template = versions.work().reports.get(code)
    return template.name.here() if template else code


def number_in(text: str) -> int:
    """A version's number as a form or an address gives it; 0, which no version has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, f"reports/pages/{name}.html", context, status=status)
