"""Documents as they went out, and the numbers that were given. Only `issuing` writes here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.cases.models import Case
from rixin.catalogue.models import DefinitionVersion
from rixin.people.models import Unit
from rixin.privacy.fields import EncryptedTextField


class Series(models.Model):
    """The last number given in one series of one year."""

    name = models.CharField(max_length=120, unique=True, help_text="As 文街信受〔2022〕{n}号.")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class Document(models.Model):
    """One document that went out. Its words never change; it can be served, and it can be voided."""

    class Service(models.TextChoices):
        """How it reached whom it addresses (Civil Procedure Law, arts. 87-95, which other procedures follow)."""

        IN_PERSON = "in_person", pgettext_lazy("service of a document", "Handed over")
        LEFT = "left", pgettext_lazy("service of a document", "Left on the spot before witnesses")
        POST = "post", pgettext_lazy("service of a document", "By post")
        ELECTRONIC = "electronic", pgettext_lazy("service of a document", "Electronically, as agreed to")
        ENTRUSTED = "entrusted", pgettext_lazy("service of a document", "Through another authority")
        NOTICE = "notice", pgettext_lazy("service of a document", "By public notice")

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="documents")
    definition = models.ForeignKey(DefinitionVersion, models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=64, help_text="Of its template.")
    title = models.CharField(max_length=80)
    number = models.CharField(max_length=80, unique=True)
    day = models.DateField(help_text="As it is dated.")
    addressee = EncryptedTextField()
    text = EncryptedTextField(help_text="A paragraph a line.")
    signs: models.JSONField[Any, Any] = models.JSONField(default=list, help_text="Who signs beside the office.")
    office = models.CharField(max_length=80, help_text="In whose name it goes out, and whose seal it bears.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of number, day, addressee and text.")
    public = models.BooleanField(default=False, help_text="Whether who raised the matter may read it.")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    issued_at = models.DateTimeField()
    sending = models.CharField(max_length=64, unique=True, help_text="The sender's own key, the same on every retry.")
    served_on = models.DateField(null=True)
    served_how = models.CharField(max_length=12, choices=Service, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["case", "-issued_at"], name="document_by_case")]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.number
