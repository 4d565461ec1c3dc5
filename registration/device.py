"""What a hall knows of a device, by signed cookies: which guest it was, and whence it comes."""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from people.address import client_address
from people.models import Participant
from people.tries import LIFETIME, set_cookie

GUEST = "hall_guest"  # without it a person is new


def guest_of(request: HttpRequest) -> Participant | None:
    """The guest that this device was, also if the account is deleted; None for a new device."""
    pk = request.get_signed_cookie(GUEST, default="", salt=GUEST, max_age=LIFETIME)
    return Participant.objects.filter(pk=pk, is_guest=True).first() if pk else None


def remember(response: HttpResponse, guest: Participant) -> None:
    """Set the cookie that makes the device this guest again when it joins next."""
    set_cookie(response, GUEST, str(guest.pk))


def place_of(request: HttpRequest) -> str:
    """A keyed hash of the client's address: equal for equal places, without naming them."""
    return salted_hmac("registration.place", client_address(request), algorithm="sha256").hexdigest()[:12]
