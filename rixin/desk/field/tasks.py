"""What a person on the move has before him or her: what to do oneself, and what is open in the own area."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rixin.cases import queries
from rixin.desk import listing, paging, tabs
from rixin.desk.listing import Row
from rixin.desk.paging import Cursor
from rixin.desk.tabs import HANDS, RUNNING, Tab, exactly
from rixin.people.staff import Staff

PAGE_SIZE = 30


def _to_do(staff: Staff, at: datetime) -> Q:
    """What was given to the person, and what lies with the own unit and nobody has taken yet."""
    units = {clause.unit_id for clause in staff.scope.clauses if clause.role in HANDS}
    nobodys = exactly("unit", units) & Q(handler=None) if units else Q(pk__in=[])
    return RUNNING & Q(owner__in=HANDS) & (Q(handler=staff.account.pk) | nobodys)


def _open_here(staff: Staff, at: datetime) -> Q:
    return Q(phase__in=["open", "suspended"])


TO_DO = Tab("todo", _("For me to do"), _to_do, sorts=("due",), pressing=True)
AREA = Tab("area", _("Open in my area"), _open_here, sorts=("due",))
LISTS = (TO_DO, AREA)


@dataclass(frozen=True)
class TaskList:
    tab: Tab
    rows: list[Row]
    counts: dict[str, int]
    after: str
    """Where the next page begins; empty on the last."""
    before: str


def named(code: str) -> Tab:
    return next((one for one in LISTS if one.code == code), TO_DO)


def tasks(staff: Staff, tab: Tab, cursor: str, at: datetime) -> TaskList:
    """One page of a list, soonest due first, and how many each list holds. Four statements, however many there are."""
    seen = queries.open_to(staff)
    found = paging.page(
        listing.light(seen.filter(tab.where(staff, at))), paging.SORTS["due"], Cursor.read(cursor), PAGE_SIZE
    )
    return TaskList(
        tab,
        listing.rows(found.rows, staff, at, with_bulk=False),
        tabs.counts(LISTS, seen, staff, at),
        str(found.after) if found.after else "",
        str(found.before) if found.before else "",
    )
