"""The forms of polls: what people may send, with its limits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from common.text import fold_case, shows
from common.versions import Part, Versioned
from polls.models import (
    MAX_DURATION,
    MAX_NICKNAME,
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_SCALE,
    MAX_WORDS,
    WITH_OPTIONS,
    Mark,
    Poll,
    Type,
)
from polls.pictures import keep
from polls.prepare import Choice

FIELDS = [
    "type", "question", "anonymous", "may_change", "abstaining", "results", "screen", "min_choices", "max_choices",
    "low_label", "high_label", "lowest", "highest", "target", "unit", "duration", "opens_at",
]  # fmt: skip


DEFAULTS = {"duration": 0, "min_choices": 1, "max_choices": 1, "lowest": 0, "highest": 100}


class PollForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """A poll without its options; `choices` are those, from a form or an import. It changes `poll`, if there is one.

    Not as its instance: what is stored is what edits are compared with.
    """

    duration = forms.IntegerField(min_value=0, max_value=MAX_DURATION, required=False)
    min_choices = forms.IntegerField(min_value=0, max_value=MAX_OPTIONS, required=False)
    max_choices = forms.IntegerField(min_value=1, max_value=MAX_OPTIONS, required=False)
    lowest = forms.IntegerField(min_value=-1_000_000_000, max_value=1_000_000_000, required=False)
    highest = forms.IntegerField(min_value=-1_000_000_000, max_value=1_000_000_000, required=False)
    target = forms.IntegerField(min_value=-1_000_000_000, max_value=1_000_000_000, required=False)

    class Meta:
        model = Poll
        fields = FIELDS
        field_classes = {"question": Text}
        widgets = {"opens_at": forms.DateTimeInput(format="%Y-%m-%dT%H:%M")}
        error_messages = {"question": {"required": _("Write the question first.")}}

    def __init__(self, data: Any, choices: list[Choice], poll: Poll | None = None, **kwargs: Any) -> None:
        initial = forms.model_to_dict(poll, FIELDS) if poll else None
        super().__init__(data, initial=initial, **kwargs)
        self.choices, self.poll = choices, poll

    def more_parts(self) -> list[Part]:
        """The options as one more part that may be in conflict."""
        had = list(self.poll.options.all()) if self.poll else []
        pictures = {option.pk: option.picture_id for option in had}
        holds = [[option.text, option.right, option.picture_id] for option in had]
        sent = [
            [choice.text, choice.right, choice.picture.pk if choice.picture else pictures.get(choice.pk or 0)]
            for choice in self.choices
        ]
        return [Part("options", holds, sent, " / ".join(option.text for option in had))]

    def keep(self, name: str) -> None:
        """Take what is stored for one part, also for the options."""
        if name != "options":
            super().keep(name)
        elif self.poll:
            self.choices = [Choice(option.text, option.right, option.pk) for option in self.poll.options.all()]

    def clean_question(self) -> str:
        """The question in one line; refused when it is empty."""
        question: str = " ".join(self.cleaned_data["question"].split())
        if not question:
            raise forms.ValidationError(_("Write the question first."))
        return question

    def clean(self) -> dict[str, Any]:
        """What fits together, by type; what a type has no use for gets its default."""
        data = self.cleaned_data
        defaults = DEFAULTS | ({"highest": 5} if data.get("type") == Type.RATING else {})
        data |= {name: value for name, value in defaults.items() if data.get(name) is None}
        if not self.errors:
            self._fit(data, data["type"])
        return data

    def _fit(self, data: dict[str, Any], kind: str) -> None:
        count = len(self.choices)
        if kind in WITH_OPTIONS and count < 2:
            raise forms.ValidationError(_("Write at least two options."))
        if kind in (Type.WORDS, Type.TEXT, Type.NUMBER):
            self.choices = []
        if kind == Type.MULTIPLE and not data["min_choices"] <= data["max_choices"] <= count:
            raise forms.ValidationError(_("Of %(count)d options that many cannot be chosen.") % {"count": count})
        if kind == Type.WORDS and data["max_choices"] > MAX_WORDS:
            raise forms.ValidationError(_("At most %(most)d words.") % {"most": MAX_WORDS})
        if kind == Type.RATING and not 2 <= data["highest"] <= MAX_SCALE:
            raise forms.ValidationError(_("A scale ends at 2 to %(most)d.") % {"most": MAX_SCALE})
        if kind == Type.NUMBER:
            self._fit_number(data)
        if kind == Type.QUIZ:
            if not any(choice.right for choice in self.choices):
                raise forms.ValidationError(_("Mark the right option of the quiz."))
            data["anonymous"] = data["may_change"] = data["abstaining"] = False

    def _fit_number(self, data: dict[str, Any]) -> None:
        if data["lowest"] >= data["highest"]:
            raise forms.ValidationError(_("The lowest number must be below the highest."))
        if data["target"] is not None and not data["lowest"] <= data["target"] <= data["highest"]:
            raise forms.ValidationError(_("The right number must lie between the lowest and the highest."))


def option_text(written: str) -> str:
    """An option in one line, "" when nothing was written. Raises ValidationError for what only looks empty."""
    text = " ".join(written.split())
    if text and not shows(text):
        raise forms.ValidationError(_("An option shows nothing: write words in it, or leave it empty."))
    return text


def choices_of(data: Any, files: Any, poll: Poll | None) -> list[Choice]:
    """The options in a form: "option-<n>-text", "-id", "-right", "-picture". Raises ValidationError."""
    own = {str(option.pk): option for option in poll.options.all()} if poll else {}
    sent_again = not any(data.get(f"option-{number}-id") for number in range(MAX_OPTIONS))  # the form of a new poll
    by_text = {option.text: option for option in own.values()} if sent_again else {}
    choices = []
    for number in range(MAX_OPTIONS):
        text = option_text(data.get(f"option-{number}-text", ""))
        upload = files.get(f"option-{number}-picture")
        if not text:
            continue
        if len(text) > MAX_OPTION:
            raise forms.ValidationError(_("An option has at most %(most)d characters.") % {"most": MAX_OPTION})
        option = own.get(data.get(f"option-{number}-id", "")) or by_text.get(text)
        right = bool(data.get(f"option-{number}-right"))
        choices.append(Choice(text, right, option.pk if option else None, keep(upload) if upload else None))
    if len({fold_case(choice.text) for choice in choices}) < len(choices):
        raise forms.ValidationError(_("Two options say the same."))
    return choices


class NewForm(forms.Form):
    """The client's own id of a new poll: sent again, by the back button or a double click, it makes no second one."""

    client_id = forms.UUIDField(required=False)


