"""Choosing the entry of the register that a record or a matter means."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rixin.cases import linking as case_linking
from rixin.cases import queries as cases
from rixin.catalogue import versions
from rixin.desk.enterprise_pages.choosing import ChooseForm
from rixin.desk.record_pages.finding import seen_record
from rixin.desk.views.common import case_staff, seen_case
from rixin.history import ChangedMeanwhile
from rixin.people.staff import StaffRequest
from rixin.records import linking as record_linking
from rixin.records import queries as records
from rixin.registers import queries
from rixin.registers.journal import RegisterRefused
from rixin.registers.linking import name_in


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def of_record(request: StaffRequest, pk: int) -> HttpResponse:
    found = seen_record(request.staff, pk)
    if not records.may_link(request.staff, found):
        raise Http404(_("There is no such record among those that you may correct."))
    kind = versions.record_version(found.definition_id).type
    name = name_in(kind.fields, found.values)
    label = f"{kind.name.here()} {found.pk}"
    return _choose(request, found, record_linking.link_enterprise, name, label)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def of_case(request: StaffRequest, number: str) -> HttpResponse:
    found = seen_case(request.staff, number)
    if not cases.actions_for(found, cases.actor_on(request.staff, found), timezone.now()):
        raise Http404(_("There is nothing for you to do on this matter now."))
    name = name_in(cases.setting_of(found).rules.type.form, found.form)
    return _choose(request, found, case_linking.link_enterprise, name, found.number)


def _choose(request: StaffRequest, found: Any, link: Callable[..., Any], name: str, label: str) -> HttpResponse:
    """`link` links what was `found` to the entry that is chosen."""
    if not name and found.enterprise_id is None:
        raise Http404(_("No enterprise is named here."))
    form = ChooseForm(queries.visible_to(request.staff), name, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                link(found, form.chosen, by=request.staff.actor, at=timezone.now())
            except (RegisterRefused, ChangedMeanwhile) as refused:
                form.add_error(None, str(refused.message))
                status = 409
            else:
                messages.success(request, pgettext("enterprise", "Linked."))
                return redirect(found)
    context = {"section": "economy", "form": form, "found": found, "name": name, "label": label}
    return render(request, "enterprises/link.html", context, status=status)
