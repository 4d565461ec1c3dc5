"""The signed address of a session's stage screen: whoever has it sees that screen, and nothing else, until it ends."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from common.numbers import number_in
from sessions.models import Session
from show.models import Show

SIGNER = Signer(salt="show.screen")


def signed(show: Show) -> str:
    """The session and the number of the address, signed: "12-1:…", at most 60 characters."""
    return SIGNER.sign(f"{show.session_id}-{show.address_number}")


def path(show: Show) -> str:
    """The path that a projector opens."""
    return reverse("show:screen", args=[signed(show)])


def room_key(show: Show) -> str:
    """The room that the screen follows. Its key is as secret as the address is."""
    return f"screen:{signed(show)}"


def session_of(address: str) -> Session | None:
    """The session that a signed address opens now; None for one that is not ours or has ended."""
    try:
        session_id, _dash, number = SIGNER.unsign(address).partition("-")
    except BadSignature:
        return None
    found = Session.objects.for_display().filter(pk=number_in(session_id) or 0).first()
    return found if found and Show.of(found).address_number == number_in(number) else None
