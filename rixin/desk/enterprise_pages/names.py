"""What is offered while the name of an enterprise is typed."""

from collections import Counter

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
from rixin.registers.models import Enterprise

_LONGEST = 120


@case_staff
@never_cache
@require_GET
def enterprise_names(request: StaffRequest) -> HttpResponse:
    """`?q=` what was typed; `?of=`: name of the box in a form, which sends what was typed under its own name."""
    typed = request.GET.get(request.GET.get("of", "q"), "")[:_LONGEST]
    found = offered(queries.visible_to(request.staff).defer("contact_name", "contact_phone"), typed)
    times = Counter(one.name for one in found)
    names = [_suggestion(one, alone=times[one.name] == 1) for one in found]
    return render(request, "desk/suggested_names.html", {"names": names})


def _suggestion(one: Enterprise, *, alone: bool) -> Suggestion:
    """Of several with one name the code is filled in: the name would mean none of them."""
    told = [one.code, place_label(one.area_path)]
    if alone or not one.code:
        return Suggestion(one.name, " · ".join(filter(None, told)))
    return Suggestion(one.code, f"{one.name} · {told[1]}")
