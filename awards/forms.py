"""The forms of the awards: what people may send, with its limits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import rounds
from awards.content import HEAD, LONGEST, PASS, RANK, RESERVED, as_lines, criteria_of, questions_of, stages_of
from awards.models import (
    AUDIENCE,
    MAX_NOTE,
    MAX_PLACE,
    MAX_TITLE,
    MAX_WORDS,
    Call,
    Category,
    Decision,
    Entry,
    Kind,
    Panel,
    Review,
)
from awards.words import Translated
from cities.models import Organisation
from common import clock
from common.forms import Text
from common.local import LocalTime
from common.versions import Versioned
from sessions.models import Edition


class EntryForm(Versioned, forms.Form):
    """What an entry says. Nothing is required and little is wrong: a draft is kept as it is (content.lacks judges)."""

    def __init__(self, entry: Entry, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial=entry.draft, auto_id="entry-%s", **kwargs)
        for name, label in HEAD.items():
            self.fields[name] = Text(label=label, max_length=MAX_TITLE if name == "title" else MAX_PLACE)
        languages = [(code, code) for code in dict.fromkeys([*entry.edition.languages, "en"])]
        self.fields["language"] = forms.ChoiceField(label=_("Language of the entry"), choices=[("", "–"), *languages])
        for question in entry.category.local["questions"]:
            self.fields[question["key"]] = _field(question)
        for field in self.fields.values():
            field.required = False

    def draft(self) -> dict[str, Any]:
        """What is written, without what is empty."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def _field(question: Any) -> forms.Field:
    if question["kind"] == "consent":
        return forms.BooleanField(label=question["label"])
    field = Text(label=question["label"], max_length=LONGEST, help_text=_help(question))
    if question["kind"] == "text":
        field.widget = forms.Textarea({"rows": 6})
    elif question["kind"] == "link":
        field.widget = forms.URLInput({"dir": "ltr"})
    elif question["kind"] == "number":
        field.widget.attrs["inputmode"] = "decimal"
    field.widget.attrs["data-limit"] = question["limit"]
    return field


def _help(question: Any) -> str:
    words = str(_("At most %(n)d characters.") % {"n": question["limit"]})
    return words if question["required"] else " ".join([words, str(_("May stay empty."))])


class WordsForm(forms.Form):
    """A few words: a question, an answer, a reason."""

    words = Text(max_length=MAX_WORDS, required=False)


class CheckForm(WordsForm):
    """A step of an organiser, and the version that they saw."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("accept", "query", "refuse", "undo")])
    version = forms.IntegerField(min_value=0)
    until = LocalTime(required=False)

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].zone = edition.host_city.zone  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A question has to be answered until a time that is ahead."""
        data = self.cleaned_data
        if data.get("action") == "query" and (not data.get("until") or data["until"] <= clock.now()):
            raise forms.ValidationError(_("Write until when the answer is due."))
        return data


class MoveForm(forms.Form):
    """The stage at which a team is, and the version that was seen."""

    stage = forms.RegexField("^[a-z][a-z0-9_]{0,31}$")
    version = forms.IntegerField(min_value=0)


class ChoiceForm(forms.Form):
    """The id of a category."""

    category = forms.IntegerField(min_value=1)


class AuthorForm(forms.Form):
    """Who writes an entry too, or no longer does."""

    email = forms.EmailField(max_length=254, required=False)
    remove = forms.IntegerField(min_value=1, required=False)


class ConsentForm(forms.Form):
    """Whom a Leadership entry honours, and where they are asked."""

    name = Text(label=_("Name"), max_length=MAX_PLACE)
    email = forms.EmailField(label=_("E-mail"), max_length=254)


class ChosenForm(forms.Form):
    """The id of a file."""

    remove = forms.UUIDField()


class CallForm(Versioned, Translated, forms.ModelForm):  # type: ignore[type-arg]
    """The call of an edition. Times are those of its main host city."""

    translated = ("title", "text")

    opens_at = LocalTime(label=_("Opens"))
    closes_at = LocalTime(label=_("Closes"))
    reviews = forms.IntegerField(label=_("Judges for each entry"), min_value=1, max_value=9, initial=3)
    grace = forms.IntegerField(
        label=_("Minutes of grace for who was writing then"), min_value=0, max_value=120, initial=10
    )
    hold = forms.IntegerField(
        label=_("Seconds between the stage and everybody else"),
        help_text=_("As late as the stream is."),
        min_value=0,
        max_value=120,
        initial=8,
    )

    keep_days = forms.IntegerField(
        label=_("Days that we keep files and names after the closing"), min_value=30, max_value=3650, initial=730
    )

    class Meta:
        model = Call
        fields = ["title", "text", "opens_at", "closes_at", "grace", "reviews", "hold"]
        fields += ["country_conflicts", "keep_days"]
        field_classes = {"title": Text, "text": Text}
        widgets = {"text": forms.Textarea({"rows": 5})}

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_at", "closes_at"):
            self.fields[name].zone = edition.host_city.zone  # type: ignore[attr-defined]
            self.fields[name].help_text = edition.timezone
        self.add_words()

    def save(self, commit: bool = True) -> Call:
        """The call, with its words in other languages."""
        self.instance.words = self.words()
        call: Call = super().save(commit)
        return call

    def clean(self) -> dict[str, Any]:
        """It closes after it opens."""
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("It must close after it opens."))
        return data


