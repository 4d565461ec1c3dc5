"""Ringing at a stand, private talks, and the stand's chat."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import clock
from expo import events, telling
from expo.models import WAITING, Exhibitor, StandMessage, Talk
from live.audiences import NOBODY
from live.log import append
from people.models import Participant
from people.refusal import Refused
from people.revocation import recheck_sockets
from people.steps import Machine, Step
from sessions.blocklist import blocked

S = Talk.State
MOST_OPEN = 10  # stands at which one rings or talks at once
STEPS = {
    "take": Step(
        gettext_lazy("I take this one"),
        frozenset(WAITING),
        S.OPEN,
        "expo.take_part",
        gettext_lazy("Somebody of your team was faster: this one is taken."),
    ),
    "give_back": Step(gettext_lazy("Give back to the team"), frozenset({S.OPEN}), S.LEFT, "expo.take_part"),
    "end": Step(gettext_lazy("End"), frozenset({S.OPEN, *WAITING}), S.ENDED, "expo.take_part"),
}


def _lock(pk: uuid.UUID) -> Talk:
    Talk.objects.select_for_update(no_key=True).get(pk=pk)
    return Talk.objects.select_related("exhibitor__edition", "visitor", "taken_by").get(pk=pk)


def _change(talk: Talk, action: str, *, host: Participant | None = None) -> None:
    if action == "take":
        talk.taken_by, talk.taken_at = host, talk.taken_at or clock.now()
    elif action == "give_back":
        if talk.taken_by:
            recheck_sockets(talk.taken_by)
        talk.taken_by = None
    else:
        talk.ended_at = clock.now()


def _save(talk: Talk) -> None:
    talk.version += 1
    talk.save()


def _announce(talk: Talk, before: dict[str, Any]) -> None:
    events.talk(talk)
    events.rings(talk.exhibitor)


MACHINE = Machine(
    steps=STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda talk: {"state": talk.state},
    record=lambda by, action, talk, **details: None,  # private: that they talked is in no record
    announce=_announce,
    impossible=gettext_lazy("“%(step)s” is not possible: it is “%(state)s”."),
    faster=gettext_lazy("It has changed and is “%(state)s” now. Look again."),
    own=frozenset(STEPS),
)


def take(pk: uuid.UUID, by: Participant) -> Talk:
    """Take a ring or a question for oneself: exactly one of the team can. Raises Refused for all others."""
    return MACHINE.take(pk, "take", by, host=by)


def step(pk: uuid.UUID, action: str, by: Participant) -> Talk:
    """Give a talk back, or end it."""
    return MACHINE.take(pk, action, by)


def give_back_all(exhibitor: Exhibitor, participant: Participant) -> None:
    """What somebody had taken goes back to the team."""
    for pk in Talk.objects.filter(exhibitor=exhibitor, taken_by=participant, state=S.OPEN).values_list("pk", flat=True):
        MACHINE.take(pk, "give_back", participant)


def ring(exhibitor: Exhibitor, visitor: Participant, text: str, client_id: uuid.UUID, staffed: bool) -> Talk:
    """Ring a stand; while nobody staffs it, leave a question. Who rings again gets the talk that stands already.

    Raises Refused for blocked words, without words where nobody is there, and for too many at once.
    """
    if existing := Talk.objects.filter(exhibitor=exhibitor, visitor=visitor).exclude(state=S.ENDED).first():
        if text:
            write(exhibitor, existing, visitor, text, client_id)
        return existing
    if not staffed and not text:
        raise Refused(_("Nobody is at the stand now. Write your question: the team answers later."), 422)
    if Talk.objects.filter(visitor=visitor).exclude(state=S.ENDED).count() >= MOST_OPEN:
        raise Refused(_("You ring at %(most)d stands already. End one first.") % {"most": MOST_OPEN})
    try:
        with transaction.atomic():
            state = S.RINGING if staffed else S.LEFT
            talk = Talk.objects.create(pk=client_id, exhibitor=exhibitor, visitor=visitor, state=state)
            if text:
                write(exhibitor, talk, visitor, text, client_id)
            events.talk(talk)
            events.rings(exhibitor)
            return talk
    except IntegrityError:  # pressed twice at once
        found = Talk.objects.filter(exhibitor=exhibitor, visitor=visitor).exclude(state=S.ENDED).first()
        if found is None:
            raise Refused(_("This could not be sent. Reload the page and try again.")) from None
        return found


def write(
    exhibitor: Exhibitor, talk: Talk | None, author: Participant, text: str, client_id: uuid.UUID
) -> StandMessage:
    """Write into a talk, or without one into the stand's chat; a repeat of the id gives the first line.

    Raises Refused for an id that stands for other words, or for another place.
    """
    if blocked(text, exhibitor.edition.blocked_terms):
        raise Refused(_("It contains a word that the organisers do not allow. Say it in other words."))
    if line := StandMessage.objects.filter(pk=client_id, author=author, removed_at=None).first():
        if (line.text, line.exhibitor_id, line.talk_id) != (text, exhibitor.pk, talk and talk.pk):
            raise Refused(_("This could not be sent. Reload the page and try again."))
        return line
    if talk and talk.state == S.ENDED:
        raise Refused(_("This talk has ended. Ring again to go on."))
    try:
        with transaction.atomic():
            line = StandMessage.objects.create(
                pk=client_id, exhibitor=exhibitor, talk=talk, author=author, text=text, at=clock.now()
            )
            events.line(line, author.pk)
            if talk and talk.answered_later and author.pk != talk.visitor_id:
                telling.answered(talk)
    except IntegrityError as error:
        raise Refused(_("This could not be sent. Reload the page and try again.")) from error
    return line


def remove(line: StandMessage) -> None:
    """Take a line out of the stand's chat."""
    with transaction.atomic():
        if StandMessage.objects.filter(pk=line.pk, removed_at=None).update(removed_at=clock.now(), text=""):
            events.removed(line)


def forget_room(talk: Talk) -> None:
    """Empty the log of a talk that is deleted."""
    append(talk.room_key, "live.rewritten", {}, audience=NOBODY)
