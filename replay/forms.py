"""What the addresses of the replay are asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from replay.data import LONGEST, WINDOW


class WindowForm(forms.Form):
    """A window: `from` and `to` in seconds of the recording, where our windows begin and end."""

    begin = forms.IntegerField(min_value=0, max_value=LONGEST - WINDOW, step_size=WINDOW)
    end = forms.IntegerField()

    def __init__(self, sent: Any) -> None:
        super().__init__({"begin": sent.get("from"), "end": sent.get("to")})

    def clean(self) -> dict[str, Any]:
        """Both. Raises ValidationError for another width."""
        data: dict[str, Any] = super().clean() or {}
        if "begin" in data and data.get("end") != data["begin"] + WINDOW:
            raise forms.ValidationError(_("A window has %(seconds)s seconds."), params={"seconds": WINDOW})
        return data
