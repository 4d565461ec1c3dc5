"""Asking somebody, writing, removing a line, what was read."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from common import clock
from networking import events, listing
from networking.models import Block, Card, Conversation, Line, pair_of
from networking.state import RELATED, lock
from people.models import Participant
from people.refusal import Refused
from scheduler import planning
from sessions.blocklist import blocked
from sessions.models import Edition

S = Conversation.State
MOST_WAITING = 20  # requests of one person that nobody has answered


def of(participant: int, edition: Edition | None = None) -> Any:
    """The conversations that somebody is in, the newest first; those of whom they block are left out."""
    mine = Conversation.objects.filter(Q(asker=participant) | Q(asked=participant))
    away = Block.objects.filter(blocker=participant).values("blocked")
    shown = mine.exclude(asker__in=away).exclude(asked__in=away)
    return (shown.filter(edition=edition) if edition else shown).select_related(*RELATED)


def between(edition: Edition, one: int, other: int) -> Conversation | None:
    """What two people have with each other in an edition."""
    return Conversation.objects.filter(edition=edition, pair=pair_of(one, other)).select_related(*RELATED).first()


def ask(card: Card, asker: Participant, text: str, client_id: uuid.UUID) -> Conversation:
    """Ask somebody of the directory, with the first line. A repeat of the id gives the same conversation.

    Raises Refused for blocked words, too many that wait, and where the two have one already.
    """
    _ask_words(text, card.edition)
    try:
        with transaction.atomic():
            Participant.objects.select_for_update(no_key=True).get(pk=asker.pk)  # two of their requests at once
            line = Line.objects.filter(pk=client_id, author=asker).select_related("conversation").first()
            if line and line.text == text and line.conversation.pair == pair_of(asker.pk, card.participant_id):
                return line.conversation
            if between(card.edition, asker.pk, card.participant_id):
                raise Refused(_("You two have a conversation already. Go on there."))
            waiting = Conversation.objects.filter(edition=card.edition, asker=asker, state=S.REQUESTED)
            if waiting.count() >= MOST_WAITING:
                raise Refused(_("%(most)d of your requests wait already.") % {"most": MOST_WAITING})
            return _begin(card, asker, text, client_id)
    except IntegrityError as error:  # the other one asked in the same moment, or the id is somebody else's
        raise Refused(_("This could not be sent. Reload the page and try again.")) from error


def _begin(card: Card, asker: Participant, text: str, client_id: uuid.UUID) -> Conversation:
    now = clock.now()
    made = Conversation.objects.create(
        edition=card.edition,
        asker=asker,
        asked=card.participant,
        pair=pair_of(asker.pk, card.participant_id),
        begun_at=now,
        changed_at=now,
        asked_news=1,
    )
    _store(made, asker, text, client_id)
    planning.at(now, "networking.mail", {"conversation": str(made.pk)})
    return made


def _ask_words(text: str, edition: Edition) -> None:
    if blocked(text, edition.blocked_terms):
        raise Refused(_("It contains a word that the organisers do not allow. Say it in other words."))


def _blocks(who: int, whom: int) -> bool:
    return Block.objects.filter(blocker=who, blocked=whom).exists()


def write(pk: uuid.UUID, author: Participant, text: str, client_id: uuid.UUID) -> Line:
    """Write into an open conversation; a repeat of the id gives the first line.

    Raises Refused before it was accepted, and where one of the two keeps the other away: who is kept away is told no
    more than that it could not be delivered.
    """
    with transaction.atomic():
        conversation = lock(pk)
        if line := Line.objects.filter(pk=client_id, author=author, removed_at=None).first():
            if (line.text, line.conversation_id) != (text, pk):
                raise Refused(_("This could not be sent. Reload the page and try again."))
            return line
        _ask_words(text, conversation.edition)
        _ask_state(conversation, author)
        Conversation.objects.filter(pk=pk).update(changed_at=clock.now(), **_news(conversation, author))
        return _store(conversation, author, text, client_id)


def _ask_state(conversation: Conversation, author: Participant) -> None:
    other = conversation.other_id(author.pk)
    if conversation.state != S.OPEN:
        if author.pk == conversation.asked_id:
            raise Refused(_("Accept the request first; your draft is kept."))
        raise Refused(_("You can write again once your request is accepted; your draft is kept."))
    if _blocks(author.pk, other):
        raise Refused(_("You have blocked this person. Unblock them to write; your draft is kept."))
    if listing.are_apart(author.pk, other) or not conversation.other(author.pk).is_active:
        raise Refused(_("This could not be delivered; your draft is kept."))


def _news(conversation: Conversation, author: Participant) -> dict[str, Any]:
    name = "asked_news" if author.pk == conversation.asker_id else "asker_news"
    return {name: F(name) + 1}


def _store(conversation: Conversation, author: Participant, text: str, client_id: uuid.UUID) -> Line:
    try:
        with transaction.atomic():
            line = Line.objects.create(
                pk=client_id, conversation=conversation, author=author, text=text, at=clock.now()
            )
            events.line(line)
    except IntegrityError as error:
        raise Refused(_("This could not be sent. Reload the page and try again.")) from error
    return line


def remove(line: Line) -> None:
    """Take back what one has written: it leaves the page, the log and every catch-up."""
    with transaction.atomic():
        if Line.objects.filter(pk=line.pk, removed_at=None).update(removed_at=clock.now(), text=""):
            events.removed(line)


def read(conversation: Conversation, participant: Participant) -> None:
    """One of the two has looked at it."""
    name = f"{conversation.side(participant.pk)}_news"
    with transaction.atomic():
        if Conversation.objects.filter(pk=conversation.pk, **{f"{name}__gt": 0}).update(**{name: 0}):
            events.mark(conversation, participant.pk)
