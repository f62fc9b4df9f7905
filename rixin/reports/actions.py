"""Beginning, saving, reviewing and sealing a report: one transaction each."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.periods import Period
from rixin.catalogue.report_text import Problems, parse
from rixin.catalogue.work_schema import ReportTemplate
from rixin.metrics.engines.database import Database
from rixin.people.staff import Staff
from rixin.reports import editions, stamps, telling
from rixin.reports.answers import Frame
from rixin.reports.beginning import begin_with
from rixin.reports.document import Document, defined, put_together, raise_faults
from rixin.reports.editions import Kept
from rixin.reports.models import WRITING, Edition, EditionRows, Report, ReportVersion, State, Step
from rixin.reports.words import Language, spoken


class NotNow(Exception):
    """The report cannot take this step; `message` is worded for the person."""

    def __init__(self, code: str, message: str | Promise) -> None:
        self.code, self.message = code, message
        super().__init__(code)


class SavedMeanwhile(NotNow):
    """Somebody else saved a version after this person opened the text; `newest` is what they wrote."""

    def __init__(self, newest: ReportVersion) -> None:
        self.newest = newest
        super().__init__(
            "saved_meanwhile", _("Somebody else saved this report while you wrote. Your text is kept below.")
        )


class StillProposed(NotNow):
    """The problems part is only proposed by the rules: nobody answers for it yet."""

    def __init__(self) -> None:
        super().__init__(
            "still_proposed",
            _(
                "The part on problems is still the automatic proposal. Take over what should be said, in your own "
                "words, or leave the part out: a person answers for it."
            ),
        )


@transaction.atomic
def begin(
    template: ReportTemplate,
    period: Period,
    *,
    area: str,
    unit: str,
    language: Language,
    by: Staff,
    at: datetime,
    fit: bool = True,
) -> Report:
    """A new report with the text of its template, with `fit` without what its place has nothing of."""
    begun = begin_with(template, Frame(period, Database(), at, area, unit), language, fit=fit)
    report = Report.objects.create(
        template=template.code,
        period=str(period),
        area_path=area,
        unit_code=unit,
        language=language,
        title=begun.title,
        made_by=by.account,
        made_at=at,
        changed_at=at,
    )
    return _append(report, begun.body, "", Step.BEGUN, by, at)


@transaction.atomic
def save(report: Report, *, title: str, body: str, note: str, seen: int, by: Staff, at: datetime) -> Report:
    """A new version of the text; nothing where it says the same. Raises NotNow, SavedMeanwhile, UnknownFigures."""
    raise_faults(parse(body), defined())
    report = _locked(report)
    _not_sealed(report)
    newest = report.newest
    if (newest.title, newest.body) == (title, body):
        return report
    if newest.number != seen:
        raise SavedMeanwhile(newest)
    report.title = title
    # What was under review is changed: it is a draft again.
    return _append(report, body, note, Step.WRITTEN, by, at)


@transaction.atomic
def restore(report: Report, number: int, *, note: str, seen: int, by: Staff, at: datetime) -> Report:
    """An earlier version once more, as a new one. Raises NotNow, SavedMeanwhile, UnknownFigures, DoesNotExist."""
    earlier = report.versions.get(number=number)
    raise_faults(parse(earlier.body), defined())
    report = _unchanged(report, seen)
    _not_sealed(report)
    report.title = earlier.title
    return _append(report, earlier.body, note, Step.RESTORED, by, at)


@transaction.atomic
def submit(report: Report, *, note: str, seen: int, by: Staff, at: datetime) -> Report:
    """Asks for a review of the version seen. Raises NotNow, SavedMeanwhile, StillProposed."""
    report = _unchanged(report, seen)
    if report.state != State.DRAFT:
        raise NotNow("not_a_draft", _("This report is no draft any more."))
    body = report.newest.body
    if any(isinstance(piece, Problems) for piece in parse(body).pieces):
        raise StillProposed
    report = _append(report, body, note, Step.SUBMITTED, by, at)
    telling.of_submission(report, by, at)
    return report


@transaction.atomic
def send_back(report: Report, *, note: str, seen: int, by: Staff, at: datetime) -> Report:
    """The review asks for changes, which `note` names. Raises NotNow, SavedMeanwhile."""
    report = _unchanged(report, seen)
    _in_review(report)
    report = _append(report, report.newest.body, note, Step.SENT_BACK, by, at)
    telling.of_sending_back(report, note, by, at)
    return report


def seal(report: Report, *, seen: int, by: Staff, at: datetime) -> Edition:
    """Freezes the version seen: text, values, digests and rows. Whoever wrote it does not seal it.

    All is computed before anything is locked, which may take seconds; if facts came in meanwhile, once more under the
    lock. Raises NotNow, SavedMeanwhile, UnknownFigures.
    """
    _may_be_sealed(report, by)
    stamp = stamps.of_facts()
    kept = editions.make(document_of(report, at))
    with transaction.atomic():
        report = _unchanged(report, seen)
        _may_be_sealed(report, by)
        if stamps.of_facts() != stamp:
            kept = editions.make(document_of(report, at))
        edition = _edition(report, kept, by, at)
        _append(report, edition.body, "", Step.SEALED, by, at)
        telling.of_sealing(report, by, at)
    return edition


def document_of(report: Report, at: datetime) -> Document:
    """The newest version put together in the report's language, as of now. Raises UnknownFigures."""
    with spoken(report.language):
        return put_together(report.title, parse(report.newest.body), frame_of(report, at))


