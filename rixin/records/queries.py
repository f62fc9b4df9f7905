"""Who sees which record, and what a person may do with it. The only door from a person to rows."""

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from rixin.catalogue import versions
from rixin.catalogue.periods import day_number
from rixin.catalogue.versions import RecordVersion
from rixin.people import units
from rixin.people.roles import Role
from rixin.people.scope import Opening, Openings, ScopeFields
from rixin.people.staff import Staff
from rixin.people.units import KnownUnit
from rixin.records.models import WRITING, Import, Record, RecordEvent, Status


def _of_units(unit_ids: frozenset[int]) -> Q:
    return Q(unit__in=unit_ids)


FIELDS = ScopeFields(
    area_path="area_path",
    matter="type",
    matter_group="group",
    confidential="confidential",
    assignee="entered_by_id",
    involves=_of_units,
)
_CONFIRMERS = (Role.LEADER, Role.VERIFIER, Role.DISPATCHER)


def visible_to(staff: Staff) -> QuerySet[Record]:
    """The records that the person may see today: by the same rule as cases, the own unit's work as its holder's."""
    return Record.objects.filter(staff.scope.as_q(FIELDS, openings()))


def openings() -> Openings:
    """To whom confidential record types are open beside the unit whose work they are."""
    types = [version.type for version in versions.records()]
    return {kind.code: Opening(frozenset(kind.open_to), frozenset({kind.unit})) for kind in types if kind.confidential}


def enterable_by(staff: Staff) -> list[RecordVersion]:
    """The record types that the person may enter, in the order of their files."""
    return [version for version in versions.records() if may_enter(staff, version)]


def may_enter(staff: Staff, version: RecordVersion) -> bool:
    """A handler enters the work of the own unit; whoever oversees or serves an area, that of the area."""
    roles = staff.roles & set(version.type.roles)
    if roles - {Role.HANDLER}:
        return True
    return Role.HANDLER in roles and any(units.by_id(pk).code == version.type.unit for pk in staff.scope.unit_ids)


def unit_for(staff: Staff, version: RecordVersion) -> int:
    """Whose work it is: the community's own where one of its people enters it, else the unit that keeps the type."""
    served = [post for post in staff.posts if post.role in (Role.GRID_WORKER, Role.COMMUNITY_OFFICER)]
    overseeing = staff.roles & {Role.DISPATCHER, Role.LEADER, Role.HANDLER}
    if served and not overseeing:
        return served[0].unit_id
    return units.by_code(version.type.unit).id


def units_for(staff: Staff, version: RecordVersion) -> list[KnownUnit]:
    """The units whose work a person may enter: the one meant by itself, the own ones; who oversees an area, its own."""
    mine = {unit_for(staff, version), *(post.unit_id for post in staff.posts if post.role in version.type.roles)}
    overseeing = bool(staff.roles & {Role.DISPATCHER, Role.LEADER})
    return [
        unit for unit in units.all_open() if unit.id in mine or (overseeing and staff.scope.covers_area(unit.area_path))
    ]


def imports_visible_to(staff: Staff) -> QuerySet[Import]:
    """The own imports; and for who oversees an area, those of its units, of the types that he or she may enter."""
    mine = Q(account=staff.account.pk)
    if not staff.roles & {Role.DISPATCHER, Role.LEADER}:
        return Import.objects.filter(mine)
    here = [unit.id for unit in units.all_open() if staff.scope.covers_area(unit.area_path)]
    types = [version.type.code for version in enterable_by(staff) if _is_open(staff, version)]
    return Import.objects.filter(mine | Q(unit__in=here, type__in=types))


def _is_open(staff: Staff, version: RecordVersion) -> bool:
    return not version.type.confidential or bool(staff.roles & set(version.type.open_to))


def may_correct(staff: Staff, record: Record) -> bool:
    """`record` is one that the person sees."""
    return record.follows is None and may_link(staff, record)


def may_link(staff: Staff, record: Record) -> bool:
    """Whether the person may say which enterprise it means; also of one that follows a matter: its words stay."""
    if record.status == Status.WITHDRAWN:
        return False
    roles = staff.roles & set(versions.record_version(record.definition_id).type.roles)
    if not roles:
        return False
    mine = record.entered_by_id == staff.account.pk or record.unit_id in staff.scope.unit_ids
    return mine or bool(roles & {Role.DISPATCHER, Role.LEADER})


def following(case_id: int) -> QuerySet[Record]:
    """The records that follow a matter, withdrawn ones among them. Not scoped: for the program itself."""
    return Record.objects.filter(follows=case_id)


UNTIL = "until_day"
"""The field of a register that says until when an entry is in force."""


def is_in_force(record: Record, day: date) -> bool:
    """Whether an entry of a register has not ended by that day."""
    until = record.values.get(UNTIL)
    return not until or until >= day_number(day)


def rooms(kinds: Collection[str]) -> QuerySet[Record]:
    """The entries of registers of rooms, for all staff: who books has to know every room, also of another unit."""
    return Record.objects.filter(type__in=kinds, status=Status.CONFIRMED)


def may_confirm(staff: Staff, record: Record) -> bool:
    """Whoever did not write it last, of the same unit or overseeing it. Who wrote it last is asked by the action."""
    if record.status != Status.DRAFT:
        return False
    return staff.may(*_CONFIRMERS) or (staff.may(Role.HANDLER) and record.unit_id in staff.scope.unit_ids)


def to_confirm(staff: Staff) -> QuerySet[Record]:
    """The drafts that wait for this person: those that he or she may confirm and did not write last."""
    drafts = visible_to(staff).filter(status=Status.DRAFT)
    if not staff.may(*_CONFIRMERS):
        drafts = drafts.filter(unit__in=staff.scope.unit_ids) if staff.may(Role.HANDLER) else drafts.none()
    writing = RecordEvent.objects.filter(record=OuterRef("pk"), action__in=WRITING).order_by("-seq")
    return drafts.alias(writer=Subquery(writing.values("by_account")[:1])).exclude(writer=staff.account.pk)
