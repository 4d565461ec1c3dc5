"""The channel behind the stage: of a session (its moderators, speakers, organisers), of a stage or of an edition (the
staff of these)."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db import models

from common import clock
from common.prepared import Prepared
from live.audiences import EVERYONE
from live.log import append, once
from live.models import Event
from people.models import Participant
from people.refusal import OtherWords
from sessions.audiences import SPEAKERS, STAFF
from sessions.models import Edition, Session, Stage
from show.models import StageShow

Whole = Session | StageShow | Edition  # that has a channel
MAX_LENGTH = 500
SHOWN = 50  # lines, the newest


class Remark(models.Model):
    """What one of them says. Without `session` and `stage`: to the staff of the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="+")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, null=True, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=MAX_LENGTH)
    sent_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.text[:40]}"

    @classmethod
    def say(cls, thing: Whole, who: Participant, text: str, client_id: uuid.UUID) -> Event:
        """Say something in the channel of a thing; a repeat of the client id returns the first event.

        Raises Refused when that was for other words.
        """

        def write() -> Event:
            edition = thing if isinstance(thing, Edition) else thing.edition
            line = cls.objects.create(edition=edition, participant=who, text=text, **_where(thing))
            ids, audience = {"line": line.pk}, _audience(thing)
            return append(key, "backstage.line", ids, audience=audience, participant_id=who.pk, client_id=client_id)

        key = room_key(thing)
        event = once(key, who.pk, client_id, write)
        if not cls.objects.filter(pk=event.data.get("line"), text=text).exists():
            raise OtherWords
        return event

    @classmethod
    def newest(cls, thing: Whole) -> list[Self]:
        """The newest lines of a channel, oldest first."""
        whose = [each and each.pk for each in _where(thing).values()]
        edition = thing.pk if isinstance(thing, Edition) else None
        return _NEWEST.ask(*whose, edition)[::-1]


def _newest(session: int | None, stage: int | None, edition: int | None) -> models.QuerySet[Remark]:
    lines = Remark.objects.filter(session=session, stage=stage).select_related("participant")
    return (lines.filter(edition=edition) if edition else lines).order_by("-pk")[:SHOWN]


_NEWEST: Prepared[Any] = Prepared(_newest)


def _where(thing: Whole) -> dict[str, Any]:
    """The columns of a line that say whose channel it is in."""
    stage = thing.stage if isinstance(thing, StageShow) else None
    return {"session": thing if isinstance(thing, Session) else None, "stage": stage}


def room_key(thing: Whole) -> str:
    """The room in whose log a channel stands. A stage has one of its own for it."""
    return f"backstage:{thing.stage_id}" if isinstance(thing, StageShow) else thing.room_key


def _audience(thing: Whole) -> str:
    """Who in the room reads it: into a stage's nobody else comes."""
    if isinstance(thing, StageShow):
        return EVERYONE
    return SPEAKERS if isinstance(thing, Session) else STAFF


def channel_of(line: Remark) -> str:
    """The name of a line's channel in ids of the page."""
    if line.session_id:
        return f"session-{line.session_id}"
    return f"stage-{line.stage_id}" if line.stage_id else f"edition-{line.edition_id}"


def data(line: Remark) -> dict[str, Any]:
    """What a line shows."""
    return {
        "id": line.pk,
        "channel": channel_of(line),
        "name": line.participant.name,
        "text": line.text,
        "sent_at": line.sent_at.isoformat(),
    }


def lines(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the log show."""
    rows = Remark.objects.select_related("participant").in_bulk({entry["line"] for entry in entries})
    return [data(rows[entry["line"]]) if entry["line"] in rows else None for entry in entries]
