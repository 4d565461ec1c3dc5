"""The chat's forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.models import MAX_LENGTH, ChatSettings
from chat.moderating import SCOPES
from common.forms import Text
from common.numbers import number_in
from common.versions import Versioned

MOST_NAMED = 5  # people in one message
LONGEST_MUTE = 7 * 24 * 60  # minutes


def _words() -> Text:
    return Text(
        max_length=MAX_LENGTH,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("A message has at most %(limit_value)d characters; this one has %(show_value)d."),
        },
    )


class MessageForm(forms.Form):
    """A message: one to MAX_LENGTH characters, the client's own id, what it answers, and ids of whom it names."""

    text = _words()
    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})
    reply_to = forms.UUIDField(required=False)
    mentions = forms.CharField(required=False, max_length=200)

    def clean_mentions(self) -> list[int]:
        """The ids; what is none is left out."""
        ids = [number_in(part) for part in self.cleaned_data["mentions"].split(",")]
        return [pk for pk in ids if pk is not None][:MOST_NAMED]


class EditForm(forms.Form):
    """Other words for a message that was seen in a version."""

    text = _words()
    version = forms.IntegerField(min_value=1)


class ReasonForm(forms.Form):
    """Why: in a few words, or in none."""

    reason = forms.CharField(required=False, max_length=120)


class MuteForm(forms.Form):
    """For how long somebody writes nothing, where, and why."""

    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_MUTE)
    scope = forms.ChoiceField(choices=list(SCOPES.items()))
    reason = Text(max_length=120, error_messages={"required": _("Say why: they read it.")})


class SettingsForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """How a chat is held."""

    slow = forms.IntegerField(
        label=_("Slow mode: seconds between two messages of a person"), min_value=0, max_value=3600
    )
    crowded = forms.IntegerField(
        label=_("Slow mode by itself from so many messages in ten seconds (0: never)"), min_value=0, max_value=10_000
    )

    class Meta:
        model = ChatSettings
        fields = ("slow", "crowded", "hold_links", "hold_first", "hold_words")
        labels: dict[str, Any] = {
            "hold_links": _("A moderator reads messages with links first"),
            "hold_first": _("A moderator reads everybody’s first message first"),
            "hold_words": _("A moderator reads messages with these words first, one per line"),
        }
        widgets: dict[str, Any] = {"hold_words": forms.Textarea(attrs={"rows": 3})}
