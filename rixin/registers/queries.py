"""Who sees and keeps which entries of the registers: the only door from a person to rows.

Enterprises and buildings are open to all staff of their area. What a single enterprise pays and makes, and whom to call
there, is for those who need it: the unit that keeps the register, and the roles that its definition names.
"""

from django.db.models import QuerySet

from rixin.catalogue import versions
from rixin.catalogue.register_schema import Register
from rixin.people import units
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.registers.models import Building, Enterprise, RegisterImport

ENTERPRISES = "enterprises"


def register() -> Register | None:
    """Its published definition; None where an office has no such register."""
    return versions.work().registers.get(ENTERPRISES)


def visible_to(staff: Staff) -> QuerySet[Enterprise]:
    """Without those that were taken out as doubles or mistakes."""
    return Enterprise.objects.filter(staff.scope.in_areas("area_path"), withdrawn=False)


def buildings_visible_to(staff: Staff) -> QuerySet[Building]:
    return Building.objects.filter(staff.scope.in_areas("area_path"))


def imports_visible_to(staff: Staff) -> QuerySet[RegisterImport]:
    """The own ones; to who keeps the register or leads, all."""
    if not keeps(staff):
        return RegisterImport.objects.none()
    if is_of_keeper(staff) or staff.may(Role.LEADER):
        return RegisterImport.objects.all()
    return RegisterImport.objects.filter(account=staff.account.pk)


def keeps(staff: Staff) -> bool:
    """Whether the person may enter and correct entries at all; where, `may_keep` says."""
    known = register()
    if known is None:
        return False
    return is_of_keeper(staff) or bool(staff.roles & (set(known.roles) - {Role.HANDLER}))


def may_keep(staff: Staff, area_path: str) -> bool:
    """Whether the person may enter and correct what lies in the area."""
    known = register()
    if known is None or not keeps(staff):
        return False
    roles = set(known.roles) if is_of_keeper(staff) else set(known.roles) - {Role.HANDLER}
    return staff.scope.covers_area(area_path, *roles)


def sees_money(staff: Staff) -> bool:
    """Whether the person reads tax and output of single enterprises."""
    known = register()
    return known is not None and (is_of_keeper(staff) or staff.may(*known.money))


def may_open_contact(staff: Staff, enterprise: Enterprise) -> bool:
    """Whether the person may see whom to call there, for a purpose that is logged."""
    return not staff.may(Role.AUDITOR) and may_keep(staff, enterprise.area_path)


def is_of_keeper(staff: Staff) -> bool:
    known = register()
    if known is None or not staff.may(Role.HANDLER):
        return False
    return any(clause.role == Role.HANDLER and clause.unit_code == known.unit for clause in staff.scope.clauses)


def keeper() -> units.KnownUnit | None:
    """The unit that keeps the register."""
    known = register()
    return units.by_code(known.unit) if known else None