class NicknameForm(forms.Form):
    """A name for the session's leaderboard."""

    name = Text(max_length=MAX_NICKNAME, error_messages={"required": _("Write a nickname first.")})


class JudgeForm(forms.Form):
    """One text answer, shown or hidden."""

    mark = forms.UUIDField()
    approval = forms.ChoiceField(choices=[("shown", ""), ("hidden", "")])

    def clean_approval(self) -> str:
        """The approval as the database has it."""
        return str(Mark.Approval(self.cleaned_data["approval"]))


class StepForm(forms.Form):
    """A step of a poll, the version that the person saw, and the open poll that is closed for it."""

    action = forms.CharField(max_length=16)
    version = forms.IntegerField(min_value=0, required=False)
    instead = forms.IntegerField(min_value=1, required=False)


class NextForm(forms.Form):
    """On to the next poll: the ids of the one that was seen open, and of the draft that opens by it."""

    expected = forms.CharField(max_length=20, required=False)
    draft = forms.IntegerField(min_value=1, required=False)


class MoveForm(forms.Form):
    """One place up (-1) or down (1) in the list."""

    by = forms.TypedChoiceField(choices=[("-1", ""), ("1", "")], coerce=int)


class ResetForm(forms.Form):
    """Deleting answers: their number, as the person saw it."""

    count = forms.IntegerField(min_value=0)
