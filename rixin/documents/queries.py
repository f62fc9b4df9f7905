"""Which documents a matter has, and which of them somebody may issue in it. Who sees the matter, `cases` says."""

from django.db.models import QuerySet

from rixin.cases.models import Case, Receipt
from rixin.cases.public import is_first
from rixin.catalogue import versions
from rixin.catalogue.document_schema import DocumentTemplate
from rixin.documents.models import Document
from rixin.people.actors import Actor


def of_case(case: Case) -> "QuerySet[Document]":
    return Document.objects.filter(case=case).defer("text")


def of_receipt(receipt: Receipt, case: Case) -> "QuerySet[Document]":
    """What who raised the matter may read: public documents in force. Who joined reads none: they name the first."""
    if not is_first(receipt, case):
        return Document.objects.none()
    return Document.objects.filter(case=case, public=True, voided_at=None)


def belongs(template: DocumentTemplate, case: Case) -> bool:
    """Whether such a document goes out in matters of this kind."""
    rules = versions.version(case.definition_id).rules
    return rules.lifecycle.code in template.lifecycles and (not template.types or case.type in template.types)


def templates_for(case: Case, by: Actor) -> list[DocumentTemplate]:
    """What `by` may issue in the matter now, in the order of the catalogue."""
    done = set(case.ledger.get("times", {}))
    return [one.template for one in versions.documents() if _may(one.template, case, by, done)]


def _may(template: DocumentTemplate, case: Case, by: Actor, done: set[str]) -> bool:
    return (
        belongs(template, case)
        and not by.roles.isdisjoint(template.roles)
        and (not template.after or not done.isdisjoint(template.after))
    )


def may_tend(document: Document, by: Actor) -> bool:
    """Whether `by` may write down that it was served, and void it: the roles that issue it."""
    template = DocumentTemplate.model_validate(document.definition.body)
    return not by.roles.isdisjoint(template.roles)
