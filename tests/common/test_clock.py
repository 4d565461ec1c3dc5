"""What decides for all uses the database's clock: no row and no rule takes its time from a process."""

import ast

import pytest
from django.apps import apps
from django.db.models import DateTimeField

from common import clock
from tests.test_imports import APPS, MODULES, ROOT

# The clock itself, and the demo congress, which is laid around the moment of its making on one machine.
OWN = {"common/clock.py", "hybrid/management/commands/load_demo.py"}
MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]


def clocks_of_a_process(source: str) -> set[str]:
    """The ways in which a module asks its own machine for the time of day."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            found |= {"timezone.now" for alias in node.names if alias.name == "now"}
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            found |= {name} & {"timezone.now", "datetime.now", "datetime.utcnow", "date.today"}
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_takes_its_time_from_the_database(model):
    fields = [field for field in model._meta.get_fields() if isinstance(field, DateTimeField)]
    assert [field.name for field in fields if field.auto_now or field.auto_now_add] == []
    assert [field.name for field in fields if field.has_default() and field.default is not clock.now] == []


def test_no_rule_asks_the_process():
    asking = {str(path.relative_to(ROOT)) for path in MODULES if clocks_of_a_process(path.read_text())}
    assert asking == OWN


@pytest.mark.parametrize(
    "source",
    [
        "from django.utils.timezone import now",
        "from django.utils import timezone\nat = timezone.now()",
        "from datetime import datetime\nat = datetime.now()",
    ],
)
def test_it_can_fail(source):
    assert clocks_of_a_process(source)
