"""Jobs that come round again: one runner each, whatever dies meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from rixin.config import jobs
from rixin.config.models import PeriodicJob, WorkerSign
from rixin.config.periodic import LEASE, Round, every, run_due

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 3, 1, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_round(*, does=lambda at: None, name: str = "tests.count") -> Round:
    return Round(name, MINUTE, does)


class TestComingRound:
    def test_a_new_job_runs_at_once_and_is_told_the_time(self):
        told = []
        assert run_due(NOON, "one", among=[a_round(does=told.append)]) == ["tests.count"]
        assert told == [NOON]

    def test_it_rests_until_its_time_has_come(self):
        job = a_round()
        run_due(NOON, "one", among=[job])

        assert run_due(NOON + MINUTE - timedelta(seconds=1), "one", among=[job]) == []
        assert run_due(NOON + MINUTE, "one", among=[job]) == ["tests.count"]

    def test_a_job_that_fails_is_noted_and_comes_round_again(self):
        def breaks(at: datetime) -> None:
            raise ValueError("no paper")

        other = a_round(name="tests.other")
        assert run_due(NOON, "one", among=[a_round(does=breaks), other]) == ["tests.count", "tests.other"]

        row = PeriodicJob.objects.get(name="tests.count")
        assert (row.failure, row.succeeded_at, row.due_at) == ("ValueError: no paper", None, NOON + MINUTE)

    def test_a_name_belongs_to_one_job(self):
        every(seconds=5, name="tests.named")(lambda at: None)

        def another(at: datetime) -> None: ...

        with pytest.raises(ValueError, match=r"tests\.named is the name of another job"):
            every(seconds=5, name="tests.named")(another)


class TestTwoRunners:
    def test_while_one_runs_a_job_the_other_leaves_it_alone(self):
        second: list[list[str]] = []
        job = a_round(does=lambda at: second.append(run_due(at, "two", among=[job])))

        assert run_due(NOON, "one", among=[job]) == ["tests.count"]
        assert second == [[]]

    def test_a_job_of_a_runner_that_died_is_taken_over_when_its_lease_ends(self):
        job = a_round()
        PeriodicJob.objects.create(name=job.name, due_at=NOON, runner="dead", started_at=NOON, lease_until=NOON + LEASE)

        assert run_due(NOON + LEASE, "two", among=[job]) == []
        assert run_due(NOON + LEASE + timedelta(seconds=1), "two", among=[job]) == ["tests.count"]


class TestTasksOfDeadWorkers:
    @staticmethod
    def a_running_task(worker: str) -> DBTaskResult:
        return DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="rixin.config.tests.test_periodic.a_running_task",
            backend_name="default",
            status="RUNNING",
            worker_ids=[worker],
            started_at=NOON,
            run_after=NOON,
        )

    def test_a_task_of_a_worker_without_sign_of_life_goes_back_into_the_queue(self):
        task = self.a_running_task("dead")
        WorkerSign.objects.create(worker="dead", seen_at=NOON)

        assert jobs.requeue_orphaned_tasks(NOON + jobs.SILENT * 2) == 1
        task.refresh_from_db()
        assert task.status == "READY"

    def test_a_task_of_a_living_worker_stays_however_long_it_takes(self):
        self.a_running_task("alive")
        jobs.give_sign("alive", NOON + jobs.SILENT * 60)

        assert jobs.requeue_orphaned_tasks(NOON + jobs.SILENT * 60) == 0
