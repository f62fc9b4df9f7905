"""Enterprises, and what is known of each with its dates."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.privacy.fields import EncryptedTextField


class Standing(models.TextChoices):
    """What an enterprise is to the sub-district on a day."""

    HERE = "here", pgettext_lazy("standing of an enterprise", "Registered and working here")
    ELSEWHERE = "elsewhere", pgettext_lazy("standing of an enterprise", "Registered here, working elsewhere")
    WORKING = "working", pgettext_lazy("standing of an enterprise", "Working here, registered elsewhere")
    LEFT = "left", pgettext_lazy("standing of an enterprise", "Moved away")
    CLOSED = "closed", pgettext_lazy("standing of an enterprise", "Closed")


PRESENT = (Standing.HERE, Standing.ELSEWHERE, Standing.WORKING)
"""Standings of enterprises that are the sub-district's."""
REGISTERED = (Standing.HERE, Standing.ELSEWHERE)


class How(models.TextChoices):
    """How a standing came about."""

    FOUND = "found", pgettext_lazy("how a standing came about", "Was here when it was entered")
    NEW = "new", pgettext_lazy("how a standing came about", "Newly registered")
    MOVED_IN = "moved_in", pgettext_lazy("how a standing came about", "Moved in")
    CHANGED = "changed", pgettext_lazy("how a standing came about", "Place of work or registration changed")
    MOVED_OUT = "moved_out", pgettext_lazy("how a standing came about", "Moved out")
    CLOSED = "closed", pgettext_lazy("how a standing came about", "Closed")


IN_USE = Q(withdrawn=False)


class Enterprise(models.Model):
    """As it is now. Standing, since, building and rooms are what its spans say today, kept here for quick lists."""

    code = models.CharField(max_length=18, blank=True, help_text="Unified social credit code; empty: not known yet.")
    name = models.CharField(max_length=120)
    plain_name = models.CharField(
        max_length=120, help_text="As names are compared: without blanks, width and brackets."
    )
    section = models.CharField(max_length=1, blank=True, help_text="Of GB/T 4754, A to T.")
    division = models.CharField(max_length=2, blank=True, help_text="Of GB/T 4754, 01 to 97.")
    area_path = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    place_code = models.CharField(max_length=40, blank=True)
    building = models.ForeignKey(
        "registers.Building", models.PROTECT, null=True, db_index=False, related_name="enterprises",
        help_text="In which it has its largest rooms today.",
    )  # fmt: skip
    standing = models.CharField(max_length=9, choices=Standing)
    since = models.DateField(help_text="First day of this standing.")
    founded_on = models.DateField(null=True)
    capital = models.BigIntegerField(null=True, help_text="Registered capital in yuan.")
    business = models.CharField(max_length=400, blank=True, help_text="What it does, in its own words.")
    contact_name = EncryptedTextField(null=True)
    contact_phone = EncryptedTextField(null=True)
    contact_post = models.CharField(max_length=40, blank=True)
    withdrawn = models.BooleanField(default=False, help_text="Entered by mistake, or a second time.")
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="twins",
        help_text="The entry that goes on for it, where it was entered twice.",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, help_text="Number of its events.")
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="enterprise_standing", condition=Q(standing__in=Standing.values)),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code="") & Q(withdrawn=False), name="enterprise_code_once"
            ),
        ]
        indexes = [
            # What narrows a list stands in the index of its order: a list is that index walked until a page is full,
            # and a word of which there is none is looked for without a look at any row. There is none by area: SQLite
            # would gather all rows of a sub-district by it and sort them.
            models.Index(
                fields=["plain_name", "id", "standing", "area_path"], condition=IN_USE, name="enterprise_by_name"
            ),
            models.Index(
                fields=["-since", "-id", "standing", "area_path", "plain_name"],
                condition=IN_USE,
                name="enterprise_by_since",
            ),
            models.Index(
                fields=["standing", "plain_name", "id", "area_path"], condition=IN_USE, name="enterprise_by_standing"
            ),
            models.Index(
                fields=["standing", "-since", "-id", "area_path"], condition=IN_USE, name="enterprise_standing_since"
            ),
            models.Index(fields=["section", "plain_name", "id"], condition=IN_USE, name="enterprise_by_section"),
            models.Index(fields=["division", "plain_name", "id"], condition=IN_USE, name="enterprise_by_division"),
            models.Index(fields=["building", "plain_name", "id"], name="enterprise_by_building"),
        ]
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of the staff's page."""
        return reverse("desk:enterprise", args=[self.pk])


class FormerName(models.Model):
    """A name that it had. Papers and tables go on to use it."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    plain_name = models.CharField(max_length=120, db_index=True)
    until_day = models.DateField(help_text="The day from which it had another name.")

    objects: models.Manager["FormerName"] = models.Manager()

    class Meta:
        ordering = ["until_day", "pk"]

    def __str__(self) -> str:
        return self.name


class Span(models.Model):
    """Something that holds from a day until another one, on which it no longer does."""

    from_day = models.DateField()
    until_day = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class StandingSpan(Span):
    """One standing for a time. One enterprise has one at a time."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, db_index=False, related_name="standings")
    standing = models.CharField(max_length=9, choices=Standing)
    how = models.CharField(max_length=9, choices=How)
    where = models.CharField(max_length=120, blank=True, help_text="Where from or where to.")

    objects: models.Manager["StandingSpan"] = models.Manager()

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="standing_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(fields=["enterprise", "from_day"], name="standing_begins_once"),
            models.UniqueConstraint(fields=["enterprise"], condition=Q(until_day=None), name="standing_now_once"),
        ]
        indexes = [
            models.Index(fields=["from_day", "standing"], name="standing_by_day"),
            # "Which were here on that day" asks of each entry in the order of a list: answered from the index alone.
            models.Index(fields=["enterprise", "from_day", "until_day", "standing"], name="standing_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.standing} {self.from_day}"


class TraitSpan(Span):
    """One value of a trait for a time. What merely happened on a day has no end."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, db_index=False, related_name="traits")
    trait = models.CharField(max_length=64, help_text="Code of the trait.")
    value = models.CharField(max_length=64, help_text="Code of one of its options.")
    note = models.CharField(max_length=200, blank=True, help_text="Such as the number of the certificate.")

    objects: models.Manager["TraitSpan"] = models.Manager()

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="trait_ends_after", condition=Q(until_day=None) | Q(until_day__gt=F("from_day"))
            ),
            models.UniqueConstraint(fields=["enterprise", "trait", "value", "from_day"], name="trait_begins_once"),
        ]
        indexes = [models.Index(fields=["trait", "value", "from_day"], name="trait_by_value")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.trait}={self.value} {self.from_day}"


class Measured(models.TextChoices):
    """What an enterprise's returns say, each for a period."""

    TAX = "tax", pgettext_lazy("return of an enterprise", "Tax paid")
    OUTPUT = "output", pgettext_lazy("return of an enterprise", "Output")


class Return(models.Model):
    """What was paid or made in a month, a quarter or a year. Money in fen, so that sums are exact."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, db_index=False, related_name="returns")
    measured = models.CharField(max_length=6, choices=Measured)
    period = models.CharField(max_length=7, help_text="2022, 2022-Q1 or 2022-03. Of a year only one kind of period.")
    last_day = models.DateField(help_text="Of the period.")
    amount = models.BigIntegerField(help_text="In fen.")
    source = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: models.Manager["Return"] = models.Manager()

    class Meta:
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "measured", "period"], name="return_of_enterprise_once")
        ]
        indexes = [models.Index(fields=["measured", "last_day"], name="return_by_day")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.measured} {self.period}"
