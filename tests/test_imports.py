"""Imports run one way: hybrid -> features -> networking -> cities -> show -> registration -> sessions -> people ->
scheduler -> live -> common.

Nor do the files of one app import each other in a circle, also not for types alone.
"""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
LOWER = ["networking", "cities", "show", "registration", "sessions", "people", "scheduler", "live", "common"]
APPS = {name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()}  # those of this repository
FLOORS = [{"hybrid"}, APPS - {"hybrid", *LOWER}, *({name} for name in LOWER)]
FLOOR = {app: number for number, apps in enumerate(FLOORS) for app in apps}


def statements(source: str) -> Iterator[tuple[str, list[str]]]:
    """What a module imports, wherever in it: each module's name and the names that are taken from it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, [alias.name for alias in node.names]


def imported(source: str) -> set[str]:
    """The top-level names that a module imports, wherever in it."""
    return {name.split(".")[0] for name, _ in statements(source)}


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


def module_of(path: Path) -> str:
    """ "live/hub.py" -> "live.hub", "people/models/__init__.py" -> "people.models"."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def circle(sources: Mapping[str, str]) -> list[str]:
    """A circle of modules that import each other, each the one before it; empty when there is none."""
    imports = {
        module: {
            inside
            for name, taken in statements(source)
            for inside in ([f"{name}.{part}" for part in taken if f"{name}.{part}" in sources] or [name])
            if inside in sources
        }
        for module, source in sources.items()
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("app", sorted(FLOOR))
def test_no_files_of_an_app_import_each_other_in_a_circle(app):
    assert not circle({module_of(path): path.read_text() for path in MODULES if path.relative_to(ROOT).parts[0] == app})


@pytest.mark.parametrize(
    ("sources", "length"),
    [
        ({"live.hub": "from live.feed import Feed", "live.feed": "if TYPE_CHECKING:\n    from live.hub import Hub"}, 3),
        ({"live.hub": "from live import feed", "live.feed": "def f():\n    import live.hub"}, 3),
        ({"live.hub": "from live import feed", "live.feed": "from live.wire import frame", "live.wire": ""}, 0),
    ],
)
def test_a_circle_can_be_found(sources, length):
    assert len(circle(sources)) == length
