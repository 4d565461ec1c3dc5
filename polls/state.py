"""The states of a poll: which step leads where, what goes with it, and who is told."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from polls import ballots, events
from polls.models import PUBLIC, Ballot, Poll, Results, Round, State
from sessions.models import Session

S = State
ANOTHER_IS_OPEN = _("Another poll is open: close that one first.")
ANOTHER_BY_NOW = _("Somebody was faster: another poll is open now.")
NOTHING_TO_REVEAL = _("There is nothing to reveal: results of this poll do not wait for the speaker.")
NOT_CLOSED = _("Close the poll before you delete its answers.")
SEALED = _("This vote is sealed: its answers stay, and who put it tells the result.")
PRESENT = "polls.present"

# "again" opens a new round and keeps the earlier ones.
STEPS = {
    "schedule": Step(_("Schedule"), frozenset({S.DRAFT}), S.SCHEDULED, PRESENT),
    "open": Step(_("Open"), frozenset({S.SCHEDULED}), S.OPEN, PRESENT),
    "close": Step(_("Close"), frozenset({S.OPEN}), S.CLOSED, PRESENT),
    "again": Step(_("New round"), frozenset({S.CLOSED}), S.OPEN, PRESENT),
    "archive": Step(_("Archive"), frozenset({S.CLOSED}), S.ARCHIVED, PRESENT),
}
LABELS = {action: row.label for action, row in STEPS.items()}
# Steps with a button or form of their own.
OTHER_STEPS = {
    "reveal": Step(_("Reveal results"), PUBLIC, None, PRESENT, NOTHING_TO_REVEAL),
    "hide": Step(_("Hide results"), PUBLIC, None, PRESENT, NOTHING_TO_REVEAL),
    "reset": Step(_("Delete answers"), frozenset({S.CLOSED}), S.SCHEDULED, "polls.prepare", NOT_CLOSED),
}


def open_now(
    poll_id: int, by: Participant | None = None, *, expected: int | None = None, instead: int | None = None
) -> Poll:
    """Open a poll, a closed one for a new round; a draft is scheduled first. Raises Refused.

    `expected` is the version that the person saw; `instead` the id of the open poll that is closed for it.
    """
    with transaction.atomic():
        if instead:
            session_id = Poll.objects.values_list("session", flat=True).get(pk=poll_id)
            _close_open(session_id, str(instead), by)
        poll = MACHINE.current(poll_id, expected)
        if poll.state == S.DRAFT:
            step(poll_id, "schedule", by)
        return step(poll_id, "again" if poll.state == S.CLOSED else "open", by)


def next_poll(
    session: Session, by: Participant | None = None, *, expected: str = "", draft: int | None = None
) -> Poll | None:
    """Close the open poll and open the one that follows. Returns the latter, None if none follows. Raises Refused.

    `expected` is the id of the poll that the person saw open ("": there was none), `draft` the id of the draft that
    they were told would open: drafts open by no other way.
    """
    with transaction.atomic():
        is_closed = _close_open(session.pk, expected, by)
        poll = Poll.following(session.pk)
        if poll is None and not is_closed:
            raise Refused(_("No poll is prepared: make one first."))
        if poll and poll.state == S.DRAFT and poll.pk != draft:
            raise Refused(_("The next poll is a draft: “%(question)s”. Open it in the list.") % {"question": poll})
        return open_now(poll.pk, by) if poll else None


def _close_open(session_id: int, expected: str, by: Participant | None) -> bool:
    """Close the open poll, which must be the expected one ("": none is open). Whether there was one."""
    Session.objects.select_for_update(no_key=True).get(pk=session_id)
    current = Poll.open_in(session_id)
    if str(current.pk if current else "") != expected:
        raise Refused(ANOTHER_BY_NOW)
    if current:
        step(current.pk, "close", by)
    return current is not None


def _lock(poll_id: int) -> Poll:
    """The poll as it is now: no ballot, step or edit of it until the transaction ends."""
    Poll.objects.select_for_update().get(pk=poll_id)
    return Poll.objects.select_related("session__edition").get(pk=poll_id)


def _change(poll: Poll, action: str, *, count: int = 0, owner: bool = False) -> dict[str, int]:
    """What goes with a step; "reset" deletes the answers if there are `count`. Returns details for the record.

    Answers to a sealed poll are put aside only by its `owner`, the app that put it.
    """
    if poll.sealed and not owner and action not in ("schedule", "open", "close"):
        raise Refused(SEALED)
    if action in ("open", "again"):
        _open(poll)
    elif action == "close":
        _close(poll)
    elif action == "reset":
        return _delete_answers(poll, count)
    elif action in ("reveal", "hide"):
        if Results.REVEALED not in (poll.results, poll.screen):
            raise Refused(NOTHING_TO_REVEAL)
        poll.revealed = action == "reveal"
    return {}


def _open(poll: Poll) -> None:
    if Poll.objects.filter(session=poll.session_id, state=S.OPEN).exclude(pk=poll.pk).exists():
        raise Refused(ANOTHER_IS_OPEN)
    now = clock.now()
    previous = poll.round
    closes_at = now + timedelta(seconds=poll.duration) if poll.duration else None
    number = previous.number + 1 if previous else 1
    Round.objects.create(poll=poll, number=number, opened_at=now, closes_at=closes_at)
    poll.revealed, poll.opens_at = False, None


def _close(poll: Poll) -> None:
    current = poll.round
    assert current is not None
    current.closed_at = clock.now()
    current.save(update_fields=["closed_at"])
    if poll.anonymous:
        ballots.mix(current)


def _delete_answers(poll: Poll, count: int) -> dict[str, int]:
    answers = Ballot.objects.filter(round__poll=poll).count()
    if answers != count:
        raise Refused(_("There are %(count)d answers now. Look again before you delete them.") % {"count": answers})
    poll.rounds.all().delete()
    poll.revealed, poll.opens_at = False, None
    return {"ballots": count}


def _save(poll: Poll) -> None:
    poll.version += 1
    try:
        with transaction.atomic():
            poll.save()
    except IntegrityError as error:  # opened in another process at this very moment
        raise Refused(ANOTHER_IS_OPEN) from error


def _record(by: Participant | None, action: str, poll: Poll, **details: int) -> None:
    audit.record(by, f"polls.{action}", poll.session.room_key, poll=poll.pk, **details)


MACHINE = Machine(
    steps=STEPS,
    others=OTHER_STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda poll: {"state": poll.state},
    record=_record,
    announce=lambda poll, before: events.changed(poll, before["state"]),
    impossible=_("“%(step)s” is not possible: the poll is “%(state)s”."),
    faster=_("Somebody was faster: the poll has changed and is “%(state)s” now. Look again before you go on."),
)
allowed, step = MACHINE.allowed, MACHINE.take
