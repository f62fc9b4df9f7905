"""Persons on rolls made through the real actions, with only what matters named."""

from datetime import date, datetime
from itertools import count
from typing import Any

from rixin.catalogue import versions
from rixin.catalogue.roll_schema import Roll
from rixin.catalogue.worktime import LOCAL
from rixin.people.staff import Staff
from rixin.people.tests.cast import GRID, Player
from rixin.rolls import actions, visiting
from rixin.rolls.actions import Joined, Joining
from rixin.rolls.drafts import Said
from rixin.rolls.models import Consent, Entry, Visit
from rixin.rolls.visiting import Called

AT = datetime(2022, 3, 7, 9, 30, tzinfo=LOCAL)
CARE, MEALS = "elder_care", "meals"
_ANSWERS: dict[str, dict[str, Any]] = {
    "meals": {"way": "brought"},
    "elder_care": {"service": "call", "when": "上午"},
    "disabled_home": {"service": "day_care", "access": "ride"},
    "aid": {"help": "goods"},
}
_nth = count(1)


def roll(code: str = CARE) -> Roll:
    return versions.work().rolls[code]


def said(code: str = CARE, **given: Any) -> Said:
    known: dict[str, Any] = {
        "name": f"王试{next(_nth)}",
        "area_path": GRID,
        "phone": "13800001234",
        "address": "德加东区1幢1单元101室",
        "values": _ANSWERS[code],
    }
    return Said(**{**known, **given})


def joined(
    by: Staff, code: str = CARE, *, server: Player | None = None, at: datetime = AT, origin: str = "", **given: Any
) -> Joined:
    new = Joining(
        said=said(code, **given),
        consent_how=Consent.PAPER,
        consent_on=date(2022, 3, 1),
        server=server.account.pk if server else None,
        origin=origin,
    )
    return actions.join(roll(code), new, by=by.actor, at=at)


def an_entry(by: Staff, code: str = CARE, **given: Any) -> Entry:
    return joined(by, code, **given).entry


def a_call(entry: Entry, by: Staff, *, at: datetime = AT, outcome: str = "met", **given: Any) -> Visit:
    return visiting.write_down(entry, Called(outcome=outcome, **given), by=by.actor, at=at)