class CategoryForm(Versioned, Translated, forms.ModelForm):  # type: ignore[type-arg]
    """A category; questions and criteria one a line."""

    translated, labels = ("name", "who", "text"), True

    questions = Text(
        label=_("Questions"),
        required=False,
        widget=forms.Textarea({"rows": 6, "dir": "ltr"}),
        help_text=_("One a line: key | label | line, text, number, link or consent | most characters | required"),
    )
    criteria = Text(
        label=_("Criteria"),
        required=False,
        widget=forms.Textarea({"rows": 4, "dir": "ltr"}),
        help_text=_("One a line: key | label | weight | lowest-highest, as in impact | Impact | 40 | 0-10"),
    )

    stages = Text(
        label=_("Stages of a challenge’s teams"),
        required=False,
        widget=forms.Textarea({"rows": 4, "dir": "ltr"}),
        help_text=_("One a line: key | label"),
    )

    class Meta:
        model = Category
        fields = ["name", "kind", "who", "text", "position", "round", "questions", "criteria", "host", "stages"]
        field_classes = {"name": Text, "who": Text, "text": Text}
        widgets = {"text": forms.Textarea({"rows": 4})}

    def __init__(self, data: Any = None, *, instance: Category | None = None) -> None:
        names = ("questions", "criteria", "stages")
        lists = {name: as_lines(getattr(instance, name)) for name in names} if instance else {}
        super().__init__(data, instance=instance, initial=lists)
        host: Any = self.fields["host"]
        host.queryset, host.help_text = Organisation.objects.filter(is_public=True), _("Of a challenge only.")
        self.add_words()

    def clean(self) -> dict[str, Any]:
        """Labels in other languages are lines with a key."""
        self.check_labels()
        return super().clean() or {}

    def clean_kind(self) -> str:
        """The kind; an audience award has no entries, and what it is stays once it is in a ceremony."""
        kind: str = self.cleaned_data["kind"]
        turns = kind != self.initial["kind"] and AUDIENCE in (kind, self.initial["kind"])
        if self.instance.pk and turns and (self.instance.entries.exists() or self.instance.cues.exists()):
            raise forms.ValidationError(_("It has entries, or is in a ceremony: its kind stays."))
        return kind

    def clean_stages(self) -> Any:
        """The stages of a challenge, one at least; those at which teams are stay. Others have none."""
        rows = stages_of(self.cleaned_data["stages"]) if self.cleaned_data.get("kind") == Kind.CHALLENGE else []
        if self.cleaned_data.get("kind") == Kind.CHALLENGE and not rows:
            raise forms.ValidationError(_("Write at least one line."))
        held = Entry.objects.filter(category=self.instance.pk).exclude(stage__in=["", *RESERVED])
        gone = set(held.values_list("stage", flat=True)) - {row["key"] for row in rows}
        if self.instance.pk and gone:
            raise forms.ValidationError(_("There are entries: keep %(keys)s.") % {"keys": ", ".join(sorted(gone))})
        return rows

    def _is_judged(self) -> bool:
        return self.cleaned_data.get("kind") != AUDIENCE

    def clean_round(self) -> str:
        """The round; it stays as it is once the winners are sealed."""
        changed: str = self.cleaned_data["round"]
        sealed = Decision.objects.filter(category=self.instance.pk, kind=Decision.Kind.HONOURS).exclude(digest="")
        if self.instance.pk and changed != self.initial["round"] and sealed.exists():
            raise forms.ValidationError(_("The winners are sealed: the round stays as it is."))
        return changed

    def save(self, commit: bool = True) -> Category:
        """The category; after another round has begun, what is not judged in it waits for the judges."""
        self.instance.words = self.words()
        category: Category = super().save(commit)
        if "round" in self.changed_data:
            rounds.begin(category)
        return category

    def clean_questions(self) -> Any:
        """The questions; none that has been answered may go."""
        rows = self._lines("questions", questions_of)
        gone = {row["key"] for row in self.instance.questions} - {row["key"] for row in rows}
        if self.instance.pk and gone and self.instance.entries.exists():
            raise forms.ValidationError(_("There are entries: keep %(keys)s.") % {"keys": ", ".join(sorted(gone))})
        return rows

    def _lines(self, name: str, read: Any) -> Any:
        """What the lines say; an audience award needs none."""
        if self._is_judged() and not self.cleaned_data[name]:
            raise forms.ValidationError(_("Write at least one line."))
        return read(self.cleaned_data[name]) if self._is_judged() else []

    def clean_criteria(self) -> Any:
        """The criteria; they stay as they are once somebody has judged by them."""
        rows = self._lines("criteria", criteria_of)
        judged = Review.objects.filter(entry__category=self.instance.pk).exclude(marks={})
        if self.instance.pk and rows != self.instance.criteria and judged.exists():
            raise forms.ValidationError(_("Judges have begun: the criteria stay as they are."))
        return rows


