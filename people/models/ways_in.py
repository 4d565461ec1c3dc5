"""Ways in that the database knows: personal join links and the codes of halls."""

import uuid
from datetime import datetime

from django.db import models

from common import clock
from common.clock import now
from common.prepared import Prepared
from people.models.participant import Participant


class JoinLink(models.Model):
    """A personal way in (people/joining.py signs its id); `path` is where it leads.

    `scope`: for what organisers made it, "edition:1"; empty: the participant did. `once`: it opens once.
    `shown_for`: an organiser has seen the address, while the participant held something in these scopes only; null:
    nobody but the participant has.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="join_links")
    path = models.CharField(max_length=200)
    scope = models.CharField(max_length=64, default="", blank=True)
    once = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    made_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    shown_for = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.participant} -> {self.path}"


class FirstLink(models.Model):
    """The way in of who begins a new installation (people/first.py). Of its token only a hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.expires_at)


class EventCode(models.Model):
    """The code that the screen of a hall shows: whoever types a name joins the scope "session:12" as a guest.

    `expires_at` is an end that somebody chose; without one it goes by its session (registration/hall.py).
    """

    code = models.CharField(max_length=16, unique=True)
    scope = models.CharField(max_length=64, db_index=True)
    expires_at = models.DateTimeField(null=True)
    max_guests = models.PositiveIntegerField(default=2000)
    made_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code

    @classmethod
    def standing(cls, at: datetime | None = None) -> "models.QuerySet[EventCode]":
        """Those that nobody has revoked and whose own end, if any, is still to come."""
        return cls.objects.exclude(expires_at__lte=at or clock.now()).filter(revoked_at=None)

    @classmethod
    def of(cls, scope: str) -> "EventCode | None":
        """The newest standing code of the scope."""
        return _STANDING.first(scope, clock.now())


_STANDING = Prepared(lambda scope, at: EventCode.standing(at).filter(scope=scope).order_by("-pk")[:1])
