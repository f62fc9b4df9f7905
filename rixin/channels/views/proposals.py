"""Livelihood projects before they are built: what residents raise and support, and what deputies chose."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rixin.channels import browser, throttle
from rixin.channels.proposal_forms import ProposalForm, once_in
from rixin.channels.views.tracking import guarded
from rixin.choosing import projects, queries, raising
from rixin.choosing.journal import ChoosingRefused
from rixin.choosing.models import Proposal, Round
from rixin.choosing.results import Outcome, outcomes
from rixin.choosing.stages import SHOWN, Stage, State
from rixin.config.errors import error_page
from rixin.people.actors import resident
from rixin.places import gazetteer
from rixin.privacy import limits
from rixin.privacy.limits import Blocked
from rixin.registers.amounts import yuan

MOST = 200
"""Proposals of a round on one page; a sub-district hears some dozens."""


@dataclass(frozen=True)
class Told:
    """A proposal as everybody reads it."""

    proposal: Proposal
    state: State
    place: str
    cost: str
    supported: bool

    @property
    def reason(self) -> str:
        return str(self.proposal.get_declined_display()) if self.state == State.DECLINED else ""


def told(proposal: Proposal, supported: bool = False) -> Told:
    area = gazetteer.current().area(proposal.area_path)
    cost = "" if proposal.cost is None else yuan(proposal.cost)
    place = " ".join(filter(None, [area.name if area else "", proposal.address]))
    return Told(proposal, queries.state_told(proposal), place, cost, supported)


@never_cache
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The round that is called now, else the newest one; `round` asks for another year's."""
    rounds = list(queries.public_rounds())
    today, year = timezone.localdate(), request.GET.get("round", "")
    called = next((one for one in rounds if one.called_on(today)), None)
    row = next((one for one in rounds if str(one.year) == year), called or next(iter(rounds), None))
    context: dict[str, Any] = {"rounds": rounds, "round": row, "today": today}
    if row is not None:
        mine = raising.supported_by(browser.word_of(request), row)
        found = list(queries.public_of(row).select_related("round", "unit", "project")[: MOST + 1])
        context |= {
            "called": row.called_on(today),
            "told": [told(one, one.pk in mine) for one in found[:MOST]],
            "more": len(found) > MOST,
            "outcomes": announced(row),
        }
    return render(request, "channels/proposals.html", context)


def announced(row: Round) -> list[Outcome]:
    """The ballots that count, once the result is announced."""
    return [one for one in outcomes(row) if one.result.counts] if row.stage == Stage.ANNOUNCED else []


def _seen(pk: int) -> Proposal:
    found = queries.public_proposals().filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such proposal, or it was not published."))
    return found


@never_cache
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    return _proposal_page(request, _seen(pk))


def _proposal_page(request: HttpRequest, found: Proposal, problem: str = "", status: int = 200) -> HttpResponse:
    mine = raising.supported_by(browser.word_of(request), found.round)
    context = {
        "told": told(found, found.pk in mine),
        "called": found.round.called_on(timezone.localdate()),
        "progress": _progress(found),
        "problem": problem,
        "done": request.GET.get("done", ""),
    }
    return render(request, "channels/proposal.html", context, status=status)


def _progress(found: Proposal) -> Any:
    return projects.progress([found.project])[0] if found.project else None


@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(pk)
    now = timezone.now()
    if isinstance(verdict := throttle.speaking_up(request, now), Blocked):
        return error_page(request, 429, retry_after=verdict.retry_after)
    word = browser.word_of(request) or browser.new_word()
    try:
        raising.support(found, word, at=now)
    except ChoosingRefused as refused:
        return _proposal_page(request, found, str(refused), 409)
    answer = redirect(f"{reverse('channels:proposal', args=[pk])}?done=support")
    browser.remember(answer, word)
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_proposal(request: HttpRequest) -> HttpResponse:
    row = queries.called_on(timezone.localdate())
    if row is None:
        return redirect("channels:proposals")
    if request.method != "POST":
        return _form_page(request, row, ProposalForm(row))
    return _send(request, row)


def _send(request: HttpRequest, row: Round) -> HttpResponse:
    now = timezone.now()
    verdict = throttle.raising(request, now)
    form = ProposalForm(row, request.POST)
    valid = form.is_valid()
    if isinstance(verdict, Blocked):
        minutes = -(-verdict.retry_after // 60)
        more = {"blocked_minutes": minutes, "challenge": limits.challenge(now)}
        answer = _form_page(request, row, form, 429, **more)
        answer["Retry-After"] = str(verdict.retry_after)
        return answer
    if not valid:
        return _form_page(request, row, form, 422)
    word = browser.word_of(request) or browser.new_word()
    new = form.new(once_in(request.POST) or secrets.token_urlsafe(16), word)
    try:
        made = raising.raise_one(row, new, by=resident(), at=now)
    except ChoosingRefused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, row, form, 409)
    sent = redirect(f"{reverse('channels:own_proposal', args=[made.code])}?new=1")
    browser.remember(sent, word)
    return sent


def _form_page(request: HttpRequest, row: Round, form: ProposalForm, status: int = 200, **more: Any) -> HttpResponse:
    once = once_in(request.POST) or secrets.token_urlsafe(16)
    context = {"round": row, "form": form, "once": once, **more}
    return render(request, "channels/new_proposal.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded
def own_proposal(request: HttpRequest, code: str) -> HttpResponse | None:
    """What became of it, for whoever holds its code; sent, it deletes who raised it. None: no such code."""
    found = raising.of_code(code)
    if found is None:
        return None
    if request.method == "POST":
        raising.forget_proposer(found, by=resident(), at=timezone.now())
        return redirect(f"{reverse('channels:own_proposal', args=[found.code])}?done=forget")
    goes_on = found.merged_into or found
    code = str(found.code)
    context = {
        "own": found,
        "written": f"{code[:4]}-{code[4:]}",
        "told": told(goes_on),
        "merged": found.merged_into is not None,
        "public": goes_on.state in SHOWN,
        "state": State(found.state) if found.state in (State.RAISED, State.HIDDEN) else queries.state_told(goes_on),
        "progress": _progress(goes_on),
        "new": "new" in request.GET,
        "done": request.GET.get("done", ""),
        "address": request.build_absolute_uri(reverse("channels:own_proposal", args=[code])),
    }
    return render(request, "channels/own_proposal.html", context)
