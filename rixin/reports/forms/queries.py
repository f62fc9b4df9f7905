"""Who sees which submission of a form, what a person may do with it, and which one was the last."""

from django.db.models import Q, QuerySet

from rixin.catalogue.periods import Period
from rixin.metrics.scope import Place, may_ask
from rixin.people.roles import Role
from rixin.people.staff import Staff
from rixin.reports.models import FormSubmission
from rixin.reports.queries import WRITERS, within_sight

COUNTS = Q(to_confirm=False) | Q(confirmation__isnull=False)
_CONFIRMERS = (Role.LEADER, Role.VERIFIER, Role.DISPATCHER)


def visible_to(staff: Staff) -> QuerySet[FormSubmission]:
    """Submissions over places for which the person may ask for figures."""
    return FormSubmission.objects.filter(within_sight(staff)).select_related("confirmation")


def may_submit(staff: Staff, place: Place) -> bool:
    """Whoever may write a report over the place."""
    return may_ask(staff, place, *WRITERS)


def may_confirm(staff: Staff, submission: FormSubmission) -> bool:
    """Whoever oversees the place. That nobody confirms the own one is asked by the action."""
    return submission.to_confirm and staff.may(*_CONFIRMERS) and may_ask(staff, place_of(submission))


def counts(submission: FormSubmission) -> bool:
    return not submission.to_confirm or hasattr(submission, "confirmation")


def place_of(submission: FormSubmission) -> Place:
    return Place(submission.area_path, submission.unit_code)


def made_for(form: str, period: Period, place: Place) -> QuerySet[FormSubmission]:
    """All submissions of a form for one period and place, the newest first. The caller has asked for the scope."""
    same = FormSubmission.objects.filter(form=form, period=str(period), area_path=place.area, unit_code=place.unit)
    return same.select_related("confirmation").order_by("-number")


def last(form: str, period: Period, place: Place, *, before: FormSubmission | None = None) -> FormSubmission | None:
    """The newest that counts; with `before`, of those handed in earlier than that one."""
    found = made_for(form, period, place).filter(COUNTS)
    if before is not None:
        found = found.filter(at__lte=before.at).exclude(pk=before.pk)
    return found.first()
