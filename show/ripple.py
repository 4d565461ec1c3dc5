"""Ripple: the delays that the projection of a stage asks for are published together, and taken back together."""

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from sessions import events, status
from sessions.models import Edition, Session, Stage
from show.models import Ripple, StageShow
from show.order import orders
from show.projection import Offer, offer

LONGEST_AUTOMATIC = 30  # minutes
TOLERANCE = 2  # minutes by which an offer may have grown since somebody saw it
LOOK_EVERY = 10.0  # seconds
CHANGED = _("The projection has changed since you looked. Look again before you publish it.")
_looked_at = 0.0


def publish(stage: Stage, by: Participant | None, *, sessions: int, minutes: int) -> Ripple:
    """Publish what is projected for a stage: each session is delayed by the ordinary step, in one transaction.

    `sessions` (how many) and `minutes` (the longest delay) are what the person saw. Raises Refused when it is no longer
    that. `by` None: the stage does it by itself.
    """
    with transaction.atomic():
        Edition.locked(stage.edition_id)  # what is projected then holds until it is published
        made = current(stage)
        if made is None or len(made.moves) != sessions or not 0 <= made.most - minutes <= TOLERANCE:
            raise Refused(CHANGED)
        ripple = Ripple.objects.create(stage=stage, by=by)
        with events.together():
            steps = status.step_all({move.key: {"new_start": move.after} for move in made.moves}, "delay", by)
        ripple.changes.add(*steps)
        audit.record(by, "show.ripple", stage.edition.room_key, stage=stage.pk, delayed=sessions, minutes=made.most)
    return ripple


def current(stage: Stage) -> Offer | None:
    """What should be published for a stage now."""
    return offer(orders([stage.pk])[stage.pk].projected)


def take_back(ripple: Ripple, by: Participant) -> None:
    """Undo every step of a ripple, in one transaction. Raises Refused when a session has gone on since."""
    stage = ripple.stage
    with transaction.atomic():
        Edition.locked(stage.edition_id)
        locked = Ripple.objects.select_for_update().get(pk=ripple.pk)
        if locked.undone_at:
            raise Refused(_("This has been taken back already."))
        with events.together():
            of_session = defaultdict[int, list[int]](list)
            for session_id, pk in locked.changes.filter(undone_at=None).values_list("session", "pk"):
                of_session[session_id].append(pk)
            status.undo_all(of_session, by, _gone_on)
        locked.undone_by, locked.undone_at = by, clock.now()
        locked.save(update_fields=["undone_by", "undone_at"])
        audit.record(by, "show.take_back", stage.edition.room_key, stage=stage.pk)


def _gone_on(session: Session) -> str:
    return str(_("“%(title)s” has gone on since. Take back its newer step first.") % {"title": session.title})


def last(stage_ids: list[int]) -> dict[int, Ripple]:
    """Stage id -> its newest ripple of the last hour that stands."""
    since = clock.now() - timedelta(hours=1)
    found = Ripple.objects.filter(stage__in=stage_ids, undone_at=None, at__gt=since).select_related("by")
    return {ripple.stage_id: ripple for ripple in found.order_by("pk")}


def set_automatic(stage: Stage, minutes: int, by: Participant) -> None:
    """Let the stage publish delays up to so many minutes by itself; 0: somebody confirms each."""
    with transaction.atomic():
        show = StageShow.locked(stage)
        show.automatic = minutes
        show.save(update_fields=["automatic"])
        audit.record(by, "show.automatic", stage.edition.room_key, stage=stage.pk, minutes=minutes)


def tick() -> None:
    """Publish what stages may publish by themselves. What another process has published is no longer offered."""
    global _looked_at
    if monotonic() - _looked_at < LOOK_EVERY:
        return
    _looked_at = monotonic()
    look()


def look() -> None:
    """The same at once."""
    shows = {show.stage_id: show for show in StageShow.objects.filter(automatic__gt=0).select_related("stage__edition")}
    if not shows:
        return
    for stage_id, order in orders(shows).items():
        made, show = offer(order.projected), shows[stage_id]
        if made and made.most <= show.automatic:
            with suppress(Refused):  # somebody was faster
                publish(show.stage, None, sessions=len(made.moves), minutes=made.most)
