"""The state machine of a poll: which step leads where."""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import audit
from people.models import Participant
from people.refusal import Refused
from polls import ballots, events
from polls.models import PUBLIC, Ballot, Poll, Results, Round, State
from sessions.models import Session

S = State
ANOTHER_IS_OPEN = _("Another poll is open: close that one first.")

# action -> (from which state, to which state). "again" opens a new round and keeps the earlier ones.
STEPS: dict[str, tuple[State, State]] = {
    "schedule": (S.DRAFT, S.SCHEDULED),
    "open": (S.SCHEDULED, S.OPEN),
    "close": (S.OPEN, S.CLOSED),
    "again": (S.CLOSED, S.OPEN),
    "archive": (S.CLOSED, S.ARCHIVED),
}
LABELS = {
    "schedule": _("Schedule"),
    "open": _("Open"),
    "close": _("Close"),
    "again": _("New round"),
    "archive": _("Archive"),
}


def allowed(state: str) -> list[str]:
    """The steps that a poll of that state may take, in the order of the machine."""
    return [action for action, (source, _to) in STEPS.items() if state == source]


def step(poll_id: int, action: str, by: Participant | None = None, *, expected: int | None = None) -> Poll:
    """Take one step and push it; raises Refused. `expected` is the version that the person saw.

    `by` None, here and below: nobody, its time has come.
    """
    source, to = STEPS[action]

    def change(poll: Poll) -> None:
        if poll.state != source:
            raise Refused(
                _("“%(step)s” is not possible: the poll is “%(state)s”.")
                % {"step": LABELS[action], "state": poll.get_state_display()}
            )
        if to == S.OPEN:
            _open(poll)
        if action == "close":
            _close(poll)
        poll.state = to

    return carry_out(poll_id, action, by, change, expected)


def open_now(poll_id: int, by: Participant | None = None, *, expected: int | None = None) -> Poll:
    """Open a poll in one go: a draft is scheduled first."""
    with transaction.atomic():
        poll = _locked(poll_id, expected)
        if poll.state == S.DRAFT:
            step(poll_id, "schedule", by)
        return step(poll_id, "open", by)


def reveal(poll_id: int, on: bool, by: Participant | None = None, *, expected: int | None = None) -> Poll:
    """Show results that wait for the speaker, or hide them again; raises Refused."""

    def change(poll: Poll) -> None:
        if poll.state not in PUBLIC or Results.REVEALED not in (poll.results, poll.screen):
            raise Refused(_("There is nothing to reveal: results of this poll do not wait for the speaker."))
        poll.revealed = on

    return carry_out(poll_id, "reveal" if on else "hide", by, change, expected)


def reset(poll_id: int, count: int, by: Participant | None = None) -> Poll:
    """Delete all answers of a closed poll, which is scheduled again. `count` is the answers the person knew of."""

    def change(poll: Poll) -> None:
        if poll.state != S.CLOSED:
            raise Refused(_("Close the poll before you delete its answers."))
        found = Ballot.objects.filter(round__poll=poll).count()
        if found != count:
            raise Refused(_("There are %(count)d answers now. Look again before you delete them.") % {"count": found})
        poll.rounds.all().delete()
        poll.state, poll.revealed, poll.opens_at = S.SCHEDULED, False, None

    return carry_out(poll_id, "reset", by, change, ballots=count)


def next_poll(session: Session, by: Participant | None = None, *, expected: str = "") -> Poll | None:
    """The one button: the open poll is closed, the first scheduled one opened. None: there was none to open.

    `expected` is the id of the poll that the person saw open ("": none). Raises Refused.
    """
    with transaction.atomic():
        Session.objects.select_for_update(no_key=True).get(pk=session.pk)
        current = Poll.objects.filter(session=session, state=S.OPEN).first()
        if str(current.pk if current else "") != expected:
            raise Refused(_("Somebody was faster: another poll is open now."))
        first = Poll.objects.filter(session=session, state=S.SCHEDULED).order_by("position", "pk").first()
        if current is None and first is None:
            raise Refused(_("No poll is scheduled: schedule one first."))
        if current:
            step(current.pk, "close", by)
        return step(first.pk, "open", by) if first else None


def carry_out(
    poll_id: int,
    action: str,
    by: Participant | None,
    change: Callable[[Poll], None],
    expected: int | None = None,
    **details: int,
) -> Poll:
    """Run `change` on the locked poll, put it on record and push what came of it."""
    with transaction.atomic():
        poll = _locked(poll_id, expected)
        before = poll.state
        change(poll)
        poll.version += 1
        try:
            with transaction.atomic():
                poll.save()
        except IntegrityError as error:  # opened in another process at this very moment
            raise Refused(ANOTHER_IS_OPEN) from error
        audit.record(by, f"polls.{action}", poll.session.room_key, poll=poll.pk, **details)
        events.changed(poll, before)
    return poll


def _locked(poll_id: int, expected: int | None) -> Poll:
    """The poll as it is now: no ballot, step or edit of it until the transaction ends."""
    Poll.objects.select_for_update().get(pk=poll_id)
    poll = Poll.objects.select_related("session__edition").get(pk=poll_id)
    if expected is not None and poll.version != expected:
        raise Refused(
            _("Somebody was faster: the poll has changed and is “%(state)s” now. Look again before you go on.")
            % {"state": poll.get_state_display()}
        )
    return poll


def _open(poll: Poll) -> None:
    if Poll.objects.filter(session=poll.session_id, state=S.OPEN).exclude(pk=poll.pk).exists():
        raise Refused(ANOTHER_IS_OPEN)
    now = timezone.now()
    earlier = poll.round
    closes_at = now + timedelta(seconds=poll.duration) if poll.duration else None
    number = earlier.number + 1 if earlier else 1
    Round.objects.create(poll=poll, number=number, opened_at=now, closes_at=closes_at)
    poll.revealed, poll.opens_at = False, None


def _close(poll: Poll) -> None:
    the_round = poll.round
    assert the_round is not None
    the_round.closed_at = timezone.now()
    the_round.save(update_fields=["closed_at"])
    if poll.anonymous:
        ballots.mix(the_round)
