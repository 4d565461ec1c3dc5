"""Meetings: asking, answering, the hours in which one may be asked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from common.versions import Versioned
from expo.models import Availability, Meeting
from expo.partners import Partner


class MeetingForm(forms.Form):
    """A request for a meeting; the time is one of those that are offered, in ISO 8601."""

    start = forms.DateTimeField(label=_("Time"), input_formats=["iso-8601"])
    way = forms.ChoiceField(label=_("Where"), choices=Meeting.Way.choices, initial=Meeting.Way.VIDEO)
    topic = Text(label=_("What about"), max_length=300)

    def __init__(self, partner: Partner, data: Any = None) -> None:
        super().__init__(data)
        if partner.exhibitor is None:
            ways = [choice for choice in Meeting.Way.choices if choice[0] != Meeting.Way.STAND]
            self.fields["way"].choices = ways  # type: ignore[attr-defined]


class AvailabilityForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """When somebody may be asked for a meeting."""

    class Meta:
        model = Availability
        fields = ["is_open", "opens", "closes", "mails"]
        widgets = {name: forms.TimeInput({"type": "time"}, "%H:%M") for name in ("opens", "closes")}

    def clean(self) -> dict[str, Any]:
        """The hours end after they begin."""
        data = super().clean() or {}
        if data.get("opens") and data.get("closes") and data["closes"] <= data["opens"]:
            raise ValidationError(_("The hours must end after they begin."))
        return data


class AnswerForm(forms.Form):
    """A step of a meeting with the version that was seen; "start" where another time is proposed."""

    action = forms.CharField(max_length=12)
    version = forms.IntegerField(min_value=0)
    start = forms.DateTimeField(input_formats=["iso-8601"], required=False)
