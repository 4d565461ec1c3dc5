"""The forms of Tomorrow.City: what people may send, with its limits."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cities.content import COLUMNS, MOST_RESULTS
from cities.models import (
    MAX_LINE,
    MAX_NAME,
    MAX_PLACE,
    MAX_TEXT,
    MAX_TITLE,
    MAX_WORDS,
    Case,
    City,
    Cost,
    Fact,
    Kind,
    Level,
    Licence,
    Membership,
    Organisation,
    Solution,
    SolutionUse,
    Stage,
    Tool,
    ToolUse,
)
from cities.pictures import CARD
from cities.tags import TARGETS, THEMES, choices, split, tags_of
from common.forms import Day, LongSelect, Text
from common.local import LocalTime
from common.pictures import drawn
from common.uploads import MAX_BYTES, MAX_CAPTION, SIDE, picture_of
from common.versions import Versioned
from people.forms import zones

MOST_FACTS = 8
MOMENT = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", re.ASCII)  # 1:02:30, 12:30
FACT_COLUMNS = ("label", "value", "source", "date")


class Area(Text):
    """A text of several lines."""

    def __init__(self, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), **kwargs)


class TagFields(forms.Form):
    """Themes and SDG targets."""

    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    targets = forms.MultipleChoiceField(label=_("SDG targets"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = choices(THEMES)  # type: ignore[attr-defined]
        if "targets" in self.fields:
            self.fields["targets"].choices = choices(TARGETS)  # type: ignore[attr-defined]


def rows_in(form: Any, name: str, count: int, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a form that are not empty."""
    rows = [{column: form.cleaned_data[f"{name}_{at}_{column}"] for column in columns} for at in range(count)]
    return [row for row in rows if any(row.values())]


def drawn_rows(form: Any, name: str, count: int, columns: tuple[str, ...]) -> list[list[Any]]:
    """The bound fields of the rows, for the template."""
    return [[form[f"{name}_{at}_{column}"] for column in columns] for at in range(count)]


class Rows:
    """A mix-in for a form with rows of fields below the others, as "results_0_before"."""

    of_rows = ""

    @property
    def plain(self: Any) -> list[Any]:
        """The bound fields that are in no row; tags, which are many, come last."""
        plain = [field for field in self if not field.name.startswith(self.of_rows)]
        return sorted(plain, key=lambda field: field.name in ("themes", "targets"))


