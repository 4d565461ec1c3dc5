"""Form fields that every app uses."""

from typing import Any

from django import forms

from common.text import shows


class Text(forms.CharField):
    """A text field for people. Text that shows nothing (only hidden signs) counts as empty."""

    def to_python(self, value: Any) -> Any:
        """The text; the empty value when nothing of it can be seen."""
        text = super().to_python(value)
        return text if text and (shows(text) or "\0" in text) else self.empty_value  # NUL has words of its own
