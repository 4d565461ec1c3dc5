"""Form fields that every app uses."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common.text import shows

CHOSEN = SafeString(" selected")
EARLIEST, LATEST = date(1990, 1, 1), date(2190, 12, 31)  # beyond them clocks and calendars fail


class Text(forms.CharField):
    """A text field for people. Text that shows nothing (only hidden signs) counts as empty."""

    def to_python(self, value: Any) -> Any:
        """The text; the empty value when nothing of it can be seen."""
        text = super().to_python(value)
        return text if text and (shows(text) or "\0" in text) else self.empty_value  # NUL has words of its own


class Day(forms.DateField):
    """A day."""

    def __init__(self, **kwargs: Any) -> None:
        limits = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(**kwargs, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), validators=limits)


class LongSelect(forms.Select):
    """A list of hundreds of choices, in groups or not: written in one go, as a template for each takes 50 ms a page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element and its options."""
        attributes = flatatt(self.build_attrs(self.attrs, (attrs or {}) | {"name": name}))
        return format_html(
            "<select{}>{}</select>", attributes, _options(self.choices, "" if value is None else str(value))
        )


def _options(choices: Iterable[Any], chosen: str) -> SafeString:
    return mark_safe(  # noqa: S308
        "\n".join(
            format_html('<optgroup label="{}">{}</optgroup>', key, _options(label, chosen))
            if isinstance(label, (list, tuple))
            else _option(str(key), str(label), str(key) == chosen)
            for key, label in choices
        )
    )


@lru_cache(5000)
def _option(key: str, label: str, is_chosen: bool) -> SafeString:
    return format_html('<option value="{}"{}>{}</option>', key, CHOSEN if is_chosen else "", label)
