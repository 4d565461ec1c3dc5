"""What organisers decide: exhibitors, their places, the exhibition, plans of halls."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from common.versions import Versioned
from expo import drawings
from expo.models import Expo, Kind, Stand, Video
from sessions.models import Edition, HostCity


class NewForm(forms.Form):
    """A new exhibitor, and who of it is invited."""

    name = Text(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    email = forms.EmailField(label=_("E-mail of the first of its team"), max_length=254, required=False)


class StepForm(forms.Form):
    """A step of an organiser, the version that they saw, and words."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("approve", "return", "hide", "show", "undo")])
    version = forms.IntegerField(min_value=0)
    words = Text(max_length=1000, required=False)


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
