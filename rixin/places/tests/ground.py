"""The ground that matters happen on: `wenxin_places` has the bundled areas and places in the database and in memory."""

from collections.abc import Iterator

import pytest

from rixin.places import gazetteer
from rixin.places.bundled import load_wenxin


@pytest.fixture
def wenxin_places(db: None) -> Iterator[gazetteer.Atlas]:
    gazetteer.forget()
    load_wenxin()
    yield gazetteer.current()
    gazetteer.forget()  # the rows are rolled back, the memory must follow
