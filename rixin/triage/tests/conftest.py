"""The bundled definitions, from the files and, as `published`, from the database."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue, catalogue_dir, load
from rixin.triage.rules import Index


@pytest.fixture(scope="session")
def wenxin() -> Catalogue:
    return load(catalogue_dir())


@pytest.fixture(scope="session")
def index(wenxin: Catalogue) -> Index:
    return Index(wenxin.types.values())


@pytest.fixture
def published(db: None, wenxin: Catalogue) -> Iterator[Catalogue]:
    versions.forget()
    versions.publish(wenxin, datetime(2022, 1, 1, tzinfo=UTC))
    yield wenxin
    versions.forget()
