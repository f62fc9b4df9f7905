"""Rows of the list of enterprises: everything that a row shows, in words, with a statement per kind of thing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from rixin.catalogue import versions
from rixin.desk.listing import place_label
from rixin.desk.wording import Tone
from rixin.registers import industries
from rixin.registers.finding import Wanted, holding, named_formerly
from rixin.registers.models import Enterprise, Standing, StandingSpan, TraitSpan

TONES: dict[str, Tone] = {
    Standing.HERE: "done",
    Standing.ELSEWHERE: "info",
    Standing.WORKING: "info",
    Standing.LEFT: "warn",
    Standing.CLOSED: "paused",
}
_SHOWN = (
    "name", "plain_name", "code", "section", "division", "area_path", "standing", "since",
    "building__name_zh", "building__name_en", "building__code",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    url: str
    name: str
    code: str
    formerly: str
    """A name by which it was found and that it has no more."""
    industry: str
    standing: str
    tone: Tone
    since: date
    place: str
    building: str
    traits: list[str]


def light(enterprises: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    """Without the columns that no row shows: sealed ones cost an unsealing each."""
    return enterprises.select_related("building").only(*_SHOWN)


def rows(enterprises: Sequence[Enterprise], wanted: Wanted, today: date) -> list[Row]:
    """At most three statements however many rows: traits, former names, standings on a day past."""
    ids = [row.pk for row in enterprises]
    traits = _traits(ids, wanted.on or today)
    former = named_formerly(ids, wanted.words) if wanted.words else {}
    then = _standings(ids, wanted.on) if wanted.on else {}
    return [_row(one, traits[one.pk], former.get(one.pk, ""), then.get(one.pk)) for one in enterprises]


def _row(one: Enterprise, traits: list[str], former: str, then: StandingSpan | None) -> Row:
    industry = industries.industry(one.section, one.division)
    standing = Standing(then.standing if then else one.standing)
    return Row(
        url=one.get_absolute_url(),
        name=one.name,
        code=one.code,
        formerly=former,
        industry=industry.name if industry else "",
        standing=str(standing.label),
        tone=TONES[standing],
        since=then.from_day if then else one.since,
        place=place_label(one.area_path),
        building=one.building.name if one.building else "",
        traits=traits,
    )


def _traits(ids: Collection[int], day: date) -> dict[int, list[str]]:
    """Of what lasts: what merely happened on a day needs the day beside it."""
    found: dict[int, list[str]] = defaultdict(list)
    lasting = [code for code, trait in versions.work().traits.items() if trait.lasts]
    spans = TraitSpan.objects.filter(holding(day), enterprise__in=ids, trait__in=lasting)
    for enterprise, trait, value in spans.order_by("from_day", "pk").values_list("enterprise", "trait", "value"):
        if (name := trait_value(trait, value)) not in found[enterprise]:
            found[enterprise].append(name)
    return found


def trait_value(trait: str, value: str) -> str:
    """In the reader's language; as it is written where it is defined no more."""
    known = versions.work().traits.get(trait)
    options = known.options if known else ()
    return next((option.name.here() for option in options if option.code == value), value)


def _standings(ids: Collection[int], day: date) -> dict[int, StandingSpan]:
    spans: Iterable[StandingSpan] = StandingSpan.objects.filter(holding(day), enterprise__in=ids)
    return {span.enterprise_id: span for span in spans}
