"""Tables that higher levels ask for: the list, one filled, each cell opened, handed in, and what was handed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rixin.chain import digest
from rixin.desk.figure_pages import asking as figures
from rixin.desk.form_pages import asking, listing, pages
from rixin.desk.form_pages.pages import Refused
from rixin.desk.views.common import case_staff, whole_number
from rixin.metrics import wording
from rixin.people.staff import Staff, StaffRequest
from rixin.reports.forms import actions, effort, queries, standing
from rixin.reports.forms.actions import FormRefused, Seen
from rixin.reports.forms.blanks import read_typed
from rixin.reports.models import FormSubmission

_LONGEST_NOTE = 2_000


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The forms: who asks for each, what is due, what was handed in last, and the time saved in a year."""
    today = timezone.localdate()
    place = figures.place_in(request.GET, request.staff)
    visible = queries.visible_to(request.staff)
    years = sorted(
        {int(said[:4]) for said in visible.order_by().values_list("period", flat=True).distinct()}, reverse=True
    )
    said = request.GET.get("year", "")
    year = int(said) if said.isdecimal() and int(said) in years else (years or [today.year])[0]
    efforts = listing.efforts(effort.saved_in(year, visible))
    context = {
        "section": "forms",
        "place": place,
        "place_name": wording.area(place.area),
        "areas": figures.areas_for(request.staff, place),
        "lines": listing.lines(visible, place, today),
        "years": years or [today.year],
        "year": year,
        "efforts": efforts,
        "in_all": listing.duration(sum(one.saved.seconds for one in efforts)),
    }
    return render(request, "form_tables/index.html", context)


@case_staff
@never_cache
@require_GET
def form(request: StaffRequest, code: str) -> HttpResponse:
    """One form, filled now, beside what was handed in before."""
    now = timezone.now()
    asked = asking.read(request, code, now)
    return pages.form_page(request, asked, asking.order_for(request.staff, asked, now))


@case_staff
@never_cache
@require_GET
def cell(request: StaffRequest, code: str) -> HttpResponse:
    """Where one cell comes from: a page of its own, or the part that stands beside the form."""
    now = timezone.now()
    asked = asking.read(request, code, now)
    key = request.GET.get("key", "")
    filled = standing.today(asking.order_for(request.staff, asked, now, only=key))
    back = f"{reverse('forms:form', args=[code])}?{asked.asked.query()}"
    return pages.cell_page(request, filled, key, back, now)


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest, code: str) -> HttpResponse:
    now = timezone.now()
    asked = asking.read(request, code, now)
    return pages.workbook(request, standing.today(asking.order_for(request.staff, asked, now)))


@case_staff
@require_POST
def submit(request: StaffRequest, code: str) -> HttpResponse:
    now = timezone.now()
    asked = asking.read(request, code, now)
    if not queries.may_submit(request.staff, asked.place):
        raise Http404(_("There is no form among those that you may hand in."))
    given, note = asking.typed_on(request.POST.dict()), request.POST.get("note", "")[:_LONGEST_NOTE]
    typed, faults = read_typed(given)
    order = asking.order_for(request.staff, asked, now, typed=typed)
    if faults:
        return pages.form_page(request, asked, order, Refused("", given, faults, note), status=422)
    once = request.POST.get("once", "")
    try:
        handed_in = actions.submit(
            order,
            seen=Seen(request.POST.get("digest", ""), whole_number(request.POST.get("number", ""))),
            note=note,
            by=request.staff,
            at=now,
            origin=digest(["form", request.staff.account.pk, once]) if once else "",
        )
    except FormRefused as refused:
        return pages.form_page(request, asked, order, Refused(str(refused.message), given, note=note), status=409)
    messages.success(request, _("Handed in."))
    return redirect(handed_in)


@case_staff
@never_cache
@require_GET
def submission(request: StaffRequest, pk: int) -> HttpResponse:
    return pages.submission_page(request, _seen(request.staff, pk))


@case_staff
@never_cache
@require_GET
def submission_cell(request: StaffRequest, pk: int) -> HttpResponse:
    known = _seen(request.staff, pk)
    kept, key = pages.handed_in(request.staff, known), request.GET.get("key", "")
    return pages.cell_page(request, kept, key, known.get_absolute_url(), timezone.now())


@case_staff
@never_cache
@require_GET
def submission_table(request: StaffRequest, pk: int) -> HttpResponse:
    return pages.workbook(request, pages.handed_in(request.staff, _seen(request.staff, pk)))


@case_staff
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    known = _seen(request.staff, pk)
    if not queries.may_confirm(request.staff, known):
        raise Http404(_("There is no submission among those that you may confirm."))
    try:
        actions.confirm(known, by=request.staff, at=timezone.now())
    except FormRefused as refused:
        return pages.submission_page(request, known, refused=str(refused.message), status=409)
    messages.success(request, _("Confirmed: it counts as handed in."))
    return redirect(known)


def _seen(staff: Staff, pk: int) -> FormSubmission:
    known = queries.visible_to(staff).filter(pk=pk).first()
    if known is None:
        raise Http404(_("There is no submission of this number among those that you may see."))
    return known
