"""What the stage screen and the session's page show of a ceremony, as plain data."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, TypedDict

from django.db.models import F, QuerySet
from django.template.context import RequestContext

from awards import audience, deciding
from awards.ceremony import decision_of
from awards.data import BallotShare, EntryCard, ballot, entry_card
from awards.models import AUDIENCE, AudienceVote, Cue, Entry, State
from common import clock
from common.contract import Shown
from common.prepared import Prepared
from sessions.models import Session

FRESH = timedelta(seconds=6)  # on stage, while the envelope opens
FRESH_FOR_ALL = timedelta(seconds=20)  # beside the stream, after the call's delay
NEWS, STAYS = timedelta(minutes=2), timedelta(minutes=15)  # before an open poll, and at all, on a screen that follows


class Reveal(TypedDict):
    """A cue that is revealed: an honour of a category, and who has it."""

    id: int
    category: str
    honour: str
    label: str
    entries: list[EntryCard]
    ballot: list[BallotShare]  # of an audience award: what the vote says
    fresh: bool
    staged: str  # when it was opened on stage, in ISO 8601; "" before


def reveal(cue: Cue, fresh: timedelta = FRESH) -> Reveal:
    """What a cue reveals. Only for a cue that is staged or shown; it is `fresh` for that long after it was staged."""
    vote = AudienceVote.objects.filter(category=cue.category_id).first() if cue.honour == AUDIENCE else None
    pks = [share.entry for share in audience.shares(vote) if share.won] if vote else _honoured(cue)
    entries = Entry.objects.filter(pk__in=pks).exclude(state=State.WITHDRAWN).select_related("category")
    return {
        "id": cue.pk,
        "category": cue.category.local["name"],
        "honour": cue.honour,
        "label": cue.label,
        "entries": [entry_card(entry) for entry in entries.order_by("title")],
        "ballot": ballot(vote) if vote else [],
        "fresh": cue.staged_at is not None and clock.now() - cue.staged_at < fresh,
        "staged": cue.staged_at.isoformat() if cue.staged_at else "",
    }


def _honoured(cue: Cue) -> list[Any]:
    decision = decision_of(cue)
    return [pk for honour, pk in deciding.opened(decision) if honour == cue.honour] if decision else []


def _latest(session: Session, states: Sequence[str]) -> Cue | None:
    return None if session.lacks("cues") else _LATEST.first(session.pk, states)


def _by_newest(session: int, states: Sequence[str]) -> QuerySet[Cue]:
    cues = Cue.objects.filter(session=session, state__in=states).select_related("category__call")
    return cues.order_by(F("staged_at").desc(nulls_last=True))[:1]


_LATEST = Prepared(_by_newest)


def on_screen(session: Session) -> Shown | None:
    """The newest reveal, for the hall."""
    cue = _latest(session, [Cue.State.STAGED, Cue.State.SHOWN])
    if cue is None or cue.staged_at is None:
        return None
    age = clock.now() - cue.staged_at
    return Shown(reveal(cue), 4 if age < NEWS else 2 if age < STAYS else 0)


def card(session: Session, user: Any = None) -> dict[str, Any]:
    """The newest reveal that is for everybody: the "reveal" is None while there is none."""
    cue = _latest(session, [Cue.State.SHOWN])
    hold = timedelta(seconds=cue.category.call.hold) if cue else timedelta()
    return {"reveal": reveal(cue, FRESH_FOR_ALL + hold) if cue else None}


def cards(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the kind "awards.cue" show: what is revealed in their sessions now."""
    sessions = Session.objects.in_bulk({entry["session"] for entry in entries})
    shown = {pk: card(session) for pk, session in sessions.items()}
    return [shown.get(entry["session"]) for entry in entries]


def pinned(page: RequestContext, session: Session) -> dict[str, Any]:
    """The card above the panels of the session's page."""
    return {"data": page["read"]}
