"""Personal data in the database: unreadable without the key, and whoever alters it is found out."""

import os
from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from rixin.privacy.fields import EncryptedTextField, fingerprint
from rixin.privacy.sealing import CannotOpen, key_id, seal, sealed_with, unseal

PLACE = "cases_contact.phone"
OLD, NEW = os.urandom(32), os.urandom(32)

with isolate_apps("rixin.privacy"):

    class Contact(models.Model):  # noqa: DJ008
        phone = EncryptedTextField(null=True)

        objects: ClassVar[models.Manager["Contact"]] = models.Manager()

        class Meta:
            app_label = "privacy"
            managed = False
            db_table = "sealed_contact"


@pytest.fixture
def contacts(db: None) -> Iterator[type[Contact]]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE sealed_contact (id integer primary key, phone text)")
    yield Contact
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE sealed_contact")


def stored(pk: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM sealed_contact WHERE id = %s", [pk])
        row = cursor.fetchone()
    return None if row is None else row[0]


class TestAColumn:
    def test_holds_no_readable_text_and_gives_back_what_was_put_in(self, contacts):
        contacts.objects.create(pk=1, phone="13800001234")

        assert "13800001234" not in str(stored(1))
        assert contacts.objects.get(pk=1).phone == "13800001234"

    def test_keeps_not_known_apart_from_empty(self, contacts):
        contacts.objects.create(pk=1, phone=None)
        contacts.objects.create(pk=2, phone="")

        assert contacts.objects.get(pk=1).phone is None
        assert contacts.objects.get(pk=2).phone == ""
        assert contacts.objects.filter(phone__isnull=True).count() == 1

    def test_takes_changes_made_by_update(self, contacts):
        contacts.objects.create(pk=1, phone="1")
        contacts.objects.filter(pk=1).update(phone="13800001234")

        assert contacts.objects.get(pk=1).phone == "13800001234"

    @pytest.mark.parametrize("lookup", ["phone", "phone__in", "phone__contains", "phone__startswith"])
    def test_refuses_a_search_by_value_and_says_what_to_do(self, contacts, lookup):
        with pytest.raises(FieldError, match="fingerprint"):
            contacts.objects.filter(**{lookup: "13800001234"}).exists()

    def test_can_be_described_in_a_migration(self):
        _name, path, args, kwargs = EncryptedTextField(null=True).deconstruct()

        assert (path, args, kwargs) == ("rixin.privacy.fields.EncryptedTextField", [], {"null": True})


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert unseal(seal(text, PLACE), PLACE) == text


@given(st.text(min_size=1), st.data())
def test_one_altered_character_is_found_out(text: str, data: st.DataObject) -> None:
    sealed = seal(text, PLACE)
    start = sealed.rindex(":") + 1
    # The last characters may be padding, whose spare bits mean nothing.
    nth = data.draw(st.integers(start, len(sealed) - 4))
    other = "A" if sealed[nth] != "A" else "B"

    with pytest.raises(CannotOpen, match=r"cases_contact\.phone"):
        unseal(sealed[:nth] + other + sealed[nth + 1 :], PLACE)


def test_a_value_copied_into_another_column_does_not_open():
    with pytest.raises(CannotOpen):
        unseal(seal("13800001234", PLACE), "cases_contact.name")


def test_plain_text_in_a_sealed_column_is_not_shown_as_if_it_were_sealed():
    with pytest.raises(CannotOpen, match="never sealed"):
        unseal("13800001234", PLACE)


class TestRotatingKeys:
    def test_the_first_key_seals_and_the_old_one_still_opens(self, settings):
        settings.FIELD_KEYS = [OLD]
        before = seal("13800001234", PLACE)
        settings.FIELD_KEYS = [NEW, OLD]

        assert unseal(before, PLACE) == "13800001234"
        assert sealed_with(seal("13800001234", PLACE)) == key_id(NEW)

    def test_a_key_thrown_away_too_early_is_named(self, settings):
        settings.FIELD_KEYS = [OLD]
        before = seal("13800001234", PLACE)
        settings.FIELD_KEYS = [NEW]

        with pytest.raises(CannotOpen, match=key_id(OLD)):
            unseal(before, PLACE)


class TestAFingerprint:
    def test_is_the_same_for_the_same_value_and_tells_nothing_of_it(self):
        assert fingerprint("13800001234") == fingerprint(" 13800001234 ")
        assert fingerprint("13800001234") != fingerprint("13800001235")

    def test_depends_on_the_key_so_that_nobody_can_try_all_numbers(self, settings):
        settings.FIELD_KEYS = [OLD]
        before = fingerprint("13800001234")
        settings.FIELD_KEYS = [NEW]

        assert fingerprint("13800001234") != before

    def test_stays_valid_when_a_new_key_is_put_in_front(self, settings):
        settings.FIELD_KEYS = [OLD]
        before = fingerprint("13800001234")
        settings.FIELD_KEYS = [NEW, OLD]

        assert fingerprint("13800001234") == before
