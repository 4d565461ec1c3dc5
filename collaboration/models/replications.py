"""A city takes over what another one has done. Its steps are in replicating.py."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.models import Case, City
from common.clock import now
from people.models import Participant, TakenStep

MAX_REASON, MAX_WORDS = 300, 2000


class Replication(models.Model):
    """What a city does with a case of another. Everybody sees how many; which city, only once it runs there."""

    class State(models.TextChoices):
        """How far the city is."""

        INTERESTED = "interested", _("Interested")
        TALKING = "talking", _("Talking to its team")
        ADAPTING = "adapting", _("Adapting it")
        RUNNING = "running", _("Running it")
        DROPPED = "dropped", _("Dropped")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="replications")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="replications")
    state = models.CharField(max_length=12, choices=State.choices, default=State.INTERESTED)
    reason = models.CharField(max_length=MAX_REASON, blank=True, help_text="why it was dropped")
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-changed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "city"], name="one_replication_per_city")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.city_id}"

    def get_absolute_url(self) -> str:
        """The page of the city and the case's team."""
        return reverse("collaboration:replication", args=[self.pk])


class ReplicationStep(TakenStep):
    """One step of a replication."""

    replication = models.ForeignKey(Replication, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.replication_id} {self.action}"


class Adaptation(models.Model):
    """Something that the city does otherwise than the case. Public once it runs there."""

    replication = models.ForeignKey(Replication, on_delete=models.CASCADE, related_name="adaptations")
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=MAX_WORDS)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class TeamMessage(models.Model):
    """A word between the city and the team of the case; nobody else reads it."""

    replication = models.ForeignKey(Replication, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    from_team = models.BooleanField()
    text = models.TextField(max_length=MAX_WORDS)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
