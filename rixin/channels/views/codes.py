"""The staff's page of printed codes: find, make, print, retire."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rixin.channels import codes, posters_pdf
from rixin.channels.codes import ROLES, UnknownPlace
from rixin.channels.models import Code
from rixin.people.access import staff_required
from rixin.people.staff import StaffRequest
from rixin.places import gazetteer
from rixin.texts import cleaned

ON_A_PAGE = 50
MOST_POSTERS = 300


@staff_required(*ROLES)
@require_GET
def code_list(request: StaffRequest) -> HttpResponse:
    asked = cleaned(request.GET.get("q", "")).strip()[:60]
    show = request.GET.get("show", "")
    page = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    rows = _matching(codes.cared_for_by(request.staff), asked, show)
    shown = list(rows.select_related("made_by", "printed_by")[(page - 1) * ON_A_PAGE : page * ON_A_PAGE + 1])
    atlas = gazetteer.current()
    context = {
        "section": "codes",
        "asked": asked,
        "show": show,
        "page": page,
        "rows": [{"code": code, "label": atlas.label(code.area_path)} for code in shown[:ON_A_PAGE]],
        "has_next": len(shown) > ON_A_PAGE,
        "most": MOST_POSTERS,
    }
    return render(request, "channels/codes.html", context)


def _matching(rows: QuerySet[Code], asked: str, show: str) -> QuerySet[Code]:
    if show == "retired":
        rows = rows.exclude(retired_at=None)
    elif show == "unprinted":
        rows = rows.filter(retired_at=None, printed_at=None)
    elif show != "all":
        rows = rows.filter(retired_at=None)
    if asked:
        rows = rows.filter(
            Q(name_zh__icontains=asked)
            | Q(name_en__icontains=asked)
            | Q(spot__icontains=asked)
            | Q(token=asked.lower())
        )
    return rows


@staff_required(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: StaffRequest) -> HttpResponse:
    """Search for the place, then one button makes its code."""
    asked = cleaned(request.POST.get("q") or request.GET.get("q", "")).strip()[:60]
    spot = cleaned(request.POST.get("spot", "")).strip()
    status, problem = 200, ""
    if request.method == "POST":
        try:
            standing = codes.standing_for(request.POST.get("place", ""))
        except UnknownPlace as unknown:
            status, problem = 422, unknown.message
        else:
            if not codes.may_make(request.staff, standing):
                status, problem = 422, _("“%(place)s” lies outside your area of duty.") % {"place": standing.name_zh}
            elif len(spot) > 60:
                status, problem = 422, _("Please say in at most 60 characters where the poster hangs.")
            else:
                code = codes.make([standing], by=request.staff.account, at=timezone.now(), spot=spot)[0]
                messages.success(
                    request, _("The code for “%(place)s” is made. Print its poster.") % {"place": code.name}
                )
                return redirect(f"{_list_address()}?q={code.token}")
    context = {"section": "codes", "asked": asked, "spot": spot, "problem": problem, "found": _found(request, asked)}
    return render(request, "channels/new_code.html", context, status=status)


def _list_address() -> str:
    return reverse("channels:codes")


def _found(request: StaffRequest, asked: str) -> list[dict[str, Any]]:
    if not asked:
        return []
    matches = gazetteer.current().suggest(asked, 20)
    keys = dict.fromkeys(
        match.place.code if match.place else match.chain.code if match.chain else "" for match in matches
    )
    found = []
    for key in keys:
        try:
            standing = codes.standing_for(key)
        except UnknownPlace:
            continue
        if codes.may_make(request.staff, standing):
            found.append({"standing": standing, "label": standing.label})
    return found


@staff_required(*ROLES)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    code = get_object_or_404(codes.cared_for_by(request.staff), pk=pk)
    if codes.retire(code, by=request.staff.account, at=timezone.now()):
        messages.success(
            request,
            _("The code of “%(place)s” is retired. Whoever scans it is asked to choose the place.")
            % {"place": code.name},
        )
    else:
        messages.info(request, _("This code was retired already."))
    return redirect(f"{_list_address()}?q={code.token}&show=all")


@staff_required(*ROLES)
@require_POST
def posters(request: StaffRequest) -> HttpResponse:
    """A PDF with one A4 poster per code chosen. It is noted who printed them."""
    chosen = [int(value) for value in request.POST.getlist("chosen") if value.isdecimal()]
    rows = codes.cared_for_by(request.staff).filter(pk__in=chosen[: MOST_POSTERS + 1], retired_at=None)
    found = list(rows)
    if not found or len(chosen) > MOST_POSTERS:
        problem = (
            _("Choose the codes to print first.")
            if not found
            else ngettext(
                "At most %(most)d poster fits into one file.",
                "At most %(most)d posters fit into one file.",
                MOST_POSTERS,
            )
            % {"most": MOST_POSTERS}
        )
        messages.error(request, problem)
        return redirect(_list_address())
    pdf = posters_pdf.of(found)
    codes.note_printed(rows, by=request.staff.account, at=timezone.now())
    name = found[0].token if len(found) == 1 else f"{len(found)}"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="posters-{name}.pdf"'
    return answer
