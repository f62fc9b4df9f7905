import pytest

from rixin.walking.tests.builders import paths

__all__ = ["paths"]


@pytest.fixture(autouse=True)
def _published(definitions: None) -> None:
    """Circles are those of the published definitions."""
