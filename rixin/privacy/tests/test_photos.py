"""What becomes of a photo from outside."""

import hashlib
import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image

from rixin.privacy.photos import MOST_BYTES, ImageRefused, clean_image

GPS_INFO, MAKE, ORIENTATION, TURNED_RIGHT = 0x8825, 0x010F, 0x0112, 6


def a_photo(width: int = 400, height: int = 300, *, kind: str = "JPEG", mode: str = "RGB", **exif: int | str) -> bytes:
    image = Image.new(mode, (width, height), "red" if mode == "RGB" else 0)
    tags = Image.Exif()
    tags[MAKE] = "A telling phone"
    tags.get_ifd(GPS_INFO)[2] = (30.0, 17.0, 20.0)
    if "turn" in exif:
        tags[ORIENTATION] = exif["turn"]
    out = BytesIO()
    image.save(out, kind, exif=tags)
    return out.getvalue()


def a_png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""
    header = b"IHDR" + pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = [pack(">I", len(chunk) - 4) + chunk + pack(">I", zlib.crc32(chunk)) for chunk in (header, data, b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def kept(raw: bytes) -> Image.Image:
    return Image.open(BytesIO(clean_image(BytesIO(raw)).bytes))


class TestAKeptPhoto:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_tells_neither_where_it_was_taken_nor_with_what(self, kind):
        raw = a_photo(kind=kind)
        assert b"telling" in raw

        image = kept(raw)

        assert image.format == "JPEG"
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}

    def test_stands_upright(self):
        assert kept(a_photo(400, 300, turn=TURNED_RIGHT)).size == (300, 400)

    def test_is_no_longer_than_2048_pixels_and_keeps_its_shape(self):
        assert kept(a_photo(4000, 3000)).size == (2048, 1536)

    def test_has_white_where_it_was_transparent(self):
        assert kept(a_photo(mode="RGBA", kind="PNG")).getpixel((5, 5)) == (255, 255, 255)

    def test_is_known_by_the_digest_of_what_is_kept(self):
        clean = clean_image(BytesIO(a_photo()))

        assert (clean.width, clean.height) == (400, 300)
        assert clean.sha256 == hashlib.sha256(clean.bytes).hexdigest()

    def test_holds_nothing_that_was_hung_on_the_end_of_the_file(self):
        assert b"<script>" not in clean_image(BytesIO(a_photo() + b"<script>alert(1)</script>")).bytes


class TestAFileThatIsRefused:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b"", "empty"),
            (b"<html><script>alert(1)</script>", "not_an_image"),
            (b"%PDF-1.7 not a photo", "not_an_image"),
            (a_photo(kind="GIF"), "not_an_image"),
            (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "heic"),
            (b"\0\0\0\x24ftypisom\0\0\0\0isommp42", "not_an_image"),
            (a_photo()[:400], "damaged"),
            (a_png_that_claims(20_000, 20_000), "too_many_pixels"),
            (a_png_that_claims(60_000, 60_000), "too_many_pixels"),
            (a_photo(8, 8), "too_small"),
            (a_photo() + b"\0" * MOST_BYTES, "too_large"),
        ],
    )
    def test_is_refused_with_its_reason(self, raw, code):
        with pytest.raises(ImageRefused) as refused:
            clean_image(BytesIO(raw))

        assert refused.value.code == code
        assert refused.value.message
