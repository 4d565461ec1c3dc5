"""Signed addresses of unattended pages: whoever has one sees that page, and nothing else, until it ends.

A session's stage screen has one; a stage's pages (confidence monitor, door sign) have one together, each its own path.
"""

from django.http import Http404
from django.urls import reverse

from common.prepared import Prepared
from common.signed import Addresses
from sessions.models import Session
from show.models import Show, StageShow

SCREENS = Addresses("show.screen")
STAGE_PAGES = {"monitor": Addresses("show.monitor"), "sign": Addresses("show.sign")}


def signed(show: Show) -> str:
    """The address of the session's screen."""
    return SCREENS.of(show.session_id, show.address_number)


def path(show: Show) -> str:
    """The path that a projector opens."""
    return reverse("show:screen", args=[signed(show)])


def room_key(show: Show) -> str:
    """The room that the screen follows. Its key is as secret as the address is."""
    return f"screen:{signed(show)}"


_SESSION = Prepared(lambda pk: Session.objects.for_display().filter(pk=pk))


def session_of(address: str) -> Session | None:
    """The session that a signed address opens now; None for one that is not ours or has ended."""
    session_id, number = SCREENS.read(address) or (0, 0)
    found = _SESSION.first(session_id)
    return found if found and Show.of(found).address_number == number else None


def stage_signed(show: StageShow, page: str) -> str:
    """The address of one of the stage's STAGE_PAGES."""
    return STAGE_PAGES[page].of(show.stage_id, show.address_number)


def stage_path(show: StageShow, page: str) -> str:
    """The path of the stage's confidence monitor ("monitor") or door sign ("sign")."""
    return reverse(f"show:{page}", args=[stage_signed(show, page)])


def stage_room(show: StageShow) -> str:
    """The room that the door sign and the caller's view follow; nothing but "look again" is said in it."""
    return f"stage:{stage_signed(show, 'sign')}"


def monitor_room(show: StageShow) -> str:
    """The room that the confidence monitor follows: what it shows comes in it, also what a door sign may not say."""
    return f"monitor:{stage_signed(show, 'monitor')}"


def stage_of(page: str, address: str) -> StageShow | None:
    """The stage whose page a signed address opens now; None for one that is not ours or has ended."""
    stage_id, number = STAGE_PAGES[page].read(address) or (0, 0)
    try:
        show = StageShow.of(stage_id)
    except Http404:
        return None
    return show if show.address_number == number else None
