"""What staff read of the definitions."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from rixin.catalogue import versions
from rixin.catalogue.loader import Catalogue, catalogue_dir, load
from rixin.catalogue.schema import Term
from rixin.people import units
from rixin.people.bundled import load_units, read_units

pytestmark = pytest.mark.django_db
AT = datetime(2022, 1, 4, 1, 0, tzinfo=UTC)
LATER = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def published() -> Iterator[Catalogue]:
    load_units(read_units())
    units.forget()
    versions.forget()
    catalogue = load(catalogue_dir())
    versions.publish(catalogue, AT)
    yield catalogue
    versions.forget()
    units.forget()


@pytest.fixture
def reader(published, grid_worker):
    """Somebody with an ordinary post, reading in English."""
    grid_worker.client.cookies["language"] = "en"
    return grid_worker.client


class TestTheListOfKinds:
    def test_it_shows_every_kind_under_its_class_with_unit_and_own_terms(self, reader, published):
        page = reader.get(reverse("catalogue:index")).content.decode()

        for matter in published.types.values():
            assert reverse("catalogue:type", args=[matter.code]) in page
        assert "Exposed rubbish" in page
        assert "Roads and Sanitation Team" in page
        assert "Handling 1 working day" in page

    @pytest.mark.parametrize("words", ["E0101", "暴露垃圾", "Exposed rubbish", "exposed_rubbish", "RUBBISH exposed"])
    def test_a_kind_is_found_by_number_name_code_and_words(self, reader, words):
        page = reader.get(reverse("catalogue:index"), {"q": words}).content.decode()

        assert reverse("catalogue:type", args=["exposed_rubbish"]) in page
        assert reverse("catalogue:type", args=["hydrant"]) not in page

    def test_a_search_without_a_hit_says_so_and_keeps_what_was_typed(self, reader):
        page = reader.get(reverse("catalogue:index"), {"q": "<b>volcano"}).content.decode()

        assert "Nothing found" in page
        assert "&lt;b&gt;volcano" in page

    def test_it_costs_the_same_few_queries_for_any_number_of_kinds(self, reader, django_assert_max_num_queries):
        reader.get(reverse("catalogue:index"))  # the process reads the published versions once

        with django_assert_max_num_queries(4):
            reader.get(reverse("catalogue:index"))

    def test_who_is_not_signed_in_is_led_to_the_sign_in_page(self, published):
        answer = Client().get(reverse("catalogue:index"))

        assert answer.status_code == 302
        assert reverse("people:sign_in") in answer["Location"]


class TestThePageOfAKind:
    def test_its_dates_explain_themselves_by_a_worked_example(self, reader):
        page = reader.get(reverse("catalogue:type", args=["exposed_rubbish"])).content.decode()

        assert "Example: from Fri 30 Sep 2022, 16:50 → the end of Sat 8 Oct 2022" in page
        assert "Sat 1 Oct 2022 to Fri 7 Oct 2022 (National Day)" in page
        assert "“Exposed rubbish” has a term of its own; usual is 5 working days." in page

    def test_it_tells_what_changed_from_version_to_version(self, reader, published):
        versions.publish(with_term(published, "exposed_rubbish", 3), LATER)

        page = reader.get(reverse("catalogue:type", args=["exposed_rubbish"])).content.decode()

        assert "Version 2" in page
        assert "limits.handle: 1 working day → 3 working days" in page
        assert "First version" in page

    def test_a_retired_kind_can_still_be_read_and_says_so(self, reader, published):
        types = {code: matter for code, matter in published.types.items() if code != "exposed_rubbish"}
        versions.publish(Catalogue(**{**vars(published), "types": types}), LATER)

        answer = reader.get(reverse("catalogue:type", args=["exposed_rubbish"]))

        assert answer.status_code == 200
        assert "No new matter can be opened under this kind" in answer.content.decode()

    def test_an_unknown_kind_is_not_found(self, reader):
        assert reader.get(reverse("catalogue:type", args=["volcano"])).status_code == 404


class TestThePageOfALifecycle:
    def test_it_carries_the_picture_and_the_same_in_words(self, reader, published):
        page = reader.get(reverse("catalogue:lifecycle", args=["standard"])).content.decode()

        assert '<script type="application/graphviz">digraph "standard"' in page
        for state in published.lifecycles["standard"].states.values():
            assert str(state.name.en) in page
        for action in published.lifecycles["standard"].actions.values():
            assert str(action.name.en) in page

    def test_it_shows_its_own_terms_and_not_those_of_one_kind(self, reader):
        page = reader.get(reverse("catalogue:lifecycle", args=["standard"])).content.decode()

        assert "5 working days" in page
        assert "has a term of its own" not in page

    def test_an_unknown_lifecycle_is_not_found(self, reader):
        assert reader.get(reverse("catalogue:lifecycle", args=["volcano"])).status_code == 404


def with_term(catalogue: Catalogue, code: str, days: int) -> Catalogue:
    matter = catalogue.types[code].model_copy(update={"limits": {"handle": Term(amount=days, unit="working_days")}})
    return Catalogue(**{**vars(catalogue), "types": {**catalogue.types, code: matter}})
