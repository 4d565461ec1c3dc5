"""The channel behind the stage: of a session (its moderators, speakers, organisers) or of an edition (its staff)."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db import models

from common import clock
from live.log import append, once
from live.models import Event
from people.models import Participant
from people.refusal import OtherWords
from sessions.audiences import SPEAKERS, STAFF
from sessions.models import Edition, Session

MAX_LENGTH = 500
SHOWN = 50  # lines, the newest


class Remark(models.Model):
    """What one of them says. `session` null: to the staff of the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=MAX_LENGTH)
    sent_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.text[:40]}"

    @classmethod
    def say(cls, thing: Session | Edition, who: Participant, text: str, client_id: uuid.UUID) -> Event:
        """Say something in the channel of a session or an edition; a repeat of the client id returns the first event.

        Raises Refused when that was for other words.
        """

        def write() -> Event:
            session = thing if isinstance(thing, Session) else None
            edition = session.edition if session else thing
            line = cls.objects.create(edition=edition, session=session, participant=who, text=text)
            audience = SPEAKERS if session else STAFF
            ids = {"line": line.pk}
            key = thing.room_key
            return append(key, "backstage.line", ids, audience=audience, participant_id=who.pk, client_id=client_id)

        event = once(thing.room_key, who.pk, client_id, write)
        if not cls.objects.filter(pk=event.data.get("line"), text=text).exists():
            raise OtherWords
        return event

    @classmethod
    def newest(cls, thing: Session | Edition) -> list[Self]:
        """The newest lines of a channel, oldest first."""
        of_session = isinstance(thing, Session)
        lines = cls.objects.filter(session=thing) if of_session else cls.objects.filter(edition=thing, session=None)
        return [*lines.select_related("participant").order_by("-pk")[:SHOWN]][::-1]


def data(line: Remark) -> dict[str, Any]:
    """What a line shows."""
    channel = f"session-{line.session_id}" if line.session_id else f"edition-{line.edition_id}"
    return {
        "id": line.pk,
        "channel": channel,
        "name": line.participant.name,
        "text": line.text,
        "sent_at": line.sent_at.isoformat(),
    }


def lines(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """What entries of the log show."""
    rows = Remark.objects.select_related("participant").in_bulk({entry["line"] for entry in entries})
    return [data(rows[entry["line"]]) if entry["line"] in rows else None for entry in entries]
