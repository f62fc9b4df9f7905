"""What tests of the project pages share: who keeps projects of the city management, and the day on which they look."""

import pytest
from django.utils import timezone

from rixin.desk.tests.conftest import _published
from rixin.programmes.tests.builders import AT

__all__ = ["_published"]


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)
