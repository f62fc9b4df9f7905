"""What all views of the desk share: finding a case that the person may see, and answering a browser or htmx."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rixin.cases import queries
from rixin.cases.models import Case, id_in
from rixin.people.access import staff_required
from rixin.people.roles import CASE_ROLES
from rixin.people.staff import Staff

case_staff = staff_required(*sorted(CASE_ROLES))
"""The door of every page that shows cases: all roles but the administrator's."""


def seen_case(staff: Staff, number: str) -> Case:
    """The case of this number. What is out of scope is not found, so that its existence is not told."""
    return case_among(queries.visible_to(staff), number)


def case_among(cases: QuerySet[Case], number: str) -> Case:
    """Raises Http404."""
    pk = id_in(number)
    case = cases.filter(pk=pk).first() if pk is not None else None
    if case is None or number not in (case.number, str(case.pk)):
        raise Http404(_("There is no matter of this number among those that you may see."))
    return case


def is_fragment(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for, to be put in place."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def page_or_part(
    request: HttpRequest, page: str, part: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The whole page, or the same template's included part where only that is asked for."""
    return render(request, part if is_fragment(request) else page, context, status=status)


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Leads a browser on; tells htmx to do so."""
    if is_fragment(request):
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return redirect(address)


def same_query(request: HttpRequest, **other: str) -> str:
    """What the address asks for, from its first page on, with `other` beside it or in its place."""
    said = request.GET.copy()
    said.pop("page", None)
    for name, value in other.items():
        said[name] = value
    return said.urlencode()


def page_number(request: HttpRequest) -> int:
    """Which page of a short list is asked for, from 1; the first one where that is no number."""
    said = request.GET.get("page", "")
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 5 else 1


def spreadsheet(content: bytes, filename: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def whole_number(text: str) -> int:
    """What a hidden field says; 0 for anything that is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
