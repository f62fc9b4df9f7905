"""A table of facilities brought by who keeps them: looked at first, then all or the chosen good lines are written.

Nothing is kept between the two: the lines go to the page and come back signed, and are judged anew when written.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.desk.views.common import case_staff
from rixin.facilities import importing, queries
from rixin.facilities.importing import Given, Judged
from rixin.facilities.sheet import HEADINGS
from rixin.people.staff import Staff, StaffRequest
from rixin.refusable import RefusableForm
from rixin.sheets import FileFault

_SALT = "rixin.desk.facilities"
_VALID_SECONDS = 24 * 3600


class TableForm(RefusableForm):
    table = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("XLSX or CSV, with the headings of the table that can be fetched from the list."),
    )


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    if not queries.kept_kinds(request.staff):
        raise Http404(_("You keep no facilities."))
    if "lines" in request.POST:
        return _write(request)
    form, given, status = TableForm(request.POST or None, request.FILES or None), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["table"]
            try:
                given = importing.read(file, file.name)
                status = 200
            except FileFault as fault:
                form.add_error("table", str(fault))
    return _page(request, form, given, status)


def _page(request: StaffRequest, form: TableForm, given: list[Given] | None, status: int) -> HttpResponse:
    context: dict[str, Any] = {"section": "life", "form": form}
    if given is not None:
        judged = _judged(request.staff, given)
        context |= {
            "rows": [(one, _(", ").join(str(HEADINGS.get(name, name)) for name in one.changed)) for one in judged],
            "ready": sum(one.ready for one in judged),
            "wrong": sum(bool(one.problems) for one in judged),
            "lines": signing.dumps([[one.number, one.cells] for one in given], salt=_SALT, compress=True),
        }
    return render(request, "facilities/bring.html", context, status=status)


def _write(request: StaffRequest) -> HttpResponse:
    try:
        lines = signing.loads(request.POST["lines"], salt=_SALT, max_age=_VALID_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("This page is too old. Bring the table once more."))
        return redirect("desk:bring_facilities")
    chosen = set(request.POST.getlist("chosen"))
    given = [Given(number, cells) for number, cells in lines if str(number) in chosen]
    at = timezone.now()
    new, corrected, refusals = importing.put(
        _judged(request.staff, given), by=request.staff.actor, at=at, today=timezone.localdate(at)
    )
    for refusal in refusals:
        messages.error(request, refusal)
    told = ngettext("{n} new facility entered", "{n} new facilities entered", new).format(n=new)
    also = ngettext("{n} corrected", "{n} corrected", corrected).format(n=corrected)
    messages.success(request, _(", ").join([told, also]))
    return redirect("desk:facilities")


def _judged(staff: Staff, given: list[Given]) -> list[Judged]:
    return importing.judge(
        given,
        lambda kind, area: queries.may_keep(staff, kind, area),
        staff.scope.covers_area,
        timezone.localdate(),
    )
