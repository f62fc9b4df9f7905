"""The house's own tables: when each periodic job ran, and which workers live."""

from django.db import models


class PeriodicJob(models.Model):
    """One job of rixin/config/periodic.py and who runs it now."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
    runner = models.CharField(max_length=64, blank=True)
    # None: nobody runs it. In the past: whoever ran it is gone.
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.name


class WorkerSign(models.Model):
    """A sign of life of one worker process; tasks of a worker without one go back into the queue."""

    worker = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
