"""The folders of the inbox: each is a condition, offered to the roles that need it, counted up to a limit."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.cases import queries
from rixin.cases.models import OPEN, Case, Involvement
from rixin.desk.filters import start_of
from rixin.people.roles import OVERSEERS, Role
from rixin.people.staff import Staff

COUNTED_TO = 999
HANDS = (Role.HANDLER, Role.COMMUNITY_OFFICER, Role.GRID_WORKER)
"""Roles that work on what their unit holds. A state “owned by the handler” is theirs."""
RUNNING = OPEN & Q(phase="open")

Condition = Callable[[Staff, datetime], Q]


@dataclass(frozen=True)
class Tab:
    code: str
    name: Promise
    where: Condition
    roles: frozenset[Role] = frozenset()
    """Offered to those who hold one of these; empty: to all."""
    sorts: tuple[str, ...] = ("due", "oldest", "newest")
    """How it can be sorted; the first is how it is."""
    pressing: bool = False
    """Its count is shown as something that presses."""

    @property
    def is_open(self) -> bool:
        """Whether it shows open matters alone."""
        return self.code not in _ARCHIVE

    def offered_to(self, staff: Staff) -> bool:
        return staff.may(*self.roles)


def exactly(name: str, values: Iterable[object]) -> Q:
    """One value as equality: a list of one would lose the order of an index."""
    values = sorted(values, key=str)
    return Q(**{name: values[0]}) if len(values) == 1 else Q(**{f"{name}__in": values})


def _mine(staff: Staff, at: datetime) -> Q:
    return RUNNING & Q(handler=staff.account.pk, owner__in=HANDS)


def _of_my_unit(staff: Staff, at: datetime) -> Q:
    held = {clause.unit_id for clause in staff.scope.clauses if clause.role in HANDS}
    return RUNNING & exactly("unit", held) & Q(owner__in=HANDS)


def _helping(staff: Staff, at: datetime) -> Q:
    helped = Involvement.objects.filter(unit__in=staff.scope.unit_ids, open=True, part=Involvement.Part.HELPER)
    return OPEN & Q(pk__in=helped.values("case_id"))


def _of_my_role(staff: Staff, at: datetime) -> Q:
    return RUNNING & exactly("owner", {role.value for role in staff.roles & OVERSEERS})


def _waiting(staff: Staff, at: datetime) -> Q:
    return OPEN & ~Q(waiting="")


def _late(staff: Staff, at: datetime) -> Q:
    return OPEN & Q(due_at__lt=at)


def _soon(staff: Staff, at: datetime) -> Q:
    return OPEN & Q(due_at__gte=at, due_at__lt=start_of(timezone.localdate(at) + timedelta(days=2)))


def _supervised(staff: Staff, at: datetime) -> Q:
    return OPEN & Q(supervised_at__isnull=False)


def _looked_at_again(staff: Staff, at: datetime) -> Q:
    # A matter that is open although it was rated: the rating called it back.
    return OPEN & Q(rated_at__isnull=False)


def _suspended(staff: Staff, at: datetime) -> Q:
    return OPEN & Q(phase="suspended")


def _open(staff: Staff, at: datetime) -> Q:
    return OPEN


def _closed(staff: Staff, at: datetime) -> Q:
    return Q(phase="closed")


def _all(staff: Staff, at: datetime) -> Q:
    return Q()


TABS = (
    Tab("role", _("To do by my role"), _of_my_role, OVERSEERS),
    Tab("mine", _("To do by me"), _mine, frozenset(HANDS)),
    Tab("unit", _("To do by my unit"), _of_my_unit, frozenset(HANDS)),
    Tab("helping", _("We help"), _helping, frozenset(HANDS)),
    Tab("waiting", _("Waiting for a decision"), _waiting, OVERSEERS, pressing=True),
    Tab("late", _("Overdue"), _late, pressing=True),
    Tab("soon", _("Due by tomorrow"), _soon),
    Tab("supervised", _("Supervised"), _supervised),
    Tab("again", _("Second look"), _looked_at_again),
    Tab("suspended", _("On hold"), _suspended, sorts=("oldest", "newest")),
    Tab("open", _("All open"), _open),
    Tab("closed", _("Closed"), _closed, sorts=("closed",)),
    Tab("all", _("All"), _all, sorts=("newest", "oldest")),
)
_ARCHIVE = frozenset({"closed", "all"})
"""Not counted: the number of all that ever was helps nobody to decide what to do next."""


def of(staff: Staff) -> list[Tab]:
    return [tab for tab in TABS if tab.offered_to(staff)]


def first_of(staff: Staff) -> Tab:
    """Where the person's day begins: with what nobody else will do."""
    offered = {tab.code: tab for tab in of(staff)}
    begins = ("unit",) if staff.may(Role.HANDLER) else ("role", "mine", "open")
    return next(offered[code] for code in begins if code in offered)


def seen_in(tab: Tab, staff: Staff) -> QuerySet[Case]:
    """What the person may see, as far as a tab can show it. `tab.where` narrows it further."""
    return queries.open_to(staff) if tab.is_open else queries.visible_to(staff)


def counts(shown: Iterable[Tab], cases: QuerySet[Case], staff: Staff, at: datetime) -> dict[str, int]:
    """How many of the open `cases` lie in each tab; above COUNTED_TO stands for more. One statement for all tabs."""
    where = {tab.code: tab.where(staff, at) for tab in shown if tab.is_open}
    if not where:
        return {}
    # What one unit has open is little: looked at once, it answers for all tabs.
    if all(clause.role in HANDS for clause in staff.scope.clauses):
        return cases.order_by().aggregate(**{code: Count("pk", filter=each) for code, each in where.items()})
    return bounded({code: cases.filter(each) for code, each in where.items()}, COUNTED_TO)


def bounded(lists: Mapping[str, QuerySet[Any]], most: int) -> dict[str, int]:
    """For who sees a whole area: each list is counted no further than it will be shown, however much is open.

    Above `most` stands for more. One statement for all lists.
    """
    some = [rows.order_by().values("pk")[: most + 1].query.sql_with_params() for rows in lists.values()]
    parts = [f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _params in some]  # noqa: S608 - Django's own SQL
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", [param for _sql, params in some for param in params])
        row = cursor.fetchone()
    return dict(zip(lists, row, strict=True))
