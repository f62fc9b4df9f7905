"""What the tests of statutes share: days, dates of clocks, refusals."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from rixin.cases.facts import Refusal
from rixin.cases.history import ActionRefused
from rixin.cases.models import Case
from rixin.cases.tests.builders import LOCAL, a_case, take

DAY = timedelta(days=1)


def on(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LOCAL)


def received(type: str, at: datetime, **form: Any) -> Case:
    """A matter of this kind, taken down at the desk."""
    return a_case(type=type, key=f"{type} {at}", at=at, channel="desk", form=form)


def due(case: Case, clock: str) -> date:
    """The last day of a clock."""
    return Case.objects.get(pk=case.pk).clocks.get(code=clock).due_at.astimezone(LOCAL).date()


def refused(case: Case, action: str, by: Any, at: datetime, **given: Any) -> Refusal:
    """Why the action is refused; fails if it is not."""
    with pytest.raises(ActionRefused) as refusal:
        take(case, action, by, at, **given)
    return refusal.value.refusal
