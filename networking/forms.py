"""The forms of networking: what people may send, with its limits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from common.versions import Versioned
from networking.models import MAX_ABOUT, MAX_LINE, Card, Conversation, Line
from networking.models.conversations import MAX_REASON

CHOSEN = 20  # lines that a report may choose of, the newest


class CardForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """What somebody lets others know."""

    class Meta:
        model = Card
        fields = ["is_listed", "shows_organisation", "shows_role", "shows_country", "shows_interests", "about"]
        widgets = {"about": forms.TextInput({"data-limit": MAX_ABOUT})}


class LineForm(forms.Form):
    """A line, and the client's own id."""

    text = Text(max_length=MAX_LINE, error_messages={"required": _("Write something first.")})
    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})


class StepForm(forms.Form):
    """A step, and the version that was seen."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("accept", "decline")])
    version = forms.IntegerField(min_value=0)


class VerdictForm(forms.Form):
    """What is decided about a report."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("uphold", "dismiss")])


class ReportForm(forms.Form):
    """Why somebody is reported, and which of their lines the organisers shall read."""

    reason = Text(label=_("What is wrong"), max_length=MAX_REASON, widget=forms.Textarea({"rows": 3}))
    lines = forms.ModelMultipleChoiceField(
        Line.objects.none(),
        label=_("Lines that the organisers read; they read no others"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    block = forms.BooleanField(label=_("Block this person, too"), required=False, initial=True)

    def __init__(self, conversation: Conversation, by: int, data: Any = None) -> None:
        super().__init__(data, auto_id="report-%s")
        theirs = conversation.lines.filter(author=conversation.other_id(by), removed_at=None)
        newest = theirs.order_by("-at", "-pk").values("pk")[:CHOSEN]
        shown = Line.objects.filter(pk__in=[row["pk"] for row in newest])
        self.fields["lines"].queryset = shown  # type: ignore[attr-defined]
