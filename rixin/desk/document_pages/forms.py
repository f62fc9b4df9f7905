"""The forms by which a document is drafted, served and voided."""

from datetime import date, datetime

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from rixin.catalogue.document_schema import DocumentTemplate
from rixin.catalogue.schema import Lifecycle
from rixin.desk import fields
from rixin.desk.actionforms import field_for, given_of
from rixin.documents.issuing import Draft
from rixin.documents.models import Document
from rixin.people.staff import Staff
from rixin.refusable import RefusableForm


class DraftForm(RefusableForm):
    """Whom the document addresses, its day, and what its template asks for.

    `known`: the masked name of who raised the matter, where it may be taken.
    """

    to = forms.CharField(max_length=80, label=pgettext_lazy("field of a document", "To"))
    day = fields.DayField(label=pgettext_lazy("field of a document", "Dated"))

    def __init__(
        self,
        template: DocumentTemplate,
        lifecycle: Lifecycle,
        staff: Staff,
        at: datetime,
        *,
        known: str = "",
        data: QueryDict | None = None,
    ) -> None:
        self.template, self.known = template, known
        super().__init__(data, initial={"day": timezone.localdate(at)}, auto_id="document_%s")
        if known:
            self.fields["to"].required = False
            self.fields["to"].help_text = _(
                "Left empty, the name that was given with the report is put here: %(name)s. That it is opened for this "
                "document goes on record."
            ) % {"name": known}
        for asked in template.asks:
            self.fields[asked.name] = field_for(asked, lifecycle, staff)

    @property
    def draft(self) -> Draft:
        """Once it is valid; while it is not, as far as it can be read."""
        cleaned = getattr(self, "cleaned_data", {})
        day = cleaned.get("day") or str(self.get_initial_for_field(self.fields["day"], "day"))
        own = given_of(self.template.asks, cleaned)
        return Draft(self.template, date.fromisoformat(day), cleaned.get("to", ""), own)


class ServiceForm(RefusableForm):
    on = fields.DayField(label=pgettext_lazy("field of a document", "Served on"))
    how = forms.ChoiceField(label=pgettext_lazy("field of a document", "How"), choices=Document.Service.choices)


class VoidForm(RefusableForm):
    reason = forms.CharField(max_length=400, label=pgettext_lazy("field of a document", "Why it is voided"))
