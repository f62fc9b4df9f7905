"""What the resident's tests share: a quarter with its printed code, and a phone that never signed in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from rixin.cases.models import Case, Receipt
from rixin.channels import codes
from rixin.channels.models import Code

QUARTER = "quarter-dejia-west"
KEY = "a-key-of-one-filling-in"
LAMP = "3幢2单元楼道灯坏了，晚上老人上下楼看不见。"


class Phone(Client):
    """A resident's browser. `report` fills in the page of a code as a person would."""

    code: Code

    def report(self, **given: Any) -> HttpResponse:
        typed = {"text": LAMP, "kind": "", "where": "3幢2单元", "phone": "", "once": KEY, "lat": "", "lng": "", **given}
        return self.post(f"/c/{self.code.token}", typed)  # type: ignore[return-value]

    def reported(self, **given: Any) -> Receipt:
        answer = self.report(**given)
        assert answer.status_code == 303, answer.content.decode()
        return Receipt.objects.order_by("-pk")[0]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def code(wenxin_places: Any, definitions: None) -> Code:
    return codes.make([codes.standing_for(QUARTER)], by=None, at=datetime(2022, 1, 1, tzinfo=UTC))[0]


@pytest.fixture
def phone(code: Code) -> Phone:
    phone = Phone()
    phone.code = code
    return phone


def a_photo(colour: str = "grey", name: str = "lamp.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def only_case() -> Case:
    return Case.objects.get()
