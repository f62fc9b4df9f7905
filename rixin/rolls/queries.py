"""The only door from a person to the entries of rolls.

Keepers are handlers of the roll's unit and the roles that the roll names, in the area of their posts: they see its
entries, masked. Whoever serves a person, is named on the entry and holds a role that the roll gives this to, there and
today, sees that entry while it is on. Leaders, auditors and dispatchers see totals by area; others nothing.
"""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from rixin.catalogue import versions
from rixin.catalogue.roll_schema import Roll
from rixin.people.models import Account, Post
from rixin.people.roles import Role
from rixin.people.scope import ALL, NOTHING
from rixin.people.staff import Staff
from rixin.privacy.sealing import fingerprint
from rixin.rolls.models import Entry, Status
from rixin.tracking_codes import CODE_LENGTH, written_code

COUNTERS = frozenset({Role.LEADER, Role.AUDITOR, Role.DISPATCHER, Role.VERIFIER})
"""Roles that see totals of every roll in their area."""


def rolls() -> Mapping[str, Roll]:
    return versions.work().rolls


def roll_of(entry: Entry) -> Roll | None:
    """None where the office has given the roll up: its entries wait for their deletion."""
    return rolls().get(entry.roll)


def keeping_areas(staff: Staff, roll: Roll) -> tuple[str, ...]:
    """The area paths in which the person keeps the roll."""
    found = {
        clause.area
        for clause in staff.scope.clauses
        if (clause.role == Role.HANDLER and clause.unit_code == roll.unit) or clause.role in roll.roles
    }
    return tuple(sorted(found))


def keeps(staff: Staff, roll: Roll, area_path: str = "") -> bool:
    """Whether the person keeps the roll anywhere; with an area, there."""
    areas = keeping_areas(staff, roll)
    return any(area_path.startswith(area) for area in areas) if area_path else bool(areas)


def _within(areas: tuple[str, ...]) -> Q:
    if not areas:
        return NOTHING
    if "" in areas:
        return ALL
    met = NOTHING
    for area in areas:
        met |= Q(area_path__within=area)
    return met


def kept_by(staff: Staff, *codes: str) -> QuerySet[Entry]:
    """Entries that the person keeps: of these rolls, or of all."""
    met = NOTHING
    for code, roll in rolls().items():
        if not codes or code in codes:
            met |= Q(roll=code) & _within(keeping_areas(staff, roll))
    return Entry.objects.filter(met)


def served_by(staff: Staff) -> QuerySet[Entry]:
    """Those on rolls whom the person serves today. Whoever left the roll is gone from here at once."""
    met = NOTHING
    for code, roll in rolls().items():
        areas = {clause.area for clause in staff.scope.clauses if clause.role in {one.role for one in roll.serves}}
        met |= Q(roll=code) & _within(tuple(sorted(areas)))
    return Entry.objects.filter(met, server=staff.account.pk, status=Status.ON, delete_on__isnull=False)


def fields_seen(staff: Staff, entry: Entry) -> frozenset[str]:
    """The roll's fields that the person sees of this entry, once it is opened."""
    roll = roll_of(entry)
    if roll is None:
        return frozenset()
    if keeps(staff, roll, entry.area_path):
        return frozenset(field.name for field in roll.fields)
    held = {role.value for role in staff.roles}
    return frozenset(name for one in roll.serves if one.role in held for name in one.sees)


def may_serve(roll: Roll, area_path: str, day: date) -> QuerySet[Account]:
    """Who may be named as the one who serves somebody there."""
    ancestors = [area_path[: nth + 1] for nth, sign in enumerate(area_path) if sign == "/"]
    roles = [one.role for one in roll.serves]
    posts = Post.objects.held_on(day).filter(role__in=roles, area_path__in=["", *ancestors])
    return Account.objects.filter(pk__in=posts.values("account"), is_active=True).order_by("name", "pk")


def servers_in(roll: Roll, area_path: str, day: date) -> QuerySet[Account]:
    """Who can serve somewhere in an area."""
    below = Q(area_path__within=area_path) if area_path else ALL
    posts = Post.objects.held_on(day).filter(below, role__in=[one.role for one in roll.serves])
    return Account.objects.filter(pk__in=posts.values("account"), is_active=True).order_by("name", "pk")


def counts(staff: Staff, day: date) -> dict[str, int]:
    """How many are on each roll on the day, within the areas that the person answers for. One statement."""
    areas = {clause.area for clause in staff.scope.clauses if clause.role in COUNTERS}
    met = _within(tuple(sorted(areas)))
    for code, roll in rolls().items():
        met |= Q(roll=code) & _within(keeping_areas(staff, roll))
    rows = Entry.objects.filter(met, on(day)).order_by()
    return dict(rows.values_list("roll").annotate(n=Count("pk")))


def counts_by_area(staff: Staff, roll: Roll, day: date) -> dict[str, int]:
    """By area path of the grid. No entry itself."""
    areas = {clause.area for clause in staff.scope.clauses if clause.role in COUNTERS} | set(keeping_areas(staff, roll))
    rows = Entry.objects.filter(_within(tuple(sorted(areas))), on(day), roll=roll.code).order_by()
    return dict(rows.values_list("area_path").annotate(n=Count("pk")))


def counts_some(staff: Staff) -> bool:
    return bool(staff.roles & COUNTERS)


def on(day: date) -> Q:
    """On a roll on the day: joined, and not yet left. What was emptied since still counts."""
    return Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gt=day))


def by_code(code: str) -> Entry | None:
    """The entry of the code on a person's slip, however it was typed."""
    if len(plain := written_code(code)) != CODE_LENGTH:
        return None
    rows = Entry.objects.filter(code_mark=fingerprint(plain), delete_on__isnull=False)
    return rows.select_related("dwelling").first()
