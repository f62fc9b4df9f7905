"""Which enterprises a person looks for: by words, standing, industry, place, trait, on a day, or by what happened."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from rixin.catalogue.periods import Period
from rixin.holding import holding
from rixin.registers.matching import named
from rixin.registers.models import Enterprise, FormerName, How, Standing, StandingSpan, TraitSpan
from rixin.registers.models.enterprises import PRESENT, REGISTERED
from rixin.registers.names import plain_name

ANY = "any"
GROUPS: dict[str, tuple[Standing, ...]] = {"": PRESENT, "registered": REGISTERED, ANY: tuple(Standing)}
"""Standings that are asked for together; "" where nothing is asked."""
GONE = (How.MOVED_OUT, How.CLOSED)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Every field narrows the list; the empty one has the enterprises that are here today."""

    words: str = ""
    standing: str = ""
    """One of GROUPS or a Standing."""
    industry: str = ""
    """A section (I), or one with a division (I65)."""
    building: str = ""
    area: str = ""
    trait: str = ""
    """Code of a trait, or a trait with one of its values: `stage:specialised`."""
    on: date | None = None
    """As of this day: its standing and its traits then. None: today."""
    how: str = ""
    """What happened to it within `period`: a How; "": anything by which it came."""
    period: Period | None = None

    @property
    def standings(self) -> tuple[Standing, ...]:
        return GROUPS[self.standing] if self.standing in GROUPS else (Standing(self.standing),)


def found(rows: QuerySet[Enterprise], wanted: Wanted, today: date) -> QuerySet[Enterprise]:
    """Those of `rows` that are wanted, in no order."""
    rows = rows.filter(_standing(wanted))
    if wanted.industry:
        division = wanted.industry[1:]
        rows = rows.filter(division=division) if division else rows.filter(section=wanted.industry)
    if wanted.building:
        rows = rows.filter(building__code=wanted.building)
    if wanted.area:
        rows = rows.filter(area_path__within=wanted.area)
    if wanted.trait:
        rows = rows.filter(pk__in=_with_trait(wanted.trait, wanted.on or today))
    if wanted.period or wanted.how:
        rows = rows.filter(pk__in=_to_which_it_happened(wanted))
    return named(rows, wanted.words) if wanted.words else rows


def _standing(wanted: Wanted) -> Q:
    if wanted.on is not None:
        spans = StandingSpan.objects.filter(enterprise=OuterRef("pk"), standing__in=wanted.standings)
        return Q(Exists(spans.filter(holding(wanted.on))))
    if wanted.standing == ANY or _is_gone(wanted):
        return Q()
    # Named by what it is not: several of an indexed column would tempt SQLite to gather all of them and sort.
    others = set(Standing) - set(wanted.standings)
    return Q(standing=wanted.standing) if wanted.standing in Standing.values else ~Q(standing__in=sorted(others))


def _is_gone(wanted: Wanted) -> bool:
    """Who asks for those that moved out means not those that are here."""
    return not wanted.standing and wanted.how in GONE


def _with_trait(asked: str, day: date) -> QuerySet[TraitSpan, Any]:
    code, _colon, value = asked.partition(":")
    spans = TraitSpan.objects.filter(holding(day), trait=code)
    return (spans.filter(value=value) if value else spans).values("enterprise")


def _to_which_it_happened(wanted: Wanted) -> QuerySet[StandingSpan, Any]:
    hows = [wanted.how] if wanted.how else [How.NEW, How.MOVED_IN]
    spans = StandingSpan.objects.filter(how__in=hows)
    if wanted.period:
        spans = spans.filter(from_day__range=(wanted.period.first, wanted.period.last))
    return spans.values("enterprise")


def named_formerly(ids: Collection[int], words: str) -> dict[int, str]:
    """Enterprise -> a name in which the words are and that it has no more, where today's has them not."""
    plain = plain_name(words)
    former = FormerName.objects.filter(enterprise__in=ids, plain_name__contains=plain)
    return dict(former.exclude(enterprise__plain_name__contains=plain).values_list("enterprise", "name"))
