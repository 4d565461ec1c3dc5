"""What a participant plans to attend, and the themes they follow."""

from collections.abc import Collection, Mapping

from django.db import models

from common.clock import now
from people.models import Participant
from sessions.models import Session, Theme


class Saved(models.Model):
    """A session in a participant's agenda."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="saved")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="savers")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "session"], name="saved_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.session_id}"


class FollowedTheme(models.Model):
    """A theme of which a participant is recommended sessions."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="followed_themes")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "theme"], name="theme_followed_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.theme_id}"


def saved(participant_id: int) -> Collection[int]:
    """Ids of the sessions that a participant saved."""
    return list(Saved.objects.filter(participant=participant_id).values_list("session", flat=True))


def savers(session_ids: Collection[int]) -> Mapping[int, Collection[int]]:
    """Session id -> ids of the participants who saved it."""
    found: dict[int, list[int]] = {}
    rows = Saved.objects.filter(session__in=session_ids, participant__is_active=True)
    for session, participant in rows.values_list("session", "participant"):
        found.setdefault(session, []).append(participant)
    return found


def follows() -> models.QuerySet[FollowedTheme]:
    """All rows of followed themes."""
    return FollowedTheme.objects.all()


def saves() -> models.QuerySet[Saved]:
    """All rows of saved sessions."""
    return Saved.objects.all()
