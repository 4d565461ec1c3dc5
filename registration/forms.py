"""What organisers write at the registration desk."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.access import Visibility
from people.forms import visible_name
from people.models import MAX_NAME, Ban, Pass, Role
from sessions.models import Session

MAY = [("chat", _("Write in the chat")), ("questions", _("Ask and upvote questions")), ("polls", _("Answer polls"))]


class LocalTime(forms.DateTimeField):
    """A date and time in the host city's zone, from <input type="datetime-local">."""

    def __init__(self, zone: ZoneInfo | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone
        self.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        try:
            return found.replace(tzinfo=self.zone) if found else None
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(_("Write a date and a time.")) from error


class PeopleFilter(forms.Form):
    """What the list of people is narrowed to; an unusable value narrows nothing."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    pass_type = forms.ChoiceField(label=_("Pass"), required=False, choices=[("", _("All passes")), *Pass.choices])
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.Name.choices])
    banned = forms.BooleanField(label=_("Banned only"), required=False)

    def apply(self, people: Any, scopes: list[str], edition_scope: str) -> Any:
        """The people who match."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        for word in (chosen.get("q") or "").replace("\0", "").split()[:6]:
            people = people.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(organisation__icontains=word))
        if chosen.get("pass_type"):
            people = people.filter(registrations__pass_type=chosen["pass_type"], registrations__scope=edition_scope)
        if chosen.get("role"):
            people = people.filter(roles__name=chosen["role"], roles__scope__in=scopes)
        if chosen.get("banned"):
            people = people.filter(bans__in=Ban.objects.standing().filter(scope=edition_scope))
        return people


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(choices=[pair for pair in Role.Name.choices if pair[0] != Role.Name.GUEST])
    scope = forms.CharField(max_length=64)


class InviteForm(RoleForm):
    """Somebody to invite."""

    email = forms.EmailField(max_length=254)
    name = forms.CharField(max_length=MAX_NAME, required=False)
    send = forms.BooleanField(required=False)


class BanForm(forms.Form):
    """Why, and until when (nothing: for good)."""

    reason = forms.CharField(label=_("Reason, shown to the participant"), max_length=300)
    until = LocalTime(label=_("Until"), required=False)

    def __init__(self, zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].zone = zone  # type: ignore[attr-defined]


class AccessForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom a session is for."""

    visible_passes = forms.MultipleChoiceField(
        label=_("Passes"), choices=Pass.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    guests_may = forms.MultipleChoiceField(
        label=_("Guests of the hall may"), choices=MAY, required=False, widget=forms.CheckboxSelectMultiple
    )
    embargo_until = LocalTime(label=_("Not shown before"), required=False)

    class Meta:
        model = Session
        fields = ["visibility", "visible_passes", "embargo_until", "guests_may"]
        widgets = {"visibility": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["embargo_until"].zone = self.instance.zone  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("visibility") == Visibility.PASSES and not data.get("visible_passes"):
            self.add_error("visible_passes", _("Choose at least one pass."))
        return data


class CodeForm(forms.Form):
    """Until when a hall's code opens the session."""

    expires_at = LocalTime(label=_("Until"))

    def __init__(self, zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_at"].zone = zone  # type: ignore[attr-defined]


class GuestForm(forms.Form):
    """What a guest of the hall is called."""

    name = forms.CharField(label=_("Your name"), max_length=MAX_NAME)

    def clean_name(self) -> str:
        return visible_name(self.cleaned_data["name"])
