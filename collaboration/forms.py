"""The forms of collaboration: what people may send, with its limits."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cities.models import City, Organisation
from collaboration.models import Commitment, Delegate, Delegation, Report
from collaboration.models.commitments import MAX_LINE, MAX_TEXT, MAX_TITLE
from collaboration.models.delegations import MAX_NEED
from collaboration.models.replications import MAX_REASON, MAX_WORDS
from collaboration.wording import as_lines, milestones_in
from common import clock
from common.forms import Day, LongSelect, Text
from common.versions import Versioned
from sessions.models import Edition

MOST_MILESTONES = 12


class CommitmentForm(Versioned, forms.Form):
    """What a commitment says. All of it may wait but the title; proposing asks for the rest."""

    title = Text(label=_("Title"), max_length=MAX_TITLE)
    measure = Text(
        label=_("What is measured"),
        max_length=MAX_LINE,
        required=False,
        help_text=_("Something that anybody could count again."),
    )
    baseline = Text(label=_("Today it is"), max_length=MAX_LINE, required=False)
    target = Text(label=_("It will be"), max_length=MAX_LINE, required=False)
    due = Day(label=_("By"), required=False)
    milestones = Text(
        label=_("Milestones"),
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line, the day first, as in 2027-06-30 Half of the schools"),
    )

    def __init__(self, commitment: Commitment, data: Any = None, **options: Any) -> None:
        written = commitment.draft
        lines = {"milestones": as_lines(written.get("milestones", []))}
        super().__init__(data, initial=written | lines, auto_id="commitment-%s", **options)

    def clean_due(self) -> date | None:
        """A day that is ahead."""
        due: date | None = self.cleaned_data["due"]
        if due and due <= clock.now().date():
            raise forms.ValidationError(_("It has to be a day that is ahead."))
        return due

    def clean_milestones(self) -> list[Any]:
        """The milestones, by their days."""
        try:
            milestones = milestones_in(self.cleaned_data["milestones"])
        except ValueError as error:
            words = _("This line has no day in front: %(line)s") % {"line": str(error)[:80]}
            raise forms.ValidationError(words) from error
        if len(milestones) > MOST_MILESTONES:
            raise forms.ValidationError(_("At most %(most)d milestones.") % {"most": MOST_MILESTONES})
        return milestones

    def clean(self) -> dict[str, Any]:
        """Milestones come before the day on which all is due."""
        data = super().clean() or {}
        last = data["milestones"][-1]["due"] if data.get("milestones") else ""
        if data.get("due") and last > data["due"].isoformat():
            self.add_error("milestones", _("A milestone comes after the day on which all is due."))
        return data

    def draft(self) -> dict[str, Any]:
        """What is written, as JSON, without what is empty."""
        plain = self.cleaned_data | {"due": self.cleaned_data["due"].isoformat() if self.cleaned_data["due"] else ""}
        return {name: value for name, value in plain.items() if value}


class ChoiceForm(forms.Form):
    """An organisation that a person speaks for."""

    organisation = forms.ModelChoiceField(Organisation.objects.none())

    def __init__(self, organisations: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class CityForm(forms.Form):
    """A city that a person speaks for."""

    city = forms.ModelChoiceField(City.objects.none())

    def __init__(self, cities: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["city"].queryset = cities  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A step, why, and the version that was seen."""

    action = forms.RegexField("^[a-z_]{1,16}$")
    version = forms.IntegerField(min_value=0)
    reason = Text(max_length=min(MAX_LINE, MAX_REASON), required=False)


class SignForm(ChoiceForm):
    """The yes of a party to the text with that SHA-256, and in which office."""

    digest = forms.RegexField("^[0-9a-f]{64}$")
    office = Text(max_length=120, required=False)
    agreed = forms.BooleanField(error_messages={"required": _("Say that you have read it.")})


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a commitment stands."""

    evidence = forms.URLField(
        label=_("Where one can see it"),
        help_text=_("A link that everybody can open. Done needs one."),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput({"dir": "ltr"}),
    )

    class Meta:
        model = Report
        fields = ["organisation", "says", "words", "value", "evidence"]
        field_classes = {"words": Text, "value": Text}
        labels = {"organisation": _("For")}
        widgets = {"words": forms.Textarea({"rows": 5})}

    def __init__(self, organisations: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["organisation"].empty_label = None  # type: ignore[attr-defined]

    def clean_evidence(self) -> str:
        """An address of the web."""
        address: str = self.cleaned_data["evidence"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write an address that begins with https://"))
        return address


class PartyForm(forms.Form):
    """An organisation to add (by its name), or to take out (by its id)."""

    add = Text(label=_("Organisation"), max_length=200, required=False)
    remove = forms.IntegerField(min_value=1, required=False)


class SigningForm(forms.Form):
    """A commitment to bring to a session, or a signing with its step and the version that was seen."""

    bring = forms.UUIDField(required=False)
    signing = forms.IntegerField(min_value=1, required=False)
    action = forms.ChoiceField(choices=[(name, name) for name in ("open", "close", "remove")], required=False)
    version = forms.IntegerField(min_value=0, required=False)


class WordsForm(forms.Form):
    """A few words."""

    words = Text(max_length=MAX_WORDS)


class DelegationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom an organisation may send, and within which national delegation."""

    class Meta:
        model = Delegation
        fields = ["organisation", "within", "quota"]
        labels = {"organisation": _("Organisation"), "within": _("Within"), "quota": _("Places")}
        widgets = {"organisation": LongSelect, "within": LongSelect}

    def __init__(self, edition: Edition, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition = edition
        self.fields["organisation"].queryset = Organisation.objects.filter(is_public=True)  # type: ignore[attr-defined]
        nations = Delegation.objects.filter(edition=edition, within=None).select_related("organisation")
        self.fields["within"].queryset = nations  # type: ignore[attr-defined]
        self.fields["quota"].max_value = 200  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        """One that has no delegation yet."""
        organisation: Organisation = self.cleaned_data["organisation"]
        if Delegation.objects.filter(edition=self.edition, organisation=organisation).exists():
            raise forms.ValidationError(_("This organisation has a delegation already."))
        return organisation


class QuotaForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """How many people a delegation may send."""

    quota = forms.IntegerField(label=_("Places"), min_value=0, max_value=200)

    class Meta:
        model = Delegation
        fields = ["quota"]


class DelegateForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody whom a delegation nominates."""

    class Meta:
        model = Delegate
        fields = ["name", "office", "organisation", "city", "email", "is_head"]
        field_classes = {"name": Text, "office": Text, "organisation": Text, "city": Text}
        labels = {
            "name": _("Name"),
            "office": _("Office"),
            "organisation": _("Organisation"),
            "city": _("City"),
            "email": _("E-mail"),
            "is_head": _("Leads the delegation"),
        }

    def clean_email(self) -> str:
        """As accounts have it: without capitals."""
        return str(self.cleaned_data["email"]).lower()


class FocalPointForm(forms.Form):
    """Who manages a delegation (email), or no longer does (remove: its id)."""

    email = forms.EmailField(max_length=254, required=False)
    remove = forms.IntegerField(min_value=1, required=False)


class NeedForm(forms.Form):
    """What a delegation looks for; or one of its needs to publish, to hide or to delete."""

    text = Text(max_length=MAX_NEED, required=False)
    need = forms.IntegerField(min_value=1, required=False)
    action = forms.ChoiceField(choices=[(name, name) for name in ("publish", "hide", "delete")], required=False)
