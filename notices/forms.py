"""The forms of notices: how one wishes to be told, and a browser that takes messages."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from common.versions import Versioned
from notices import push
from notices.models import Subscription, Wishes


class WishesForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """How a participant wishes to be told."""

    class Meta:
        model = Wishes
        fields = ["minutes", "mail_changes", "mail_reminders", "mail_requests", "quiet_from", "quiet_until"]
        widgets = {name: forms.TimeInput({"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")}


class SubscriptionForm(forms.Form):
    """What a browser's PushSubscription says."""

    endpoint = Text(max_length=500)
    p256dh = Text(max_length=120)
    auth = Text(max_length=40)

    def clean_endpoint(self) -> str:
        """The address, if it is one of a push service that we send to."""
        endpoint: str = self.cleaned_data["endpoint"]
        if not push.is_known(endpoint):
            raise forms.ValidationError(_("This browser's push service is not one that we send to."))
        return endpoint

    def clean(self) -> dict[str, Any]:
        """The keys have the lengths that the encryption needs."""
        data: dict[str, Any] = super().clean() or {}
        if _length(data.get("p256dh", "")) != 65 or _length(data.get("auth", "")) != 16:
            raise forms.ValidationError(_("The browser's keys cannot be read."))
        return data


def _length(text: str) -> int:
    """Bytes of base64url; 0 for what is none."""
    try:
        return len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        return 0


MOST_DEVICES = 10  # of one participant; the oldest gives way


def subscribe(participant: Any, data: dict[str, str]) -> None:
    """Send to this browser from now on, for whoever is signed in there now."""
    keys = {"participant": participant, "p256dh": data["p256dh"], "auth": data["auth"]}
    Subscription.objects.update_or_create(endpoint=data["endpoint"], defaults=keys)
    old = Subscription.objects.filter(participant=participant).order_by("-pk").values_list("pk", flat=True)
    Subscription.objects.filter(pk__in=list(old[MOST_DEVICES:])).delete()
