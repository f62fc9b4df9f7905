"""The periodic jobs of cases: alarms every minute; provisional dates, photos and files that nobody sent once a day."""

from datetime import datetime

from rixin.cases import escalation, files, photos
from rixin.config.periodic import every


@every(seconds=60, name="cases.escalate")
def escalate(at: datetime) -> int:
    return escalation.sweep(at)


@every(seconds=24 * 3600, name="cases.recount")
def recount(at: datetime) -> int:
    return escalation.recount(at)


@every(seconds=24 * 3600, name="cases.sweep_photos")
def sweep_photos(at: datetime) -> int:
    return photos.sweep(at)


@every(seconds=24 * 3600, name="cases.sweep_files")
def sweep_files(at: datetime) -> int:
    return files.sweep(at)
