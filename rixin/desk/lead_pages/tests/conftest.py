"""What tests of the lead pages share."""

from rixin.desk.tests.conftest import _published
from rixin.investment.tests.conftest import officer, second_officer

__all__ = ["_published", "officer", "second_officer"]
