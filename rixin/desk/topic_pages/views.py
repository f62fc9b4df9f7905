"""What many people raise at once: all topics, and one with its matters."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rixin.choosing import queries as choosing
from rixin.desk import listing, paging
from rixin.desk.topic_pages import rows
from rixin.desk.views.common import case_staff, page_number
from rixin.people.staff import Staff, StaffRequest
from rixin.refusable import RefusableForm
from rixin.topics import actions, queries
from rixin.topics.actions import TopicRefused
from rixin.topics.models import Standing, Topic

PAGE = 50
_TABS = {
    "": pgettext_lazy("topics", "Hot now"),
    "watched": pgettext_lazy("topics", "Watched"),
    "settled": pgettext_lazy("topics", "Settled"),
    "all": pgettext_lazy("topics", "All, by their peak"),
}


class SayForm(RefusableForm):
    standing = forms.ChoiceField(label=gettext_lazy("What becomes of it"), choices=Standing.choices)
    words = forms.CharField(
        label=gettext_lazy("What was done or found"),
        required=False,
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    tab = request.GET.get("tab", "") if request.GET.get("tab", "") in _TABS else ""
    seen = queries.visible_to(request.staff)
    page = page_number(request)
    shown = list(_in(tab, seen)[(page - 1) * PAGE : page * PAGE + 1])
    context = {
        "section": "inbox",
        "tab": tab,
        "tabs": [(code, name, _in(code, seen).count()) for code, name in _TABS.items()],
        "lines": rows.lines(shown[:PAGE]),
        "next": page + 1 if len(shown) > PAGE else None,
        "looked": Topic.objects.order_by("-looked_on").values_list("looked_on", flat=True).first(),
    }
    return render(request, "topics/index.html", context)


def _in(tab: str, seen: QuerySet[Topic]) -> QuerySet[Topic]:
    if tab == "all":
        return seen.order_by("-peak_heat", "pk")
    return seen.filter(standing=tab).order_by("-last_on", "pk") if tab else queries.hot(seen)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def topic(request: StaffRequest, pk: int) -> HttpResponseBase:
    found = _seen(request.staff, pk)
    form = SayForm(request.POST if request.method == "POST" else None, initial={"standing": found.standing})
    if form.is_valid():
        try:
            actions.say(found, **form.cleaned_data, by=request.staff, at=timezone.now())
        except TopicRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Noted."))
            return redirect(found)
    status = 422 if form.errors else 200
    return render(request, "topics/topic.html", {**_page(request, found), "form": form}, status=status)


def _page(request: StaffRequest, found: Topic) -> dict[str, Any]:
    matters = listing.light(queries.matters_of(found, request.staff))
    cursor = paging.Cursor.read(request.GET.get("at", ""))
    shown = paging.page(matters, paging.SORTS["newest"], cursor, listing.PAGE_SIZE)
    return {
        "section": "inbox",
        "topic": found,
        "line": rows.line(found, found.cases.values_list("day", flat=True)),
        "rows": listing.rows(shown.rows, request.staff, timezone.now(), with_bulk=False),
        "before": shown.before,
        "after": shown.after,
        "steps": found.steps.select_related("by"),
        "round": choosing.open_for_entry(request.staff),
        "may_say": request.staff.may(*queries.DECIDERS),
    }


def _seen(staff: Staff, pk: int) -> Topic:
    found = queries.visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such topic among those that you may see."))
    return found
