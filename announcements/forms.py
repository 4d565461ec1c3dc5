"""The form of an announcement."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from announcements.models import MAX_LENGTH
from common import clock
from common.forms import LongSelect, Text
from sessions.models import Edition, Session
from sessions.templatetags.programme import language_names

MINUTES = (
    (5, _("5 minutes")),
    (15, _("15 minutes")),
    (60, _("one hour")),
    (240, _("four hours")),
    (1440, _("one day")),
)
EVERYBODY = _("Everybody")
LANGUAGES = ("en",)  # of an edition that names none


class AnnouncementForm(forms.Form):
    """Words in the edition's languages, for whom, from when and for how long."""

    scope = forms.ChoiceField(label=_("For"), widget=LongSelect)
    starts_at = forms.DateTimeField(
        label=_("From (empty: now)"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    minutes = forms.TypedChoiceField(label=_("For how long"), choices=MINUTES, coerce=int, initial=15)
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    confirm = forms.BooleanField(label=_("Readers confirm that they have read it"), required=False)

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.ahead = edition.sessions.filter(end__gt=clock.now())
        scopes = self._scopes()
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]
        self.names = {value: label for _group, options in scopes[1:] for value, label in options}
        self.languages = list(edition.languages or LANGUAGES)
        for language in self.languages:
            label = _("In %(language)s") % {"language": language_names([language])}
            widget = forms.Textarea(attrs={"rows": 2, "lang": language, "dir": "auto"})
            self.fields[f"text_{language}"] = Text(label=label, max_length=MAX_LENGTH, required=False, widget=widget)
        self.order_fields([*(f"text_{language}" for language in self.languages), "scope"])

    @property
    def whom(self) -> str:
        """For whom the announcement is, in words."""
        return str(self.names.get(self.cleaned_data["scope"], EVERYBODY))

    @property
    def how_long(self) -> str:
        """For how long it is shown, in words."""
        shown = self.cleaned_data["ends_at"] - self.cleaned_data["starts_at"]
        return str(dict(MINUTES)[shown // timedelta(minutes=1)])

    def _scopes(self) -> list[Any]:
        edition = self.edition
        stages = [(f"stage:{stage.pk}", stage.name) for stage in edition.stages.all()]
        return [
            (edition.room_key, EVERYBODY),
            (_("Host cities"), [(f"city:{city.pk}", city.name) for city in edition.host_cities]),
            (_("Stages"), stages),
            (_("Sessions"), [(f"session:{pk}", title) for pk, title in self.ahead.values_list("pk", "title")]),
        ]

    def clean(self) -> dict[str, Any]:
        """What `announcing.make` takes. At least one language has words; the time is that of the main city."""
        data = super().clean() or {}
        texts = {code: data.get(f"text_{code}") for code in self.languages}
        texts = {code: text for code, text in texts.items() if text}
        if not texts and not self.errors:
            raise forms.ValidationError(_("Write something first."))
        starts: datetime = data.get("starts_at") or clock.now()
        scope: str = data.get("scope", "")
        session: Session | None = None
        if scope.startswith("session:"):
            session = self.ahead.filter(pk=scope.partition(":")[2]).first()
        return {
            "texts": texts,
            "scope": scope,
            "session": session,
            "urgent": data.get("urgent", False),
            "confirm": data.get("confirm", False),
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=data.get("minutes") or 1),
        }
