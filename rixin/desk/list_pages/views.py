"""Lists of matters that are kept in view: what there is, one of them, and the same as a table."""

from dataclasses import dataclass
from io import BytesIO

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.cases import lists, queries
from rixin.cases.models import OPEN, Case
from rixin.catalogue import versions
from rixin.catalogue.list_schema import MatterList
from rixin.desk.list_pages import rows
from rixin.desk.views.common import case_staff, page_number, same_query, spreadsheet
from rixin.people.staff import Staff, StaffRequest
from rixin.sheet_writing import xlsx

PAGE = 50
MOST_IN_A_TABLE = 5_000
_STATES = {
    "": (pgettext_lazy("matters on a list", "Open"), OPEN),
    "struck_off": (pgettext_lazy("matters on a list", "Struck off"), lists.STRUCK_OFF),
}


@dataclass(frozen=True)
class Entry:
    kept: MatterList
    open: int
    late: int
    struck_off: int


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    entries = [_entry(kept, request.staff) for kept in versions.work().lists.values()]
    return render(request, "lists/index.html", {"section": "inbox", "entries": entries})


def _entry(kept: MatterList, staff: Staff) -> Entry:
    late = OPEN & Q(due_at__lt=timezone.now())
    counted = {"open": OPEN, "late": late, "struck_off": lists.STRUCK_OFF}
    found = lists.on_list(kept, queries.visible_to(staff)).order_by()
    return Entry(kept, **found.aggregate(**{name: Count("pk", filter=where) for name, where in counted.items()}))


@case_staff
@never_cache
@require_GET
def one(request: StaffRequest, code: str) -> HttpResponse:
    kept, at = _known(code), timezone.now()
    whole = lists.on_list(kept, queries.visible_to(request.staff))
    state = request.GET.get("state", "")
    found = whole.filter(_STATES.get(state, _STATES[""])[1])
    counts = lists.apart(kept, found)
    options = rows.options(kept)
    chosen = request.GET.get("of", "")
    if chosen in dict(options):
        found = found.filter(**{f"form__{kept.by}": chosen})
    page = page_number(request)
    shown = list(_ordered(found)[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "section": "inbox",
        "kept": kept,
        "state": state,
        "states": [(key, name, whole.filter(where).count()) for key, (name, where) in _STATES.items()],
        "of": chosen,
        "options": [(key, name, counts.get(key, 0)) for key, name in options],
        "headings": rows.headings(kept),
        "rows": rows.rows(kept, shown[:PAGE], at),
        "next": same_query(request, page=str(page + 1)) if len(shown) > PAGE else "",
        "same": same_query(request),
    }
    return render(request, "lists/list.html", context)


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest, code: str) -> HttpResponse:
    """All of the list, struck off or not, as higher levels ask for it."""
    kept, at = _known(code), timezone.now()
    found = _ordered(lists.on_list(kept, queries.visible_to(request.staff)))[:MOST_IN_A_TABLE]
    out = BytesIO()
    with xlsx(out) as sheet:
        sheet.row(rows.table_heading(kept))
        for row in rows.rows(kept, list(found), at):
            sheet.row(rows.table_line(row))
    return spreadsheet(out.getvalue(), f"{code}-{timezone.localdate(at)}.xlsx")


def _known(code: str) -> MatterList:
    try:
        return versions.work().lists[code]
    except KeyError:
        raise Http404(_("There is no such list.")) from None


def _ordered(found: "QuerySet[Case]") -> "QuerySet[Case]":
    """The soonest date first, then the oldest."""
    return found.select_related("leader").order_by("due_at", "opened_at", "pk")
