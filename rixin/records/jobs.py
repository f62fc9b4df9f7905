"""The periodic jobs of records."""

from datetime import datetime

from rixin.config.periodic import every
from rixin.records import chasing
from rixin.records.imports import files


@every(seconds=24 * 3600, name="records.purge_imports")
def purge_imports(at: datetime) -> int:
    return files.purge(at) + chasing.purge(at)


@every(seconds=1800, name="records.chase_returns")
def chase_returns(at: datetime) -> int:
    """Of what is late since this morning, people hear as soon as the office opens."""
    return chasing.chase(at)
