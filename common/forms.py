"""Form fields that every app uses."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.text import shows


class Text(forms.CharField):
    """A text field for people. Text that shows nothing (only hidden signs) counts as empty."""

    def to_python(self, value: Any) -> Any:
        """The text; the empty value when nothing of it can be seen."""
        text = super().to_python(value)
        return text if text and (shows(text) or "\0" in text) else self.empty_value  # NUL has words of its own


class LongSelect(forms.Select):
    """A list of hundreds of choices: written in one go, where a template for each takes 50 ms a page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element and its options."""
        chosen = str(value or "")
        marks = {True: SafeString(" selected"), False: ""}
        rows = ((key, marks[str(key) == chosen], label) for key, label in self.choices)
        options = format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, (attrs or {}) | {"name": name})), options
        )
