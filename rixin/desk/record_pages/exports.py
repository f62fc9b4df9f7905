"""Fetching the list of one kind as a table, in the very form that an import takes."""

from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk.record_pages import listing
from rixin.desk.record_pages.finding import kind_of
from rixin.desk.sheet_answers import MOST_XLSX, xlsx_answer
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest
from rixin.records import queries, tables
from rixin.sheet_writing import MIME, Cell, csv_lines


@case_staff
@never_cache
@require_GET
def export(request: StaffRequest, kind: str) -> HttpResponseBase:
    version = kind_of(kind)
    asked = listing.read_filter(request.GET)
    records = asked.apply(queries.visible_to(request.staff).filter(type=kind))
    rows = tables.rows(records, version, get_language() or "zh-hans")
    heads: list[Cell] = [*tables.headings(version.type)]
    name = f"{kind}-{timezone.localdate():%Y%m%d}"
    if request.GET.get("as") == "csv":
        # It goes out as it is written, however long.
        answer: Any = StreamingHttpResponse(csv_lines(chain([heads], rows)), content_type=MIME["csv"])
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    if records[MOST_XLSX : MOST_XLSX + 1].exists():
        messages.error(
            request, _("More than %(most)d records: narrow the list, or fetch it as CSV.") % {"most": MOST_XLSX}
        )
        return redirect(f"{reverse('records:of_type', args=[kind])}?{request.GET.urlencode()}")
    return xlsx_answer(chain([heads], rows), name)
