"""Saving a session: by the link, or by a form."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Saved
from live.outcomes import Done, Failed, Outcome
from people.models import Participant
from people.refusal import Refused
from sessions.models import SCOPE_AND_ACCESS, Session
from sessions.writes import SmallWrite, id_under, of_edition

MOST = 500  # sessions of one participant


class Wish(NamedTuple):
    """A session that somebody has in their agenda from now on, or not."""

    participant: int
    session: int
    on: bool


def _sessions(ids: Collection[int]) -> Mapping[int, Session]:
    return Session.objects.only(*SCOPE_AND_ACCESS).in_bulk(ids)


def _wish(who: Participant, session: Session, data: Mapping[str, Any]) -> Wish:
    on = data.get("on")
    if not isinstance(on, bool):
        raise Refused(_("Say whether the session is saved."), 422)
    return Wish(who.pk, session.pk, on)


def _store(wishes: list[Wish]) -> Sequence[Outcome[bool]]:
    """The last wish of a person for a session holds; whose agenda is full is refused."""
    rows = Saved.objects.filter(participant__in={wish.participant for wish in wishes}).values_list("participant")
    full = {who for who, count in rows.annotate(count=Count("pk")) if count >= MOST}
    refused = Failed(Refused(_("An agenda holds %(most)d sessions at most.") % {"most": MOST}))
    outcomes = [refused if wish.on and wish.participant in full else Done(wish.on) for wish in wishes]
    held = (wish for wish, outcome in zip(wishes, outcomes, strict=True) if outcome is not refused)
    last = {(wish.participant, wish.session): wish for wish in held}.values()
    with transaction.atomic():
        made = [Saved(participant_id=wish.participant, session_id=wish.session) for wish in last if wish.on]
        Saved.objects.bulk_create(made, ignore_conflicts=True)
        for wish in last:
            if not wish.on:
                Saved.objects.filter(participant=wish.participant, session=wish.session).delete()
    return outcomes


SAVE = SmallWrite(
    action="agenda.save",
    view="session.view",
    gone=gettext_lazy("This session is not there any more."),
    key=id_under("session"),
    find=_sessions,
    rules=_wish,
    store=_store,
    own=of_edition,
)
