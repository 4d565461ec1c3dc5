"""Fields and helpers of the desk's forms."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms

from people.refusal import Refused
from registration.scopes import Scopes


class ScopeField(forms.ChoiceField):
    """A choice of the edition or a part of it. The choices are read only when the field is drawn."""

    scopes: Scopes

    def of(self, scopes: Scopes) -> None:
        """Offer the scopes of an edition."""
        self.scopes = scopes
        self.choices = lambda: scopes.choices

    def of_many(self, scopes: Scopes, everything: str, chosen: str) -> None:
        """Offer the edition, its strands and stages; of its sessions, of which there are many, only the `chosen` scope.

        `everything` is the label of the empty choice.
        """
        self.scopes = scopes
        self.choices = cache(lambda: [("", everything), *scopes.without_sessions(chosen)])  # drawing reads them twice

    def valid_value(self, value: Any) -> bool:
        """Whether the scope belongs to the edition; asks for that one scope only."""
        return self.scopes.holds(str(value))


def attempt(form: forms.BaseForm, operation: Callable[[dict[str, Any]], Any]) -> int:
    """Run the operation with the form's data. 0 on success, else the HTTP status, and the form has the error."""
    if not form.is_valid():
        return 409 if getattr(form, "conflicts", None) else 422
    try:
        operation(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    return 0
