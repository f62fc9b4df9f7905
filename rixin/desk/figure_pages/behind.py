"""The rows behind a figure as the person may see them: cases and records, scoped, and without anything personal."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.cases import queries as case_queries
from rixin.cases.models import Case
from rixin.catalogue import versions
from rixin.metrics import wording
from rixin.metrics.figures import Figure
from rixin.metrics.rows import Behind
from rixin.people.staff import Staff
from rixin.privacy.masking import masked
from rixin.records import queries as record_queries
from rixin.records.entry import shown
from rixin.records.models import Record

PAGE = 50


@dataclass(frozen=True)
class Row:
    address: str
    day: date
    name: str
    area: str
    told: str
    """The values of a record, or where a case stands."""


@dataclass(frozen=True)
class Rows:
    """One page. `seen` is how many of `of` lie within the person's sight; `after` leads on, None at the end."""

    rows: list[Row]
    seen: int
    of: int
    after: int | None

    @property
    def hidden(self) -> int:
        return self.of - self.seen


@dataclass(frozen=True)
class Part:
    """A part of a rate that opens to its rows: those that count, those that are meant, those left out and why."""

    code: str
    name: str
    rows: int


def parts_of(figure: Figure) -> list[Part]:
    """None of a figure that is no rate: there its rows are all that there is."""
    if figure.numerator is None or figure.denominator is None:
        return []
    found = [
        Part("rows", _("Denominator"), figure.denominator),
        Part("part", _("Numerator"), figure.numerator),
        Part("rest", _("The others of the denominator"), figure.denominator - figure.numerator),
    ]
    if figure.silent is not None:
        found.append(Part("silent", _("Asked, and no answer"), figure.silent))
    for nth, one in enumerate(figure.excluded):
        name = _("Left out: {name}").format(name=wording.excluded_name(one))
        found.append(Part(f"excluded {nth}", name, one.rows))
    return found


def rows_of(staff: Staff, behind: Behind, *, of: int, after: int = 0) -> Rows:
    """The rows with an id above `after`, in order of their ids."""
    if behind.cases:
        cases = case_queries.visible_to(staff).filter(pk__in=behind.ids)
        page: list[Case] = list(cases.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        rows = [case_row(case) for case in page[:PAGE]]
        return Rows(rows, cases.count(), of, page[PAGE - 1].pk if len(page) > PAGE else None)
    records = record_queries.visible_to(staff).filter(pk__in=behind.ids)
    found: list[Record] = list(records.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    return Rows(
        [record_row(record) for record in found[:PAGE]],
        records.count(),
        of,
        found[PAGE - 1].pk if len(found) > PAGE else None,
    )


def case_row(case: Case) -> Row:
    rules = versions.version(case.definition_id).rules
    return Row(
        case.get_absolute_url(),
        timezone.localdate(case.opened_at),
        f"{case.number} {masked(case.title)}",
        wording.area(case.area_path),
        rules.lifecycle.states[case.state].name.here(),
    )


def record_row(record: Record) -> Row:
    kind = versions.record_version(record.definition_id).type
    told = [
        f"{field.label}: {shown(field, value)}"
        for field in kind.fields
        if field.kind != "long_text"
        and field.name != kind.subject
        and (value := record.values.get(field.name)) is not None
    ]
    subject = next(
        (shown(field, record.values.get(field.name)) for field in kind.fields if field.name == kind.subject), ""
    )
    name = f"{kind.name} {record.pk}" + (f" · {subject}" if subject else "")
    return Row(record.get_absolute_url(), record.day, name, wording.area(record.area_path), "; ".join(told))
