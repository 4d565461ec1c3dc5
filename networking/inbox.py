"""What the bell says of conversations: requests, answers and lines that one has not looked at."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from common.contract import Inbox, Place, Told
from networking import writing
from networking.models import Block, Conversation
from people.models import Participant

MOST = 50


def told(participant: Participant) -> Sequence[Told]:
    """The conversations with something new, the newest first. The words themselves are on their page only."""
    fresh = Q(asker=participant, asker_news__gt=0) | Q(asked=participant, asked_news__gt=0)
    rows = writing.of(participant).filter(fresh)[:MOST]
    return [
        Told(
            row.changed_at,
            row.other(participant.pk).name,
            row.get_absolute_url(),
            _sentence(row, participant.pk),
            fresh=True,
        )
        for row in rows
    ]


def _sentence(row: Conversation, participant: int) -> str:
    if row.state == Conversation.State.REQUESTED:
        return _("would like to write to you")
    if row.state == Conversation.State.DECLINED:
        return _("does not wish to write now")
    return _("there is something new in your conversation")


def unseen(people: Collection[int]) -> Mapping[int, int]:
    """Id -> how many conversations have something new."""
    counts: dict[int, int] = {}
    for side, other in (("asker", "asked"), ("asked", "asker")):
        rows = Conversation.objects.filter(**{f"{side}__in": people, f"{side}_news__gt": 0}).order_by()
        away = Block.objects.filter(blocker__in=people).values_list("blocker", "blocked")
        kept = {*away}
        for who, whom, number in rows.values_list(side, other).annotate(number=Count("pk")):
            if (who, whom) not in kept:
                counts[who] = counts.get(who, 0) + number
    return counts


def seen(participant: Participant) -> None:
    """Nothing: a conversation is seen when it is opened."""


def own(places: Sequence[Place]) -> list[dict[str, Any]]:
    """How many conversations of each participant have something new, whatever the edition: it comes with the join."""
    counts = unseen({who for who, _edition in places})
    return [{"news": counts.get(who, 0)} for who, _edition in places]


INBOX = Inbox(told, unseen, seen)
