"""The forms of the exhibition: what people may send, with its limits."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from common import uploads
from common.forms import Text
from common.versions import Versioned
from expo import drawings
from expo.models import CONTENT, FIELDS, MAX_LINE, Availability, Exhibitor, Expo, Kind, Meeting, Source, Stand, Video
from expo.partners import Partner
from sessions.models import Edition, HostCity, Theme

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


class LineForm(forms.Form):
    """A line, and the client's own id."""

    text = Text(max_length=MAX_LINE, error_messages={"required": _("Write something first.")})
    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})


class RingForm(LineForm):
    """A ring; words are needed only where nobody is there."""

    text = Text(max_length=MAX_LINE, required=False)


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


class PlanForm(forms.Form):
    """A drawing of a hall; cleaned, it is `drawing`."""

    hall = Text(label=_("Hall"), max_length=40)
    host_city = forms.ModelChoiceField(HostCity.objects.none(), label=_("Host city"))
    file = forms.FileField(label=_("Drawing (SVG)"), help_text=_("At most 300 kB. One unit of its viewBox is a cell."))

    def __init__(self, edition: Edition, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"host_city": edition.host_city_id}, auto_id="plan-%s")
        cities = [city.pk for city in edition.host_cities]
        self.fields["host_city"].queryset = HostCity.objects.filter(pk__in=cities)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Cleaned, or refused with what is wrong."""
        data = super().clean() or {}
        try:
            data["drawing"] = drawings.cleaned(data["file"]) if data.get("file") else None
        except drawings.NoDrawing as error:
            self.add_error("file", str(error))
        return data


class StepForm(forms.Form):
    """A step of an organiser, the version that they saw, and words."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("approve", "return", "hide", "show", "undo")])
    version = forms.IntegerField(min_value=0)
    words = Text(max_length=1000, required=False)


class ExpoForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """The exhibition of an edition."""

    video_url = forms.URLField(
        label=_("Address of the video server"), max_length=200, required=False, assume_scheme="https"
    )

    class Meta:
        model = Expo
        fields = ["opens", "closes", "tables", "video", "video_url"]
        widgets = {name: forms.TimeInput({"type": "time"}, "%H:%M") for name in ("opens", "closes")}

    def clean(self) -> dict[str, Any]:
        """It closes after it opens, and has few enough tables to find one."""
        data = super().clean() or {}
        if data.get("opens") and data.get("closes") and data["closes"] <= data["opens"]:
            raise ValidationError(_("It must close after it opens."))
        if data.get("video", Video.LINK) != Video.LINK and not data.get("video_url"):
            self.add_error("video_url", _("Where is the server?"))
        if not str(data.get("video_url") or "https://").startswith("https://"):
            self.add_error("video_url", _("Only https:// is safe for a call."))
        if data.get("tables", 0) > 500:
            self.add_error("tables", _("At most 500."))
        return data


class PlaceForm(Versioned, forms.Form):
    """Where an exhibitor stands, for organisers; several may name the same stand."""

    host_city = forms.ModelChoiceField(HostCity.objects.none(), label=_("Host city"))
    hall = Text(label=_("Hall"), max_length=40)
    number = Text(label=_("Stand"), max_length=16)
    x = forms.IntegerField(label=_("Cells from the left"), min_value=0, max_value=500, initial=0)
    y = forms.IntegerField(label=_("Cells from the top"), min_value=0, max_value=500, initial=0)
    width = forms.IntegerField(label=_("Cells wide"), min_value=1, max_value=100, initial=2)
    height = forms.IntegerField(label=_("Cells high"), min_value=1, max_value=100, initial=2)

    def __init__(self, edition: Edition, stand: Stand | None, data: Any = None) -> None:
        names = ("hall", "number", "x", "y", "width", "height")
        known = {name: getattr(stand, name) for name in names} | {"host_city": stand.host_city_id} if stand else {}
        super().__init__(data, initial=known or {"host_city": edition.host_city_id}, auto_id="place-%s")
        cities = [city.pk for city in edition.host_cities]
        self.fields["host_city"].queryset = HostCity.objects.filter(pk__in=cities)  # type: ignore[attr-defined]


class NewForm(forms.Form):
    """A new exhibitor, and who of it is invited."""

    name = Text(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    email = forms.EmailField(label=_("E-mail of the first of its team"), max_length=254, required=False)
