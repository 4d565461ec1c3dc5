"""Words and buttons for the states of questions."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from questions import state
from questions.forms import IntakeForm
from questions.listing import COLUMNS
from questions.models import QuestionSettings, State

register = template.Library()
LABELS = dict(State.choices)
TOOLS = ("merge", "write")  # they ask for something first
COLUMN = {str(value): name for name, states in COLUMNS.items() for value in states}
# The keys of the board; the same step has the same key everywhere.
KEYS = {"approve": "A", "dismiss": "D", "queue": "Q", "stage": "S", "unqueue": "T", "skip": "P", "requeue": "B"}
KEYS |= {"answer": "W", "reopen": "R"}
NOTED = ("handled_by", "reason", "how", "merged_text", "gathered", "labels", "similar", "notes", "original")
SHORT = {"answer": _("Answered, clear")}  # beside "Answered, next"


@register.filter
def state_label(value: str) -> str:
    """The translated name of a question's state."""
    return str(LABELS.get(value, value))


@register.filter
def column_of(value: str) -> str:
    """The board's column for a state; "" when it is in none."""
    return COLUMN.get(value, "")


@register.filter
def by_column(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Column -> number of its questions, from the numbers by state."""
    return [(name, sum(counts.get(value, 0) for value in states)) for name, states in COLUMNS.items()]


@register.filter
def count_of(counts: dict[str, int], column: str) -> int:
    """How many questions a column has."""
    return dict(by_column(counts))[column]


@register.filter
def is_noted(data: dict[str, Any]) -> bool:
    """Whether there is something to say about a question beside its words."""
    return any(data[name] for name in NOTED) or data["state"] in (State.SKIPPED, State.MERGED)


@register.filter
def intake_form(holds: Mapping[str, Any]) -> IntakeForm:
    """The form of how questions are taken, from what holds."""
    return IntakeForm(instance=QuestionSettings(**holds))


@register.filter
def card_steps(data: dict[str, Any]) -> SafeString:
    """The buttons of a card: they say no question's name, so that each state has them once in a language."""
    return _steps(get_language() or "", data["state"], bool(data["similar"]))


@lru_cache(maxsize=500)
def _steps(language: str, value: str, is_alike: bool) -> SafeString:
    rows = [
        (name, SHORT.get(name, state.LABELS[name]), KEYS.get(name, ""))
        for name in state.allowed(value)
        if name not in TOOLS
    ]
    if value == State.QUEUED:
        rows = [row for row in rows if row[0] not in ("dismiss", "skip")]
    context = {"steps": rows, "state": value, "is_alike": is_alike, "undoable": value != State.PENDING}
    return render_to_string("questions/_card_steps.html", context)
