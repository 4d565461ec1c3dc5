"""Forms of an edition and its parts: what they change changes at once."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.forms import Day, Text
from common.versions import Versioned
from people.models import valid_zone
from planning.forms.fields import Colour, Languages, Marked, lines
from sessions.models import Edition, HostCity, Speaker, Stage, Strand, Theme

MARKS = _(
    "An empty line begins a new paragraph, a line with “- ” in front is one of a list. Addresses become links;"
    " [words](https://…) makes a link of words."
)
NAMED = {"name": Text, "timezone": Text, "accent": Colour}


class EditionForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """An edition: its name, dates, main city, languages and texts."""

    start_date = Day(label=_("First day"))
    end_date = Day(label=_("Last day"))
    languages = Languages(label=_("Languages (en, ca)"), max_length=120, required=False)

    class Meta:
        model = Edition
        field_classes = {**NAMED, "help": Marked, "conduct": Marked}
        fields = ["name", "motto", "start_date", "end_date", "host_city", "languages", "accent", "help", "conduct"]
        widgets = {
            "help": lines(6),
            "conduct": lines(6),
        }
        help_texts = {"help": format_lazy("{} {}", _("Whom to ask, and how."), MARKS), "conduct": MARKS}
        labels = {"host_city": _("Main host city")}

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("start_date") and data.get("end_date") and data["end_date"] < data["start_date"]:
            self.add_error("end_date", _("The last day is before the first."))
        return data


class NewEditionForm(EditionForm):
    """A new edition; its main city may be new too."""

    city = Text(label=_("… or a new host city"), max_length=80, required=False)
    timezone = forms.CharField(label=_("Its time zone (Europe/Madrid)"), max_length=64, required=False)
    field_order = ["name", "motto", "start_date", "end_date", "languages", "host_city", "city", "timezone"]

    class Meta(EditionForm.Meta):
        fields = ["name", "motto", "start_date", "end_date", "host_city", "languages"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host_city"].required = False

    def clean_timezone(self) -> str:
        """A zone's name. Raises ValidationError for anything else."""
        zone: str = self.cleaned_data["timezone"] or "Europe/Madrid"
        valid_zone(zone)
        return zone

    def clean(self) -> dict[str, Any]:
        """One city or the other."""
        data = super().clean()
        if not data.get("host_city") and not data.get("city"):
            self.add_error("host_city", _("Choose a host city, or name a new one."))
        return data


class PartForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """A part of an edition."""


def _form_of(model: Any, *fields: str, **options: Any) -> Any:
    return forms.modelform_factory(model, PartForm, fields=fields, field_classes=NAMED, **options)


# Kind of a part -> its form, and its name.
KINDS = {
    "city": (_form_of(HostCity, "name", "country", "timezone"), _("Host city")),
    "stage": (_form_of(Stage, "name", "host_city", "position"), _("Stage")),
    "theme": (_form_of(Theme, "name", "hue", "position"), _("Theme")),
    "strand": (_form_of(Strand, "name"), _("Strand")),
    "speaker": (
        _form_of(
            *(Speaker, "name", "role", "organisation", "city", "country", "biography"), widgets={"biography": lines(5)}
        ),
        _("Speaker"),
    ),
}
