"""Form fields that every app uses."""

from typing import Any

from django import forms

from common.text import shows


class Text(forms.CharField):
    """Text that people read: what shows nothing (hidden signs, empty cells) counts as empty, so it is "required"."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text if text and (shows(text) or "\0" in text) else self.empty_value  # NUL has words of its own
