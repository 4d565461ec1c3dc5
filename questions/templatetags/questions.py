"""The Q&A panel for a session's page, and words for its states."""

from django import template

from questions import state
from questions.listing import COLUMNS
from questions.models import State

register = template.Library()
LABELS = dict(State.choices)
TOOLS = ("dismiss", "merge", "write")  # they ask for something first
COLUMN = {str(value): name for name, states in COLUMNS.items() for value in states}


@register.filter
def state_label(value: str) -> str:
    """The translated name of a question's state."""
    return str(LABELS.get(value, value))


@register.filter
def column_of(value: str) -> str:
    """The board's column for a state; "" when it is in none."""
    return COLUMN.get(value, "")


@register.filter
def quick_steps(value: str) -> list[tuple[str, str]]:
    """The steps that a card offers at once (dismissing asks for a reason first, merging for a question)."""
    return [(action, str(state.LABELS[action])) for action in state.allowed(value) if action not in TOOLS]


@register.filter
def undoable(value: str) -> bool:
    """Whether the board offers to take back the last step."""
    return value != State.PENDING
