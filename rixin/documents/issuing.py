"""Issuing, serving and voiding documents. Each is one transaction, with its event in the matter's timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rixin.cases import actions, queries
from rixin.cases.history import DOCUMENT_ISSUED, DOCUMENT_SERVED, DOCUMENT_VOIDED
from rixin.cases.models import Case, Receipt
from rixin.catalogue import versions
from rixin.catalogue.document_schema import DocumentTemplate
from rixin.catalogue.document_text import Mark, filled, lacking
from rixin.chain import digest
from rixin.documents import filling
from rixin.documents.filling import Heading, office_of
from rixin.documents.models import Document, Series
from rixin.documents.queries import templates_for
from rixin.people.staff import Staff
from rixin.privacy import opening
from rixin.privacy.opening import Purpose, What
from rixin.refused import FieldsRefused

UNNUMBERED = "〔签发时编号〕"
"""Stands in a draft where the number will be."""


class DocumentRefused(FieldsRefused):
    """It cannot go out like this."""


@dataclass(frozen=True)
class Draft:
    """What was filled in. `to`: whom it addresses; empty: who raised the matter. `own`: answers to its own fields."""

    template: DocumentTemplate
    day: date
    to: str = ""
    own: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Preview:
    """`lacking`: marks of which nothing is known yet."""

    text: str
    lacking: list[Mark]


def preview(case: Case, draft: Draft, to: str) -> Preview:
    """How it will read. `to` as it may be shown: the name of who raised the matter stays masked until it goes out."""
    found = filling.said(case, draft.template, draft.own or {}, Heading(to, UNNUMBERED, draft.day))
    return Preview(filled(draft.template.body, found), lacking(draft.template.body, found))


def name_of_reporter(case: Case) -> str:
    """As it was given; empty where none was, or where it was deleted on schedule."""
    first = Receipt.objects.filter(case=case, joined=False).order_by("pk").first()
    return (first.name if first else "") or ""


def issue(case: Case, draft: Draft, *, by: Staff, sending: str, at: datetime, address: str | None = None) -> Document:
    """Numbers the document, keeps it as it goes out and writes it into the timeline. Raises DocumentRefused.

    `sending`: the sender's own key: the same draft sent twice goes out once. Addressing who raised the matter by name
    opens personal data, and is logged as such.
    """
    if (before := Document.objects.filter(sending=sending).first()) is not None:
        return before
    _check_day(case, draft.day, at)
    try:
        with transaction.atomic():
            return _issue(case, draft, by, sending, at, address)
    except IntegrityError:
        if (before := Document.objects.filter(sending=sending).first()) is None:
            raise
        return before


def _issue(case: Case, draft: Draft, by: Staff, sending: str, at: datetime, address: str | None) -> Document:
    case = Case.objects.select_for_update().get(pk=case.pk)
    template, actor = draft.template, queries.actor_on(by, case)
    if template not in templates_for(case, actor):
        raise DocumentRefused({"": gettext_lazy("You cannot issue this document in this matter now.")})
    to = draft.to or _reporter(case, template, by, at, address)
    number = _next_number(template.number, draft.day.year)
    found = filling.said(case, template, draft.own or {}, Heading(to, number, draft.day))
    if missing := lacking(template.body, found):
        names = ", ".join(map(str, missing))
        raise DocumentRefused({"": _("The document says nothing here: %(marks)s") % {"marks": names}})
    text = filled(template.body, found)
    made = Document.objects.create(
        case=case,
        definition_id=versions.document(template.code).id,
        code=template.code,
        title=template.name.zh,
        number=number,
        day=draft.day,
        addressee=to,
        text=text,
        signs=list(template.signs),
        office=office_of(case),
        digest=digest_of(number, draft.day, to, text),
        public=template.public,
        unit_id=actor.unit_id,
        issued_by_id=by.account.pk,
        issued_at=at,
        sending=sending,
    )
    actions.write_down(case, DOCUMENT_ISSUED, by=actor, given={**_of(made), "digest": made.digest}, at=at)
    return made


def digest_of(number: str, day: date, to: str, text: str) -> str:
    return digest([number, day.isoformat(), to, text])


def is_intact(document: Document) -> bool:
    """Whether it still says what it said when it went out: counted again, and held to the matter's hash chain."""
    counted = digest_of(document.number, document.day, document.addressee or "", document.text or "")
    event = document.case.events.filter(action=DOCUMENT_ISSUED, given__document=document.pk).first()
    return event is not None and counted == event.given["digest"]


