"""The photos of matters: their bytes lie under MEDIA_ROOT by digest."""

from datetime import datetime

from rixin import stored_bytes
from rixin.cases.models import Photo
from rixin.held_bytes import held
from rixin.privacy.photo_files import KeptPhoto, PhotoFiles

__all__ = ["KeptPhoto", "keep", "keep_sent", "path_of", "sweep"]
_FILES = PhotoFiles()
keep, keep_sent, path_of = _FILES.keep, _FILES.keep_sent, _FILES.path_of


def sweep(at: datetime) -> int:
    """Deletes photos whose form was never sent; how many."""
    gone = stored_bytes.sweep(_FILES.root, _taken, at)
    return sum(not path.name.endswith(".thumb.jpg") for path in gone)


def _taken(digests: set[str]) -> set[str]:
    of_matters = Photo.objects.filter(digest__in=digests).values_list("digest", flat=True)
    return set(of_matters) | held(digests)
