"""The forms of the show."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from common.versions import Versioned
from sessions.forms import DELAYS
from show.control import IN_PLACE
from show.data import modes
from show.models import Show
from show.ripple import LONGEST_AUTOMATIC

LONGEST_LINE = 200  # letters


class ModeForm(forms.Form):
    """What the stage screen shows; empty: what happens is followed."""

    mode = forms.ChoiceField(required=False, choices=lambda: [("", ""), *((name, name) for name in modes())])


class ThresholdsForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
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


class StepForm(forms.Form):
    """One step of a session, in place; `minutes` of a delay."""

    action = forms.ChoiceField(choices=[(name, name) for name in (*IN_PLACE, "delay", "undo")])
    expected = forms.CharField(max_length=16, required=False)
    minutes = forms.TypedChoiceField(choices=[(n, n) for n in DELAYS], coerce=int, empty_value=None, required=False)


class ExtendForm(forms.Form):
    """Minutes that a session is given, or loses."""

    minutes = forms.IntegerField(min_value=-60, max_value=60)


class RippleForm(forms.Form):
    """What the person saw of an offer."""

    sessions = forms.IntegerField(min_value=1)
    minutes = forms.IntegerField(min_value=1)


class AutomaticForm(forms.Form):
    """Up to how many minutes a stage publishes its delays by itself."""

    minutes = forms.IntegerField(min_value=0, max_value=LONGEST_AUTOMATIC)


class CueForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """What a session does when the ones before it take longer."""

    class Meta:
        model = Show
        fields = ["cue", "least"]


class LineForm(forms.Form):
    """A private line to who is on stage."""

    text = Text(max_length=LONGEST_LINE)
