"""Photos on their way in: cleaned and stored at once, so that a mistake elsewhere in the form loses none.

What was stored already comes back with the form in a hidden field that only we can write.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from rixin.cases import photos
from rixin.cases.photos import KeptPhoto
from rixin.privacy.photos import ImageRefused

MOST = 9
_SALT = "rixin.channels.kept-photos"
_ONE_SALT = "rixin.channels.kept-photo"
_GOOD_FOR = 7 * 24 * 3600
"""Seconds for which an unsent form may keep its photos: a draft left open over a weekend."""


def signed(kept: Sequence[KeptPhoto]) -> str:
    rows = [[photo.digest, photo.width, photo.height, photo.size] for photo in kept]
    return signing.dumps(rows, salt=_SALT) if rows else ""


def unsigned(value: str) -> list[KeptPhoto]:
    """The photos that a hidden field names; none if it is too old or not ours."""
    try:
        rows = signing.loads(value, salt=_SALT, max_age=_GOOD_FOR) if value else []
    except signing.BadSignature:
        return []
    return [KeptPhoto(str(digest), int(width), int(height), int(size)) for digest, width, height, size in rows]


def preview_address(photo: KeptPhoto) -> str:
    """Where the browser that sent the photo may see it before the report is complete."""
    return reverse("channels:kept_photo", args=[signing.dumps(photo.digest, salt=_ONE_SALT)])


def digest_in(value: str) -> str | None:
    """The digest that a preview address names; None if it is too old or not ours."""
    try:
        return str(signing.loads(value, salt=_ONE_SALT, max_age=_GOOD_FOR))
    except signing.BadSignature:
        return None


class PhotosInput(forms.FileInput):
    """A field for several photos with those that are stored already, each of which can be taken out again."""

    template_name = "channels/photos_input.html"
    allow_multiple_selected = True
    use_fieldset = False

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__({"accept": "image/*", "multiple": True, "data-shrink": True, "data-max": most})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[list[UploadedFile[Any]], str, set[str]]:
        many = hasattr(files, "getlist")
        dropped = set(data.getlist(f"{name}-drop")) if hasattr(data, "getlist") else set()
        return (files.getlist(name) if many else []), str(data.get(f"{name}-kept", "")), dropped

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        held: list[KeptPhoto] = value or []
        context = super().get_context(name, None, attrs)
        context["widget"]["attrs"]["data-max"] = max(self.most - len(held), 0)
        context["held"] = [{"digest": photo.digest, "address": preview_address(photo)} for photo in held]
        context["signed"] = signed(held)
        return context


class PhotosField(forms.Field):
    """Cleans to a list of KeptPhoto. `held` has the good ones even where another was refused."""

    def __init__(self, *, most: int = MOST, **given: Any) -> None:
        self.most = most
        self.held: list[KeptPhoto] = []
        super().__init__(widget=PhotosInput(most), **given)

    def clean(self, value: "tuple[list[UploadedFile[Any]], str, set[str]]") -> list[KeptPhoto]:
        files, kept, dropped = value
        self.held = [photo for photo in unsigned(kept) if photo.digest not in dropped]
        problems = [problem for file in files if (problem := self._take(file))]
        if problems:
            raise ValidationError(problems)
        if self.required and not self.held:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.held

    def _take(self, file: "UploadedFile[Any]") -> str:
        """Stores one file; what is wrong with it, in words, if it is no photo."""
        if len(self.held) >= self.most:
            return _("At most %(most)d photos can be sent; “%(name)s” was left out.") % {
                "most": self.most,
                "name": file.name,
            }
        try:
            photo = photos.keep_sent(file)
        except ImageRefused as refused:
            return f"{file.name}: {refused.message}" if file.name else refused.message
        if photo.digest not in {one.digest for one in self.held}:
            self.held.append(photo)
        return ""

    def bound_data(self, data: Any, initial: Any) -> list[KeptPhoto]:
        return self.held

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True
