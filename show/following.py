"""What has changed is shown: the stage screen is drawn anew, the speakers' clock is told."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from common.search import written
from live.log import append, append_each
from live.models import Event
from live.volatile import touch
from sessions.audiences import SPEAKERS
from sessions.models import Session, Stage
from show import address, kept
from show.models import Show, StageShow, control_room

CUE = "show.cue"  # look at what you show now


def screen_changed(session: Session) -> None:
    """ "show.cue": on commit, the session's stage screen looks at what it shows now.

    It comes in a transaction of its own, after the step: who takes steps holds locks of other logs. It carries
    nothing, as the screen asks for the truth: two steps at once cannot show the older state last.
    """
    transaction.on_commit(lambda: _cue(session))


def _cue(session: Session) -> None:
    with transaction.atomic():
        append(address.room_key(Show.of(session)), CUE, {})
    _tell_pages(session.stage)


def stage_changed(session: Session) -> None:
    """On commit, the session's row in the control room is drawn anew, and its stage's pages look at what they show."""
    transaction.on_commit(lambda: _tell_stage(session.stage))


def stage_pages_changed(stage: Stage) -> None:
    """On commit, the stage's pages look at what they show."""
    transaction.on_commit(lambda: _tell_pages(stage))


def row_counts_changed(session: Session) -> None:
    """Numbers in the session's row of the control room moved: volatile, counted anew when they are sent."""
    transaction.on_commit(partial(kept.forget, session.edition_id, session.stage_id))
    touch(control_room(session.edition_id), "show.counts", str(session.stage_id))


def _tell_stage(stage: Stage) -> None:
    _tell_pages(stage)  # first: who stands on the stage waits for it
    _tell_row(stage)


def _tell_row(stage: Stage) -> None:
    with transaction.atomic():
        append(control_room(stage.edition_id), "show.row", {"stage": stage.pk})


def _tell_pages(stage: Stage) -> None:
    show = StageShow.of(stage.pk)
    monitor = Event(kind="show.monitor", data={"stage": stage.pk})
    with transaction.atomic():
        append_each(
            [(address.monitor_room(show), monitor, ""), (address.stage_room(show), Event(kind=CUE, data={}), "")]
        )


def counts_changed(session: Session) -> None:
    """Numbers on the session's stage screen moved: volatile, counted anew when they are sent."""
    touch(address.room_key(Show.of(session)), "show.screen", str(session.pk))


def clock_changed(session: Session) -> None:
    """ "show.clock": the session's times, or the thresholds of its clock, have changed."""
    append_each([_clock(session)])


def _clock(session: Session) -> tuple[str, Event, str]:
    event = Event(kind="show.clock", data={"session": session.pk}, audience=SPEAKERS)
    return session.room_key, event, session.edition.room_key


@receiver(post_save, sender=Session)
def _session_changed(instance: Session, created: bool, **_: Any) -> None:
    """In a transaction of its own: who saves a session holds locks of which the log knows nothing."""
    if not created:
        transaction.on_commit(lambda: _tell([instance.pk]))


@receiver(written, sender=Session)
def _sessions_changed(ids: Collection[int], fields: Collection[str] | None, **_: Any) -> None:
    """Many were changed at once; without `fields` they are new, or linked with others."""
    if fields is not None:
        transaction.on_commit(lambda: _tell(ids))


def _tell(session_ids: Collection[int]) -> None:
    """Each session's clock and screen, and each of their stages, once."""
    sessions = list(Session.objects.select_related("edition", "stage").filter(pk__in=session_ids).order_by("pk"))
    shows = {show.session_id: show for show in Show.objects.filter(session__in=session_ids)}
    if not sessions:
        return
    with transaction.atomic():
        append_each(map(_clock, sessions))
    screens = [address.room_key(shows.get(session.pk) or Show(session=session)) for session in sessions]
    with transaction.atomic():
        append_each((screen, Event(kind=CUE, data={}), "") for screen in screens)
    for stage in {session.stage_id: session.stage for session in sessions}.values():
        _tell_stage(stage)


def moved(changes: Sequence[tuple[Session, Mapping[str, Any]]]) -> None:
    """A session went to another stage: the one that it left shows it no longer."""
    left = {before["stage"] for session, before in changes if before["stage"] != session.stage_id}
    for stage in Stage.objects.filter(pk__in=left) if left else ():
        transaction.on_commit(partial(_tell_stage, stage))
