"""Everything that the page of one enterprise shows, asked for once. The template shows it and asks nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from django.utils import timezone

from rixin.cases import queries as cases
from rixin.catalogue import versions
from rixin.catalogue.register_schema import Trait
from rixin.desk import listing
from rixin.desk.enterprise_pages import history
from rixin.desk.enterprise_pages.acts import ActLink, links
from rixin.desk.enterprise_pages.others import panels
from rixin.desk.enterprise_pages.panels import Panel
from rixin.desk.enterprise_pages.rows import TONES, trait_value
from rixin.desk.record_pages.listing import Row as RecordRow
from rixin.desk.record_pages.listing import row_of
from rixin.desk.wording import Tone
from rixin.metrics import comparing
from rixin.metrics import wording as figures
from rixin.people.staff import Staff
from rixin.places import gazetteer
from rixin.privacy.masking import mask_name, mask_phone
from rixin.records import queries as records
from rixin.registers import industries, queries
from rixin.registers.amounts import square_metres, yuan
from rixin.registers.models import Enterprise, FormerName, Return, StandingSpan, Tenancy, TraitSpan
from rixin.registers.yearly import Year, by_year

MOST_LINKED = 20
Step = Literal["holds", "held", ""]


@dataclass(frozen=True)
class Stood:
    standing: str
    how: str
    where: str
    first: date
    until: date | None
    """The first day of what followed."""


@dataclass(frozen=True)
class TraitLine:
    span: TraitSpan
    value: str
    holds: bool


@dataclass(frozen=True)
class TraitGroup:
    """What is known of one trait. `steps` of a ladder, the lowest first, with whether each holds or once held."""

    name: str
    meaning: str
    lasts: bool
    lines: list[TraitLine]
    steps: list[tuple[str, Step]]


@dataclass(frozen=True)
class RoomLine:
    building: str
    url: str
    room: str
    area: str
    first: date
    until: date | None
    lease_end: date | None
    has: bool
    """Whether it has the room today."""


@dataclass(frozen=True)
class YearLine:
    year: Year
    amount: str
    change: str
    """By how many per cent more than the year before; "" where there is nothing to compare with."""


@dataclass(frozen=True)
class Contact:
    """As far as it is shown before it is opened for a purpose; "" for what is not known."""

    name: str
    phone: str
    post: str


@dataclass(frozen=True)
class EnterprisePage:
    enterprise: Enterprise
    standing: str
    tone: Tone
    industry: str
    place: str
    capital: str
    former: list[FormerName]
    stood: list[Stood]
    traits: list[TraitGroup]
    rooms: list[RoomLine]
    years: list[YearLine] | None
    """None for who does not read what single enterprises pay and make."""
    matters: list[listing.Row]
    records: list[RecordRow]
    history: list[history.Entry]
    contact: Contact | None
    opens_contact: bool
    panels: list[Panel]
    acts: list[ActLink]
    keeps: bool


def enterprise_page(enterprise: Enterprise, staff: Staff, at: datetime) -> EnterprisePage:
    today = timezone.localdate(at)
    money, keeps = queries.sees_money(staff), queries.may_keep(staff, enterprise.area_path)
    spans = list(TraitSpan.objects.filter(enterprise=enterprise))
    return EnterprisePage(
        enterprise=enterprise,
        standing=enterprise.get_standing_display(),
        tone=TONES[enterprise.standing],
        industry=_industry(enterprise),
        place=gazetteer.current().label(enterprise.area_path),
        capital="" if enterprise.capital is None else yuan(enterprise.capital * 100),
        former=list(enterprise.former_names.all()),
        stood=[_stood(span) for span in enterprise.standings.all()][::-1],
        traits=_traits(spans, today),
        rooms=_rooms(enterprise, today),
        years=_years(enterprise.returns.all()) if money else None,
        matters=_matters(enterprise, staff, at),
        records=_records(enterprise, staff),
        history=history.entries(enterprise.events.order_by("-pk"), money=money),
        contact=_contact(enterprise),
        opens_contact=queries.may_open_contact(staff, enterprise),
        panels=panels(staff, enterprise),
        acts=links(enterprise, staff, spans) if keeps else [],
        keeps=keeps,
    )


def _industry(enterprise: Enterprise) -> str:
    industry = industries.industry(enterprise.section, enterprise.division)
    if industry is None:
        return ""
    return f"{industry.section.name.here()} › {industry.name}" if industry.division else industry.name


def _stood(span: StandingSpan) -> Stood:
    return Stood(span.get_standing_display(), span.get_how_display(), span.where, span.from_day, span.until_day)


def _traits(spans: Sequence[TraitSpan], today: date) -> list[TraitGroup]:
    """In the order of the definitions; what is defined no more comes last, under its code."""
    known = versions.work().traits
    of = {code: [span for span in spans if span.trait == code] for code in [*known, *(span.trait for span in spans)]}
    return [_trait_group(code, known.get(code), some, today) for code, some in of.items() if some]


def _trait_group(code: str, trait: Trait | None, spans: Iterable[TraitSpan], today: date) -> TraitGroup:
    lines = [TraitLine(span, trait_value(span.trait, span.value), _holds(span, today)) for span in spans]
    return TraitGroup(
        name=trait.name.here() if trait else code,
        meaning=trait.meaning.here() if trait else "",
        lasts=trait.lasts if trait else True,
        lines=sorted(lines, key=lambda line: (not line.holds, line.span.from_day)),
        steps=_steps(trait, lines) if trait and trait.ladder else [],
    )


def _steps(trait: Trait, lines: Sequence[TraitLine]) -> list[tuple[str, Step]]:
    holds = {line.span.value for line in lines if line.holds}
    held = {line.span.value for line in lines}
    return [
        (option.name.here(), "holds" if option.code in holds else "held" if option.code in held else "")
        for option in trait.options
    ]


def _holds(span: TraitSpan, day: date) -> bool:
    return span.from_day <= day and (span.until_day is None or day < span.until_day)


def _rooms(enterprise: Enterprise, today: date) -> list[RoomLine]:
    rows = Tenancy.objects.filter(enterprise=enterprise).select_related("room__building").order_by("-from_day", "pk")
    lines = [_room(row, today) for row in rows]
    return sorted(lines, key=lambda line: not line.has)


def _room(row: Tenancy, today: date) -> RoomLine:
    building = row.room.building
    return RoomLine(
        building=building.name,
        url=building.get_absolute_url(),
        room=row.room.number,
        area=square_metres(row.area),
        first=row.from_day,
        until=row.until_day,
        lease_end=row.lease_end,
        has=row.from_day <= today and (row.until_day is None or today < row.until_day),
    )


def _years(returns: Iterable[Return]) -> list[YearLine]:
    return [YearLine(year, yuan(year.amount), _change(year)) for year in by_year(returns)]


def _change(year: Year) -> str:
    before = None if year.before is None else Fraction(year.before)
    change = comparing.between(Fraction(year.amount), before)
    return figures.compared(change) if change.value is not None else ""


def _matters(enterprise: Enterprise, staff: Staff, at: datetime) -> list[listing.Row]:
    """Those that the person may see, the newest first."""
    rows = listing.light(cases.visible_to(staff).filter(enterprise=enterprise)).order_by("-opened_at", "-pk")
    return listing.rows(list(rows[:MOST_LINKED]), staff, at, with_bulk=False)


def _records(enterprise: Enterprise, staff: Staff) -> list[RecordRow]:
    rows = records.visible_to(staff).filter(enterprise=enterprise).exclude(status=records.Status.WITHDRAWN)
    return [row_of(row) for row in rows.order_by("-day", "-pk")[:MOST_LINKED]]


def _contact(enterprise: Enterprise) -> Contact | None:
    name, phone = enterprise.contact_name or "", enterprise.contact_phone or ""
    if not (name or phone or enterprise.contact_post):
        return None
    return Contact(mask_name(name) if name else "", mask_phone(phone) if phone else "", enterprise.contact_post)
