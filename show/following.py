"""What has changed is shown: the stage screen is drawn anew, the speakers' clock is told."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from live.log import append
from live.volatile import touch
from sessions.audiences import SPEAKERS
from sessions.models import Session, Stage, StatusChange
from show import address
from show.models import Show, StageShow, control_room


def screen_changed(session: Session) -> None:
    """ "show.cue": on commit, the session's stage screen looks at what it shows now.

    It comes in a transaction of its own, after the step: who takes steps holds locks of other logs. It carries
    nothing, as the screen asks for the truth: two steps at once cannot show the older state last.
    """
    transaction.on_commit(lambda: _cue(session))


def _cue(session: Session) -> None:
    with transaction.atomic():
        append(address.room_key(Show.of(session)), "show.cue", {})
    _tell_pages(session.stage)


def stage_changed(session: Session) -> None:
    """On commit, the session's row in the control room is drawn anew, and its stage's pages look at what they show."""
    transaction.on_commit(lambda: _tell_stage(session.stage))


def stage_pages_changed(stage: Stage) -> None:
    """On commit, the stage's pages look at what they show."""
    transaction.on_commit(lambda: _tell_pages(stage))


def row_counts_changed(session: Session) -> None:
    """Numbers in the session's row of the control room moved: volatile, counted anew when they are sent."""
    touch(control_room(session.edition_id), "show.counts", str(session.stage_id))


def _tell_stage(stage: Stage) -> None:
    _tell_row(stage)
    _tell_pages(stage)


def _tell_row(stage: Stage) -> None:
    with transaction.atomic():
        append(control_room(stage.edition_id), "show.row", {"stage": stage.pk})


def _tell_pages(stage: Stage) -> None:
    with transaction.atomic():
        append(address.stage_room(StageShow.of(stage.pk)), "show.cue", {})


def counts_changed(session: Session) -> None:
    """Numbers on the session's stage screen moved: volatile, counted anew when they are sent."""
    touch(address.room_key(Show.of(session)), "show.screen", str(session.pk))


def clock_changed(session: Session) -> None:
    """ "show.clock": the session's times, or the thresholds of its clock, have changed."""
    data, parent = {"session": session.pk}, session.edition.room_key
    append(session.room_key, "show.clock", data, audience=SPEAKERS, parent=parent)


@receiver(post_save, sender=Session)
def _session_changed(instance: Session, created: bool, **_: Any) -> None:
    """In a transaction of its own: who saves a session holds locks of which the log knows nothing."""
    if not created:
        transaction.on_commit(lambda: _tell(instance.pk))


def _tell(session_id: int) -> None:
    session = Session.objects.select_related("edition", "stage").filter(pk=session_id).first()
    if session:
        with transaction.atomic():
            clock_changed(session)
        _cue(session)
        _tell_row(session.stage)


@receiver(post_save, sender=StatusChange)
def _moved(instance: StatusChange, **_: Any) -> None:
    """A session went to another stage, or back: the stage that it left shows it no longer."""
    left = {instance.before["stage"], instance.after["stage"]}
    if len(left) > 1:
        stages = Stage.objects.in_bulk(left).values()
        for stage in stages:
            transaction.on_commit(partial(_tell_stage, stage))