class CaseForm(Rows, Versioned, TagFields):
    """What a case says. Nothing is required: a draft is kept as it is (content.lacks judges)."""

    of_rows = "results_"
    title = Text(label=_("Title"), max_length=MAX_TITLE)
    problem = Area(label=_("The problem"), max_length=MAX_TEXT)
    done = Area(label=_("What was done"), max_length=MAX_TEXT)
    how = Area(label=_("How: steps, people, decisions"), max_length=MAX_TEXT)
    failures = Area(label=_("What failed first, and what you would do otherwise"), max_length=MAX_TEXT)
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", "–"), *Stage.choices])
    cost = forms.ChoiceField(label=_("Cost"), choices=[("", "–"), *Cost.choices])
    funding = Text(label=_("Funding"), max_length=MAX_LINE)
    months = forms.IntegerField(label=_("Months from the start to the first result"), min_value=0, max_value=600)
    team = Text(label=_("Team: how many people, of what kind"), max_length=MAX_LINE)
    licence = forms.ChoiceField(label=_("Licence of the text"), choices=[("", "–"), *Licence.choices])
    language = forms.ChoiceField(label=_("Language of the text"), choices=[("", "–"), *settings.LANGUAGES])

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data, initial=dict(case.draft), auto_id="case-%s")
        labels = {"indicator": _("Indicator"), "before": _("Before"), "after": _("After"), "source": _("Source")}
        lengths = {"indicator": 160, "before": 60, "after": 60, "source": MAX_LINE}
        for at in range(MOST_RESULTS):
            columns: dict[str, forms.Field] = {
                name: Text(label=labels[name], max_length=lengths[name]) for name in COLUMNS
            }
            row = dict(enumerate(case.draft.get("results", []))).get(at, {})
            for name, field in columns.items():
                self.fields[f"results_{at}_{name}"] = field
                self.initial[f"results_{at}_{name}"] = row.get(name, "")
        for field in self.fields.values():
            field.required = False

    def draft(self) -> dict[str, Any]:
        """What is written, without what is empty."""
        plain = {name: value for name, value in self.cleaned_data.items() if value and not name.startswith("results_")}
        results = rows_in(self, "results", MOST_RESULTS, COLUMNS)
        return plain | ({"results": results} if results else {})

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of the results, a list for each."""
        return drawn_rows(self, "results", MOST_RESULTS, COLUMNS)


class CityForm(Rows, Versioned, TagFields, forms.ModelForm):  # type: ignore[type-arg]
    """A city's profile, with its facts."""

    of_rows = "facts_"
    website = forms.URLField(label=_("Website"), max_length=MAX_LINE, required=False, assume_scheme="https")

    class Meta:
        model = City
        fields = ["name", "country", "region", "population", "timezone", "latitude", "longitude", "website"]
        fields += ["text", "offers", "looks_for", "private_needs"]
        field_classes = dict.fromkeys(("name", "country", "text", "offers", "looks_for", "private_needs"), Text)

    def __init__(self, data: Any = None, *, instance: City | None = None) -> None:
        city = instance or City()
        stored = split(city.tags.all()) if city.pk else ([], [])
        super().__init__(data, instance=city, initial={"themes": stored[0], "targets": stored[1]}, auto_id="city-%s")
        self.fields["timezone"].widget = LongSelect(choices=[("UTC", "UTC"), *zones()])
        for name in ("text", "offers", "looks_for", "private_needs"):
            self.fields[name].widget.attrs["rows"] = 4
        for name in ("latitude", "longitude"):
            most = 90 if name == "latitude" else 180
            self.fields[name] = forms.FloatField(
                label=self.fields[name].label, min_value=-most, max_value=most, required=False
            )
        rows = list(city.facts.all()) if city.pk else []
        for at in range(MOST_FACTS):
            row = rows[at] if at < len(rows) else None
            for name, field in _fact_fields().items():
                self.fields[f"facts_{at}_{name}"] = field
                self.initial[f"facts_{at}_{name}"] = getattr(row, name) if row else ""

    def clean(self) -> dict[str, Any]:
        """A fact has a value, a source and a day, or it is none."""
        data = super().clean() or {}
        for at in range(MOST_FACTS):
            row = {name: data.get(f"facts_{at}_{name}") for name in FACT_COLUMNS}
            for name, value in row.items():
                if any(row.values()) and not value and f"facts_{at}_{name}" not in self.errors:
                    self.add_error(f"facts_{at}_{name}", _("A fact needs a value, a source and a day."))
        return data

    def save(self, commit: bool = True) -> City:
        """Save the city with its tags and facts."""
        city: City = super().save(commit=False)
        city.version += 1
        city.save()
        city.tags.set(tags_of([*self.cleaned_data["themes"], *self.cleaned_data["targets"]]))
        city.facts.all().delete()
        rows = rows_in(self, "facts", MOST_FACTS, FACT_COLUMNS)
        Fact.objects.bulk_create(Fact(city=city, position=at, **row) for at, row in enumerate(rows))
        return city

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of the facts, a list for each."""
        return drawn_rows(self, "facts", MOST_FACTS, FACT_COLUMNS)


def _fact_fields() -> dict[str, forms.Field]:
    return {
        "label": Text(label=_("What"), max_length=120, required=False),
        "value": Text(label=_("Value"), max_length=120, required=False),
        "source": Text(label=_("Source"), max_length=MAX_LINE, required=False),
        "date": Day(label=_("As of"), required=False),
    }


class WordsForm(forms.Form):
    """A few words."""

    words = Text(max_length=MAX_WORDS, required=False)


class ReasonForm(forms.Form):
    """Why something ends."""

    words = Text(max_length=MAX_LINE, required=False)


class StepForm(WordsForm):
    """A step, and the version that the person saw."""

    action = forms.CharField(max_length=16)
    version = forms.IntegerField(min_value=0)


class BeginForm(forms.Form):
    """For which organisation something is written: one of the person's own."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"))

    def __init__(self, user: Any, *args: Any) -> None:
        super().__init__(*args)
        own = Membership.objects.of(user).values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=own)  # type: ignore[attr-defined]


