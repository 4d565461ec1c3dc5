"""Forms of tracks, lines and files."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from captions.models import Track
from common.forms import Text

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class TrackForm(forms.ModelForm):  # type: ignore[type-arg]
    """A track of a session."""

    language = Text(label=_("language"), max_length=35, help_text=_("As browsers write it: en, es, ca, zh-Hans."))
    name = Text(label=_("name"), max_length=60)

    class Meta:
        model = Track
        fields = ["language", "name", "offset"]

    def clean_language(self) -> str:
        """The language. Raises ValidationError for what is none, or what the session has already."""
        language: str = self.cleaned_data["language"].strip()
        if not LANGUAGE.fullmatch(language):
            raise forms.ValidationError(_("Write the language as browsers do: en, es, ca, zh-Hans."))
        if Track.objects.filter(session=self.instance.session, language=language).exists():
            raise forms.ValidationError(_("This session has captions in this language already."))
        return language

    def clean_offset(self) -> int:
        """Seconds. Raises ValidationError for more than a minute."""
        offset: int = self.cleaned_data["offset"]
        if abs(offset) > 60:
            raise forms.ValidationError(_("At most a minute."))
        return offset


class LineForm(forms.Form):
    """What a captioner types, or writes instead of a line."""

    text = forms.CharField(max_length=400, required=False)


class FileForm(forms.Form):
    """A file of captions."""

    file = forms.FileField(label=_("WebVTT, SubRip or TTML file"))
