"""What the demonstration remembers of itself."""

from django.db import models


class Build(models.Model):
    """One build: from which numbers, and which cases are of it. Whoever clears the demonstration reads it."""

    seed = models.PositiveIntegerField()
    code_cases = models.PositiveIntegerField()
    now = models.DateTimeField(help_text="Up to when its last matters have gone.")
    made_at = models.DateTimeField()
    first_case = models.PositiveBigIntegerField()
    last_case = models.PositiveBigIntegerField()
    first_record = models.PositiveBigIntegerField(default=0)
    last_record = models.PositiveBigIntegerField(default=0)
    of_the_year = models.PositiveIntegerField(help_text="How many of its cases are of 2022.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"seed {self.seed}, cases {self.first_case} to {self.last_case}"
