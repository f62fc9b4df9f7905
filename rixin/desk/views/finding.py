"""Search and map: the same rows as the inbox, found by words or seen by place."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rixin.cases import queries, search
from rixin.cases.models import Case, Receipt, id_in
from rixin.catalogue import versions
from rixin.desk import choices, filters, listing, paging, tabs, wording
from rixin.desk.views.common import case_staff, seen_case
from rixin.desk.views.inbox import chosen_tab, filter_context
from rixin.people.staff import Staff, StaffRequest
from rixin.privacy.masking import masked
from rixin.privacy.sealing import fingerprint
from rixin.tracking_codes import written_code

MOST_PINS = 2_000
PAGE_SIZE = 20
_AROUND = 40
_NUMBER = re.compile(r"#?\d{8}-\d{5,15}|#\d{1,15}")
_CODE = re.compile(r"[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}")


@case_staff
@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """Words find matters; a whole number or tracking code leads straight to its matter."""
    staff, at = request.staff, timezone.now()
    asked = request.GET.get("q", "").strip()
    if (direct := _direct(staff, asked)) is not None:
        return redirect(direct)
    parsed = filters.parse(request.GET)
    context: dict[str, Any] = {"section": "search", "query": asked, "problems": parsed.problems}
    if parsed.filter.q:
        found = paging.page(
            search.matching(queries.visible_to(staff), parsed.filter.q),
            paging.SORTS["newest"],
            paging.Cursor.read(request.GET.get("at", "")),
            PAGE_SIZE,
        )
        words = parsed.filter.q.split()
        rows = listing.rows(found.rows, staff, at, with_bulk=False)
        context |= {
            "results": [
                {"row": row, "title": marked(row.title, words), "excerpt": marked(excerpt(case, words), words)}
                for row, case in zip(rows, found.rows, strict=True)
            ],
            "before": found.before and parsed.filter.to_query(at=str(found.before)),
            "after": found.after and parsed.filter.to_query(at=str(found.after)),
        }
    return render(request, "desk/search.html", context)


def _direct(staff: Staff, asked: str) -> str | None:
    """The page of the case whose number or tracking code was typed, if the person may see it."""
    cases: QuerySet[Case] = queries.visible_to(staff)
    if _NUMBER.fullmatch(asked) and (pk := id_in(asked)) is not None:
        found = cases.filter(pk=pk).only("opened_at").first()
        return found.get_absolute_url() if found and asked.lstrip("#") in (found.number, str(found.pk)) else None
    if _CODE.fullmatch(asked):
        receipts = Receipt.objects.filter(code_mark=fingerprint(written_code(asked)))
        found = cases.filter(pk__in=receipts.values("case_id")).only("opened_at").first()
        return found.get_absolute_url() if found else None
    return None


def excerpt(case: Case, words: list[str]) -> str:
    """The text around the first word found."""
    text = masked(case.text)
    at = min((where for word in words if (where := text.lower().find(word.lower())) >= 0), default=0)
    start, end = max(at - _AROUND, 0), at + 2 * _AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def marked(text: str, words: list[str]) -> SafeString:
    """The text with the words found marked; everything in it is escaped."""
    wanted = "|".join(re.escape(word) for word in words)
    parts = re.split(f"({wanted})", text, flags=re.IGNORECASE) if wanted else [text]
    # Every second part is a word found; each is escaped by itself.
    said = (f"<mark>{escape(part)}</mark>" if nth % 2 else escape(part) for nth, part in enumerate(parts))
    return mark_safe("".join(said))  # noqa: S308


@case_staff
@require_GET
def on_map(request: StaffRequest) -> HttpResponse:
    """The map of what the inbox would list: one filter, two ways to look at it."""
    staff = request.staff
    parsed = filters.parse(request.GET)
    tab = _map_tab(staff, request.GET.get("tab", ""))
    context = {
        "section": "map",
        "tab": tab,
        "tabs": tabs.of(staff),
        "here": parsed.filter.to_query(tab=tab.code),
        "most": MOST_PINS,
        "within": choices.own_areas(staff),
        **filter_context(parsed.filter, parsed.problems, staff, tab=tab.code),
    }
    return render(request, "desk/map.html", context)


def _map_tab(staff: Staff, code: str) -> tabs.Tab:
    return chosen_tab(tabs.of(staff), staff, code or "open")


@case_staff
@require_GET
def pins(request: StaffRequest) -> JsonResponse:
    """GeoJSON of at most MOST_PINS matters, the soonest due or newest first; the map clusters what lies close."""
    staff, at = request.staff, timezone.now()
    tab = _map_tab(staff, request.GET.get("tab", ""))
    cases = filters.parse(request.GET).filter.apply(tabs.seen_in(tab, staff), at)
    cases = cases.filter(tab.where(staff, at), lat__isnull=False)
    cases = cases.only(
        "title", "opened_at", "lat", "lng", "due_at", "state", "unit_id", "definition_id", "urgency", "phase"
    )
    found = paging.page(cases, paging.SORTS[tab.sorts[0]], None, MOST_PINS)
    response = JsonResponse(
        {
            "type": "FeatureCollection",
            "more": found.after is not None,
            "features": [pin_of(case, wording.due(case.due_at, at), case.get_absolute_url()) for case in found.rows],
        }
    )
    response["Cache-Control"] = "private, no-store"
    return response


def pin_of(case: Case, due: wording.Due | None, href: str) -> dict[str, Any]:
    """A matter as a GeoJSON feature."""
    rules = versions.version(case.definition_id).rules
    state = rules.lifecycle.states[case.state]
    notes = [rules.type.name.here(), state.name.here(), due.words if due else ""]
    urgent = case.urgency == "urgent" and case.phase == "open"
    tone = due.tone if due and due.tone == "late" else "urgent" if urgent else wording.tone_of(case, state)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [case.lng, case.lat]},
        "properties": {
            "title": masked(case.title),
            "href": href,
            "note": _(" · ").join(note for note in notes if note),
            "tone": tone,
        },
    }


@case_staff
@require_GET
def place_of(request: StaffRequest, number: str) -> JsonResponse:
    """One matter as a pin, for the small map on its page."""
    case = seen_case(request.staff, number)
    due = wording.due(case.due_at, timezone.now())
    features = [] if case.lat is None else [pin_of(case, due, case.get_absolute_url())]
    return JsonResponse({"type": "FeatureCollection", "features": features})
