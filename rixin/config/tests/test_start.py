"""What is wrong with the environment is said in one sentence before anything starts; a killed worker loses no task."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import environ
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper

from rixin.config import supervisor
from rixin.config.environment import Environment, database, folder, host_names

SPARE = {
    "TIME_ZONE": None,
    "AUTOCOMMIT": True,
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
    "USER": "",
    "PASSWORD": "",
}


def rixin(*command: str, folder: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    inherited = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEMO", "PRODUCTION"}
    }
    given = {**inherited, "DATA_DIR": str(folder), **env}
    return subprocess.run(
        [sys.executable, "-m", "rixin", *command], env=given, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"DATABASE_URL": "mysql://a:b@c/d"}, "is not supported. Use sqlite:// or postgres://"),
        ({"DATABASE_URL": "postgres://h:port/n"}, "DATABASE_URL is not a database address"),
        ({"DATABASE_URL": "postgres://h"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL names no database"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY has 5 characters; it needs at least 32"),
        ({"PRODUCTION": "1"}, "SECRET_KEY is not set. Make one with: openssl rand -hex 32"),
        ({"FIELD_KEYS": "c2hvcnQ="}, "FIELD_KEYS: each key needs 32 bytes, one has 5. Make one with: openssl"),
        ({"TRUSTED_PROXIES": "some"}, "TRUSTED_PROXIES=some is not a whole number"),
        ({"REPORTS_PER_HOUR_CODE": "0"}, "REPORTS_PER_HOUR_CODE=0 is out of range: at least 1"),
        ({"PORT": "70000"}, "PORT=70000 is out of range: 1 to 65535"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL=LOUD is not known. Use one of DEBUG, INFO, WARNING, ERROR"),
        ({"PUBLIC_URL": "xihuma.example.cn"}, "PUBLIC_URL=xihuma.example.cn is no address of a site"),
        ({"ALLOWED_HOSTS": "a.example,https://b.example"}, "“https://b.example” is no host name"),
        ({"CATALOGUE_DIR": "/nowhere/at/all"}, "CATALOGUE_DIR=/nowhere/at/all is no folder"),
        ({"MEDIA_ROOT": "/dev/null/media"}, "MEDIA_ROOT=/dev/null/media cannot be made: Not a directory"),
        ({"DATABASE_URL": "postgres://u:p@127.0.0.1:9/n"}, "The database does not answer: connection failed"),
    ],
)
def test_a_wrong_setting_is_named_without_a_traceback(tmp_path, env, said):
    refused = rixin("setup", folder=tmp_path, **env)
    assert refused.returncode != 0
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgres://u:p%40ss@db.example:5433/n", "db.example"),
        ("postgres://u:p%40ss@%2Frun%2Fpostgresql:5433/n", "/run/postgresql"),
        ("postgres://u:p%40ss@/n?host=/run/postgresql&port=5433", "/run/postgresql"),
    ],
)
def test_a_server_is_found_by_name_or_by_the_folder_of_its_socket(tmp_path, monkeypatch, url, host):
    monkeypatch.setenv("DATABASE_URL", url)
    configured = DatabaseWrapper({**SPARE, **database(Environment(), tmp_path)})

    asked = configured.get_connection_params()

    assert (asked["host"], int(asked["port"]), asked["password"], asked["dbname"]) == (host, 5433, "p@ss", "n")


def test_a_probe_on_the_machine_itself_is_answered_whatever_the_site_is_called(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "xihuma.example.cn, www.example.cn")

    assert host_names(Environment()) == ["localhost", "127.0.0.1", "[::1]", "xihuma.example.cn", "www.example.cn"]


def test_an_empty_database_is_told_to_be_migrated(tmp_path):
    refused = rixin("worker", "--once", folder=tmp_path)
    assert refused.returncode != 0
    assert "Run: rixin setup" in refused.stderr


@pytest.mark.slow
def test_a_task_whose_worker_is_killed_is_done_by_the_next_one(tmp_path):
    """A real worker process, killed in mid-task with a signal that nothing can catch."""
    assert rixin("migrate", folder=tmp_path, PYTHONPATH=str(tmp_path)).returncode == 0
    (tmp_path / "stopping.py").write_text(
        "import os, pathlib, signal\n"
        "from django_tasks import task\n"
        "@task\n"
        "def once_killed(folder):\n"
        "    mark = pathlib.Path(folder) / 'begun'\n"
        "    if not mark.exists():\n"
        "        mark.touch()\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    (pathlib.Path(folder) / 'done').touch()\n",
        encoding="utf-8",
    )
    queue = f"from stopping import once_killed; once_killed.enqueue({str(tmp_path)!r})"
    # As if a minute had passed without a sign of the dead worker.
    wait = (
        "from datetime import timedelta; from django.db.models import F;"
        "from django_tasks_db.models import DBTaskResult as T; from rixin.config.models import *;"
        "T.objects.update(started_at=F('started_at') - timedelta(minutes=5));"
        "WorkerSign.objects.update(seen_at=F('seen_at') - timedelta(minutes=5));"
        "PeriodicJob.objects.update(due_at=F('due_at') - timedelta(minutes=5))"
    )
    path = {"PYTHONPATH": str(tmp_path)}
    assert rixin("shell", "-v0", "-c", queue, folder=tmp_path, **path).returncode == 0

    assert rixin("worker", "--once", folder=tmp_path, **path).returncode == -signal.SIGKILL
    assert not (tmp_path / "done").exists()
    assert rixin("shell", "-v0", "-c", wait, folder=tmp_path, **path).returncode == 0
    assert rixin("worker", "--once", folder=tmp_path, **path).returncode == 0

    assert (tmp_path / "done").exists()


class TestSupervisor:
    """A child that is told to stop stops; one that ends takes the others with it."""

    SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]

    def test_when_one_process_ends_the_others_are_stopped_and_its_code_is_told(self):
        failing = [sys.executable, "-c", "raise SystemExit(3)"]
        assert supervisor.keep([self.SLEEPER, failing]) == 3

    def test_a_signal_stops_all_and_counts_as_success(self):
        commands = json.dumps(
            [self.SLEEPER, [sys.executable, "-c", "print('ready', flush=True); import time; time.sleep(600)"]]
        )
        command = [sys.executable, "-m", "rixin.config.supervisor", commands]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout and process.stdout.readline() == "ready\n"
            process.send_signal(signal.SIGTERM)
            assert process.wait() == 0


def test_a_folder_that_is_named_empty_is_the_usual_one_and_not_the_one_that_one_is_in(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", "")
    monkeypatch.chdir(tmp_path)
    assert folder("DATA_DIR", environ.Env(), tmp_path / "var") == tmp_path / "var"
