"""The form for a schedule file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 900_000  # bytes; a request has at most 1 MB (hybrid/guards.py)


class ScheduleForm(forms.Form):
    """A frab or pretalx schedule, XML or JSON."""

    file = forms.FileField(
        label=_("Schedule, XML or JSON"),
        help_text=_("As frab and pretalx export it, at most 900 kB."),
        widget=forms.FileInput({"accept": ".xml,.json,application/xml,application/json"}),
    )

    def clean_file(self) -> Any:
        """The file. Raises ValidationError for one that is too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 900 kB: your operator imports it by the command."))
        return file
