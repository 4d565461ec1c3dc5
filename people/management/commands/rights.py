"""manage.py rights: who holds which action, as a table in Markdown (docs/people.md has it)."""

from typing import Any

from django.core.management.base import BaseCommand

from common.registry import registry
from people.models import Role
from people.permissions import ANONYMOUS, OPERATOR


def table() -> str:
    """A line for each action that an app declares, a column for each role."""
    columns = [ANONYMOUS, *Role.Name.values, OPERATOR]
    lines = [f"| action | {' | '.join(columns)} |", f"|---|{':-:|' * len(columns)}"]
    for action, roles in registry.actions.items():
        cells = [_cell(role, roles) for role in columns]
        lines.append(f"| `{action}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(role: str, roles: frozenset[str]) -> str:
    if role in roles:
        return "yes"
    allowed = [name for name, option in registry.guests_may.items() if option.role in roles]
    return f"if “{allowed[0]}” is allowed" if role == Role.Name.GUEST and allowed else ""


class Command(BaseCommand):
    """Print the merged table of rights."""

    help = "Print who holds which action, as the installed apps declare it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table."""
        self.stdout.write(table())
