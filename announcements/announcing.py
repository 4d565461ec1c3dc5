"""Announcements are made, begin, end and are withdrawn; pages are told of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from announcements.models import Announcement, Confirmation
from announcements.translating import translated
from common import clock
from common.contract import Place
from common.prepared import Prepared
from live.log import append, hide
from people import audit
from people.models import Participant
from people.refusal import Refused
from sessions.models import Edition, Session

_CONFIRMED = Prepared(
    lambda people, now: Confirmation.objects.filter(
        participant__in=people, announcement__in=Announcement.objects.standing(now).filter(confirm=True)
    ).values_list("participant", "announcement__edition", "announcement")
)


def make(edition: Edition, by: Participant, given: Mapping[str, Any]) -> Announcement:
    """Plan an announcement; one that begins now is shown at once."""
    with transaction.atomic():
        made = Announcement.objects.create(edition=edition, by=by, **given)
        audit.record(by, "announcements.make", edition.room_key, announcement=made.pk)
        _take(made)
    return made


def withdraw(announcement: Announcement, by: Participant) -> None:
    """Take it from all pages. Raises Refused when it is over already."""
    with transaction.atomic():
        shown = Announcement.objects.filter(pk=announcement.pk, withdrawn_at=None, ends_at__gt=clock.now())
        if not shown.update(withdrawn_at=clock.now(), state=Announcement.State.OVER):
            raise Refused(_("This announcement is over already."))
        _tell(announcement)
        audit.record(by, "announcements.withdraw", announcement.edition.room_key, announcement=announcement.pk)


def tick() -> None:
    """Begin and end what is due. Of several processes one does it."""
    for announcement in Announcement.objects.due().select_related("edition", "session"):
        with transaction.atomic():
            _take(announcement)


def _take(announcement: Announcement) -> None:
    """Its next state, if it is due and nobody has done it."""
    due = Announcement.objects.due().filter(pk=announcement.pk, state=announcement.state)
    over = announcement.ends_at <= clock.now()
    if due.update(state=Announcement.State.OVER if over else Announcement.State.ON):
        _tell(announcement)


def _tell(announcement: Announcement) -> None:
    append(announcement.room_key, "announcements.bar", {"id": announcement.pk}, parent=_parent(announcement))
    hide(announcement.room_key)


def _parent(announcement: Announcement) -> str:
    return announcement.edition.room_key if announcement.session else ""


def confirm(announcement: Announcement, who: Participant) -> None:
    """Note that somebody has read it; a repeat changes nothing."""
    Confirmation.objects.get_or_create(announcement=announcement, participant=who)


def bar_data(announcement: Announcement) -> dict[str, Any]:
    """What the bar shows; `over` when nothing any more."""
    now = clock.now()
    over = announcement.withdrawn_at is not None or not announcement.starts_at <= now < announcement.ends_at
    return {
        "id": announcement.pk,
        "over": over,
        "scope": announcement.scope,
        "texts": announcement.texts,
        "urgent": announcement.urgent,
        "confirm": announcement.confirm,
    }


def bars(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the log show."""
    rows = Announcement.objects.in_bulk({entry["id"] for entry in entries})
    shown = {bar["id"]: bar for bar in translated(map(bar_data, rows.values()))}
    return [shown.get(entry["id"]) for entry in entries]


def context(page: Any, edition: Edition) -> dict[str, Any]:
    """The announcements of a page: the edition's, and those of the session that it shows, its stage and its city."""
    session = page.get("session")
    if session is not None and getattr(session, "stage_id", None):
        return page.get("read") or read(session, None)
    return _standing(edition, [edition.room_key])


def read(session: Session, user: Any) -> dict[str, Any]:
    """Those of a session's page."""
    return _standing(session.edition, [*session.scopes(), f"city:{session.stage.host_city_id}"])


def _standing(edition: Edition, scopes: list[str]) -> dict[str, Any]:
    standing = _STANDING.ask(clock.now(), edition.pk, scopes)
    return {"scopes": scopes, "bars": translated(map(bar_data, standing))}


_STANDING: Prepared[Announcement] = Prepared(
    lambda now, edition, scopes: Announcement.objects.standing(now).filter(edition=edition, scope__in=scopes)
)


def own(places: list[Place]) -> list[list[int]]:
    """The announcements of each edition that each participant has confirmed. One query, however many."""
    confirmed: dict[Place, list[int]] = {}
    for who, edition, pk in _CONFIRMED.ask({who for who, _edition in places}, clock.now()):
        confirmed.setdefault((who, edition), []).append(pk)
    return [confirmed.get(place, []) for place in places]
