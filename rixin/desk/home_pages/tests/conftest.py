"""What tests of the pages of homes share."""

from rixin.desk.tests.conftest import _published

__all__ = ["_published"]
