"""The forms of the show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from show.data import modes
from show.models import Show


class ModeForm(forms.Form):
    """What the stage screen shows; empty: what happens is followed."""

    mode = forms.ChoiceField(required=False, choices=lambda: [("", ""), *((name, name) for name in modes())])


class ThresholdsForm(forms.ModelForm):  # type: ignore[type-arg]
    """When the speakers' clock turns."""

    class Meta:
        model = Show
        fields = ["amber", "red"]

    def clean(self) -> dict[str, Any]:
        """Red comes after amber."""
        cleaned = super().clean() or {}
        if cleaned.get("red", 0) > cleaned.get("amber", 0):
            raise forms.ValidationError(_("The clock turns amber first, then red: choose fewer minutes for red."))
        return cleaned
