"""What is offered while the name of an enterprise is typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from rixin.desk.listing import place_label
from rixin.desk.suggesting import Suggestion
from rixin.desk.views.common import case_staff
from rixin.people.staff import StaffRequest
from rixin.registers import queries
from rixin.registers.matching import offered

_LONGEST = 120


@case_staff
@never_cache
@require_GET
def enterprise_names(request: StaffRequest) -> HttpResponse:
    """`?q=` what was typed; `?of=`: name of the box in a form, which sends what was typed under its own name."""
    typed = request.GET.get(request.GET.get("of", "q"), "")[:_LONGEST]
    found = offered(queries.visible_to(request.staff).defer("contact_name", "contact_phone"), typed)
    names = [Suggestion(one.name, " · ".join(filter(None, [one.code, place_label(one.area_path)]))) for one in found]
    return render(request, "desk/suggested_names.html", {"names": names})
