"""Dates and times in the time zone of a place."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import EARLIEST, LATEST


class LocalTime(forms.DateTimeField):
    """A date and time in a zone, from <input type="datetime-local">. Gives back an aware datetime."""

    def __init__(self, zone: ZoneInfo | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone
        self.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        """The value for the widget: a datetime in the zone, anything else unchanged."""
        return value.astimezone(self.zone) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """An aware datetime, or None for an empty field. Raises ValidationError for a time that cannot be."""
        moment = super().to_python(value)
        if moment and not EARLIEST <= moment.date() <= LATEST:
            raise forms.ValidationError(_("Write a date and a time."))
        try:
            return moment.replace(tzinfo=self.zone) if moment else None
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(_("Write a date and a time.")) from error
