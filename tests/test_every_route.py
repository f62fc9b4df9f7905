"""Every route with every role: nobody sees a page that is not for him or her, and no page falls over."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rixin.cases.models import Case
from rixin.cases.tests.builders import MICROGRID, a_case
from rixin.people.tests.cast import Player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions")]

ROLES = (
    "dispatcher",
    "handler",
    "other_handler",
    "grid_worker",
    "community_officer",
    "verifier",
    "leader",
    "auditor",
    "administrator",
    "outsider",
)
OPEN_TO_ALL = ("channels:", "language", "appearance", "health", "worker", "web_manifest", "set_")
STAFF_OF_CHANNELS = (
    "channels:codes",
    "channels:new_code",
    "channels:posters",
    "channels:retire_code",
    "channels:project_poster",
)
OPEN_STAFF_PAGES = ("people:sign_in", "people:sign_in_code", "people:sign_out", "people:demo")
PUBLIC_ANSWERS = ("desk:clock_feed", "places:areas", "places:landmarks", "places:find", "places:at")
UNDERSTOOD = {200, 204, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 422, 429}


def routes(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """Name and parameters of every route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{namespace}{pattern.name}", list(pattern.pattern.regex.groupindex)


ALL_ROUTES = list(routes())


@pytest.fixture
def case(db: None, definitions: None) -> Case:
    return a_case(area_path=MICROGRID)


CODES: dict[str | tuple[str, ...], dict[str, Any]] = {
    ("desk:event_new", "desk:team_new"): {"kind": "cultural_event"},
    "figures:": {"code": "enterprise_visits"},
    ("desk:home", "desk:enter_dwellings", "desk:end_dwellings", "desk:count_heads"): {"code": "building-dejia-east-1"},
    ("desk:roll", "desk:join_roll"): {"code": "meals"},
    "channels:join_service": {"roll": "meals"},
    "desk:policy": {"code": "high_tech"},
    "desk:open_project": {"kind": "mural"},
    "desk:goal": {"code": "g2023_visits"},
    "forms:": {"code": "economy-monthly"},
    "reports:": {"number": 1, "nth": 0, "form": "json"},
}
"""What stands in addresses of these routes beside the usual."""


def address(name: str, parameters: list[str], case: Case) -> str:
    known: dict[str, Any] = {
        "number": case.number,
        "digest": "0" * 64,
        "action": "note",
        "pk": 1,
        "post_pk": 1,
        "evidence": 1,
        "link": 1,
        "span": 1,
        "code": "AAAAAAAA",
        "key": "unknown",
        "signed": "x",
        "change": "unlock",
        "kind": "enterprise_visit",
        "format": "json",
        **dict.fromkeys(("session", "employer", "picture", "sign_up"), 1),
    }
    for names, said in CODES.items():
        known |= said if name.startswith(names) else {}
    return reverse(name, kwargs={parameter: known.get(parameter, "exposed_rubbish") for parameter in parameters})


def is_for_staff(name: str) -> bool:
    if name in STAFF_OF_CHANNELS:
        return True
    open_to_all = name.startswith(OPEN_TO_ALL) or name in OPEN_STAFF_PAGES or name in PUBLIC_ANSWERS
    return not open_to_all


@pytest.mark.parametrize(("name", "parameters"), ALL_ROUTES, ids=[name for name, _parameters in ALL_ROUTES])
def test_a_staff_page_asks_a_stranger_to_sign_in_and_no_page_falls_over(name, parameters, case):
    for method in ("get", "post"):
        answer = getattr(Client(raise_request_exception=True), method)(address(name, parameters, case))

        assert answer.status_code in UNDERSTOOD, f"{method} {name}: {answer.status_code}"
        if is_for_staff(name) and answer.status_code not in (404, 405):
            led_away = answer.status_code in (302, 303) and reverse(settings.LOGIN_URL) in answer["Location"]
            assert led_away or answer.status_code in (401, 403), f"{method} {name} let a stranger in"


@pytest.mark.parametrize("role", ROLES)
def test_no_route_falls_over_for_a_role(role, request, case):
    player: Player = request.getfixturevalue(role)
    for name, parameters in ALL_ROUTES:
        if name == "people:sign_out":
            continue
        for method in ("get", "post"):
            answer = getattr(player.client, method)(address(name, parameters, case))
            assert answer.status_code in UNDERSTOOD, f"{role}: {method} {name}: {answer.status_code}"


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("dispatcher", True),
        ("verifier", True),
        ("leader", True),
        ("auditor", True),
        ("grid_worker", True),
        ("community_officer", True),
        ("handler", False),
        ("other_handler", False),
        ("outsider", False),
    ],
)
def test_a_case_out_of_scope_is_not_found_whatever_is_asked_of_it(role, sees, request, case):
    player: Player = request.getfixturevalue(role)
    for name, parameters in ALL_ROUTES:
        if not name.startswith("desk:") or "number" not in parameters:
            continue
        answers = [getattr(player.client, method)(address(name, parameters, case)) for method in ("get", "post")]
        if not sees:
            assert {answer.status_code for answer in answers} <= {404, 405}, f"{role} got an answer from {name}"
    assert (player.client.get(case.get_absolute_url()).status_code == 200) is sees


def test_an_administrator_meets_no_case(administrator, case):
    assert administrator.client.get(case.get_absolute_url()).status_code in (403, 404)
