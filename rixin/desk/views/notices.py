"""The bell: what the person was told, and marking it as read."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from rixin.catalogue.dates import moment_text
from rixin.people import notices as bell
from rixin.people.access import staff_required
from rixin.people.models import Notice
from rixin.people.staff import StaffRequest

PAGE_SIZE = 50


@staff_required()
@require_GET
def notices(request: StaffRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    rows = Notice.objects.filter(account_id=request.staff.account.pk)
    if before.isascii() and before.isdigit() and len(before) < 16:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    context = {
        "section": "notices",
        "notices": [{"notice": notice, "when": moment_text(notice.at)} for notice in shown],
        "up_to": shown[0].at.isoformat() if shown else "",
        "any_unread": any(notice.read_at is None for notice in shown),
        "before": shown[-1].pk if len(found) > PAGE_SIZE else None,
    }
    return render(request, "desk/notices.html", context)


@staff_required()
@require_POST
def mark_read(request: StaffRequest) -> HttpResponse:
    """Marks what was on the screen; what came in since stays unread."""
    try:
        up_to = parse_datetime(request.POST.get("up_to", ""))
    except ValueError:
        up_to = None
    if up_to is not None and up_to.tzinfo is not None:
        bell.mark_read(request.staff.account.pk, up_to=up_to, at=timezone.now())
    return redirect("desk:notices")