class JudgeForm(forms.Form):
    """A member of the jury."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    languages = Text(
        label=_("Languages"), max_length=80, required=False, help_text=_("Codes with commas, as in en, es, zh")
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(), label=_("Only these categories"), required=False, widget=forms.CheckboxSelectMultiple
    )
    chair = forms.BooleanField(label=_("Chair: decides, and judges nothing"), required=False)

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].queryset = call.categories.judged()  # type: ignore[attr-defined]

    def clean_languages(self) -> list[str]:
        """The codes, in small letters."""
        codes = (code.strip().lower() for code in self.cleaned_data["languages"].split(","))
        return sorted({code for code in codes if code})


class PanelForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """A panel of the jury: its name, what it judges, and who is in it."""

    class Meta:
        model = Panel
        fields = ["name", "categories", "judges"]
        field_classes = {"name": Text}
        labels = {"categories": _("What it judges"), "judges": _("Who is in it")}
        widgets = {"categories": forms.CheckboxSelectMultiple, "judges": forms.CheckboxSelectMultiple}

    def __init__(self, data: Any = None, *, instance: Panel) -> None:
        super().__init__(data, instance=instance)
        self.fields["categories"].queryset = instance.call.categories.judged()  # type: ignore[attr-defined]
        judges = instance.call.judges.filter(chair=False).select_related("participant")
        self.fields["judges"].queryset = judges.order_by("participant__name")  # type: ignore[attr-defined]


class ReviewForm(Versioned, forms.Form):
    """A judge's marks, one for each criterion, and their notes."""

    def __init__(self, review: Review, data: Any = None) -> None:
        super().__init__(data, initial=review.marks | {"note": review.note}, auto_id="review-%s")
        self.criteria = rounds.criteria_of(review)
        for row in self.criteria:
            self.fields[row["key"]] = _scale(row)
        self.fields["note"] = Text(
            label=_("Notes, for you and the chair"),
            widget=forms.Textarea({"rows": 5}),
            max_length=MAX_NOTE,
            required=False,
        )

    def given(self) -> dict[str, int]:
        """What is marked, by the keys of the criteria."""
        given = {row["key"]: self.cleaned_data.get(row["key"]) for row in self.criteria}
        return {key: mark for key, mark in given.items() if mark is not None}


def _scale(row: Any) -> forms.Field:
    """The marks that a criterion may get."""
    words = {PASS: [_("no"), _("yes")]}.get(row["key"])
    marks = range(row["low"], row["high"] + 1)
    choices = [(str(mark), words[mark] if words else str(mark)) for mark in marks]
    is_long = row["key"] == RANK
    return forms.TypedChoiceField(
        label=row["label"],
        choices=[("", "–"), *choices] if is_long else choices,
        coerce=int,
        empty_value=None,
        widget=forms.Select if is_long else forms.RadioSelect,
        required=False,
    )


class RecuseForm(forms.Form):
    """Why a judge cannot judge an entry."""

    reason = Text(max_length=300, error_messages={"required": _("Write in a few words why.")})


class PlaceForm(forms.Form):
    """An entry on the list that the chair prepares."""

    category = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(choices=Decision.Kind.choices)
    seen = forms.RegexField("^[0-9a-f]{16}$")  # of the list, on the page
    entry = forms.UUIDField(required=False)  # what it gets is in honour-<id>; nothing takes it off the list


class CueForm(forms.Form):
    """A category to add or to drop, or a cue with its step and the version that was seen, or a step of its vote."""

    add = forms.IntegerField(min_value=1, required=False)
    drop = forms.IntegerField(min_value=1, required=False)
    cue = forms.IntegerField(min_value=1, required=False)
    action = forms.ChoiceField(choices=[("stage", ""), ("back", "")], required=False)
    vote = forms.ChoiceField(choices=[("open", ""), ("close", "")], required=False)
    seen = forms.IntegerField(min_value=0, required=False)
    among = forms.IntegerField(min_value=1, required=False)
    version = forms.IntegerField(min_value=0, required=False)
