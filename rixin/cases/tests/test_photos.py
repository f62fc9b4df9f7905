"""Photos and files whose form was never sent do not stay; those of a matter do."""

import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from rixin.cases import files, photos
from rixin.cases.models import Case, CaseFile
from rixin.cases.photos import KeptPhoto
from rixin.cases.tests.builders import MONDAY_0930, a_case, definitions
from rixin.privacy.photos import clean_image

__all__ = ["definitions"]
pytestmark = pytest.mark.django_db
WAITED = timedelta(days=8, minutes=1)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def kept(colour: str, folder: Path, at: datetime = MONDAY_0930) -> KeptPhoto:
    source = folder / f"{colour}.png"
    Image.new("RGB", (640, 480), colour).save(source)
    with source.open("rb") as file:
        clean = clean_image(file)
    photo = photos.keep(clean.bytes, digest=clean.sha256, width=clean.width, height=clean.height)
    for path in bytes_of(photo):
        os.utime(path, (at.timestamp(), at.timestamp()))
    return photo


def bytes_of(photo: KeptPhoto) -> list[Path]:
    return [photos.path_of(photo.digest), photos.path_of(photo.digest, thumb=True)]


def test_a_photo_that_no_form_brought_is_deleted_after_eight_days(tmp_path):
    photo = kept("red", tmp_path)

    assert photos.sweep(MONDAY_0930 + timedelta(days=7, hours=23)) == 0
    assert all(path.exists() for path in bytes_of(photo))
    assert photos.sweep(MONDAY_0930 + WAITED) == 1
    assert not any(path.exists() for path in bytes_of(photo))


def test_a_photo_of_a_matter_stays(definitions, tmp_path):
    photo = kept("green", tmp_path)
    a_case(photos=(photo,))
    assert Case.objects.get().photos.count() == 1

    assert photos.sweep(MONDAY_0930 + WAITED) == 0
    assert all(path.exists() for path in bytes_of(photo))


def test_a_photo_chosen_again_waits_anew(tmp_path):
    """The bytes lie there already, from a form that was given up; they are not swept from under the new one."""
    long_ago = datetime.now(MONDAY_0930.tzinfo) - timedelta(days=30)
    photo = kept("blue", tmp_path, at=long_ago)
    photos.keep(photos.path_of(photo.digest).read_bytes(), digest=photo.digest, width=640, height=480)

    assert photos.sweep(datetime.now(MONDAY_0930.tzinfo)) == 0
    assert all(path.exists() for path in bytes_of(photo))


def test_what_a_killed_process_left_half_written_goes_too(tmp_path):
    half = photos.path_of(kept("black", tmp_path).digest).with_name("tmpabc123")
    half.write_bytes(b"half")
    os.utime(half, (MONDAY_0930.timestamp(), MONDAY_0930.timestamp()))

    photos.sweep(MONDAY_0930 + WAITED)

    assert not half.exists()


def test_a_file_waits_as_long_and_stays_with_a_matter(definitions):
    kept, given_up = (files.keep(BytesIO(b"%PDF-1.7 " + name), "plan.pdf") for name in (b"kept", b"given up"))
    case = a_case()
    CaseFile.objects.create(
        case=case, digest=kept.digest, name=kept.name, size=kept.size, stage="files", at=MONDAY_0930
    )
    for file in (kept, given_up):
        os.utime(files.path_of(file.digest), (MONDAY_0930.timestamp(), MONDAY_0930.timestamp()))

    assert files.sweep(MONDAY_0930 + timedelta(days=7, hours=23)) == 0
    assert files.sweep(MONDAY_0930 + WAITED) == 1
    assert files.path_of(kept.digest).exists()
    assert not files.path_of(given_up.digest).exists()
