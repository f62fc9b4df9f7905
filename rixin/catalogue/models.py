from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rixin.append_only import AppendOnly


class DefinitionVersion(AppendOnly):
    """A definition as it was published. Rows are only added; a case points at the matter type it was opened under.

    A matter type points at the version of the lifecycle that it follows, so that a hundred types share one.
    """

    class Kind(models.TextChoices):
        MATTER = "matter", _("Matter type")
        LIFECYCLE = "lifecycle", _("Lifecycle")
        WORKING_TIME = "working_time", _("Working time")
        MEASURE = "measure", _("Unit of measure")
        RECORD = "record", _("Record type")
        METRIC = "metric", _("Metric")
        GOAL = "goal", _("Goal")
        REPORT = "report", pgettext_lazy("kind of definition", "Report")
        FORM = "form", pgettext_lazy("kind of definition", "Form")
        DOCUMENT = "document", pgettext_lazy("kind of definition", "Document")
        LIST = "list", pgettext_lazy("kind of definition", "List")
        REGISTER = "register", pgettext_lazy("kind of definition", "Register")
        INDUSTRY = "industry", pgettext_lazy("kind of definition", "Industry")
        TRAIT = "trait", pgettext_lazy("kind of definition", "Trait of enterprises")
        WARNING = "warning", pgettext_lazy("kind of definition", "Warning")
        PIPELINE = "pipeline", pgettext_lazy("kind of definition", "Pipeline")
        POLICY = "policy", pgettext_lazy("kind of definition", "Policy")
        FACILITY_GROUP = "facil_group", pgettext_lazy("kind of definition", "Group of facilities")
        FACILITY = "facility", pgettext_lazy("kind of definition", "Kind of facility")
        LAYOUT = "layout", pgettext_lazy("kind of definition", "Layout of facilities")
        CIRCLE = "circle", pgettext_lazy("kind of definition", "Circle of life")
        ROLL = "roll", pgettext_lazy("kind of definition", "Service roll")
        ACTIVITY = "activity", pgettext_lazy("kind of definition", "Kind of event")
        PROGRAMME = "programme", pgettext_lazy("kind of definition", "Kind of project")
        HEAD_COUNT = "head_count", pgettext_lazy("kind of definition", "Head counts of homes")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.MATTER)
    code = models.CharField(max_length=64)
    number = models.PositiveIntegerField(help_text="1 for the first version of this code, then counting up.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it says: what did not change makes no version.")
    body: models.JSONField[object, object] = models.JSONField(help_text="The definition as plain data.")
    lifecycle = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code", "number"], name="definition_kind_code_number")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"
