"""Beginning, saving, reviewing and sealing a report: one transaction each."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rixin.catalogue.report_text import parse
from rixin.catalogue.work_schema import ReportTemplate
from rixin.chain import digest
from rixin.metrics.engines.database import Database
from rixin.metrics.rows import versions_behind
from rixin.people.staff import Staff
from rixin.records.periods import Period
from rixin.reports import page
from rixin.reports.document import Document, Frame, put_together
from rixin.reports.models import Edition, EditionRows, Report, ReportVersion, State
from rixin.reports.packing import MOST, pack
from rixin.reports.plain_json import figure_data


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


@transaction.atomic
def begin(
    template: ReportTemplate, period: Period, *, area: str, unit: str, language: str, by: Staff, at: datetime
) -> Report:
    """A new report with the text of its template."""
    frame = Frame(period, Database(), at, area, unit)
    body = getattr(template.body, "en" if language == "en" else "zh")
    title = put_together(template.title.here(), parse(""), frame).title
    report = Report.objects.create(
        template=template.code,
        period=str(period),
        area_path=area,
        unit_code=unit,
        language=language,
        title=title,
        made_by=by.account,
        made_at=at,
        changed_at=at,
    )
    return _append(report, body, "", State.DRAFT, by, at)


@transaction.atomic
def save(report: Report, *, title: str, body: str, note: str, seen: int, by: Staff, at: datetime) -> Report:
    """A new version of the text; nothing where it says the same. Raises NotNow, SavedMeanwhile, UnknownFigures."""
    report = _locked(report)
    _not_sealed(report)
    newest = report.versions.first()
    if newest is not None and newest.number != seen:
        raise SavedMeanwhile(newest)
    document_of(report, body, at)  # refuses figures that are not there
    if newest is not None and newest.body == body and report.title == title:
        return report
    report.title = title
    # What was under review is changed: it is a draft again.
    return _append(report, body, note, State.DRAFT, by, at)


@transaction.atomic
def submit(report: Report, *, note: str, by: Staff, at: datetime) -> Report:
    """Asks for a review. Raises NotNow."""
    report = _locked(report)
    _not_sealed(report)
    return _append(report, text_of(report), note, State.REVIEW, by, at)


@transaction.atomic
def send_back(report: Report, *, note: str, by: Staff, at: datetime) -> Report:
    """The review asks for changes, which `note` names. Raises NotNow."""
    report = _locked(report)
    if report.state != State.REVIEW:
        raise NotNow("not_in_review", _("This report is not in review."))
    return _append(report, text_of(report), note, State.DRAFT, by, at)


@transaction.atomic
def seal(report: Report, *, by: Staff, at: datetime) -> Edition:
    """Freezes the report: text, values, digests and rows. Whoever wrote it last does not seal it. Raises NotNow."""
    report = _locked(report)
    if report.state != State.REVIEW:
        raise NotNow("not_in_review", _("Only a report in review can be sealed: submit it first."))
    writer = report.versions.filter(state=State.DRAFT).first()
    if writer is not None and writer.by_id == by.account.pk:
        raise NotNow("own", _("You wrote this version yourself: somebody else has to seal it."))
    document = document_of(report, text_of(report), at)
    figures = [figure_data(figure) for figure in document.figures]
    edition = Edition.objects.create(
        report=report,
        title=report.title,
        body=text_of(report),
        figures=figures,
        page=page.parts(document),
        as_of=at,
        sealed_by=by.account,
        sealed_by_name=by.name,
        sealed_at=at,
        digest=digest([report.title, text_of(report), figures]),
    )
    EditionRows.objects.bulk_create(_rows(edition, document))
    _append(report, text_of(report), "", State.SEALED, by, at)
    return edition


def document_of(report: Report, body: str, at: datetime) -> Document:
    """The report put together from this text, as of now. Raises UnknownFigures."""
    frame = Frame(Period.read(report.period), Database(), at, report.area_path, report.unit_code)
    return put_together(report.title, parse(body), frame)


def text_of(report: Report) -> str:
    newest = report.versions.first()
    return newest.body if newest is not None else ""


def _rows(edition: Edition, document: Document) -> list[EditionRows]:
    rows = []
    for figure in document.figures:
        pairs = versions_behind(figure.code, figure.period, area=figure.area, unit=figure.unit)
        packed = pack(pairs) if len(pairs) <= MOST else None
        rows.append(EditionRows(edition=edition, metric=figure.code, period=str(figure.period), packed=packed))
    return rows


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update().get(pk=report.pk)


def _not_sealed(report: Report) -> None:
    if report.state == State.SEALED:
        raise NotNow("sealed", _("This report is sealed. Begin a new one to say something else."))


def _append(report: Report, body: str, note: str, state: State, by: Staff, at: datetime) -> Report:
    report.version += 1
    report.state = state
    report.changed_at = at
    report.save()
    ReportVersion.objects.create(
        report=report,
        number=report.version,
        body=body,
        note=note,
        state=state,
        by=by.account,
        by_name=by.name,
        at=at,
    )
    return report
