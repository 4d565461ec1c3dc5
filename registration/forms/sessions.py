"""Forms about a session: who may see it, the code of its hall, invitations, and the name of a guest."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from common.local import LocalTime
from common.registry import registry
from common.versions import Part, Versioned
from people.access import Visibility
from people.forms import visible_name
from people.models import MAX_NAME, EventCode, Pass
from sessions.blocklist import blocked
from sessions.models import Session

MAX_GUESTS, USUAL_GUESTS, MAX_INVITED = 20_000, 2000, 200


def guests_may() -> list[tuple[str, Any]]:
    """The things that guests of a hall can be allowed, as choices."""
    return [(name, option.label) for name, option in registry.guests_may.items()]


class AccessForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """Who may see a session, and what guests of its hall may do."""

    visible_passes = forms.MultipleChoiceField(
        label=_("Passes"), choices=Pass.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    guests_may = forms.MultipleChoiceField(
        label=_("Guests of the hall may"), choices=guests_may, required=False, widget=forms.CheckboxSelectMultiple
    )
    embargo_until = LocalTime(label=_("Not shown before"), required=False)

    class Meta:
        model = Session
        fields = ["visibility", "visible_passes", "embargo_until", "guests_may"]
        widgets = {"visibility": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        embargo = self.fields["embargo_until"]
        embargo.zone = self.instance.zone  # type: ignore[attr-defined]
        text = _("Time of %(city)s. Until then only those who run the session or speak in it see it.")
        embargo.help_text = text % {"city": self.instance.stage.host_city.name}

    def clean(self) -> dict[str, Any]:
        """The form data; "some passes" needs at least one pass."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("visibility") == Visibility.PASSES and not data.get("visible_passes"):
            self.add_error("visible_passes", _("Choose at least one pass."))
        return data


class CodeForm(Versioned, forms.Form):
    """A new hall code: how long it works (empty: as long as the session) and for how many guests.

    It replaces the `code` that was seen.
    """

    edits = False

    expires_at = LocalTime(
        label=_("Until"),
        required=False,
        help_text=_("Leave it empty: the code then works until a quarter of an hour after the session has ended."),
    )
    max_guests = forms.IntegerField(
        label=_("Guests at most"), min_value=1, max_value=MAX_GUESTS, initial=USUAL_GUESTS, required=False
    )

    def __init__(self, zone: ZoneInfo, code: EventCode | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "code-%s"} | kwargs)
        self.fields["expires_at"].zone = zone  # type: ignore[attr-defined]
        self.code = code

    def more_parts(self) -> list[Part]:
        """The code that is valid now, so that nobody replaces a code they have not seen."""
        shown = self.code.code if self.code else ""
        return [Part("code", shown, shown and "another", shown)]

    def clean_max_guests(self) -> int:
        """The number of guests; USUAL_GUESTS when the field is empty."""
        return int(self.cleaned_data["max_guests"] or USUAL_GUESTS)


class InviteesForm(forms.Form):
    """E-mail addresses to invite, one in a line. One wrong line, and nobody is invited."""

    emails = forms.CharField(
        label=_("E-mail addresses, one in a line"), max_length=MAX_INVITED * 260, widget=forms.Textarea({"rows": 5})
    )
    send = forms.BooleanField(label=_("Send each a join link by e-mail"), required=False)

    def clean_emails(self) -> list[str]:
        """The addresses, each once, in lower case. Raises ValidationError that names the wrong lines."""
        emails: dict[str, None] = {}
        wrong = []
        for number, line in enumerate(self.cleaned_data["emails"].splitlines(), 1):
            email = line.strip().strip(",;").strip().lower()
            if not email:
                continue
            try:
                validate_email(email)
                emails[email] = None
            except ValidationError:
                message = _("Line %(line)s: “%(email)s” is no e-mail address.")
                wrong.append(ValidationError(message, params={"line": number, "email": email[:80]}))
        if len(emails) > MAX_INVITED:
            wrong.append(ValidationError(_("At most %(n)s at once."), params={"n": MAX_INVITED}))
        if wrong:
            raise ValidationError(wrong[:20])
        return list(emails)


class GuestForm(forms.Form):
    """The name of a guest who joins in the hall."""

    name = forms.CharField(label=_("Your name"), max_length=MAX_NAME)

    def __init__(self, blocked_terms: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocked_terms = blocked_terms

    def clean_name(self) -> str:
        """The name in one line. Raises ValidationError when it cannot be read or is blocked."""
        name = visible_name(self.cleaned_data["name"])
        if blocked(name, self.blocked_terms):
            raise forms.ValidationError(_("Choose another name."))
        return name
