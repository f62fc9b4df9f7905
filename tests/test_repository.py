"""Promises about the repository as a whole: settings, texts, nothing of one machine."""

import re
import subprocess
from pathlib import Path

import pytest

from tools import messages

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"|(?:_demanded|folder)\(\s*"([A-Z_]+)"')


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy has no history")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def test_each_setting_is_documented_and_no_other():
    files = [path for path in (ROOT / "rixin").rglob("*.py") if "tests" not in path.parts]
    read = {
        name for path in files for found in READ.findall(path.read_text(encoding="utf-8")) for name in found if name
    }
    page = (ROOT / "docs" / "operations" / "settings.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.M)) == read


@pytest.mark.parametrize("app", messages.apps(messages.ROOT), ids=lambda app: app.name)
def test_every_text_is_translated(app):
    found = list(messages.faults(messages.ROOT, app))
    assert not found, "\n".join(found)


def test_a_text_is_translated_alike_everywhere():
    assert list(messages.collisions(messages.ROOT)) == []


def test_lock_files_name_no_registry():
    for lock in [*ROOT.glob("requirements*.lock"), ROOT / "frontend" / "package-lock.json"]:
        text = lock.read_text(encoding="utf-8")
        assert "--index-url" not in text and "--find-links" not in text and '"resolved"' not in text, lock.name


def test_nothing_that_is_built_or_of_one_machine_is_committed():
    built = [p for p in tracked() if p.suffix in {".mo", ".pyc", ".sqlite3"} or "static_build" in p.parts]
    assert built == []
    home = re.compile(r"/(?:home|Users)/\w+/|/root/")
    text = [
        p
        for p in tracked()
        if p.suffix in {".py", ".md", ".sh", ".toml", ".yaml", ".ts", ".html"} and p != Path(__file__)
    ]
    assert [str(p) for p in text if home.search(p.read_text(encoding="utf-8"))] == []
