"""Takes a demonstration out again, if nothing but the demonstration is there."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from rixin.bookings.models import Booking
from rixin.cases import search
from rixin.cases.models import Case, CaseClock, CaseEvent, CaseFile, Involvement, Photo, Receipt
from rixin.demo.models import Build
from rixin.documents.models import Document, Series
from rixin.history import Happened
from rixin.investment.models import Lead, LeadStep, SupplyLink
from rixin.liaison.models import Assignment, LookedAt, PlannedVisit, RaisedProblem
from rixin.people.models import Account, Notice
from rixin.privacy.models import Opening
from rixin.records import search as record_search
from rixin.records.models import Chased, Record, RecordEvent
from rixin.registers import models as registers
from rixin.reports.models import (
    Edition,
    EditionRows,
    FormSubmission,
    Report,
    ReportVersion,
    SubmissionConfirmation,
    SubmissionRows,
)
from rixin.topics.models import Topic, TopicCase, TopicStep
from rixin.walking.models import Network

HANDED_IN = (SubmissionRows, SubmissionConfirmation, FormSubmission)
REPORTS = (EditionRows, Edition, ReportVersion, Report)
REGISTERS = (
    LeadStep,
    Lead,
    SupplyLink,
    RaisedProblem,
    PlannedVisit,
    LookedAt,
    Assignment,
    registers.RegisterEvent,
    registers.RegisterImport,
    registers.Tenancy,
    registers.Room,
    registers.Return,
    registers.TraitSpan,
    registers.StandingSpan,
    registers.FormerName,
    registers.Enterprise,
    registers.Building,
)
LIFE = ("goals", "choosing", "walking", "programmes", "activities", "rolls", "homes", "facilities")
"""Apps of which the demonstration made every row. The network of paths stays: an office may have brought its own."""
TOPICS = (TopicStep, TopicCase, Topic)


class NotOnlyTheDemo(Exception):
    """There is something that no build of the demonstration made. `message` says how much and what to do."""

    def __init__(self, others: int) -> None:
        self.others = others
        self.message = _(
            "%(others)d matters, records, forms and entries of registers here are not of the demonstration, "
            "so nothing was cleared. "
            "Build it in another database: set DATA_DIR or DATABASE_URL."
        ) % {"others": others}
        super().__init__(self.message)


@transaction.atomic
def clear() -> int:
    """Clears all matters of the demonstration; answers how many there were. Raises NotOnlyTheDemo.

    The numbers begin at 1 again, so that the next build of the same seed is the same to the last number.
    """
    of_demo, records_of_demo = Q(pk__in=[]), Q(pk__in=[])
    for build in Build.objects.all():
        of_demo |= Q(pk__range=(build.first_case, build.last_case))
        # What a matter of the demonstration leaves goes with it, whenever it was left.
        records_of_demo |= Q(pk__range=(build.first_record, build.last_record))
        records_of_demo |= Q(follows__range=(build.first_case, build.last_case))
    others = Case.objects.exclude(of_demo).count() + Record.objects.exclude(records_of_demo).count()
    for history in Happened.__subclasses__():
        others += history._default_manager.filter(by_account__demo=False).count()
    if others := others + FormSubmission.objects.exclude(by__demo=True).count():
        raise NotOnlyTheDemo(others)
    cleared = Case.objects.count()
    of_matters = (Booking, Document, Series, Photo, CaseFile, Receipt, Involvement, CaseClock, CaseEvent, Case)
    of_life: list[type[Model]] = [
        model for app in LIFE for model in apps.get_app_config(app).get_models() if model is not Network
    ]
    models: tuple[type[Model], ...] = (
        *HANDED_IN,
        *REPORTS,
        *TOPICS,
        *of_matters,
        Chased,
        RecordEvent,
        Record,
        *REGISTERS,
        *of_life,
        Build,
    )
    tables = [model._meta.db_table for model in models]
    # PostgreSQL empties no table while checks of what the same transaction wrote are still to come.
    connection.check_constraints()
    with connection.cursor() as cursor:
        for table in (search.TABLE, record_search.TABLE):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        # Events are append-only for everything but this: a demonstration leaves as a whole or not at all.
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=False):
            cursor.execute(statement)
    Notice.objects.filter(account__demo=True).delete()
    demo = Account.objects.filter(demo=True)
    Opening.objects.filter(account_id__in=demo.values("pk")).expire()
    return cleared
