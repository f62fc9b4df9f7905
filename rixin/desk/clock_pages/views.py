"""The pages of clocks: one's own, the calendar, its feed, and dates that were missed with what was said about them."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.cases import deadlines, queries
from rixin.cases.history import ActionRefused
from rixin.cases.models import CaseClock
from rixin.desk.clock_pages import asking, feeding, listing, month
from rixin.desk.filters import start_of
from rixin.desk.views.common import case_staff, go_to, same_query, seen_case, spreadsheet
from rixin.people.staff import StaffRequest
from rixin.sheet_writing import xlsx

PAGE = 50
MOST_IN_A_TABLE = 5_000


@case_staff
@never_cache
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """The clocks of what is in the person's hands, or of all within sight, the soonest first."""
    at, asked = timezone.now(), asking.read(request.GET, request.staff)
    whole = asking.clocks(request.staff, replace(asked, when=""), at)
    counts = asking.counts(whole, at)
    found, more = _page(asking.clocks(request.staff, asked, at), asked.page)
    context = {
        "section": "clocks",
        "here": "mine",
        "asked": asked,
        "rows": listing.rows(found, at),
        "times": [(code, name, counts[code]) for code, name in _TIMES],
        "next": asked.query(page=str(asked.page + 1)) if more else "",
        "has_hands": asking.has_hands(request.staff),
    }
    return render(request, "clocks/mine.html", context)


_TIMES = (
    ("", pgettext_lazy("clocks", "All")),
    ("late", pgettext_lazy("clocks", "Overdue")),
    ("week", pgettext_lazy("clocks", "This week")),
    ("held", pgettext_lazy("clocks", "On hold")),
)


def _page(rows: "QuerySet[CaseClock]", page: int) -> tuple[list[CaseClock], bool]:
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    return found[:PAGE], len(found) > PAGE


@case_staff
@never_cache
@require_GET
def calendar(request: StaffRequest) -> HttpResponse:
    """A month of dates that a law or rule sets; with `statutory=0` of all."""
    at, asked = timezone.now(), asking.read(request.GET, request.staff)
    every = request.GET.get("statutory") == "0"
    first = month.first_of(request.GET.get("month", ""), timezone.localdate(at))
    begins, ends = month.bounds(first)
    rows = deadlines.of(asking.cases(request.staff, asked, at))
    rows = rows.filter(due_at__gte=start_of(begins), due_at__lt=start_of(ends + timedelta(days=1)))
    found = rows if every else rows.filter(deadlines.statutory())
    context = {
        "section": "clocks",
        "here": "calendar",
        "asked": asked,
        "every": every,
        "first": first,
        "weeks": month.weeks(first, found, at),
        "before": f"{month.before(first):%Y-%m}",
        "after": f"{month.after(first):%Y-%m}",
        "has_hands": asking.has_hands(request.staff),
    }
    return render(request, "clocks/calendar.html", context)


@case_staff
@never_cache
@require_GET
def missed(request: StaffRequest) -> HttpResponse:
    """Dates that passed, made up since or not, with what was said about each."""
    at, asked = timezone.now(), asking.read(request.GET, request.staff)
    rows = _missed(request, at)
    found, more = _page(rows, asked.page)
    context = {
        "section": "clocks",
        "here": "missed",
        "rows": listing.missed_rows(deadlines.breaches(found, at), at),
        "silent": _missed(request, at, every=True).filter(deadlines.unexplained()).count(),
        "next": same_query(request, page=str(asked.page + 1)) if more else "",
        "same": same_query(request),
        "statutory": request.GET.get("statutory") == "1",
        "unexplained": request.GET.get("unexplained") == "1",
        "still": request.GET.get("still") == "1",
    }
    return render(request, "clocks/missed.html", context)


def _missed(request: StaffRequest, at: datetime, *, every: bool = False) -> "QuerySet[CaseClock]":
    rows = deadlines.missed(queries.visible_to(request.staff), at)
    if request.GET.get("statutory") == "1":
        rows = rows.filter(deadlines.statutory())
    if request.GET.get("unexplained") == "1" and not every:
        rows = rows.filter(deadlines.unexplained())
    if request.GET.get("still") == "1" and not every:
        rows = rows.exclude(status="stopped")
    return rows


@case_staff
@never_cache
@require_GET
def missed_table(request: StaffRequest) -> HttpResponse:
    at = timezone.now()
    found = deadlines.breaches(_missed(request, at)[:MOST_IN_A_TABLE], at)
    out = BytesIO()
    with xlsx(out) as sheet:
        sheet.row(listing.heading())
        for one in listing.missed_rows(found, at):
            sheet.row(listing.line(one))
    return spreadsheet(out.getvalue(), f"missed-{timezone.localdate(at)}.xlsx")


class ExplainForm(forms.Form):
    use_required_attribute = False
    reason = forms.CharField(
        max_length=deadlines.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=pgettext_lazy("missed date", "Why it was missed, and what follows"),
    )


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def explain(request: StaffRequest, number: str, clock: str) -> HttpResponse:
    """What the holder says about a date that was missed."""
    found, at = seen_case(request.staff, number), timezone.now()
    row = get_object_or_404(deadlines.missed(queries.visible_to(request.staff), at), case=found, code=clock)
    if not deadlines.may_explain(request.staff, row, at):
        raise Http404(_("The unit that held the matter explains why the date was missed."))
    form = ExplainForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            deadlines.explain(row, form.cleaned_data["reason"], by=request.staff, at=at)
        except ActionRefused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("Written down."))
            return go_to(request, found.get_absolute_url())
    [said] = listing.missed_rows(deadlines.breaches([row], at), at)
    context = {"section": "clocks", "case": found, "missed": said, "form": form}
    return render(request, "clocks/explain.html", context, status=422 if form.errors else 200)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def feed_address(request: StaffRequest) -> HttpResponse:
    """The secret address of the person's calendar: made, made anew, withdrawn. It is shown once."""
    account, address = request.staff.account, ""
    if "make" in request.POST:
        key = feeding.make(account, timezone.now())
        address = request.build_absolute_uri(reverse("desk:clock_feed", args=[key]))
    elif "withdraw" in request.POST:
        feeding.withdraw(account)
        messages.success(request, _("The address is worth nothing any more."))
        return go_to(request, reverse("desk:clock_feed_address"))
    context = {"section": "clocks", "here": "feed", "kept": feeding.of(account), "address": address}
    return render(request, "clocks/feed.html", context)


@never_cache
@require_GET
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """What a calendar program fetches: who has the address needs no sign-in."""
    at = timezone.now()
    reader = feeding.reader_of(key, at)
    if reader is None:
        raise Http404
    content = feeding.calendar(reader, at, request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
