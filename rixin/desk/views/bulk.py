"""One action on many chosen cases: asked once, done one by one, answered row by row."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rixin.cases import queries
from rixin.desk import bulkform
from rixin.desk.bulkform import BulkForm
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest


@case_staff
@require_POST
def bulk(request: StaffRequest) -> HttpResponse:
    """First shows what is asked, or which of the chosen do not allow it; with `go` it is carried out."""
    staff, at = request.staff, timezone.now()
    code = request.POST.get("action", "")
    back = f"{reverse('desk:inbox')}?{request.POST.get('here', '')}"
    seen = bulkform.read(request.POST.getlist("chosen"))
    rows = bulkform.chosen(queries.visible_to(staff), seen, code, staff, at)
    action = bulkform.definition(rows, code)
    if action is None:
        messages.error(request, _not_possible(rows))
        return redirect(back)
    going = bool(request.POST.get("go"))
    first = next(row.case for row in rows if not row.hindered)
    form = BulkForm(action, first, staff, request.POST if going else None)
    context: dict[str, Any] = {
        "section": "inbox",
        "action": action,
        "code": code,
        "rows": rows,
        "possible": sum(not row.hindered for row in rows),
        "back": back,
        "here": request.POST.get("here", ""),
        "form": form,
    }
    whole = all(not row.hindered for row in rows)
    if not going and (action.asks or not whole):
        return render(request, "desk/bulk.html", context)
    if going and not form.is_valid():
        return render(request, "desk/bulk.html", context, status=422)
    results = list(bulkform.carry_out(rows, code, form if going else None, staff, at))
    done = sum(result.done for result in results)
    context |= {"results": results, "done": done, "failed": len(results) - done}
    return render(request, "desk/bulk_done.html", context)


def _not_possible(rows: list[bulkform.Chosen]) -> str:
    if not rows:
        return _("Nothing was chosen.")
    return _("None of the chosen matters allows this now: %(why)s") % {"why": rows[0].hindered}
