"""Teams by level, and one team."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.activities import queries, teams
from rixin.activities.models import Team
from rixin.catalogue import versions
from rixin.catalogue.activity_schema import EventKind
from rixin.desk import choices
from rixin.desk.event_pages import wording
from rixin.desk.event_pages.finding import DONE, kind_of, tried
from rixin.desk.team_pages import opened
from rixin.desk.team_pages.forms import CountForm, EndForm, TeamForm
from rixin.desk.views.common import case_staff, same_query, whole_number
from rixin.holding import holding
from rixin.metrics import wording as places
from rixin.people.staff import Staff, StaffRequest
from rixin.privacy.opening import PurposeMissing
from rixin.refusable import RefusableForm
from rixin.texts import cleaned

ON_A_PAGE = 60
_EVENTS = 20


@dataclass(frozen=True)
class Level:
    """A level of the layout: how many teams are wanted and how many are there."""

    code: str
    name: str
    wanted: int
    there: int
    on: bool

    @property
    def missing(self) -> int:
        return max(self.wanted - self.there, 0)


@case_staff
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    kinds = [kind for kind in queries.kinds() if kind.teams]
    seen = queries.teams_visible_to(request.staff)
    here = seen.filter(holding(today))
    layout = queries.teams_of_layout(request.staff, today)
    there = {row["level"]: row["n"] for row in layout.order_by().values("level").annotate(n=Count("pk"))}
    known = {level.code for kind in kinds for level in kind.teams}
    level, area = request.GET.get("level", ""), cleaned(request.GET.get("area", ""))[:60]
    level = level if level in known else ""
    words = cleaned(request.GET.get("q", "")).strip()[:60]
    rows = here if not request.GET.get("ended") else seen.exclude(until_day=None)
    rows = rows.filter(level=level) if level else rows
    rows = rows.filter(area_path__within=area) if area else rows
    rows = rows.filter(name__icontains=words) if words else rows
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **_section("teams"),
        "levels": [
            Level(one.code, one.name.here(), one.wanted, there.get(one.code, 0), one.code == level)
            for kind in kinds
            for one in kind.teams
        ],
        "page": page,
        "rows": [(team, _level(team), places.area(team.area_path)) for team in page.object_list],
        "areas": choices.areas(request.staff),
        "level": level,
        "area": area,
        "words": words,
        "ended": bool(request.GET.get("ended")),
        "narrowed": same_query(request),
        "kept": [kind for kind in kinds if kind in queries.kinds_kept_by(request.staff)],
    }
    return render(request, "teams/index.html", context)


def _section(part: str) -> dict[str, Any]:
    return {"section": "life", "tab": "teams", "part": part}


def _level(team: Team) -> str:
    kind = versions.work().activities.get(team.kind)
    return next((one.name.here() for one in kind.teams if one.code == team.level), team.level) if kind else team.level


def _seen(staff: Staff, pk: int) -> Team:
    found = queries.teams_visible_to(staff).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such team among those that you may see."))
    return found


def _kept(staff: Staff, pk: int) -> Team:
    found = _seen(staff, pk)
    if not queries.may_keep_team(staff, found):
        raise Http404(_("You do not keep this team."))
    return found


@case_staff
@never_cache
@require_GET
def team(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request.staff, pk))


def _page(request: StaffRequest, found: Team, *, status: int = 200, **more: Any) -> HttpResponse:
    events = queries.visible_to(request.staff).filter(team=found)
    context = {
        **_section("teams"),
        "team": found,
        "level": _level(found),
        "area": places.area(found.area_path),
        "counts": list(found.counts.all()[:10]),
        "rows": wording.rows(events[:_EVENTS]),
        "events": events.count(),
        "keeps": queries.may_keep_team(request.staff, found),
        "purposes": opened.purposes(),
        "history": wording.entries(found.happened.order_by("-pk")),
        **more,
    }
    return render(request, "teams/team.html", context, status=status)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    known = _with_teams(request.staff, kind)
    form, made = TeamForm(known, request.staff, request.POST or None), list[Team]()

    def act() -> None:
        members = form.cleaned_data["members"]
        made.append(teams.enter(form.facts, members=members, by=request.staff.actor, at=timezone.now()))

    return _answer(request, None, form, act, _("Enter a team"), lambda: made[0])


def _with_teams(staff: Staff, code: str) -> EventKind:
    kind = kind_of(code)
    if not kind.teams or kind not in queries.kinds_kept_by(staff):
        raise Http404(_("You keep no such teams."))
    return kind


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    found = _kept(request.staff, pk)
    form = TeamForm(kind_of(found.kind), request.staff, request.POST or None, team=found)

    def act() -> None:
        teams.correct(found, form.facts, by=request.staff.actor, at=timezone.now(), seen=_version(request))

    return _answer(request, found, form, act, _("Correct the team"), lambda: found)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def count(request: StaffRequest, pk: int) -> HttpResponse:
    found = _kept(request.staff, pk)
    form = CountForm(request.POST or None, initial={"day": timezone.localdate()})

    def act() -> None:
        said = form.cleaned_data
        by, at = request.staff.actor, timezone.now()
        teams.count(found, said["members"], said["day"], by=by, at=at, seen=_version(request))

    return _answer(request, found, form, act, _("Count its members"), lambda: found)


@case_staff
@never_cache
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    found = _kept(request.staff, pk)
    form = EndForm(request.POST or None, initial={"day": timezone.localdate()})

    def act() -> None:
        day = form.cleaned_data["day"]
        teams.end(found, day, by=request.staff.actor, at=timezone.now(), seen=_version(request))

    return _answer(request, found, form, act, _("End the team"), lambda: found)


def _answer(
    request: StaffRequest,
    found: Team | None,
    form: RefusableForm,
    act: Callable[[], None],
    title: str,
    to: Callable[[], Team],
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = tried(form, act)
        if status == DONE:
            messages.success(request, _("Saved."))
            return redirect(to())
    if found is not None:
        found.refresh_from_db()
    context = {**_section("teams"), "about": found, "form": form, "title": title}
    return render(request, "teams/act.html", context, status=status)


@case_staff
@never_cache
@require_POST
def open_leader(request: StaffRequest, pk: int) -> HttpResponse:
    found = _kept(request.staff, pk)
    try:
        opened.log(request, f"TD{found.pk}")
    except PurposeMissing as missing:
        return _page(request, found, status=422, refused=missing.message)
    return _page(request, found, opened=True)


def _version(request: StaffRequest) -> int:
    return whole_number(request.POST.get("seen", ""))
