"""Pictures of how an event went. The bytes were cleaned and stored before; here it is written down whose they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rixin import history
from rixin.activities.facts import ActivityRefused
from rixin.activities.models import ActivityEvent, Event, Picture
from rixin.people.actors import Actor

MOST = 9


class Kept(Protocol):
    """A stored picture: SHA-256 of the JPEG, sizes in pixels and bytes."""

    @property
    def digest(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def size(self) -> int: ...


@transaction.atomic
def add(event: Event, kept: Sequence[Kept], *, by: Actor, at: datetime) -> None:
    """One that is there already is left as it is. Raises ActivityRefused where there would be too many."""
    there = set(event.pictures.values_list("digest", flat=True))
    new = list({one.digest: one for one in kept if one.digest not in there}.values())
    if len(there) + len(new) > MOST:
        raise ActivityRefused({"photos": _("At most {most} pictures are kept of an event.").format(most=MOST)})
    if new:
        Picture.objects.bulk_create(
            Picture(event=event, digest=one.digest, width=one.width, height=one.height, size=one.size, at=at)
            for one in new
        )
        changes: history.Changes = {"pictures": [len(there), len(there) + len(new)]}
        history.line(ActivityEvent, "pictures", by, at, event=event, changes=changes).save()


@transaction.atomic
def remove(picture: Picture, *, by: Actor, at: datetime) -> None:
    """Its bytes go with the next sweep of what is nobody's."""
    event = picture.event
    picture.delete()
    history.line(ActivityEvent, "picture_out", by, at, event=event).save()


def taken(digests: set[str]) -> set[str]:
    """Those that are a picture of some event."""
    return set(Picture.objects.filter(digest__in=digests).values_list("digest", flat=True))
