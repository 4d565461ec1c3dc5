"""Forms about people: filters, roles, invitations, registrations and bans."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common import clock
from common.forms import Text
from common.local import LocalTime
from common.search import holds, words
from common.text import fold
from common.versions import Part, Versioned
from people.forms import visible_name
from people.models import MAX_NAME, Ban, Pass, Registration, Role
from people.names import plain
from registration.forms.fields import ScopeField
from registration.scopes import Scopes

GIVEN = [pair for pair in Role.Name.choices if pair[0] != Role.Name.GUEST]


class PeopleFilter(forms.Form):
    """The filters of the list of people. Invalid values are ignored."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    pass_type = forms.ChoiceField(label=_("Pass"), required=False, choices=[("", _("All passes")), *Pass.choices])
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *Role.Name.choices])
    scope = ScopeField(label=_("Role of"), required=False)
    session = forms.CharField(label=_("Role in the session"), max_length=100, required=False)
    banned = forms.BooleanField(label=_("Banned only"), required=False)

    def __init__(self, scopes: Scopes, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scopes = scopes
        chosen = self.data.get("scope", "")
        self.fields["scope"].of_many(scopes, str(_("Anything")), chosen)  # type: ignore[attr-defined]
        self.fields["session"].widget.attrs = {"placeholder": _("Words of its title")}
        self.fields["q"].widget.attrs = {"type": "search", "placeholder": _("Name, e-mail, ticket")}

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        self.is_valid()
        return any(self.cleaned_data.values())

    def apply(self, people: Any) -> Any:
        """The people who match."""
        self.is_valid()
        filters = self.cleaned_data
        held = Registration.objects.filter(scope=self.scopes.whole)
        for word in words(filters.get("q") or ""):
            own = holds(word, "name", "organisation") | Q(email__icontains=fold(word))
            people = people.filter(own | Q(pk__in=held.filter(ticket__icontains=word).values("participant")))
        if filters.get("pass_type"):
            people = people.filter(pk__in=held.filter(pass_type=filters["pass_type"]).values("participant"))
        if any(filters.get(name) for name in ("role", "scope", "session")):
            people = people.filter(pk__in=self._roles(filters).values("participant"))
        if filters.get("banned"):
            people = people.filter(pk__in=Ban.objects.standing().filter(self.scopes.within()).values("participant"))
        return people

    def _roles(self, filters: dict[str, Any]) -> Any:
        """The roles whose holders are asked for."""
        roles = Role.objects.filter(Q(scope=filters["scope"]) if filters.get("scope") else self.scopes.within())
        for word in words(filters.get("session") or ""):
            roles = roles.filter(scope__in=self.scopes.of_sessions(holds(word, "title")))
        return roles.filter(name=filters["role"]) if filters.get("role") else roles


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("As"), choices=GIVEN)
    scope = ScopeField(label=_("Of"))

    def __init__(self, scopes: Scopes, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "role-%s"} | kwargs)
        self.fields["scope"].of(scopes)  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    """A person to invite, with a role."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=MAX_NAME, required=False)
    send = forms.BooleanField(label=_("Send the join link by e-mail"), required=False)
    field_order = ["email", "name", "role", "scope", "send"]

    def clean_name(self) -> str:
        """The name in one line, or "". Raises ValidationError when it cannot be read."""
        return visible_name(self.cleaned_data["name"]) if self.cleaned_data["name"] else ""


class SpeakerForm(forms.Form):
    """The address of a speaker of the programme."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    send = forms.BooleanField(label=_("Send the join link by e-mail"), required=False)


class RegistrationForm(Versioned, forms.Form):
    """A registration by hand: a new one, or with `initial` a stored one to change."""

    pass_type = forms.ChoiceField(label=_("Pass"), choices=Pass.choices)
    ticket = forms.CharField(label=_("Ticket reference"), max_length=80, required=False, help_text=_("May stay empty."))

    def clean_ticket(self) -> str:
        """The reference in one line, without hidden signs; may be empty."""
        return plain(self.cleaned_data["ticket"])


class BanForm(Versioned, forms.Form):
    """A ban: why, and until when. Without a `length` the field `until` counts; empty, it means for good.

    The new ban replaces the one that `stands`, if the organiser has seen that one.
    """

    edits = False

    class Length:
        """How long a ban lasts."""

        HOUR, TONIGHT, GOOD, UNTIL = "hour", "tonight", "good", "until"
        choices = [
            (HOUR, _("One hour")),
            (TONIGHT, _("Until tonight")),
            (GOOD, _("For good")),
            (UNTIL, _("Until a time of my own:")),
        ]

    reason = Text(label=_("Reason, shown to the participant"), max_length=300)
    length = forms.ChoiceField(
        label=_("How long"), choices=Length.choices, widget=forms.RadioSelect, initial=Length.HOUR, required=False
    )
    until = LocalTime(label=_("Until"), required=False)

    def __init__(self, zone: ZoneInfo, stands: Ban | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "ban-%s"} | kwargs)
        self.zone, self.stands = zone, stands
        self.fields["until"].zone = zone  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The form data; "until a time of my own" needs a time."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("length") == self.Length.UNTIL and not data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Write a date and a time."))
        return data

    def more_parts(self) -> list[Part]:
        """The ban that stands, so that nobody replaces a ban they have not seen."""
        if self.stands is None:
            return [Part("ban", "", "", "")]
        until = self.stands.until
        ends = date_format(until.astimezone(self.zone), "j M Y H:i") if until else _("for good")
        return [Part("ban", self.stands.pk, "another", f"{self.stands.reason} ({ends})")]

    @property
    def ends(self) -> datetime | None:
        """When the ban of a valid form ends; None: never. "Tonight" is midnight in the host city."""
        now = clock.now().astimezone(self.zone)
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), self.zone)
        ends = {self.Length.HOUR: now + timedelta(hours=1), self.Length.TONIGHT: midnight, self.Length.GOOD: None}
        return ends.get(self.cleaned_data["length"], self.cleaned_data["until"])


class RecordFilter(forms.Form):
    """The filters of the record. Invalid values are ignored."""

    action = forms.ChoiceField(label=_("What"), required=False)
    q = forms.CharField(label=_("Who"), max_length=100, required=False)

    def __init__(self, actions: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("Everything")), *actions]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs = {"type": "search", "placeholder": _("Who did it, or to whom")}
