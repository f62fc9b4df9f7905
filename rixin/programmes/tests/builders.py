"""Projects made through the real actions, with only what matters named."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from rixin.catalogue.worktime import LOCAL
from rixin.people.actors import SYSTEM, Actor
from rixin.people.tests.cast import COMMUNITY
from rixin.programmes import actions, stepping
from rixin.programmes.drafts import NewEvidence, NewProject, Said
from rixin.programmes.journal import Act
from rixin.programmes.models import Project
from rixin.programmes.stepping import Done

AT = datetime(2023, 12, 20, 9, 30, tzinfo=LOCAL)
OPENED = date(2023, 3, 1)
PHOTO = NewEvidence(digest="a" * 64, size=1_000, width=640, height=480)
FILLED: dict[str, dict[str, Any]] = {
    "wishes": {
        "owners": 900, "floor_area": 90_000, "voted": 720, "voted_area": 71_000, "agreed": 650, "agreed_area": 66_000,
    },
    "survey": {"buildings": 12},
    "surveyed": {"faults": 9},
    "bidding": {"bidders": 5},
    "accepted": {"passed": 1},
    "handed_over": {"receiver": "绿城物业"},
    "painted": {"painted": 860},
}  # fmt: skip
"""What steps ask for, by code."""
_numbers = count(1)


def said(**given: Any) -> Said:
    known: dict[str, Any] = {"name": f"试验项目{next(_numbers)}", "area_path": COMMUNITY, "year": 2023}
    return Said(**{**known, "place_code": "quarter-keji", "address": "科技新村", **given})


def a_project(kind: str = "mural", *, by: Actor = SYSTEM, at: datetime = AT, **given: Any) -> Project:
    new = {name: given.pop(name) for name in ("unit", "owner", "days", "opened_on") if name in given}
    return actions.open_project(kind, NewProject(said=said(**given), **{"opened_on": OPENED, **new}), by=by, at=at)


def act(project: Project, *, by: Actor = SYSTEM, at: datetime = AT, once: str = "") -> Act:
    """On the project as it is now."""
    return Act(by=by, at=at, seen=Project.objects.get(pk=project.pk).version, once=once)


def done(project: Project, code: str, day: date | str | None = None, **given: Any) -> Project:
    """The step with what it asks for; on the first day on which it can be done, unless one is named."""
    project.refresh_from_db()
    rules = project.rules.step(code)
    asked = {field.name for field in rules.fields}
    values = {name: value for name, value in FILLED.get(code, {}).items() if name in asked}
    known: dict[str, Any] = {"values": values, "evidence": [PHOTO] * rules.photos}
    on = date.fromisoformat(day) if isinstance(day, str) else day or _next_day(project)
    return stepping.do_step(project, Done(code=code, day=on, **{**known, **given}), act(project))


def _next_day(project: Project) -> date:
    last = project.steps.exclude(done_on=None).last()
    if last is None or last.done_on is None:
        return project.opened_on
    return last.done_on + timedelta(days=last.rules(project.rules).notice_days)


def through(project: Project, until: str = "") -> Project:
    """All steps up to this one; none named: all of them. Those that may be left out are."""
    for rules in project.rules.steps:
        if not rules.optional:
            project = done(project, rules.code)
        if rules.code == until:
            break
    return project
