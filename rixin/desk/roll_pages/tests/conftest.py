"""What tests of the pages of rolls share."""

from rixin.desk.tests.conftest import _published
from rixin.rolls.tests.conftest import keeper, second_grid_worker

__all__ = ["_published", "keeper", "second_grid_worker"]
