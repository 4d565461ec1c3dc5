"""Signed addresses of unattended pages: whoever has one sees that page, and nothing else, until it ends.

A session's stage screen has one; a stage's pages (confidence monitor, door sign) have one together, each its own path.
"""

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse

from common.numbers import number_in
from sessions.models import Session
from show.models import Show, StageShow

SIGNER = Signer(salt="show.screen")
STAGE_SIGNERS = {"monitor": Signer(salt="show.monitor"), "sign": Signer(salt="show.sign")}


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


def stage_signed(show: StageShow, page: str) -> str:
    """The stage and the number of the address, signed for one of STAGE_SIGNERS."""
    return STAGE_SIGNERS[page].sign(f"{show.stage_id}-{show.address_number}")


def stage_path(show: StageShow, page: str) -> str:
    """The path of the stage's confidence monitor ("monitor") or door sign ("sign")."""
    return reverse(f"show:{page}", args=[stage_signed(show, page)])


def stage_room(show: StageShow) -> str:
    """The room that both follow; nothing but "look again" is said in it."""
    return f"stage:{stage_signed(show, 'sign')}"


def stage_of(page: str, address: str) -> StageShow | None:
    """The stage whose page a signed address opens now; None for one that is not ours or has ended."""
    try:
        stage_id, _dash, number = STAGE_SIGNERS[page].unsign(address).partition("-")
        show = StageShow.of(number_in(stage_id) or 0)
    except (BadSignature, Http404):
        return None
    return show if show.address_number == number_in(number) else None
