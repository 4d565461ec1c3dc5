"""Fields and inputs of planning's forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common import marks
from common.forms import Text
from sessions.schedule import texts


def lines(rows: int) -> forms.Textarea:
    """A text of several lines."""
    return forms.Textarea({"rows": rows, "dir": "auto"})


class Marked(forms.CharField):
    """A text with simple marks (common/marks.py); what is stored as HTML is edited with marks where they say it."""

    def prepare_value(self, value: Any) -> Any:
        """The text with marks."""
        return marks.editable(value) if isinstance(value, str) else value


class Languages(Text):
    """Codes of languages in one line; the value is a list."""

    def prepare_value(self, value: Any) -> Any:
        """The codes with commas between them."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The codes. Raises ValidationError for what is no code."""
        text = super().clean(value)
        codes = texts.languages(text)
        words = [word for word in text.replace(",", " ").split() if word]
        if len(codes) < len({word.lower() for word in words}):
            raise ValidationError(_("Write codes of languages: en, ca, zh."))
        return codes


class Colour(Text):
    """A colour; the value is "#rrggbb" in small letters, or empty."""

    def to_python(self, value: Any) -> Any:
        """The colour, written alike."""
        text = super().to_python(value).strip().lower()
        return f"#{text}" if text and not text.startswith("#") else text


class StageChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of stages, with their cities."""

    def label_from_instance(self, obj: Any) -> str:
        """Stage and city."""
        return f"{obj.name}, {obj.host_city.name}"
