"""Pictures of facilities are cleaned, few, and gone when they are removed."""

from io import BytesIO

import pytest
from PIL import Image

from rixin.facilities import picturing
from rixin.facilities.models import FacilityEvent, Picture
from rixin.facilities.refused import FacilityRefused
from rixin.facilities.tests.builders import NOW, a_facility
from rixin.people.actors import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("definitions", "_media")]


@pytest.fixture
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_picture(colour: str = "navy") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    out.seek(0)
    return out


def add(facility, *colours: str):
    shots = picturing.keep([a_picture(colour) for colour in colours], says="门口")
    return picturing.add(facility, shots, by=SYSTEM, at=NOW, seen=facility.version)


def test_what_is_kept_is_a_clean_jpeg_with_a_small_one_beside_it():
    one = add(a_facility(), "navy")

    picture = one.pictures.get()
    assert (picture.width, picture.height, picture.says) == (64, 48, "门口")
    assert picturing.FILES.path_of(picture.digest).read_bytes().startswith(b"\xff\xd8\xff")
    assert picturing.FILES.path_of(picture.digest, thumb=True).exists()
    assert FacilityEvent.objects.latest("pk").changes == {"pictures": [0, 1]}


def test_the_same_twice_is_one():
    one = add(add(a_facility(), "navy"), "navy")

    assert one.pictures.count() == 1 and FacilityEvent.objects.count() == 2


def test_what_is_no_photo_is_refused_in_words():
    with pytest.raises(FacilityRefused) as refused:
        picturing.keep([BytesIO(b"hello")])

    assert "photos" in refused.value.fields


def test_there_are_at_most_eight():
    colours = ("red", "green", "blue", "white", "black", "navy", "gold", "grey")
    one = add(a_facility(), *colours)

    with pytest.raises(FacilityRefused) as refused:
        add(one, "pink")

    assert refused.value.code == "too_many" and one.pictures.count() == len(colours)


def test_a_removed_one_leaves_no_bytes_unless_another_place_shows_it():
    one, other = add(a_facility(), "navy"), add(a_facility(), "navy")
    digest = one.pictures.get().digest

    picturing.remove(one, digest, by=SYSTEM, at=NOW, seen=one.version)
    assert picturing.FILES.path_of(digest).exists()
    picturing.remove(other, digest, by=SYSTEM, at=NOW, seen=other.version)
    assert not picturing.FILES.path_of(digest).exists() and not Picture.objects.exists()
