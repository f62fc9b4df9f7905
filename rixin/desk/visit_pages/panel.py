"""What the page of an enterprise shows of its officer, visits, warnings and problems."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from rixin.catalogue import versions
from rixin.desk.enterprise_pages.panels import Panel
from rixin.desk.visit_pages import wording
from rixin.liaison import facts, queries
from rixin.people.staff import Staff
from rixin.records import queries as records
from rixin.records.entry import shown
from rixin.records.models import Record
from rixin.registers import queries as registers
from rixin.registers.models import Enterprise
from rixin.registers.models.enterprises import PRESENT

_LATEST = 5


@dataclass(frozen=True)
class Visit:
    """`says`: what its record answers to the questions; `problem`: number of the matter that came of it."""

    record: Record
    says: str
    problem: str


def panel(staff: Staff, enterprise: Enterprise) -> Panel | None:
    """Of one that is not here any more only its visits; None where there were none."""
    today = timezone.localdate()
    visits = _visits(staff, enterprise)
    here = enterprise.standing in PRESENT
    if not here and not visits:
        return None
    rules = list(versions.work().warnings.values()) if here else []
    found = facts.looked_up(Enterprise.objects.filter(pk=enterprise.pk), rules, staff, today).get(enterprise.pk)
    officer = queries.officers_of([enterprise.pk], today).get(enterprise.pk)
    context = {
        "enterprise": enterprise,
        "here": here,
        "officer": officer,
        "planned": queries.planned([enterprise.pk]).exists(),
        "visited": wording.visited(found.known.last_visit if found else None, today),
        "visits": visits,
        "told": wording.told(found.reasons, money=registers.sees_money(staff)) if found else [],
        "problems": found.known.problems if found else [],
        "may_answer": here and queries.may_answer(staff, enterprise, today),
        "may_visit": here and records.may_enter(staff, versions.record(queries.VISIT)),
    }
    return Panel(_("Visits and early warning"), "visits/panel.html", context)


def _visits(staff: Staff, enterprise: Enterprise) -> list[Visit]:
    """The latest of those whose record the person sees."""
    seen = records.visible_to(staff).filter(pk__in=queries.visits_to([enterprise.pk]).values("pk"))
    latest = list(seen.order_by("-day", "-pk")[:_LATEST])
    raised = queries.raised_on(latest)
    return [
        Visit(record, _says(record), raised[record.pk].case.number if record.pk in raised else "") for record in latest
    ]


def _says(record: Record) -> str:
    kind = versions.record_version(record.definition_id).type
    answered = (
        f"{field.label.here()}: {shown(field, record.values[field.name])}"
        for field in kind.fields
        if field.kind == "choice" and field.name in record.values
    )
    return " · ".join(answered)
