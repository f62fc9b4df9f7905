"""Changing the key: `rixin reseal` seals everything anew, so that the old key no longer opens anything."""

import os

from rixin.privacy.resealing import reseal
from rixin.privacy.sealing import key_id, sealed_with
from rixin.privacy.tests.test_sealing import Contact, contacts, stored

__all__ = ["contacts"]
OLD, NEW = os.urandom(32), os.urandom(32)


def test_every_value_is_sealed_with_the_new_key_and_reads_the_same(contacts, settings):
    settings.FIELD_KEYS = [OLD]
    for nth in range(1, 4):
        contacts.objects.create(pk=nth, phone=None if nth == 2 else f"1380000000{nth}")
    settings.FIELD_KEYS = [NEW, OLD]
    field = Contact._meta.get_field("phone")

    assert reseal(Contact, field) == 2
    assert reseal(Contact, field) == 0

    assert sealed_with(str(stored(1))) == key_id(NEW)
    assert stored(2) is None
    settings.FIELD_KEYS = [NEW]
    assert contacts.objects.get(pk=3).phone == "13800000003"
