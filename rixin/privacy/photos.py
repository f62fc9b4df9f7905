"""Photos from outside: what is kept is a new JPEG of the pixels alone, without place, time, device or anything hidden.

A photo of a phone tells where and when it was taken and with which device; a file may be no picture at all, or unfold
to gigabytes. Nothing of the file that came in is stored.
"""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2048
SHORTEST_SIDE = 16
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")
"""Brands in the head of the files that iPhones make where the browser does not turn them into JPEG."""
PAPER = (255, 255, 255)


class ImageRefused(Exception):
    """The file is not kept; `message` says why and what to do, in the reader's language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class CleanImage:
    """A JPEG. `sha256` is the digest of `bytes`, in hex."""

    bytes: bytes
    width: int
    height: int
    sha256: str


def clean_image(file: IO[bytes]) -> CleanImage:
    """The picture of the file, upright, at most 2048 pixels long. Raises ImageRefused."""
    raw = file.read(MOST_BYTES + 1)
    if not raw:
        raise ImageRefused("empty", _("The photo is empty. Please choose it again."))
    if len(raw) > MOST_BYTES:
        raise ImageRefused(
            "too_large",
            _("The photo is larger than %(limit)s MB. Choose a smaller one or take it with less resolution.")
            % {"limit": MOST_BYTES // 1024 // 1024},
        )
    picture = _upright(raw)
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    jpeg = out.getvalue()
    return CleanImage(jpeg, picture.width, picture.height, hashlib.sha256(jpeg).hexdigest())


def _upright(raw: bytes) -> Image.Image:
    """The decoded picture as RGB without any metadata, turned as the camera says, shrunk."""
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(raw), formats=FORMATS) as image:
            # Our own limit comes first, with words; Pillow's warning would only repeat it.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            _check_size(*image.size)
            # JPEG decodes straight to about the size needed: a tenth of the time and memory of the whole.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            return _pixels_only(turned)
    except UnidentifiedImageError as unknown:
        if raw[4:8] == b"ftyp" and raw[8:12] in HEIC:
            raise ImageRefused(
                "heic",
                _(
                    "This is a HEIC photo of an iPhone, which cannot be read here. Send a screenshot of it, or set "
                    "Settings › Camera › Formats to “Most Compatible” and take it again."
                ),
            ) from unknown
        raise ImageRefused(
            "not_an_image", _("This file is not a photo that can be read. Please use JPEG, PNG or WebP.")
        ) from unknown
    except Image.DecompressionBombError as bomb:
        raise _too_many_pixels() from bomb
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as broken:
        raise ImageRefused("damaged", _("The photo is damaged or incomplete. Please choose it again.")) from broken


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < SHORTEST_SIDE:
        raise ImageRefused("too_small", _("The photo is too small to show anything. Please choose another one."))


def _too_many_pixels() -> ImageRefused:
    message = _("The photo has more than %(limit)s million pixels. Please choose a smaller one.")
    return ImageRefused("too_many_pixels", message % {"limit": MOST_PIXELS // 1_000_000})


def _pixels_only(image: Image.Image) -> Image.Image:
    clean = Image.new("RGB", image.size, PAPER)
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        clean.paste(layer, mask=layer.getchannel("A"))
    else:
        clean.paste(image.convert("RGB"))
    return clean
