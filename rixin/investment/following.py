"""Enterprises that were entered twice: leads and links of the entry that went out of use are those of the other."""

from typing import Any

from django.db.models import F

from rixin.investment.models import Lead, SupplyLink


def follow_merged(double: int, into: int, **_signal: Any) -> None:
    """Within the transaction that merges. What the two supplied each other with is nothing any more."""
    Lead.objects.filter(parent=double).update(parent=into)
    Lead.objects.filter(enterprise=double).update(enterprise=into)
    SupplyLink.objects.filter(supplier=double, customer=into).delete()
    SupplyLink.objects.filter(supplier=into, customer=double).delete()
    SupplyLink.objects.filter(supplier=double).update(supplier=into, version=F("version") + 1)
    SupplyLink.objects.filter(customer=double).update(customer=into, version=F("version") + 1)
