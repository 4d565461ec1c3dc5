"""The steps of a conversation: a request is accepted or declined by who was asked, and by nobody else."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import clock
from networking import events
from networking.models import Conversation
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step

S = Conversation.State
STEPS = {
    # Who has declined may think again; who asked may not ask again.
    "accept": Step(gettext_lazy("Accept"), frozenset({S.REQUESTED, S.DECLINED}), S.OPEN, "networking.take_part"),
    "decline": Step(gettext_lazy("Decline"), frozenset({S.REQUESTED}), S.DECLINED, "networking.take_part"),
}
RELATED = ("edition__host_city", "asker", "asked")


def lock(pk: uuid.UUID) -> Conversation:
    """The conversation with its two people, locked until the transaction ends."""
    Conversation.objects.select_for_update(no_key=True).get(pk=pk)
    return Conversation.objects.select_related(*RELATED).get(pk=pk)


def _save(conversation: Conversation) -> None:
    conversation.version += 1
    conversation.changed_at = clock.now()
    conversation.asker_news += 1
    conversation.save()


def _announce(conversation: Conversation, before: dict[str, Any]) -> None:
    for participant in (conversation.asker_id, conversation.asked_id):
        events.head(conversation, participant)


MACHINE = Machine(
    steps=STEPS,
    lock=lock,
    change=lambda conversation, action: None,
    save=_save,
    snapshot=lambda conversation: {"state": conversation.state},
    record=lambda by, action, conversation, **details: None,  # private: who writes to whom is in no record
    announce=_announce,
    impossible=gettext_lazy("“%(step)s” is not possible: it is “%(state)s”."),
    faster=gettext_lazy("It has changed and is “%(state)s” now. Look again."),
    own=frozenset(STEPS),
)


def offered(conversation: Conversation, participant_id: int) -> list[str]:
    """The steps that one of the two may take now, in the order of the table."""
    return MACHINE.allowed(conversation.state) if participant_id == conversation.asked_id else []


def answer(pk: uuid.UUID, action: str, by: Participant, expected: int | None = None) -> Conversation:
    """Accept or decline, as who was asked. Raises Refused for everybody else, and for a state that changed."""
    with transaction.atomic():
        conversation = MACHINE.current(pk, expected)
        if action not in offered(conversation, by.pk):
            raise Refused(_("This is not possible any more. Look again."))
        return MACHINE.take(pk, action, by)
