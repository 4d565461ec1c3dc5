"""Badges and leads: scanning, what one gives, scanner apps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from expo.models import FIELDS, Source


class ScanForm(forms.Form):
    """A scanned or typed badge, and what was noted."""

    code = forms.CharField(label=_("Code of the badge"), max_length=300)
    client_id = forms.UUIDField()
    at = forms.DateTimeField(input_formats=["iso-8601"], required=False)
    rating = forms.IntegerField(label=_("Rating"), min_value=0, max_value=5, required=False)
    tags = Text(label=_("Tags"), max_length=120, required=False)
    note = Text(label=_("Note"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))


class FieldsForm(forms.Form):
    """What a badge gives."""

    fields = forms.MultipleChoiceField(  # type: ignore[assignment]
        choices=list(FIELDS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )


class AgreeForm(FieldsForm):
    """Somebody gives their data to a stand, from its page: which fields, and what they were doing."""

    source = forms.ChoiceField(choices=[choice for choice in Source.choices if choice[0] != Source.SCAN])
    client_id = forms.UUIDField()


class DeviceForm(forms.Form):
    """A scanner app by its name, or the id of one to end."""

    name = Text(label=_("Name of the device"), max_length=80, required=False)
    remove = forms.IntegerField(min_value=1, required=False)
