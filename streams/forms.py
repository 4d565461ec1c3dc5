"""Forms of sources, renditions and recordings."""

import re
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from sessions import sources
from streams.models import MAX_ADDRESS, MAX_NAME, Rendition, Source

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Safari looks for the language's two letters; encoders like to write three.
THREE_LETTERS = {
    **{"spa": "es", "eng": "en", "cat": "ca", "fra": "fr", "fre": "fr", "por": "pt", "ara": "ar", "zho": "zh"},
    **{"chi": "zh", "deu": "de", "ger": "de", "ita": "it", "jpn": "ja", "kor": "ko", "rus": "ru", "eus": "eu"},
}


def playable(address: str) -> str:
    """The address. Raises ValidationError when nothing plays it."""
    if sources.source_of(address) is None:
        raise forms.ValidationError(_("This address cannot be played: HLS, WHEP, YouTube, Vimeo or a video file."))
    return address


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A source of a session, or with `for_stage` of all sessions on its stage."""

    address = Text(label=_("address"), max_length=MAX_ADDRESS)
    for_stage = forms.BooleanField(label=_("For all sessions on this stage"), required=False)

    class Meta:
        model = Source
        fields = ["address", "name", "region", "priority"]
        help_texts = {
            "region": _(
                "A continent or place as time zones name it, such as Asia or Asia/Shanghai. Empty: everywhere."
            ),
            "priority": _("The smallest number is played first."),
        }

    def clean_address(self) -> str:
        """The address. Raises ValidationError when nothing plays it."""
        return playable(self.cleaned_data["address"].strip())

    def clean_region(self) -> str:
        """A time zone or the beginning of one. Raises ValidationError for another."""
        region: str = self.cleaned_data["region"].strip().rstrip("/")
        zones = available_timezones()
        if region and not any(zone == region or zone.startswith(f"{region}/") for zone in zones):
            raise forms.ValidationError(_("No time zone begins like this."))
        return region


class RenditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A part of an HLS source."""

    name = Text(label=_("name"), max_length=MAX_NAME)
    address = Text(label=_("address"), max_length=MAX_ADDRESS)

    class Meta:
        model = Rendition
        fields = ["kind", "name", "language", "address", "codecs", "bandwidth", "height"]
        help_texts = {
            "language": _("As browsers write it: en, es, ca, zh-Hans."),
            "codecs": _("Of picture and sound, such as avc1.4d401f,mp4a.40.2. Without it some devices stay silent."),
        }

    def clean_address(self) -> str:
        """An HLS playlist. Raises ValidationError for another address."""
        address: str = self.cleaned_data["address"].strip()
        plays = sources.source_of(address)
        if plays is None or plays.kind != sources.HLS:
            raise forms.ValidationError(_("The address of an HLS playlist (.m3u8) is needed."))
        return address

    def clean_language(self) -> str:
        """The language in two letters where there are two. Raises ValidationError for what is no language."""
        language: str = self.cleaned_data["language"].strip()
        if language and not LANGUAGE.fullmatch(language):
            raise forms.ValidationError(_("Write the language as browsers do: en, es, ca, zh-Hans."))
        return THREE_LETTERS.get(language, language)

    def clean_codecs(self) -> str:
        """The codecs; pictures need them. Raises ValidationError without."""
        codecs: str = self.cleaned_data["codecs"].strip()
        if not codecs and self.data.get("kind") in (Rendition.Kind.VIDEO, Rendition.Kind.SIGN):
            raise forms.ValidationError(_("A picture needs its codecs."))
        return codecs


class SwitchForm(forms.Form):
    """The address that is to be played now; "" lets the order decide again."""

    address = forms.CharField(max_length=MAX_ADDRESS, required=False)
