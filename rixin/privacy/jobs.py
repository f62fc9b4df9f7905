"""What the worker does for privacy by itself."""

from datetime import datetime

from rixin.config.periodic import every
from rixin.privacy import limits, retention


@every(seconds=3600, name="privacy.clean_limits")
def clean_limits(at: datetime) -> int:
    """Removes the buckets that are empty again; how many."""
    return limits.clean(at)


@every(seconds=24 * 3600, name="privacy.retention")
def delete_on_schedule(at: datetime) -> int:
    """Deletes personal data whose time is over; how many rows."""
    return sum(result.rows for result in retention.run(at))
