"""Fields and helpers of the desk's forms."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from people.refusal import Refused
from registration.scopes import Scopes


class LocalTime(forms.DateTimeField):
    """A date and time in the host city's zone, from <input type="datetime-local">."""

    def __init__(self, zone: ZoneInfo | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone
        self.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        try:
            return found.replace(tzinfo=self.zone) if found else None
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(_("Write a date and a time.")) from error


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
        return 422
    try:
        operation(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    return 0
