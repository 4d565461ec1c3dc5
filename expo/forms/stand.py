"""What a team writes of its stand: profile, logo, who belongs to it."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from common import uploads
from common.forms import Text
from common.versions import Versioned
from expo.models import CONTENT, Exhibitor, Kind
from sessions.models import Theme

HTTP = URLValidator(["http", "https"])


def links_of(text: str) -> list[tuple[str, str]]:
    """(label, address) of lines "label | https://…"; a line without a label is its own."""
    rows = [line.rpartition("|") for line in text.splitlines() if line.strip()]
    return [(label.strip() or address.strip(), address.strip()) for label, _bar, address in rows]


LOGO_SIDE = 512  # pixels


class ProfileForm(Versioned, forms.Form):
    """What a team writes about itself. It is a draft until an organiser approves it."""

    name = Text(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    claim = Text(label=_("In one sentence"), max_length=200, required=False)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = Text(label=_("About"), max_length=3000, required=False, widget=forms.Textarea({"rows": 6}))
    products = Text(
        label=_("Products and solutions"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line."),
    )
    links = Text(
        label=_("Documents and videos"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: Brochure | https://example.org/brochure.pdf"),
    )
    country = Text(label=_("Country"), max_length=80, required=False)
    city = Text(label=_("City"), max_length=80, required=False)
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    video = forms.URLField(
        label=_("Address of your video call"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Shown to a visitor once one of you has taken the talk."),
    )

    def __init__(self, exhibitor: Exhibitor, data: Any = None) -> None:
        written = exhibitor.draft or exhibitor.content()
        super().__init__(data, initial=written, auto_id="expo-%s")
        self.fields["themes"].queryset = exhibitor.edition.themes.all()  # type: ignore[attr-defined]

    def clean_products(self) -> str:
        """One a line, whatever the browser ends lines with."""
        return "\n".join(line.strip() for line in self.cleaned_data["products"].splitlines() if line.strip())

    def clean_links(self) -> str:
        """The lines, each with an address."""
        text: str = self.cleaned_data["links"]
        for _label, address in links_of(text):
            HTTP(address)
        return text

    def _http(self, name: str) -> str:
        if address := self.cleaned_data[name]:
            HTTP(address)
        return str(address or "")

    def clean_website(self) -> str:
        """An address of the web."""
        return self._http("website")

    def clean_video(self) -> str:
        """An address of the web."""
        return self._http("video")

    def draft(self) -> dict[str, Any]:
        """What is written, as a draft holds it."""
        written = {name: self.cleaned_data[name] for name in CONTENT if name in self.fields}
        return written | {"themes": sorted(theme.pk for theme in self.cleaned_data["themes"])}


class LogoForm(uploads.PictureForm):
    """A logo that was sent, or none where `remove` is sent."""

    file = uploads.PictureField(
        LOGO_SIDE,
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP. Everybody sees it once it is approved."),
    )


class InviteForm(forms.Form):
    """An address to invite, or the id of a member to remove."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    remove = forms.IntegerField(min_value=1, required=False)
