"""Fields and helpers of the desk's forms."""

from collections.abc import Callable
from typing import Any

from django import forms

from people.refusal import Refused
from registration.scopes import Scopes


class ScopeField(forms.ChoiceField):
    """What of the edition something is for; the choices are read when they are drawn, not to check one."""

    scopes: Scopes

    def of(self, scopes: Scopes, everything: str | None = None) -> None:
        """Offer the scopes of an edition; `everything` is the label of no choice."""
        self.scopes = scopes
        none = [] if everything is None else [("", everything)]
        self.choices = lambda: [*none, *scopes.choices]

    def valid_value(self, value: Any) -> bool:
        return self.scopes.holds(str(value))


def attempt(form: forms.BaseForm, operation: Callable[[dict[str, Any]], Any]) -> int:
    """Run the operation with what the form says. 0 when it is done, else the answer's status, with why in the form."""
    if not form.is_valid():
        return 409 if getattr(form, "conflicts", None) else 422
    try:
        operation(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    return 0
