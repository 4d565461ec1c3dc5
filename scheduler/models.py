"""What is to be done at a time."""

from typing import Any

from django.db import models
from django.db.models import Q

from common.clock import now


class Job(models.Model):
    """Something to do at `due_at`. It is deleted when it is done.

    `kind` is one of `Feature.jobs`; there is at most one job of a kind with the same `key` ("" stands alone).
    Until `taken_until` it belongs to the process that has its `token`.
    """

    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True)
    data: Any = models.JSONField(default=dict)
    due_at = models.DateTimeField(db_index=True)
    made_at = models.DateTimeField(default=now)
    token = models.UUIDField(null=True)
    taken_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], condition=~Q(key=""), name="one_job_per_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
