"""The way imports point: doors on top, facts in the middle, ground below (docs/developers)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the ground up. Neighbours in one layer never import each other: they talk by signals after commit.
LAYERS = [
    {"catalogue"},
    {"places", "people", "privacy"},
    {"triage"},
    {"registers", "facilities", "homes"},
    {"cases", "records", "rolls", "activities", "programmes", "walking"},
    {"topics", "liaison", "investment", "policies", "goals"},
    {"choosing"},
    {"metrics", "documents", "filing", "bookings"},
    {"reports"},
    {"channels", "desk", "demo"},
]
HEIGHT = {app: height for height, layer in enumerate(LAYERS) for app in layer}


def imports(path: Path, source: str) -> Iterator[tuple[int, str]]:
    """Line and app of every import of an app, at the top of the file or inside a function."""
    for node in ast.walk(ast.parse(source, filename=str(path))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "rixin" and len(parts) > 1:
                yield node.lineno, parts[1]


def breaks(path: Path, source: str) -> list[str]:
    """The lines of a file of app `rixin/<app>/…` that import from beside or above."""
    app = path.parts[1]
    found = []
    for line, other in imports(path, source):
        if other == app or other not in HEIGHT:
            continue
        if path.as_posix() == "rixin/config/urls.py":
            continue  # where the house is put together
        if app == "config":
            found.append(f"{path}:{line}: the house (config) imports {other}; name it in a setting or a URL instead.")
        elif HEIGHT[other] >= HEIGHT[app]:
            where = "its neighbour" if HEIGHT[other] == HEIGHT[app] else "from above:"
            found.append(f"{path}:{line}: {app} imports {where} {other}. Let {other} listen to a signal instead.")
    return found


def test_every_app_has_its_layer():
    apps = {folder.name for folder in (ROOT / "rixin").iterdir() if (folder / "apps.py").exists()}
    assert apps - {"config"} == set(HEIGHT)


def test_imports_point_downwards():
    files = [
        path for path in (ROOT / "rixin").rglob("*.py") if "tests" not in path.parts and path.parent.name != "rixin"
    ]
    found = [
        line for path in sorted(files) for line in breaks(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("where", "line", "allowed"),
    [
        ("rixin/cases/actions.py", "from rixin.people.staff import Staff", True),
        ("rixin/people/staff.py", "from rixin.cases.models import Case", False),
        ("rixin/desk/views.py", "from rixin.channels import codes", False),
        ("rixin/desk/views.py", "from rixin import channels", False),
        ("rixin/config/views.py", "import rixin.people.models", False),
    ],
)
def test_a_wrong_import_is_found(where, line, allowed):
    assert (breaks(Path(where), line) == []) is allowed