def frame_of(report: Report, at: datetime) -> Frame:
    return Frame(Period.read(report.period), Database(), at, report.area_path, report.unit_code)


def _edition(report: Report, kept: Kept, by: Staff, at: datetime) -> Edition:
    newest = report.newest
    edition = Edition.objects.create(
        report=report,
        title=report.title,
        body=newest.body,
        document=kept.document,
        as_of=at,
        written_by_name=_writing(report).by_name,
        sealed_by=by.account,
        sealed_by_name=by.name,
        sealed_at=at,
        digest=editions.digest_of(report.title, newest.body, kept.document),
    )
    EditionRows.objects.bulk_create(
        EditionRows(edition=edition, metric=rows.metric, period=rows.period, scope=rows.scope, packed=rows.packed)
        for rows in kept.rows
    )
    return edition


def _may_be_sealed(report: Report, by: Staff) -> None:
    _in_review(report)
    if _writing(report).by_id == by.account.pk:
        raise NotNow("own", _("You wrote this version yourself: somebody else has to seal it."))


def _writing(report: Report) -> ReportVersion:
    """The version in which the text was written as it stands."""
    return report.versions.filter(step__in=WRITING).order_by("-number")[:1].get()


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update().get(pk=report.pk)


def _unchanged(report: Report, seen: int) -> Report:
    """The report, locked, if it is still at the version that the person saw."""
    report = _locked(report)
    if report.version != seen:
        raise SavedMeanwhile(report.newest)
    return report


def _not_sealed(report: Report) -> None:
    if report.state == State.SEALED:
        raise NotNow("sealed", _("This report is sealed. Begin a new one to say something else."))


def _in_review(report: Report) -> None:
    if report.state != State.REVIEW:
        raise NotNow("not_in_review", _("This report is not in review: it has to be submitted first."))


_STATES = {Step.SUBMITTED: State.REVIEW, Step.SEALED: State.SEALED}
"""Every other step leaves a draft."""


def _append(report: Report, body: str, note: str, step: Step, by: Staff, at: datetime) -> Report:
    report.version += 1
    report.state = _STATES.get(step, State.DRAFT)
    report.changed_at = at
    report.save()
    ReportVersion.objects.create(
        report=report,
        number=report.version,
        title=report.title,
        body=body,
        note=note,
        state=report.state,
        step=step,
        by=by.account,
        by_name=by.name,
        at=at,
    )
    return report
