"""Jobs that come round again: `rixin worker` runs each at its time, in one process only, whatever dies meanwhile.

An app writes them in its `jobs.py`, which is found by itself:

    @every(seconds=60, name="cases.escalate")
    def escalate(at: datetime) -> None: ...

A run is claimed by a lease in the database that the runner keeps renewing. A runner that is killed stops renewing,
and after LEASE another one takes over; so a job may begin twice for one round and must be repeatable.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from rixin.config.models import PeriodicJob

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
Job = Callable[[datetime], object]


@dataclass(frozen=True)
class Round:
    name: str
    every: timedelta
    job: Job


_rounds: dict[str, Round] = {}


def every(*, seconds: int, name: str) -> Callable[[Job], Job]:
    """Registers a job to run each `seconds` (at least 1). `name` is its identity in the database: `app.verb`."""
    if seconds < 1:
        raise ValueError(f"{name}: a job cannot come round each {seconds} seconds")

    def register(job: Job) -> Job:
        before = _rounds.get(name)
        if before and before.job.__qualname__ != job.__qualname__:
            raise ValueError(
                f"{name} is the name of another job already: {before.job.__module__}.{before.job.__name__}"
            )
        _rounds[name] = Round(name, timedelta(seconds=seconds), job)
        return job

    return register


def rounds() -> list[Round]:
    return sorted(_rounds.values(), key=lambda one: one.name)


def run_due(at: datetime, runner: str, *, among: list[Round] | None = None) -> list[str]:
    """Runs every job that is due at `at` and that no other runner holds; the names of those that ran, in order.

    A job that fails is logged, noted in its row and comes round again at its next time; the others run all the same.
    """
    ran = []
    for one in rounds() if among is None else among:
        if _claimed(one, at, runner):
            _run(one, at, runner)
            ran.append(one.name)
    return ran


def _claimed(one: Round, at: datetime, runner: str) -> bool:
    PeriodicJob.objects.get_or_create(name=one.name, defaults={"due_at": at})
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    claim = PeriodicJob.objects.filter(free, name=one.name, due_at__lte=at)
    return bool(claim.update(runner=runner, lease_until=at + LEASE, started_at=at))


def _run(one: Round, at: datetime, runner: str) -> None:
    failure = ""
    try:
        with _renewing(one.name, runner):
            one.job(at)
    except Exception as wrong:
        log.exception("%s failed", one.name)
        failure = f"{type(wrong).__name__}: {wrong}"[:500]
    done: dict[str, object] = {"lease_until": None, "due_at": at + one.every, "failure": failure}
    if not failure:
        done["succeeded_at"] = at
    PeriodicJob.objects.filter(name=one.name, runner=runner).update(**done)


@contextmanager
def _renewing(name: str, runner: str) -> Iterator[None]:
    """Renews the lease from a thread of its own while the job runs."""
    over = threading.Event()

    def renew() -> None:
        try:
            while not over.wait(LEASE.total_seconds() / 3):
                held = PeriodicJob.objects.filter(name=name, runner=runner)
                held.update(lease_until=timezone.now() + LEASE)
        except Exception:
            log.exception("%s: the lease could not be renewed", name)
        finally:
            connection.close()

    thread = threading.Thread(target=renew, name=f"lease of {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
