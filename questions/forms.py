"""The forms of the Q&A: what people may send, with its limits."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from common.text import fold_case, shows
from common.versions import Versioned
from questions.asking import Draft
from questions.models import (
    MAX_ANSWER,
    MAX_LABEL,
    MAX_LABELS,
    MAX_LENGTH,
    MAX_NOTE,
    MAX_PROMPT,
    Question,
    QuestionSettings,
)
from questions.state import LABELS, STEPS
from sessions.models import Edition, Session

# A comma or semicolon: Latin, Arabic, Chinese and Japanese, wide, small, half width and upright.
SEPARATORS = re.compile("[,;،؛、，；﹐﹑﹔､︐︑︔\n]")
AT_ONCE = 100  # questions of one bulk step


def text_field(limit: int, empty: Any) -> Text:
    """Text of one to `limit` characters with clear words for what is wrong."""
    too_long = _("At most %(limit_value)d characters; this has %(show_value)d.")
    return Text(max_length=limit, error_messages={"required": empty, "max_length": too_long})


class WordsForm(forms.Form):
    """A question's words, whether its name is shown, and its language."""

    text = text_field(MAX_LENGTH, _("Write your question first."))
    anonymous = forms.BooleanField(required=False)
    language = forms.CharField(required=False, max_length=12)

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def clean_language(self) -> str:
        """The language; refused when it is none of the session's."""
        language: str = self.cleaned_data["language"]
        if language and language not in self.session.languages:
            raise forms.ValidationError(_("Choose one of the session's languages."))
        return language

    @property
    def draft(self) -> Draft:
        """What the form says, once it is valid."""
        data = self.cleaned_data
        return Draft(data["text"], data["anonymous"], data["language"])


class AskForm(WordsForm):
    """A new question, with the client's own id."""

    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})


class HallForm(forms.Form):
    """A question from the hall's microphone line, as the moderator writes it down."""

    text = text_field(MAX_LENGTH, _("Write the question first."))
    name = Text(required=False, max_length=80)
    place = Text(required=False, max_length=80)
    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})


class StepForm(forms.Form):
    """One step of one or many questions; "id" values are "<question id>:<version that the person saw>"."""

    action = forms.ChoiceField(choices=[(action, LABELS[action]) for action in [*STEPS]] + [("undo", _("Undo"))])
    reason = Text(required=False, max_length=200)
    into = forms.UUIDField(required=False)
    on_stage = forms.UUIDField(required=False)  # what the person saw there


class TextForm(forms.Form):
    """New words of a question, by a moderator, and the version that the person saw."""

    text = text_field(MAX_LENGTH, _("Write the question first."))
    version = forms.IntegerField(min_value=0)


class AnswerForm(forms.Form):
    """A written answer."""

    text = text_field(MAX_ANSWER, _("Write the answer first."))


class NoteForm(forms.Form):
    """A moderator's note."""

    text = text_field(MAX_NOTE, _("Write the note first."))


class PromptForm(forms.Form):
    """A private line to the speakers."""

    text = text_field(MAX_PROMPT, _("Write the message first."))


class PromptAnswerForm(forms.Form):
    """What a speaker answers to a private line; empty: understood."""

    answer = Text(required=False, max_length=MAX_PROMPT)


class LabelsForm(Versioned, forms.Form):
    """Labels, separated by commas of any script."""

    labels = forms.CharField(required=False, max_length=MAX_LABELS * (MAX_LABEL + 2))

    def clean_labels(self) -> list[str]:
        """The labels, each once; refused when they are too many or too long."""
        parts = [" ".join(part.split()) for part in SEPARATORS.split(self.cleaned_data["labels"]) if shows(part)]
        labels = list({fold_case(part): part for part in reversed(parts)}.values())[::-1]  # the first writing of each
        if len(labels) > MAX_LABELS or any(len(label) > MAX_LABEL for label in labels):
            raise forms.ValidationError(
                _("At most %(count)d labels of at most %(length)d characters."),
                params={"count": MAX_LABELS, "length": MAX_LABEL},
            )
        return labels


class PlaceForm(forms.Form):
    """Where in the queue a question is put: 0 is the front."""

    id = forms.UUIDField()
    place = forms.IntegerField(min_value=0, max_value=10_000)


class IntakeForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """What moderators decide about a session's Q&A."""

    class Meta:
        model = QuestionSettings
        fields = ["intake", "moderated", "alternate"]


class SettingsForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """What organisers decide besides; the blocked words are the whole edition's, for who may configure that."""

    blocked_terms = forms.CharField(required=False, max_length=5000, widget=forms.Textarea)

    class Meta:
        model = QuestionSettings
        fields = ["anonymous_allowed", "names_for_moderators"]

    def __init__(self, *args: Any, edition: Edition | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if edition is None:
            del self.fields["blocked_terms"]
        else:
            self.initial["blocked_terms"] = edition.blocked_terms


class SearchForm(forms.Form):
    """What the board's lists show: words, a label, an origin, a language; and their order."""

    q = forms.CharField(required=False, max_length=100)
    label = forms.CharField(required=False, max_length=MAX_LABEL)
    origin = forms.ChoiceField(required=False, choices=[("", ""), *Question.Origin.choices])
    language = forms.CharField(required=False, max_length=12)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in ("", "votes", "oldest", "newest")])
