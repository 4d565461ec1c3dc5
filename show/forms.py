"""The forms of the show."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import LongSelect, Text
from common.local import LocalTime
from common.versions import Versioned
from sessions.forms import DELAYS
from sessions.models import Session, Stage
from show.control import IN_PLACE
from show.data import modes
from show.models import Show
from show.reshaping import partners, seen_of
from show.ripple import LONGEST_AUTOMATIC

LONGEST_LINE = 200  # letters


class ModeForm(forms.Form):
    """What the stage screen shows; empty: what happens is followed."""

    mode = forms.ChoiceField(required=False, choices=lambda: [("", ""), *((name, name) for name in modes())])


class ThresholdsForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """When the speakers' clock turns."""

    class Meta:
        model = Show
        fields = ["amber", "red"]

    def clean(self) -> dict[str, Any]:
        """Red comes after amber."""
        cleaned = super().clean() or {}
        if cleaned.get("red", 0) > cleaned.get("amber", 0):
            raise forms.ValidationError(_("The clock turns amber first, then red: choose fewer minutes for red."))
        return cleaned


class StepForm(forms.Form):
    """One step of a session, in place; `minutes` of a delay."""

    action = forms.ChoiceField(choices=[(name, name) for name in (*IN_PLACE, "delay", "undo")])
    expected = forms.CharField(max_length=16, required=False)
    minutes = forms.TypedChoiceField(choices=[(n, n) for n in DELAYS], coerce=int, empty_value=None, required=False)


class ExtendForm(forms.Form):
    """Minutes that a session is given, or loses."""

    minutes = forms.IntegerField(min_value=-60, max_value=60)


class RippleForm(forms.Form):
    """What the person saw of an offer."""

    sessions = forms.IntegerField(min_value=1)
    minutes = forms.IntegerField(min_value=1)


class AutomaticForm(forms.Form):
    """Up to how many minutes a stage publishes its delays by itself."""

    minutes = forms.IntegerField(min_value=0, max_value=LONGEST_AUTOMATIC)


class CueForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """What a session does when the ones before it take longer."""

    class Meta:
        model = Show
        fields = ["cue", "least"]


class InPlace(forms.Form):
    """What is changed of a session in its row, by somebody who has `seen` it as it is."""

    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"stage": session.stage_id, "seen": seen_of(session)}})


class MoveForm(InPlace):
    """Where a session moves to, and when it begins there."""

    stage = forms.ModelChoiceField(Stage.objects.none(), label=_("Stage"), empty_label=None)
    start = LocalTime(label=_("Later start (empty: as promised)"), required=False)

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(session, *args, **kwargs)
        stage, start = cast(Any, self.fields["stage"]), cast(LocalTime, self.fields["start"])
        stage.queryset = session.edition.stages.select_related("host_city")
        stage.widget = LongSelect(choices=[(each.pk, each.full_name) for each in stage.queryset])
        start.zone = session.stage.host_city.zone


class SwapForm(InPlace):
    """Which session it changes places with: "<id>:<what was seen of it>"."""

    other = forms.ChoiceField(label=_("With"))

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(session, *args, **kwargs)
        other = cast(forms.ChoiceField, self.fields["other"])
        other.widget = LongSelect()
        other.choices = [
            (stage.full_name, [(f"{each.pk}:{seen_of(each)}", _label(each, stage)) for each in sessions])
            for stage, sessions in partners(session)
        ]


def _label(session: Session, stage: Stage) -> str:
    return f"{session.begins.astimezone(stage.host_city.zone):%H:%M} {session.title}"


class CancelForm(InPlace):
    """Why a session is cancelled: everybody reads it."""

    reason = Text(label=_("Why, for everybody to read"), max_length=200, required=False)


class LineForm(forms.Form):
    """A private line to who is on stage."""

    text = Text(max_length=LONGEST_LINE)
