"""Pictures of facilities: cleaned like every photo, at most a few, shown to everybody where the kind is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from rixin import history
from rixin.facilities.models import Facility, FacilityEvent, Picture
from rixin.facilities.refused import FacilityRefused
from rixin.people.actors import Actor
from rixin.privacy.photo_files import KeptPhoto, PhotoFiles
from rixin.privacy.photos import ImageRefused

MOST = 8
FILES = PhotoFiles("facilities")


@dataclass(frozen=True)
class Shot:
    """`says`: what it shows, for those who do not see it."""

    photo: KeptPhoto
    says: str = ""


def keep(files: Sequence[IO[bytes]], says: str = "") -> list[Shot]:
    """Cleaned and stored. Raises FacilityRefused for what is no photo."""
    try:
        return [Shot(FILES.keep_sent(file), says) for file in files]
    except ImageRefused as refused:
        raise FacilityRefused(refused.code, refused.message, "photos") from refused


@transaction.atomic
def add(facility: Facility, shots: Sequence[Shot], *, by: Actor, at: datetime, seen: int) -> Facility:
    """What is there already is not added twice. Raises ChangedMeanwhile, FacilityRefused."""
    there = set(facility.pictures.values_list("digest", flat=True))
    new = {shot.photo.digest: shot for shot in shots if shot.photo.digest not in there}
    if not new:
        return facility
    if len(there) + len(new) > MOST:
        raise FacilityRefused("too_many", _("At most {most} pictures: remove one first.").format(most=MOST), "photos")
    history.change(facility, seen, at, {})
    Picture.objects.bulk_create(
        Picture(
            facility=facility, digest=digest, width=shot.photo.width, height=shot.photo.height, says=shot.says, at=at
        )
        for digest, shot in new.items()
    )
    changes = {"pictures": [len(there), len(there) + len(new)]}
    history.line(FacilityEvent, "pictures", by, at, changes=changes, facility=facility).save()
    return facility


@transaction.atomic
def remove(facility: Facility, digest: str, *, by: Actor, at: datetime, seen: int) -> Facility:
    """Its bytes go too, unless another facility shows the same. Raises ChangedMeanwhile, FacilityRefused."""
    count = facility.pictures.count()
    gone = facility.pictures.filter(digest=digest)
    if not gone.exists():
        raise FacilityRefused("gone", _("This picture has been removed already."))
    history.change(facility, seen, at, {})
    gone.delete()
    history.line(FacilityEvent, "pictures", by, at, changes={"pictures": [count, count - 1]}, facility=facility).save()
    if not Picture.objects.filter(digest=digest).exists():
        transaction.on_commit(lambda: _delete(digest))
    return facility


def _delete(digest: str) -> None:
    for thumb in (False, True):
        FILES.path_of(digest, thumb=thumb).unlink(missing_ok=True)
