"""Forms of the programme: filters and status steps."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from common import clock
from common.forms import Text
from common.search import holds, words
from sessions.models import Edition, HostCity, Session, Stage, Strand, Theme
from sessions.status import STEPS


class ProgrammeFilter(forms.Form):
    """What the programme is narrowed to; an unusable value narrows nothing."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    city = forms.ModelChoiceField(HostCity.objects.none(), label=_("Host city"), required=False)
    stage = forms.ModelChoiceField(Stage.objects.none(), label=_("Stage"), required=False)
    theme = forms.ModelChoiceField(Theme.objects.none(), label=_("Theme"), required=False)
    strand = forms.ModelChoiceField(Strand.objects.none(), label=_("Strand"), required=False)

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices: dict[str, Callable[[], tuple[Any, Any]]] = {
            "city": lambda: (HostCity.objects.filter(stages__edition=edition).distinct(), _("All host cities")),
            "stage": lambda: (edition.stages.select_related("host_city"), _("All stages")),
            "theme": lambda: (edition.themes.all(), _("All themes")),
            "strand": lambda: (edition.strands.all(), _("All strands")),
        }
        self.fields["q"].widget.attrs = {"type": "search", "placeholder": _("Title, speaker, topic")}

    def __getitem__(self, name: str) -> forms.BoundField:
        """The field. Most pages look at none with choices, so these are put in by the first look."""
        if name in self._choices:
            queryset, everything = self._choices.pop(name)()
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset, field.empty_label = queryset, str(everything)
        return super().__getitem__(name)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """Name of a field -> its usable value, without the empty ones."""
        if not any(self.data.get(name) for name in self.fields):
            return {}
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    @property
    def clock_city(self) -> HostCity | None:
        """The one city whose sessions are asked for, by itself or by its stage."""
        stage: Stage | None = self.chosen.get("stage")
        return self.chosen.get("city") or (stage.host_city if stage else None)

    def apply(self, sessions: Any) -> Any:
        """The sessions that match."""
        for name, path in {"city": "stage__host_city", "stage": "stage", "theme": "theme", "strand": "strand"}.items():
            if name in self.chosen:
                sessions = sessions.filter(**{path: self.chosen[name]})
        for word in words(self.chosen.get("q", "")):
            matching = Session.objects.filter(holds(word, "title", "abstract", "speakers__name"))
            sessions = sessions.filter(pk__in=matching.values("pk"))
        return sessions


DELAYS = (5, 10, 15)  # minutes, offered as buttons
LONGEST_DELAY = timedelta(hours=12)  # into the next day, by a time alone


class StatusForm(forms.Form):
    """One status step. `new_start` is host-city time; `minutes` says it as a delay from the start, or from now."""

    action = forms.ChoiceField(choices=[(name, name) for name in [*STEPS, "undo"]])
    expected = forms.CharField(max_length=16, required=False)
    new_start = forms.CharField(max_length=32, required=False)
    minutes = forms.TypedChoiceField(choices=[(n, n) for n in DELAYS], coerce=int, empty_value=None, required=False)
    reason = Text(max_length=200, required=False)
    stage = forms.ModelChoiceField(Stage.objects.none(), required=False)

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        cast("forms.ModelChoiceField[Stage]", self.fields["stage"]).queryset = session.edition.stages.all()

    def _next(self, hour: time, zone: ZoneInfo) -> datetime:
        """That time on the planned day; when that is before the present start, on the start's day or the next."""
        begins = self.session.begins
        planned = self.session.local_date
        for day in (planned, begins.astimezone(zone).date(), begins.astimezone(zone).date() + timedelta(days=1)):
            moment = datetime.combine(day, hour, zone)
            ahead = moment.astimezone(UTC) - begins.astimezone(UTC)  # across a change of clocks too
            if ahead > timedelta() and (day == planned or ahead <= LONGEST_DELAY):
                return moment
        return datetime.combine(planned, hour, zone)

    def clean(self) -> dict[str, Any]:
        """With a new start that was said in minutes: from the present start, or from now when that has gone by."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("minutes"):
            this_minute = clock.now().replace(second=0, microsecond=0)
            data["new_start"] = max(self.session.begins, this_minute) + timedelta(minutes=data["minutes"])
        return data

    def clean_new_start(self) -> datetime | None:
        """A time "HH:MM" after the present start, or a whole ISO date and time, in the host city's zone."""
        text = self.cleaned_data["new_start"].strip()
        if not text:
            return None
        zone: ZoneInfo = self.session.zone
        try:
            if len(text) <= 5:
                return self._next(datetime.strptime(text, "%H:%M").time(), zone)
            return datetime.fromisoformat(text).replace(tzinfo=zone)
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(_("Write the new start as HH:MM, in the host city's time.")) from error
