from django.db import models


class DefinitionVersion(models.Model):
    """A matter type as it was published, with its class and lifecycle. Rows are only added; cases point at them."""

    code = models.CharField(max_length=64)
    number = models.PositiveIntegerField(help_text="1 for the first version of this code, then counting up.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the body: a definition that did not change makes no version.")
    body = models.JSONField(help_text="ResolvedType as plain data.")
    published_at = models.DateTimeField()
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="definition_code_number")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"
