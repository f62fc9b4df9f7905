"""The goals of a year: all of them for leaders, one of them, its monthly review, and the sheet for the meeting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.catalogue.work import GoalInYear
from rixin.desk.goal_pages import asking, lines, meetings, single
from rixin.desk.goal_pages.forms import RemarkForm
from rixin.desk.views.common import case_staff, spreadsheet, whole_number
from rixin.goals import actions, queries
from rixin.goals.actions import ReviewRefused
from rixin.goals.months import last_asked
from rixin.history import ChangedMeanwhile
from rixin.metrics import goal_words
from rixin.people.staff import StaffRequest

SECTION = "figures"


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All goals by chapter, with their lights."""
    now = timezone.now()
    asked = asking.read(request.GET, queries.years(), timezone.localdate(now).year)
    known = queries.visible_to(request.staff, asked.year)
    found = lines.lines_of(request.staff, known, now)
    shown = [line for line in found if asked.picks(request.staff, line)]
    context = {
        "section": SECTION,
        "asked": asked,
        "as_of": now,
        "all": lines.lights(found),
        "count": len(shown),
        "chapters": lines.chapters(shown),
        "late": sum(line.late for line in shown),
        "units": asking.offered_units(known),
        "names": asking.offered_chapters(known),
        "lights": list(lines.LIGHT_NAMES.items()),
        "rule": list(goal_words.rule(known[0].year)) if known else [],
        "round": lines.current_round(known[0], timezone.localdate(now)) if known else None,
        "writes": any(line.may_write for line in found),
    }
    return render(request, "goals/index.html", context)


@case_staff
@never_cache
@require_GET
def table(request: StaffRequest) -> HttpResponse:
    sheet = _sheet(request)
    return spreadsheet(meetings.table(sheet), f"goals-{sheet.year}-{sheet.month:02}.xlsx")


@case_staff
@never_cache
@require_GET
def meeting(request: StaffRequest) -> HttpResponse:
    """What the monthly meeting has before it: each goal with what its unit wrote."""
    sheet = _sheet(request)
    return render(request, "goals/meeting.html", {"section": SECTION, "sheet": sheet})


def _sheet(request: StaffRequest) -> meetings.Sheet:
    """Raises Http404."""
    now = timezone.now()
    asked = asking.read(request.GET, queries.years(), timezone.localdate(now).year)
    known = queries.visible_to(request.staff, asked.year)
    if not known:
        raise Http404(_("There are no goals among those that you may see."))
    last = last_asked(known[0].year, timezone.localdate(now)) or 1
    month = whole_number(request.GET.get("month", ""))
    return meetings.sheet(request.staff, known, month if 1 <= month <= last else last, last, now)


@case_staff
@never_cache
@require_GET
def goal(request: StaffRequest, code: str) -> HttpResponse:
    kept = asking.seen_goal(request.staff, code)
    return render(request, "goals/goal.html", _of_goal(request, kept))


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, code: str) -> HttpResponse:
    """The owner unit writes of a month."""
    kept = asking.seen_goal(request.staff, code)
    if not queries.may_write(request.staff, kept.goal):
        raise Http404(_("Only the unit that answers for the goal writes its review."))
    writing = single.writing(request, kept, timezone.now())
    if request.method != "POST":
        return render(request, "goals/review.html", writing.context)
    if not writing.form.is_valid():
        return render(request, "goals/review.html", writing.context, status=422)
    try:
        single.write(request, writing, timezone.now())
    except (ReviewRefused, ChangedMeanwhile) as refused:
        if isinstance(refused, ReviewRefused):
            writing.form.refuse(refused)
        else:
            writing.form.add_error(None, str(refused.message))
        return render(request, "goals/review.html", writing.context, status=409)
    messages.success(request, _("Saved."))
    return redirect("desk:goal", code=code)


@case_staff
@require_POST
def remark(request: StaffRequest, code: str) -> HttpResponse:
    """A leader's remark on the review of a month."""
    kept = asking.seen_goal(request.staff, code)
    if not queries.may_remark(request.staff, kept.goal):
        raise Http404(_("Only a leader remarks on a review."))
    month = whole_number(request.POST.get("month", ""))
    known = queries.reviews_visible_to(request.staff, kept.year.year).filter(goal=code, month=month).first()
    if known is None:
        raise Http404(_("There is no review of this month."))
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return render(request, "goals/goal.html", _of_goal(request, kept, form, month), status=422)
    try:
        seen = whole_number(request.POST.get("seen", ""))
        actions.remark(known, form.cleaned_data["remark"], by=request.staff.actor, at=timezone.now(), seen=seen)
    except ChangedMeanwhile as refused:
        form.add_error(None, str(refused.message))
        return render(request, "goals/goal.html", _of_goal(request, kept, form, month), status=409)
    messages.success(request, _("Saved."))
    return redirect("desk:goal", code=code)


def _of_goal(request: StaffRequest, kept: GoalInYear, form: RemarkForm | None = None, month: int = 0) -> dict[str, Any]:
    context = single.context(request.staff, kept, timezone.now())
    return {**context, "section": SECTION, "remark_form": form or RemarkForm(), "remark_month": month}
