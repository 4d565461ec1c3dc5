"""What people are told of replications, and who wishes no mails about one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collaboration.models.replications import Replication
from common.clock import now
from people.models import Participant


class TeamNotice(models.Model):
    """That somebody was told what the other side of a replication has done."""

    class Kind(models.TextChoices):
        """What happened."""

        ASKED = "asked", _("is interested in it")
        WORDS = "words", _("has written")
        RUNS = "runs", _("runs it now")

    replication = models.ForeignKey(Replication, on_delete=models.CASCADE, related_name="notices")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    from_team = models.BooleanField()
    at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["participant", "at"])]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.kind}"


class Silence(models.Model):
    """Somebody wishes no mails about a replication; their page of notices has them all the same."""

    replication = models.ForeignKey(Replication, on_delete=models.CASCADE, related_name="silences")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["replication", "participant"], name="one_silence_each")]

    def __str__(self) -> str:
        return f"{self.replication_id} {self.participant_id}"
