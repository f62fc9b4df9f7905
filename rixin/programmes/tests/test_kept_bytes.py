"""Photos and files that show a step are kept for as long as the project; what nobody sent is swept."""

import os
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from rixin.cases import files, photos
from rixin.programmes import stepping
from rixin.programmes.drafts import NewEvidence
from rixin.programmes.tests.builders import AT, a_project, act

pytestmark = pytest.mark.django_db


def test_what_shows_a_step_is_not_swept(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    out = BytesIO()
    Image.new("RGB", (640, 480), "green").save(out, "JPEG")
    photo = photos.keep_sent(BytesIO(out.getvalue()))
    paper, unsent = (files.keep(BytesIO(b"%PDF-" + name.encode()), f"{name}.pdf") for name in ("agreement", "unsent"))
    shown = [NewEvidence(digest=photo.digest, size=9), NewEvidence(digest=paper.digest, size=9, name=paper.name)]
    project = a_project("mural")
    stepping.add_evidence(project, "sketched", shown, "", act(project))
    for path in tmp_path.rglob("*"):
        os.utime(path, (AT.timestamp(), AT.timestamp()))

    later = AT + timedelta(days=30)
    swept = photos.sweep(later) + files.sweep(later)

    assert swept == 1 and not files.path_of(unsent.digest).exists()
    assert photos.path_of(photo.digest).exists() and files.path_of(paper.digest).exists()
