"""Blocking somebody, and telling the organisers of them."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from networking import events
from networking.models import Block, Conversation, Line, Report
from people import audit
from people.models import Participant
from people.refusal import Refused

MOST_BLOCKED = 500
MOST_OPEN = 10  # reports of one person that wait
R = Report.State


def block(by: Participant, whom: int, on: bool) -> None:
    """Keep somebody away from now on, or no longer. It works both ways; only one's own devices are told.

    Raises Refused for too many.
    """
    with transaction.atomic():
        if on:
            if by.blocks.count() >= MOST_BLOCKED:
                raise Refused(_("You have blocked %(most)d people already.") % {"most": MOST_BLOCKED})
            Block.objects.get_or_create(blocker=by, blocked_id=whom, defaults={"at": clock.now()})
        else:
            Block.objects.filter(blocker=by, blocked=whom).delete()
        pair = Conversation.objects.filter(pair=f"{min(by.pk, whom)}:{max(by.pk, whom)}").select_related("edition")
        for conversation in pair:
            events.head(conversation, by.pk)


def report(conversation: Conversation, by: Participant, reason: str, lines: Collection[Line]) -> Report:
    """Tell the organisers of the other one, with copies of these lines, which stay when they are taken back.

    Raises Refused for too many that wait.
    """
    with transaction.atomic():
        Participant.objects.select_for_update(no_key=True).get(pk=by.pk)
        if Report.objects.filter(by=by, state=R.OPEN).count() >= MOST_OPEN:
            raise Refused(_("%(most)d of your reports wait already.") % {"most": MOST_OPEN})
        return Report.objects.create(
            edition=conversation.edition,
            conversation=conversation,
            by=by,
            about_id=conversation.other_id(by.pk),
            reason=reason,
            lines=[line.text for line in lines],
            at=clock.now(),
        )


def decide(pk: int, upheld: bool, by: Participant) -> Report:
    """An organiser's verdict, on record with ids only. Raises Refused for a report that was decided."""
    with transaction.atomic():
        found = Report.objects.select_for_update(no_key=True).get(pk=pk)
        if found.state != R.OPEN:
            raise Refused(_("Somebody was faster: this report is decided."))
        found.state, found.decided_by, found.decided_at = (R.UPHELD if upheld else R.DISMISSED), by, clock.now()
        found.save()
        action = "networking.uphold" if upheld else "networking.dismiss"
        audit.record(by, action, f"edition:{found.edition_id}", found.about_id, report=found.pk)
        return found
