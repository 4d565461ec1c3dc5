"""The rows in which step machines (people/steps.py) remember."""

from django.db import models

from common.clock import now
from people.models.participant import Participant


class TakenStep(models.Model):
    """One step of a thing: who took it, when, and what was before. It is never changed but for being undone."""

    action = models.CharField(max_length=16)
    before = models.JSONField()
    after = models.JSONField()
    by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    undone_by = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
