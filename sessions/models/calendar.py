"""What calendars were told of sessions."""

from django.db import models

from common.clock import now
from sessions.models.session import Session


class Told(models.Model):
    """What a calendar last said of a session. `feed` names the calendar; `mark` stands for what it said.

    `revision` rises whenever it says something else, whoever changed it: it is the SEQUENCE of RFC 5545. `gone`: the
    session is in the calendar no more, for whatever reason, and stands there as cancelled.
    """

    feed = models.CharField(max_length=64)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    mark = models.CharField(max_length=16)
    begins = models.DateTimeField()
    finishes = models.DateTimeField()
    gone = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "session"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.feed}: {self.session_id} {self.revision}"
