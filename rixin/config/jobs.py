"""The house's own periodic jobs."""

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from rixin.config.models import WorkerSign
from rixin.config.periodic import every

SILENT = timedelta(seconds=60)
KEEP_DONE = timedelta(days=14)


def give_sign(worker: str, at: datetime) -> None:
    WorkerSign.objects.update_or_create(worker=worker, defaults={"seen_at": at})


@every(seconds=20, name="config.requeue_orphaned_tasks")
def requeue_orphaned_tasks(at: datetime) -> int:
    """Puts tasks of workers that died in mid-task back into the queue; how many. Tasks must be repeatable."""
    WorkerSign.objects.filter(seen_at__lt=at - SILENT).delete()
    living = set(WorkerSign.objects.values_list("worker", flat=True))
    running = DBTaskResult.objects.filter(status="RUNNING").exclude(Q(started_at__gt=at - SILENT))
    orphans = [task.pk for task in running if not living & set(task.worker_ids[-1:])]
    return DBTaskResult.objects.filter(pk__in=orphans, status="RUNNING").update(status="READY", started_at=None)


@every(seconds=6 * 3600, name="config.clear_old_tasks")
def clear_old_tasks(at: datetime) -> int:
    """Removes results of tasks that were done two weeks ago."""
    old = DBTaskResult.objects.filter(status__in=["SUCCESSFUL", "FAILED"], finished_at__lt=at - KEEP_DONE)
    return old.delete()[0]


@every(seconds=24 * 3600, name="config.clear_sessions")
def clear_sessions(at: datetime) -> int:
    """Removes sessions that ran out."""
    from django.contrib.sessions.models import Session

    return Session.objects.filter(expire_date__lt=at).delete()[0]
