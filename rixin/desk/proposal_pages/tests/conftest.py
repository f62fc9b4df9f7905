"""What tests of these pages share."""

from rixin.choosing.tests.conftest import keeper, second_keeper
from rixin.desk.tests.conftest import _published

__all__ = ["_published", "keeper", "second_keeper"]
