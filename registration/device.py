"""One device is one guest of the halls: a signed cookie says which. Whoever clears it is somebody new."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from people.models import Participant

COOKIE = "hall_guest"
LIFETIME = 30 * 24 * 3600  # seconds


def guest_of(request: HttpRequest) -> Participant | None:
    """The guest that this device has been, also one whose account is deleted."""
    pk = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=LIFETIME)
    return Participant.objects.filter(pk=pk, is_guest=True).first() if pk else None


def remember(response: HttpResponse, guest: Participant) -> None:
    """Let the device be this guest when it joins again."""
    response.set_signed_cookie(
        COOKIE,
        str(guest.pk),
        salt=COOKIE,
        max_age=LIFETIME,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
