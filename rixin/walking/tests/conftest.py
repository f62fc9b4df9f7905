import pytest


@pytest.fixture(autouse=True)
def _published(definitions: None) -> None:
    """Circles are those of the published definitions."""
