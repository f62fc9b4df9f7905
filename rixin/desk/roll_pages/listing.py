"""Entries of a roll as their keepers see them: masked, with what is to be done next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.roll_schema import Roll
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.privacy.masking import mask_name, mask_phone
from rixin.privacy.sealing import fingerprint
from rixin.rolls import queries
from rixin.rolls.days import SOON_DAYS
from rixin.rolls.drafts import is_phone, plain_phone
from rixin.rolls.models import Entry, Status

AT_ONCE = 50
VIEWS = {
    "on": _("On the roll"),
    "asked": _("Ask to join"),
    "again": _("To be asked again"),
    "unserved": _("Nobody serves them"),
    "left": _("Left"),
}


@dataclass(frozen=True)
class Line:
    entry: Entry
    name: str
    phone: str
    place: str
    server: str
    soon: bool
    """Whether what is held is deleted soon unless the person is asked again."""
    late: bool
    """Whether a call is overdue."""


@dataclass(frozen=True)
class Tab:
    code: str
    name: str
    count: int


def view_of(roll: Roll, view: str, today: date) -> Q:
    on = Q(status=Status.ON, delete_on__isnull=False)
    return {
        "asked": Q(status=Status.ASKED),
        "again": on & Q(delete_on__lte=today + timedelta(days=SOON_DAYS)),
        "unserved": on & Q(server=None),
        "left": Q(status__in=[Status.LEFT, Status.DECLINED], delete_on__isnull=False),
    }.get(view, on)


def entries(staff: Staff, roll: Roll, view: str, asked: str, today: date) -> QuerySet[Entry]:
    """`asked`: a whole name or telephone; what is sealed is found by nothing less."""
    rows = queries.kept_by(staff, roll.code).filter(view_of(roll, view, today))
    if asked:
        phone = plain_phone(asked)
        rows = (
            rows.filter(phone_mark=fingerprint(phone)) if is_phone(phone) else rows.filter(name_mark=fingerprint(asked))
        )
    return rows.select_related("dwelling", "server").order_by("delete_on" if view == "again" else "-pk")


def tabs(staff: Staff, roll: Roll, today: date) -> list[Tab]:
    rows = queries.kept_by(staff, roll.code)
    views = [code for code in VIEWS if code != "unserved" or roll.serves]
    return [Tab(code, str(VIEWS[code]), rows.filter(view_of(roll, code, today)).count()) for code in views]


def line(entry: Entry, today: date) -> Line:
    server = entry.server
    return Line(
        entry,
        mask_name(entry.name) if entry.name else "—",
        mask_phone(entry.phone) if entry.phone else "",
        place(entry),
        server.name if server else "",
        entry.status == Status.ON
        and entry.delete_on is not None
        and entry.delete_on <= today + timedelta(days=SOON_DAYS),
        entry.visit_due is not None and entry.visit_due < today,
    )


def place(entry: Entry) -> str:
    """The building, or the area: never the door."""
    atlas = gazetteer.current()
    if entry.dwelling is not None and (known := atlas.places.get(entry.dwelling.building)):
        return known.name
    return atlas.label(entry.area_path)


@dataclass(frozen=True)
class Total:
    name: str
    count: int


def totals(staff: Staff, roll: Roll, today: date) -> list[Total]:
    """By community."""
    atlas, summed = gazetteer.current(), dict[str, int]()
    for path, count in queries.counts_by_area(staff, roll, today).items():
        area = atlas.area(path)
        chain = atlas.chain_of(area.code) if area else None
        community = chain.community if chain else None
        name = community.name if community else atlas.label(path)
        summed[name] = summed.get(name, 0) + count
    return [Total(name, count) for name, count in sorted(summed.items())]
