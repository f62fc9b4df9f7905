"""What is paid for a project, against its budget."""

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.history import Changes
from rixin.programmes.drafts import NewPayment, ProjectRefused, needed, refuse
from rixin.programmes.journal import Act, taken_already, write
from rixin.programmes.models import Payment, Project


def paid(project: Project) -> int:
    """In fen."""
    rows = Payment.objects.filter(project=project, taken_back=False)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


@transaction.atomic
def pay(project: Project, new: NewPayment, reason: str, act: Act) -> Project:
    """`reason`: needed where more is paid than the budget has. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    _check(project, new, reason, act)
    row = Payment(
        project=project,
        day=new.day,
        amount=new.amount,
        payee=new.payee.strip(),
        purpose=new.purpose.strip(),
        entered_at=act.at,
    )
    row.save()
    changes: Changes = {"paid": [None, new.amount], "payee": [None, row.payee], "day": [None, new.day]}
    return write(project, "pay", {}, act, changes=changes, reason=reason.strip())


def _check(project: Project, new: NewPayment, reason: str, act: Act) -> None:
    faults: dict[str, str | Promise] = {}
    if not project.rules.money:
        raise ProjectRefused({"": _("Projects of this kind have no money of their own.")})
    if new.amount <= 0:
        faults["amount"] = _("Please write an amount.")
    if new.day > timezone.localdate(act.at):
        faults["day"] = _("This day is still to come.")
    if not new.payee.strip():
        faults["payee"] = _("Please say who was paid.")
    if not new.purpose.strip():
        faults["purpose"] = _("Please say what for.")
    if paid(project) + new.amount > (project.budget or 0) and not reason.strip():
        faults["reason"] = _("This is more than the budget: please say why.")
    refuse(faults)


@transaction.atomic
def take_back_payment(project: Project, payment: Payment, reason: str, act: Act) -> Project:
    """It was written down by mistake. Raises ProjectRefused, ChangedMeanwhile."""
    if taken_already(project, act):
        return project
    why = needed(reason, "reason", _("Please say what was wrong."))
    if payment.taken_back:
        raise ProjectRefused({"": _("This payment was taken back already.")})
    payment.taken_back, payment.version = True, payment.version + 1
    payment.save(update_fields=["taken_back", "version"])
    changes: Changes = {"paid": [payment.amount, None], "payee": [payment.payee, None], "day": [payment.day, None]}
    return write(project, "unpay", {}, act, changes=changes, reason=why)
