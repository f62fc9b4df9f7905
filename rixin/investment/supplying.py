"""Who supplies whom: written down, ended, taken back. One transaction each."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.holding import not_over
from rixin.investment.drafts import LeadRefused
from rixin.investment.models import SupplyLink
from rixin.people.actors import Actor
from rixin.registers.matching import meant
from rixin.registers.models import Enterprise
from rixin.registers.names import plain_name, tidy

GOODS = 80
"""Characters."""


@dataclass(frozen=True, kw_only=True)
class NewLink:
    """Each side is an id of the register or, outside it, a name. A name that the register knows is that entry."""

    supplier: int | None = None
    supplier_name: str = ""
    customer: int | None = None
    customer_name: str = ""
    goods: str
    section: str = ""
    division: str = ""
    from_day: date
    source: str = ""


@transaction.atomic
def link(new: NewLink, *, by: Actor, at: datetime) -> SupplyLink:
    """Raises LeadRefused. What is written down and holds already is the same link."""
    supplier, customer = _side(new.supplier, new.supplier_name), _side(new.customer, new.customer_name)
    _check(new, supplier, customer, timezone.localdate(at))
    sides = {
        "supplier_id": supplier,
        "supplier_name": "" if supplier else tidy(new.supplier_name),
        "customer_id": customer,
        "customer_name": "" if customer else tidy(new.customer_name),
    }
    # Two who write down the same at once wait for each other at the side that is in the register.
    list(Enterprise.objects.select_for_update().filter(pk__in=[one for one in (supplier, customer) if one]))
    known = SupplyLink.objects.filter(**sides, plain_goods=plain_name(new.goods))
    if there := known.filter(not_over(new.from_day)).first():
        return there
    return SupplyLink.objects.create(
        **sides,
        goods=tidy(new.goods),
        plain_goods=plain_name(new.goods),
        section=new.section,
        division=new.division,
        from_day=new.from_day,
        source=new.source.strip(),
        entered_by_id=by.account_id,
        entered_at=at,
    )


@transaction.atomic
def end(link: SupplyLink, until_day: date, *, seen: int) -> SupplyLink:
    """From `until_day` on it does not hold any more; on or before its first day: it was written down by mistake.

    Raises LeadRefused where somebody changed it meanwhile.
    """
    rows = SupplyLink.objects.filter(pk=link.pk, version=seen)
    if until_day <= link.from_day:
        if not rows.delete()[0]:
            _changed(link)
        return link
    if not rows.update(version=seen + 1, until_day=until_day):
        _changed(link)
    link.refresh_from_db()
    return link


def _changed(link: SupplyLink) -> None:
    raise LeadRefused({"": _("Somebody changed this link while you looked at it.")})


def _side(pk: int | None, name: str) -> int | None:
    return pk if pk is not None else meant(name)


def _check(new: NewLink, supplier: int | None, customer: int | None, today: date) -> None:
    faults: dict[str, str | Promise] = {}
    if not tidy(new.goods):
        faults["goods"] = _("Please say what is supplied.")
    if supplier is None and not tidy(new.supplier_name):
        faults["supplier_name"] = _("Please write the name.")
    if customer is None and not tidy(new.customer_name):
        faults["customer_name"] = _("Please write the name.")
    if supplier is None and customer is None:
        faults[""] = _("One of the two has to be in the register.")
    if supplier is not None and supplier == customer:
        faults[""] = _("An enterprise does not supply itself.")
    if new.from_day > today:
        faults["from_day"] = _("This day is still to come.")
    if faults:
        raise LeadRefused(faults)
