"""The profile form, and the rules for names."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.forms import LongSelect, Text
from common.registry import registry
from common.versions import Versioned
from people.models import MAX_NAME, Participant
from people.names import plain, readable

PUBLIC = ("organisation", "job_title", "city", "country")  # others see them beside the name


@cache
def zones() -> list[tuple[str, str]]:
    """Name and label of each time zone that belongs to a place."""
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]


class ProfileForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """The profile. A guest has only a name, a language and a time zone."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(label=_("Time zone"), required=False, widget=LongSelect)

    class Meta:
        model = Participant
        fields = ["name", "organisation", "job_title", "city", "country", "language", "timezone", "visibility"]
        labels = {"name": _("Display name"), "visibility": _("What others see of you")}
        help_texts = {"visibility": _("With the name only, you are not counted in your country and city either.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = [("", _("As my device says")), *zones()]  # type: ignore[attr-defined]
        autocomplete = {"name": "name", "organisation": "organization", "job_title": "organization-title"}
        for name, token in autocomplete.items():
            self.fields[name].widget.attrs["autocomplete"] = token
        if self.instance.is_guest:
            for name in set(self.fields) - {"name", "language", "timezone"}:
                del self.fields[name]

    def clean_name(self) -> str:
        """The name in one line. Raises ValidationError when it cannot be read or has a word that is not allowed."""
        name = visible_name(self.cleaned_data["name"])
        if name != self.instance.name and registry.blocks_name(name):
            raise forms.ValidationError(_("It contains a word that the organisers do not allow. Choose another name."))
        return name

    def clean(self) -> dict[str, Any]:
        """The form data, with control characters and hidden signs removed from the shown fields."""
        data: dict[str, Any] = super().clean() or {}
        return data | {name: plain(data[name]) for name in PUBLIC if data.get(name)}


class FirstForm(forms.Form):
    """Who the first organiser of an installation is. `token` comes from the address; scripts put it in."""

    token = Text(label=_("The address that the command printed"), max_length=400)
    name = Text(label=_("Your name, as others see it"), max_length=MAX_NAME)
    email = forms.EmailField(label=_("E-mail, to which codes for signing in are sent"), max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_name(self) -> str:
        """The name in one line. Raises ValidationError when it cannot be read."""
        return visible_name(self.cleaned_data["name"])


def visible_name(text: str) -> str:
    """The name in one line. Raises ValidationError when nothing of it can be read."""
    name = plain(text)
    if not readable(name):
        raise forms.ValidationError(_("Write a name that others can read."))
    return name
