"""Fields and inputs of planning's forms."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from sessions.schedule import texts

EARLIEST, LATEST = date(1990, 1, 1), date(2190, 12, 31)  # beyond them clocks and calendars fail


class Day(forms.DateField):
    """A day."""

    def __init__(self, **kwargs: Any) -> None:
        limits = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(**kwargs, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), validators=limits)


def lines(rows: int) -> forms.Textarea:
    """A text of several lines."""
    return forms.Textarea({"rows": rows, "dir": "auto"})


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


class StageChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of stages, with their cities."""

    def label_from_instance(self, obj: Any) -> str:
        """Stage and city."""
        return f"{obj.name}, {obj.host_city.name}"
