"""What the bell says of conversations: requests, answers and lines that one has not looked at."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from common.contract import Inbox, Place, Told
from common.prepared import Prepared
from networking import writing
from networking.models import Block, Conversation
from people.models import Participant

MOST = 50


def told(participant: Participant) -> Sequence[Told]:
    """The conversations with something new, the newest first. The words themselves are on their page only."""
    return [
        Told(
            row.changed_at,
            row.other(participant.pk).name,
            row.get_absolute_url(),
            _sentence(row, participant.pk),
            fresh=True,
        )
        for row in _FRESH.ask(participant.pk)
    ]


def _fresh(pk: int) -> QuerySet[Conversation]:
    fresh = Q(asker=pk, asker_news__gt=0) | Q(asked=pk, asked_news__gt=0)
    rows: QuerySet[Conversation] = writing.of(pk).filter(fresh)[:MOST]
    return rows


_FRESH: Prepared[Conversation] = Prepared(_fresh)


def _sentence(row: Conversation, participant: int) -> str:
    if row.state == Conversation.State.REQUESTED:
        return _("would like to write to you")
    if row.state == Conversation.State.DECLINED:
        return _("does not wish to write now")
    return _("there is something new in your conversation")


_NEWS = Prepared(
    lambda people: (
        Conversation.objects.filter(Q(asker__in=people, asker_news__gt=0) | Q(asked__in=people, asked_news__gt=0))
        .order_by()
        .values_list("asker", "asker_news", "asked", "asked_news")
    )
)


def unseen(people: Collection[int]) -> Mapping[int, int]:
    """Id -> how many conversations have something new. One query, or two where there are some."""
    news = [
        side
        for asker, for_asker, asked, for_asked in _NEWS.ask(people)
        for side, number in (((asker, asked), for_asker), ((asked, asker), for_asked))
        if number and side[0] in people
    ]
    if not news:
        return {}
    away = set(Block.objects.filter(blocker__in=people).values_list("blocker", "blocked"))
    return Counter(who for who, whom in news if (who, whom) not in away)


def seen(participant: Participant) -> None:
    """Nothing: a conversation is seen when it is opened."""


def own(places: Sequence[Place]) -> list[dict[str, Any]]:
    """How many conversations of each participant have something new, whatever the edition: it comes with the join."""
    counts = unseen({who for who, _edition in places})
    return [{"news": counts.get(who, 0)} for who, _edition in places]


INBOX = Inbox(told, unseen, seen)
