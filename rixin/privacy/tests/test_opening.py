"""Who opened personal data, for what, and who may read of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from rixin.append_only import WrittenOnce
from rixin.privacy import opening
from rixin.privacy.models import Opening
from rixin.privacy.opening import PurposeMissing

NOON = datetime(2022, 6, 1, 4, tzinfo=UTC)


class TestOpeningPersonalData:
    def test_is_written_down_with_person_purpose_and_matter(self, dispatcher):
        opening.log(dispatcher.account, "phone", "WX-1", "call_back", NOON, address="198.51.100.7")

        row = Opening.objects.get()
        assert (row.name, row.what, row.number, row.purpose) == ("陈敏", "phone", "WX-1", "call_back")

    @pytest.mark.parametrize("purpose", ["", "curiosity"])
    def test_needs_one_of_the_known_purposes(self, dispatcher, purpose):
        with pytest.raises(PurposeMissing):
            opening.log(dispatcher.account, "phone", "WX-1", purpose, NOON)

        assert not Opening.objects.exists()

    @pytest.mark.parametrize("purpose", ["law", "other"])
    def test_for_another_purpose_needs_words(self, dispatcher, purpose):
        with pytest.raises(PurposeMissing):
            opening.log(dispatcher.account, "phone", "WX-1", purpose, NOON, words="  ")

        assert opening.log(dispatcher.account, "phone", "WX-1", purpose, NOON, words="法院调取").words == "法院调取"

    def test_stays_on_record_as_it_was(self, dispatcher):
        row = opening.log(dispatcher.account, "phone", "WX-1", "call_back", NOON)
        row.number = "WX-2"

        with pytest.raises(WrittenOnce):
            row.save()
        with pytest.raises(WrittenOnce):
            row.delete()
        with pytest.raises(WrittenOnce):
            Opening.objects.update(number="WX-2")
        with pytest.raises(WrittenOnce):
            Opening.objects.all().delete()


class TestTheLog:
    @pytest.fixture(autouse=True)
    def two_openings(self, dispatcher, handler):
        opening.log(dispatcher.account, "phone", "WX-1", "call_back", NOON)
        opening.log(handler.account, "name", "WX-2", "visit", NOON + timedelta(days=30))

    @pytest.mark.parametrize("reader", ["auditor", "administrator"])
    def test_is_read_by_auditors_and_administrators(self, reader, request):
        page = request.getfixturevalue(reader).client.get(reverse("openings"))

        assert page.status_code == 200
        assert "WX-1" in page.content.decode()

    @pytest.mark.parametrize("other", ["dispatcher", "handler", "leader", "grid_worker"])
    def test_is_closed_to_everybody_else(self, other, request):
        assert request.getfixturevalue(other).client.get(reverse("openings")).status_code == 403

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"person": "陈"}, ["WX-1"]),
            ({"person": "li.gong"}, ["WX-2"]),
            ({"number": "wx-2"}, ["WX-2"]),
            ({"purpose": "visit"}, ["WX-2"]),
            ({"since": "2022-06-02"}, ["WX-2"]),
            ({"until": "2022-06-01"}, ["WX-1"]),
            ({}, ["WX-2", "WX-1"]),
        ],
    )
    def test_is_filtered_by_person_matter_purpose_and_day(self, auditor, asked, found):
        page = auditor.client.get(reverse("openings"), asked)

        assert [row.number for row in page.context["page"]] == found

    def test_says_which_day_cannot_be_understood_and_keeps_the_filter(self, auditor):
        page = auditor.client.get(reverse("openings"), {"since": "yesterday", "person": "陈"})

        assert page.status_code == 422
        assert [row.number for row in page.context["page"]] == ["WX-1"]

    def test_takes_as_many_queries_for_fifty_rows_as_for_two(self, auditor, dispatcher, django_assert_num_queries):
        for nth in range(60):
            opening.log(dispatcher.account, "phone", f"WX-{nth}", "call_back", NOON)

        # Session, account, posts, count, rows, unread notices.
        with django_assert_num_queries(6):
            auditor.client.get(reverse("openings"))
