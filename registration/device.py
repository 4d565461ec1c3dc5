"""What a hall knows of a device, by signed cookies: its id, and which guest it was."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from people.address import client_address
from people.models import Participant

GUEST, DEVICE = "hall_guest", "hall_device"  # without them a person is new
LIFETIME = 30 * 24 * 3600  # seconds


def guest_of(request: HttpRequest) -> Participant | None:
    """The guest that this device was, also if the account is deleted; None for a new device."""
    pk = request.get_signed_cookie(GUEST, default="", salt=GUEST, max_age=LIFETIME)
    return Participant.objects.filter(pk=pk, is_guest=True).first() if pk else None


def remember(response: HttpResponse, guest: Participant) -> None:
    """Set the cookie that makes the device this guest again when it joins next."""
    _set(response, GUEST, str(guest.pk))


def device_of(request: HttpRequest) -> str:
    """The id of this device; "" for one that is new or keeps no cookies."""
    return request.get_signed_cookie(DEVICE, default="", salt=DEVICE, max_age=LIFETIME) or ""


def name_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give a new device its id."""
    if not device_of(request):
        _set(response, DEVICE, uuid.uuid4().hex)


def place_of(request: HttpRequest) -> str:
    """A keyed hash of the client's address: equal for equal places, without naming them."""
    return salted_hmac("registration.place", client_address(request), algorithm="sha256").hexdigest()[:12]


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=LIFETIME,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
