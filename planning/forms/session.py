"""The forms of a session."""

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.forms import Day, Text
from common.versions import Versioned
from people.access import Visibility
from people.models import Pass
from planning import people
from planning.forms.fields import Languages, StageChoice, lines
from planning.times import moments
from planning.working import Item, Values, utc
from sessions import sources
from sessions.models import Edition, Session, Stage, Strand, Theme
from sessions.schedule import texts

LONGEST = 24 * 60  # minutes


class PlaceForm(Versioned, forms.Form):
    """Where and when a session is, on the clock of the stage's city."""

    stage = StageChoice(Stage.objects.none(), label=_("Stage"), empty_label=None)
    day = Day(label=_("Day"))
    hour = forms.TimeField(
        label=_("Starts, on the city's clock"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST)

    def __init__(self, edition: Edition, item: Item | None, *args: Any, **kwargs: Any) -> None:
        self.edition, self.item, self.edits = edition, item, item is not None
        kwargs["initial"] = (self.initial_of(item) if item else {}) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Stage]", self.fields["stage"])
        field.queryset = edition.stages.select_related("host_city")

    def initial_of(self, item: Item) -> dict[str, Any]:
        """What the fields hold of a session."""
        local = item.local
        return {
            "stage": item.values["stage"],
            "day": local.date(),
            "hour": local.time().replace(second=0, microsecond=0),
            "minutes": item.minutes,
        }

    def clean(self) -> dict[str, Any]:
        """With "start" and "end" in UTC. Raises ValidationError for an hour that does not exist."""
        data: dict[str, Any] = super().clean() or {}
        if not {"stage", "day", "hour", "minutes"} <= data.keys():
            return data
        try:
            found = moments(data["day"], data["hour"], data["stage"].host_city.zone)
            end = [moment + timedelta(minutes=data["minutes"]) for moment in found]
        except OverflowError:
            found = end = []
        if not found:
            self.add_error("hour", _("The clocks skip this hour on that day: it does not exist there."))
            return data
        at = next((number for number, moment in enumerate(found) if self._is_unmoved(moment)), 0)
        return data | {"start": found[at], "end": end[at]}

    def _is_unmoved(self, moment: datetime) -> bool:
        """Whether that is the minute in which the session begins as it is."""
        return bool(self.item and self.item.start.replace(second=0, microsecond=0) == moment)

    def values(self) -> Values:
        """The same as values of the draft."""
        data = self.cleaned_data
        start, end = data["start"], data["end"]
        if self.item and self._is_unmoved(start):  # to the second, as a file may have it
            start = self.item.start
            end = self.item.end if self.item.minutes == data["minutes"] else start + timedelta(minutes=data["minutes"])
        return {"stage": data["stage"].pk, "start": utc(start), "end": utc(end)}


class SessionForm(PlaceForm):
    """A session with all its words. What its stream is, and whom it is for, belongs here only while it is new."""

    title = Text(label=_("Title"), max_length=300)
    speakers = Text(
        label=_("Speakers, one in a line: name – organisation"),
        required=False,
        max_length=20_000,
        widget=lines(3),
    )
    abstract = forms.CharField(label=_("Abstract"), required=False, max_length=60_000, widget=lines(6))
    format = Text(label=_("Kind (talk, panel, workshop)"), max_length=80, required=False)
    languages = Languages(label=_("Languages (en, ca)"), max_length=120, required=False)
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False)
    strand = forms.ModelChoiceField(Strand.objects.none(), label=_("Strand"), required=False)
    poster = Text(label=_("Address of a picture"), max_length=500, required=False)
    stream = Text(
        label=_("Stream, one address per line, the best first"),
        required=False,
        max_length=4000,
        widget=lines(2),
    )
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=Visibility.choices, widget=forms.RadioSelect)
    visible_passes = forms.MultipleChoiceField(
        label=_("Passes"), choices=Pass.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["title", "stage", "day", "hour", "minutes", "speakers", "abstract", "format", "languages"]

    def __init__(self, edition: Edition, item: Item | None, *args: Any, **kwargs: Any) -> None:
        self.known = people.known(edition)
        super().__init__(edition, item, *args, **kwargs)
        for name, parts in (("theme", edition.themes.all()), ("strand", edition.strands.all())):
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = parts
            field.choices = [("", "–"), *((part.pk, str(part)) for part in parts)]
            if not parts:
                del self.fields[name]
        self.fields["abstract"].widget.attrs["dir"] = "auto"
        if item and item.published is not None:
            for name in ("stream", "visibility", "visible_passes"):
                del self.fields[name]

    def initial_of(self, item: Item) -> dict[str, Any]:
        """What the fields hold of a session."""
        lines = [people.line_of(value, self.known) for value in item.values["speakers"]]
        return item.values | super().initial_of(item) | {"speakers": "\n".join(lines)}

    def clean_speakers(self) -> list[str]:
        """The values of the lines."""
        return people.read(self.cleaned_data["speakers"], self.known)

    def clean_abstract(self) -> str:
        """Clean HTML; plain text becomes paragraphs."""
        text: str = self.cleaned_data["abstract"]
        stored = self.item.values.get("abstract", "") if self.item else ""
        return stored if text.split() == stored.split() else texts.to_html(text)

    def clean_poster(self) -> str:
        """An absolute address, or one of ours. Raises ValidationError for anything else."""
        address: str = self.cleaned_data["poster"]
        kept = bool(self.item and self.item.values.get("poster") == address)
        if address and not kept and not texts.poster(address):
            raise ValidationError(_("Write a whole address: https://…"))
        return address

    def clean_stream(self) -> str:
        """The addresses. Raises ValidationError when one of them cannot be played."""
        return playable(self.cleaned_data["stream"])

    def clean(self) -> dict[str, Any]:
        """ "Some passes" needs at least one pass."""
        data = super().clean()
        if data.get("visibility") == Visibility.PASSES and not data.get("visible_passes"):
            self.add_error("visible_passes", _("Choose at least one pass."))
        return data

    def values(self) -> Values:
        """The form as values of the draft."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("title", "speakers", "abstract", "format", "languages", "poster")}
        parts = {name: data[name].pk if data[name] else None for name in ("theme", "strand") if name in data}
        new = {name: data[name] for name in ("stream", "visibility", "visible_passes") if name in data}
        return {"theme": None, "strand": None} | super().values() | plain | parts | new | {"cancelled": self._cancelled}

    @property
    def _cancelled(self) -> bool:
        return bool(self.item and self.item.cancelled)


def playable(text: str) -> str:
    """The addresses of a stream field, one per line. Raises ValidationError when one of them cannot be played."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(sources.parse(text)) < len(lines):
        raise ValidationError(_("One of the addresses cannot be played: HLS, YouTube, Vimeo or a video file."))
    return "\n".join(lines)


class StreamForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """The stream of a published session: it changes at once."""

    class Meta:
        model = Session
        fields = ["stream"]
        widgets = {"stream": lines(2)}

    def clean_stream(self) -> str:
        """The addresses. Raises ValidationError when one of them cannot be played."""
        return playable(self.cleaned_data["stream"])