class CasePictureForm(forms.Form):
    """A picture of a case, with the words that are read to who cannot see it."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP; made smaller as it is sent."),
        widget=forms.ClearableFileInput({"accept": "image/png,image/jpeg,image/webp", "data-largest": MAX_BYTES}),
    )
    caption = Text(label=_("What it shows"), max_length=MAX_CAPTION, help_text=_("Is also read to who cannot see it."))
    credit = Text(label=_("Who made it"), max_length=MAX_CAPTION)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="picture-%s")

    def clean_file(self) -> dict[str, Any]:
        """The picture and the small one, both drawn anew. Raises ValidationError for what is none."""
        sent = self.cleaned_data["file"]
        fields = picture_of(sent, SIDE)
        sent.seek(0)
        return fields | {"card": drawn(sent, CARD).data}

    def fields_kept(self) -> dict[str, Any]:
        """The fields of the picture that is made."""
        return {**self.cleaned_data["file"], **{name: self.cleaned_data[name] for name in ("caption", "credit")}}


class ChosenForm(forms.Form):
    """The id of a picture."""

    remove = forms.UUIDField()


class OriginForm(forms.Form):
    """For which city's organisation a case begins with something, and from which moment of a recording, in seconds."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"))
    moment = Text(
        label=_("Moment of the recording"), max_length=10, required=False, help_text=_("As in 12:30. May stay empty.")
    )

    def __init__(self, own: Any, data: Any = None) -> None:
        super().__init__(data, auto_id="origin-%s")
        field: Any = self.fields["organisation"]
        field.queryset, field.empty_label, field.initial = own, None, own.first()

    def clean_moment(self) -> int | None:
        """Seconds; None for nothing. Raises ValidationError for what is no time."""
        words = self.cleaned_data["moment"].strip()
        found = MOMENT.fullmatch(words)
        if words and not found:
            raise forms.ValidationError(_("Write minutes and seconds, as in 12:30, or hours too, as in 1:02:30."))
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) if found else None


class OrganisationForm(forms.Form):
    """An organisation that is not known yet, and why the person speaks for it."""

    name = Text(label=_("Name"), max_length=MAX_NAME)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    country = Text(label=_("Country"), max_length=MAX_PLACE, required=False)
    website = forms.URLField(label=_("Website"), max_length=MAX_LINE, required=False, assume_scheme="https")
    words = Area(rows=3, label=_("Why you speak for it (for the organisers only)"), max_length=MAX_WORDS)


class TrustForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """What organisers say of an organisation: its data, its mail domains, its city."""

    domains = Text(
        label=_("Mail domains"), max_length=500, required=False, help_text=_("With commas, as in tampere.fi, tre.fi")
    )
    website = forms.URLField(label=_("Website"), max_length=MAX_LINE, required=False, assume_scheme="https")
    city = forms.ModelChoiceField(City.objects.all(), label=_("City whose profile it edits"), required=False)

    class Meta:
        model = Organisation
        fields = ["name", "kind", "country", "website", "is_partner"]
        field_classes = {"name": Text, "country": Text}

    def __init__(self, data: Any = None, *, instance: Organisation | None = None) -> None:
        organisation = instance or Organisation()
        known = organisation.pk is not None
        domains = ", ".join(each.domain for each in organisation.mail_domains.all()) if known else ""
        city = City.objects.filter(organisation=organisation).first() if known else None
        initial = {"domains": domains, "city": city.pk if city else None}
        super().__init__(data, instance=organisation, initial=initial, auto_id="trust-%s")

    def clean_domains(self) -> list[str]:
        """The domains, in small letters."""
        parts = {part.strip().lower().lstrip("@") for part in self.cleaned_data["domains"].split(",")} - {""}
        if any("." not in part or " " in part or len(part) > 120 for part in parts):
            raise forms.ValidationError(_("Write domains with commas between, as in tampere.fi, tre.fi"))
        return sorted(parts)

    def clean_city(self) -> City | None:
        """A city that no other organisation edits."""
        city: City | None = self.cleaned_data["city"]
        if city and city.organisation_id not in (None, self.instance.pk):
            raise forms.ValidationError(_("Another organisation edits this city."))
        return city


class VerifyForm(forms.Form):
    """Why one may trust an organisation."""

    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    evidence = Text(label=_("Evidence (everybody reads it)"), max_length=MAX_LINE)
    until = LocalTime(label=_("Holds until"))
    partner = forms.ModelChoiceField(
        Organisation.objects.filter(is_partner=True), label=_("Vouched for by a partner"), required=False
    )

    def __init__(self, zone: Any, data: Any) -> None:
        super().__init__(data, auto_id="verify-%s")
        self.fields["until"].zone = zone  # type: ignore[attr-defined]


class ClaimForm(forms.Form):
    """A decision about a claim or a membership."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("approve", "refuse", "end")])
    role = forms.ChoiceField(choices=Membership.Role.choices, required=False)


class ReportForm(forms.Form):
    """What is wrong with an organisation, or with who speaks for it."""

    words = Area(rows=3, label=_("What is wrong"), max_length=MAX_WORDS)
    member = forms.IntegerField(min_value=1, required=False)


class VerdictForm(WordsForm):
    """A decision about a report."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("uphold", "dismiss")])


class EditorForm(forms.Form):
    """Who reviews cases too, or no longer does."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    remove = forms.IntegerField(min_value=1, required=False)


def _address(label: Any, required: bool) -> forms.URLField:
    return forms.URLField(label=label, max_length=MAX_LINE, required=required, assume_scheme="https")


class _OfferForm(Versioned, TagFields, forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, data: Any = None, *, instance: Any) -> None:
        stored = split(instance.tags.all()) if instance.pk else ([], [])
        super().__init__(data, instance=instance, initial={"themes": stored[0], "targets": stored[1]})


class ToolForm(_OfferForm):
    """A tool."""

    url = _address(_("Address"), required=True)

    class Meta:
        model = Tool
        fields = ["kind", "name", "text", "url", "licence"]
        field_classes = {"name": Text, "text": Text}


class SolutionForm(_OfferForm):
    """A solution."""

    url = _address(_("Website"), required=False)

    class Meta:
        model = Solution
        fields = ["name", "text", "url"]
        field_classes = {"name": Text, "text": Text}


class UseForm(forms.ModelForm):  # type: ignore[type-arg]
    """That one's own city has used a tool or a solution."""

    city = forms.ModelChoiceField(City.objects.none(), label=_("City"))
    seen = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    class Meta:
        model = ToolUse
        fields = ["city", "words", "source"]
        field_classes = {"words": Text, "source": Text}

    def __init__(self, user: Any, data: Any = None, seen: str = "") -> None:
        super().__init__(data, initial={"seen": seen}, auto_id="use-%s")
        own = Membership.objects.of(user).values("organisation")
        self.fields["city"].queryset = City.objects.filter(organisation__in=own)  # type: ignore[attr-defined]


class SolutionUseForm(UseForm):
    """That one's own city has used a solution."""

    class Meta(UseForm.Meta):
        model = SolutionUse  # type: ignore[assignment]