def _check_day(case: Case, day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise DocumentRefused({"day": gettext_lazy("A document is not dated ahead.")})
    if day < timezone.localdate(case.opened_at):
        raise DocumentRefused({"day": gettext_lazy("A document is not dated before the matter came in.")})


def _reporter(case: Case, template: DocumentTemplate, by: Staff, at: datetime, address: str | None) -> str:
    name = name_of_reporter(case) if template.to == "reporter" else ""
    if not name:
        raise DocumentRefused({"to": gettext_lazy("Please write down whom the document addresses.")})
    if not queries.opens_personal_data(by, case):
        raise DocumentRefused({"to": gettext_lazy("You may not open the name of who raised the matter.")})
    opening.log(by.account, What.NAME, case.number, Purpose.LAW, at, words=template.name.zh, address=address)
    return name


def _next_number(pattern: str, year: int) -> str:
    """The next one of the series and year. No number is left out: it is given with the document or not at all."""
    name = pattern.replace("{year}", str(year))
    series, _created = Series.objects.get_or_create(name=name)
    Series.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db()
    return name.replace("{n}", str(series.last))


@transaction.atomic
def serve(document: Document, *, on: date, how: str, by: Staff, at: datetime) -> Document:
    """Writes down when and how it reached whom it addresses. Raises DocumentRefused."""
    now = Document.objects.select_for_update().select_related("case").get(pk=document.pk)
    if now.voided_at is not None:
        raise DocumentRefused({"": gettext_lazy("This document was voided: it is not served any more.")})
    if now.served_on is not None:
        raise DocumentRefused({"": gettext_lazy("That this document was served is written down already.")})
    if how not in Document.Service.values:
        raise DocumentRefused({"how": gettext_lazy("Please choose how it was served.")})
    if not now.day <= on <= timezone.localdate(at):
        raise DocumentRefused({"on": gettext_lazy("It is served on the day of the document or later, and not ahead.")})
    now.served_on, now.served_how = on, how
    now.save(update_fields=["served_on", "served_how"])
    given = {**_of(now), "on": on.isoformat(), "how": how}
    actions.write_down(now.case, DOCUMENT_SERVED, by=queries.actor_on(by, now.case), given=given, at=at)
    return now


@transaction.atomic
def void(document: Document, *, reason: str, by: Staff, at: datetime) -> Document:
    """Takes it out of force; it stays readable for staff, and its number is not given again. Raises DocumentRefused."""
    now = Document.objects.select_for_update().select_related("case").get(pk=document.pk)
    if now.voided_at is not None:
        raise DocumentRefused({"": gettext_lazy("This document was voided already.")})
    if not reason.strip():
        raise DocumentRefused({"reason": gettext_lazy("Please say why it is voided.")})
    now.voided_at, now.void_reason = at, reason.strip()[:400]
    now.save(update_fields=["voided_at", "void_reason"])
    given = {**_of(now), "reason": now.void_reason}
    actions.write_down(now.case, DOCUMENT_VOIDED, by=queries.actor_on(by, now.case), given=given, at=at)
    return now


def _of(document: Document) -> dict[str, Any]:
    """What the timeline keeps of it: which one, and none of its words."""
    return {"document": document.pk, "number": document.number, "title": document.title}
