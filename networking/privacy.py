"""What networking keeps of a person, and for how long."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from common import clock
from networking import events
from networking.models import Block, Card, Conversation, Line, Report
from people.models import Participant

KEPT = timedelta(days=365)  # conversations, after the edition has ended
REPORTS_KEPT = timedelta(days=180)  # after they were decided
AT_ONCE = 200
EVERY = 3600  # seconds


def export(participant: Participant) -> dict[str, Any]:
    """Their cards, whom they keep away, their conversations and what they wrote in them; not what others wrote."""
    mine = Conversation.objects.filter(Q(asker=participant) | Q(asked=participant)).order_by("begun_at", "pk")
    card = ("edition__name", "is_listed", "shows_organisation", "shows_role", "shows_country", "shows_interests")
    lines = Line.objects.filter(author=participant, removed_at=None)
    return {
        "network_cards": list(Card.objects.filter(participant=participant).values(*card, "about", "changed_at")),
        "network_conversations": list(mine.values("id", "edition__name", "state", "begun_at", "changed_at")),
        "network_lines": list(lines.values("conversation_id", "at", "text")),
        "network_blocked": list(participant.blocks.values("blocked_id", "at")),
        "network_reports": list(participant.reports_made.values("at", "reason", "lines", "state")),
    }


def forget(participant: Participant) -> None:
    """Their conversations go wholly, for the other one too; so do reports by and about them."""
    delete(Conversation.objects.filter(Q(asker=participant) | Q(asked=participant)))
    Report.objects.filter(Q(by=participant) | Q(about=participant)).delete()
    Block.objects.filter(Q(blocker=participant) | Q(blocked=participant)).delete()
    Card.objects.filter(participant=participant).delete()


def delete(conversations: Any) -> int:
    """Delete these conversations with all that stands of them in logs; how many there were."""
    with transaction.atomic():
        found = list(conversations.select_related("edition"))
        for conversation in found:
            events.emptied(conversation)
            events.mark(conversation)
        Conversation.objects.filter(pk__in=[each.pk for each in found]).delete()
    return len(found)


def forget_old(_data: dict[str, Any]) -> None:
    """The job: delete what is kept no longer, so much at a time; cards of an edition go with its conversations."""
    over = (clock.now() - KEPT).date()
    delete(Conversation.objects.filter(edition__end_date__lt=over)[:AT_ONCE])
    Card.objects.filter(edition__end_date__lt=over).delete()
    decided = Report.objects.exclude(state=Report.State.OPEN)
    decided.filter(decided_at__lt=clock.now() - REPORTS_KEPT).delete()
