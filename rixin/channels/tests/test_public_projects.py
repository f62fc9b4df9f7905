"""Projects that everybody follows: of every kind that its definition shows, with the pictures of their milestones."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from PIL import Image

from rixin.cases import photos
from rixin.programmes.drafts import NewEvidence
from rixin.programmes.models import Evidence, Project
from rixin.programmes.tests.builders import a_project, done, through

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("definitions", "wenxin_places")]


@pytest.fixture
def resident() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def a_photo(colour: str) -> NewEvidence:
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    out.seek(0)
    kept = photos.keep_sent(out)
    return NewEvidence(digest=kept.digest, size=kept.size, width=kept.width, height=kept.height)


class TestTheList:
    def test_begins_with_what_residents_chose_and_leads_to_the_other_kinds(self, resident):
        renewal, livelihood = a_project("renewal"), a_project("livelihood")

        page = shown(resident, "/projects")

        assert livelihood.name in page and renewal.name not in page and "?kind=renewal" in page
        assert renewal.name in shown(resident, "/projects?kind=renewal")

    def test_of_a_kind_that_is_not_public_nothing_is_shown(self, resident):
        hidden, public = a_project("office"), a_project("mural")

        assert resident.get(f"/projects/{hidden.pk}").status_code == 404
        assert hidden.name not in shown(resident, "/projects?kind=office")
        assert resident.get(f"/projects/{public.pk}").status_code == 200

    def test_a_kind_or_year_that_is_not_there_falls_back(self, resident):
        one = a_project("mural")

        assert one.name in shown(resident, "/projects?kind=nothing&year=1999")


class TestOneProject:
    def test_a_step_that_was_left_out_is_not_shown_as_still_to_come(self, resident):
        project = through(a_project("livelihood"))
        with translation.override("en"):
            names = {step.code: str(step.name) for step in project.rules.steps}

        page = shown(resident, f"/projects/{project.pk}")

        assert names["half"] not in page and names["accepted"] in page

    def test_pictures_of_milestones_are_shown_and_those_of_other_steps_are_not(self, resident, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        project = a_project("mural")
        for rules in project.rules.steps:
            photo = a_photo(("red", "green", "blue", "white", "black", "grey")[len(rules.code) % 6])
            project = done(project, rules.code, evidence=[photo])
        public, inner = _by_milestone(project)

        page = shown(resident, f"/projects/{project.pk}")

        assert public and inner
        for one in public:
            address = f"/projects/{project.pk}/photo/{one.pk}"
            assert address in page and resident.get(address)["Content-Type"] == "image/jpeg"
        for one in inner:
            assert resident.get(f"/projects/{project.pk}/photo/{one.pk}").status_code == 404


def _by_milestone(project: Project) -> tuple[list[Evidence], list[Evidence]]:
    every: Any = Evidence.objects.filter(step__project=project).select_related("step")
    return [one for one in every if one.step.milestone], [one for one in every if not one.step.milestone]
