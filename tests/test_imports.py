"""Imports run one way: hybrid -> the features -> registration -> sessions -> people -> live -> common."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
LOWER = ["registration", "sessions", "people", "live", "common"]
APPS = {name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()}  # those of this repository
FLOORS = [{"hybrid"}, APPS - {"hybrid", *LOWER}, *({name} for name in LOWER)]
FLOOR = {app: number for number, apps in enumerate(FLOORS) for app in apps}


def imported(source: str) -> set[str]:
    """The top-level names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def forbidden(app: str, source: str) -> set[str]:
    """The apps that a module of `app` may not import, and does."""
    return {name for name in imported(source) if name != app and name in FLOOR and FLOOR[name] <= FLOOR[app]}


MODULES = [path for app in FLOOR for path in sorted((ROOT / app).rglob("*.py"))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_arrow_points_down(path):
    assert not forbidden(path.relative_to(ROOT).parts[0], path.read_text())


@pytest.mark.parametrize(
    ("app", "source", "found"),
    [
        ("live", "from people.models import Participant", {"people"}),
        ("people", "def f():\n    import sessions.models", {"sessions"}),
        ("chat", "import polls", {"polls"}),
        ("chat", "from sessions.models import Session\nfrom live.models import append", set()),
        ("sessions", "import hybrid.settings", {"hybrid"}),
    ],
)
def test_it_can_fail(app, source, found):
    assert forbidden(app, source) == found
