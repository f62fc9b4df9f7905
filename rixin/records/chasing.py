"""Late returns are chased: first whoever may enter them, some days later the dispatchers and leaders of the area.

Each is told of a return once, in one notice that lists all that are late.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from rixin.catalogue import versions
from rixin.catalogue.work_schema import RecordType
from rixin.people import units
from rixin.people.notices import notify
from rixin.people.roles import Role
from rixin.people.staffing import accounts_in, accounts_of
from rixin.records.due import Duty, Missing, all_duties
from rixin.records.models import Chased

ENTERING = (Role.GRID_WORKER, Role.COMMUNITY_OFFICER)
"""Who enters for an area; a handler enters for the unit that keeps the returns."""
OVERSEEING = (Role.DISPATCHER, Role.LEADER)
_DAILY, _OTHERS = 3, 10
_NAMED = 6
"""That a notice lists; more are only counted."""
KEPT_FOR = timedelta(days=400)
Key = tuple[str, str, str, int]


@dataclass(frozen=True)
class Late:
    """A return that somebody has to be told of. `stage`: 1 who may enter it, 2 who oversees."""

    duty: Duty
    missing: Missing
    stage: int

    @property
    def key(self) -> Key:
        return self.duty.version.type.code, self.duty.owed_by, str(self.missing.period), self.stage


def chase_after(record: RecordType) -> int:
    """Days of being late after which dispatchers and leaders are told."""
    if record.chase_after is not None:
        return record.chase_after
    return _DAILY if record.period == "day" else _OTHERS


def late(duties: Iterable[Duty], told: Iterable[Key]) -> list[Late]:
    """What is late and was not told of yet. Pure."""
    known = set(told)
    found = [one for duty in duties for one in _stages(duty)]
    return [one for one in found if one.key not in known]


def _stages(duty: Duty) -> Iterator[Late]:
    after = chase_after(duty.version.type)
    for missing in duty.missing:
        if missing.days_late > 0:
            yield Late(duty, missing, 1)
        if missing.days_late > after:
            yield Late(duty, missing, 2)


@transaction.atomic
def chase(at: datetime) -> int:
    """Tells of all that is late and was not told of; answers how many people were told. Not outside office hours."""
    if not versions.work_calendar().is_open(at):
        return 0
    today = timezone.localdate(at)
    kinds = [version for version in versions.records() if version.type.period]
    duties = all_duties(kinds, today)
    known = Chased.objects.filter(type__in=[version.type.code for version in kinds])
    found = late(duties, known.values_list("type", "owed_by", "period", "stage"))
    Chased.objects.bulk_create(
        Chased(type=one.key[0], owed_by=one.key[1], period=one.key[2], stage=one.stage, at=at) for one in found
    )
    return sum(_tell(account, theirs, at) for account, theirs in _by_person(found, today).items())


def _by_person(found: Sequence[Late], today: date) -> dict[int, list[Late]]:
    """By account; of whom several posts make the same known, once."""
    people: dict[tuple[str, str, int], list[int]] = {}
    by_person: dict[int, list[Late]] = {}
    for one in found:
        key = (one.duty.version.type.code, one.duty.area_path, one.stage)
        if key not in people:
            people[key] = _people(one, today)
        for account in people[key]:
            by_person.setdefault(account, []).append(one)
    return by_person


def _people(one: Late, today: date) -> list[int]:
    """Account ids of whom a return of this area is told."""
    kind, area = one.duty.version.type, one.duty.area_path
    if one.stage == 2:
        return list(dict.fromkeys(account.pk for role in OVERSEEING for account in accounts_in(area, role, today)))
    found = [account for role in ENTERING if role in kind.roles for account in accounts_in(area, role, today)]
    if Role.HANDLER in kind.roles:
        found += accounts_of(units.by_code(kind.unit).id, Role.HANDLER, today)
    return list(dict.fromkeys(account.pk for account in found))


def _tell(account: int, theirs: Sequence[Late], at: datetime) -> int:
    words = {language: _words(theirs, language) for language in ("zh-hans", "en")}
    return notify(
        [account], kind="return_late", zh=words["zh-hans"], en=words["en"], url=reverse("records:gaps"), at=at
    )


def _words(theirs: Sequence[Late], language: str) -> str:
    with override(language):
        named = _named(theirs)
    overseen = any(one.stage == 2 for one in theirs)
    more = len(theirs) - _NAMED
    if language == "en":
        rest = f" and {more} more" if more > 0 else ""
        return f"{'Still missing' if overseen else 'Late'}: {', '.join(named)}{rest}. Please have them entered."
    listed = "、".join(named) + (f"等{len(theirs)}份" if more > 0 else "")
    return f"仍未报送：{listed}，请督促补报。" if overseen else f"报表逾期未报：{listed}，请尽快补报。"


def _named(theirs: Sequence[Late]) -> list[str]:
    return [f"{one.duty.owner} {one.duty.version.type.name.here()} {one.missing.period}" for one in theirs[:_NAMED]]


def purge(at: datetime) -> int:
    """What was told of long ago is not late any more. Harmless to repeat."""
    return Chased.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
